# SPDX-License-Identifier: MIT
"""The window of the settings: sections at the left, a search above, options that apply at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias, get_args

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from chatglm_desktop.core.accounts import Account
from chatglm_desktop.core.fold import fold
from chatglm_desktop.gui.service_names import service_name
from chatglm_desktop.gui.settings.accounts_page import AccountsPage
from chatglm_desktop.gui.settings.controller import Controller, Means
from chatglm_desktop.gui.settings.data_page import DataPage
from chatglm_desktop.gui.settings.desk import Desk
from chatglm_desktop.gui.settings.engine_page import EnginePage
from chatglm_desktop.gui.settings.general import general_page
from chatglm_desktop.gui.settings.keys_page import KeysPage
from chatglm_desktop.gui.settings.look import form_sheet
from chatglm_desktop.gui.settings.marked_label import MarkedLabel
from chatglm_desktop.gui.settings.network_page import NetworkPage
from chatglm_desktop.gui.settings.option_rows import OptionPage
from chatglm_desktop.gui.settings.page import Page
from chatglm_desktop.gui.settings.prompts_page import PromptsPage
from chatglm_desktop.gui.settings.replies import RepliesPage
from chatglm_desktop.gui.settings.section_list import SectionList
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.widgets.toast import Toast

Section: TypeAlias = Literal[
    "general", "accounts", "replies", "prompts", "network", "engine", "keys", "data"
]

_SIZE = QSize(920, 680)
_LEAST_SIZE = QSize(760, 480)
_LIST_WIDTH = 208
_TOAST_ABOVE = 12
_ICONS: dict[Section, str] = {
    "general": "sliders",
    "accounts": "server",
    "replies": "think",
    "prompts": "quote",
    "network": "globe",
    "engine": "chip",
    "keys": "lock",
    "data": "archive",
}


class SettingsWindow(QWidget):
    """Stands before ``parent`` and lets it be used; Escape closes it.

    Emits ``import_requested`` when it has made room for an import.
    """

    import_requested = Signal()

    def __init__(self, parent: QWidget, themes: ThemeManager, means: Means) -> None:
        super().__init__(parent, Qt.WindowType.Dialog)
        self._themes = themes
        self._means = means
        self._words: tuple[str, ...] = ()
        self.setWindowTitle(tr("Settings"))
        self.setMinimumSize(_LEAST_SIZE)
        self.controller = Controller(means, self)
        self._desk = Desk(themes, means.preferences, self.controller, self._tell)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search the settings"))
        self.search.setAccessibleName(tr("Search the settings"))
        self.search.setClearButtonEnabled(True)
        self.sections = SectionList(themes)
        self.reset_button = QPushButton(tr("Reset everything"))
        self.stack = QStackedWidget()
        self.nothing = MarkedLabel(themes, tr("No setting fits."), tone="dim")
        self._build()
        self.toast = Toast(themes, self._right, _TOAST_ABOVE)
        self.pages = self._make_pages()
        for page in self.pages.values():
            self.stack.addWidget(page)
        self.sections.show_sections([(n, p.title, _ICONS[n]) for n, p in self.pages.items()])
        self._connect()
        self._dress(themes.theme)
        self.show_section("general")
        self.resize(_SIZE)

    def _build(self) -> None:
        left = QWidget()
        left.setFixedWidth(_LIST_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 16, 12, 16)
        column.setSpacing(12)
        column.addWidget(self.search)
        column.addWidget(self.sections, 1)
        column.addWidget(self.reset_button)
        self._right = QWidget(autoFillBackground=True)
        self._right.setBackgroundRole(QPalette.ColorRole.Base)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.hide()
        right.addWidget(self.nothing, 1)
        right.addWidget(self.stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(self._right, 1)

    def _make_pages(self) -> dict[Section, Page]:
        means = self._means
        desk = self._desk
        return {
            "general": general_page(desk),
            "accounts": AccountsPage(desk, means.accounts, means.catalogue),
            "replies": RepliesPage(desk, means.accounts, means.catalogue),
            "prompts": PromptsPage(desk),
            "network": NetworkPage(desk, means.accounts),
            "engine": EnginePage(desk, means.engine_missing()),
            "keys": KeysPage(desk),
            "data": self._data_page(desk),
        }

    def _data_page(self, desk: Desk) -> DataPage:
        page = DataPage(desk, self._means.safe, self._means.tasks)
        page.import_requested.connect(self.close)
        page.import_requested.connect(self.import_requested)
        return page

    def _connect(self) -> None:
        self._themes.changed.connect(self._dress)
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.sections.chosen.connect(self._show_page)
        self.reset_button.clicked.connect(self._reset_all)
        self.controller.removed.connect(self._tell_removed)
        self.controller.key_lost.connect(self._tell_lost)
        self._means.preferences.changed.connect(self._refresh)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self.focus_search)

    @property
    def section(self) -> Section:
        """The section in front."""
        return next(n for n, page in self.pages.items() if page is self.stack.currentWidget())

    def open_at(self, section: str = "") -> None:
        """Show the window, with a section in front if one is named."""
        if section in self.pages:
            self.search.clear()
            self.show_section(section)
            self.sections.setFocus()
        else:
            self.focus_search()
        self.show()
        self.raise_()
        self.activateWindow()

    def show_section(self, section: Section) -> None:
        """Bring a section to the front."""
        self.sections.set_current(section)
        self._show_page(section)

    def focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _show_page(self, section: Section) -> None:
        self.stack.setCurrentWidget(self.pages[section])

    def _search(self, text: str) -> None:
        self._words = tuple(fold(text).split())
        found: dict[str, int] = {
            name: page.search(self._words) for name, page in self.pages.items()
        }
        self.sections.show_counts(found if self._words else None)
        fitting = [name for name in self.pages if found[name]]
        none = bool(self._words) and not fitting
        self.nothing.setVisible(none)
        self.stack.setVisible(not none)
        if fitting and self._words and self.section not in fitting:
            self.show_section(fitting[0])

    def _refresh(self, names: frozenset[str]) -> None:
        for page in self.pages.values():
            page.refresh()
        if self._words:
            self._search(self.search.text())
        if "language" in names:
            self.toast.show_message(tr("The language changes at the next start."))

    def _reset_all(self) -> None:
        before: dict[str, object] = {}
        for page in self.pages.values():
            page.forget()
            if isinstance(page, OptionPage):
                before |= self._means.preferences.reset(page.places())
        if before:
            self._desk.tell_change(tr("All options were reset."), before)
        else:
            self.toast.show_message(tr("There is nothing to reset."))

    def _tell_removed(self, account: Account, put_back: Callable[[], object]) -> None:
        self._tell(
            tr("“{service}” and its key are removed.", service=service_name(account)), put_back
        )

    def _tell_lost(self, _: str) -> None:
        self.toast.show_message(tr("The key could not be kept. Look under “Keys and privacy”."))

    def _tell(self, words: str, undo: Callable[[], object]) -> None:
        self.toast.show_message(words, tr("Undo"), undo)

    def _dress(self, theme: Theme) -> None:
        self.setStyleSheet(form_sheet(theme))

    def finish(self) -> None:
        """Take what is being written."""
        for page in self.pages.values():
            page.finish()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """From the search the arrows go through the sections, and Down into what was found."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.sections.step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._enter()
                return True
        return False

    def _enter(self) -> None:
        """Go to the first setting that was found."""
        rows = self.pages[self.section].rows()
        row = next((row for row in rows if not row.isHidden()), None)
        if row is not None:
            row.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.finish()
        self.controller.stop_test()
        for dialog in self.findChildren(QDialog):
            dialog.close()
        super().closeEvent(event)


SECTIONS: tuple[Section, ...] = get_args(Section)

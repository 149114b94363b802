# SPDX-License-Identifier: MIT
"""Arranges sidebar, tabs and pages; knows no conversation and does nothing with one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QPalette
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from chatglm_desktop.core.store_errors import StoreError
from chatglm_desktop.gui.actions import (
    ActionName,
    Command,
    build_actions,
    build_number_actions,
    shown_shortcuts,
)
from chatglm_desktop.gui.panes.halves import Halves
from chatglm_desktop.gui.rescue_words import rescue_words
from chatglm_desktop.gui.sidebar.sidebar import WIDTH, Sidebar
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.tabs.bar import TabBar
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.widgets.notice_bar import NoticeBar
from chatglm_desktop.gui.widgets.toast import Toast
from chatglm_desktop.gui.window_state import WindowState
from chatglm_desktop.gui.zoom import Zoom

if TYPE_CHECKING:
    from pathlib import Path

    from chatglm_desktop.core.backups import Rescue
    from chatglm_desktop.settings.files import Problem

_SIZE = QSize(1280, 820)
_LEAST_SIZE = QSize(560, 420)


class MainWindow(QMainWindow):
    """Owns :attr:`sidebar`, :attr:`tabs`, :attr:`pages`, :attr:`notice` and :attr:`toast`.

    All but the sidebar are in :attr:`main_area`. Emits ``painted`` once, ``activated`` when it
    comes to the front, ``settings_requested(section)`` ("" for whichever was in front),
    ``tab_verb_requested(verb)`` for what keys do with the tab in front, and ``close_requested``
    instead of closing until :meth:`allow_close` was called: what runs must end first.
    """

    painted = Signal()
    activated = Signal()
    close_requested = Signal()
    new_requested = Signal()
    close_tab_requested = Signal()
    copy_answer_requested = Signal()
    copy_code_requested = Signal()
    caret_requested = Signal()
    composer_requested = Signal()
    files_requested = Signal()
    step_requested = Signal(str)
    tab_verb_requested = Signal(str)
    model_requested = Signal()
    options_requested = Signal()
    regenerate_requested = Signal()
    compare_requested = Signal()
    clear_requested = Signal()
    settings_requested = Signal(str)
    import_requested = Signal()
    undo_requested = Signal()
    export_requested = Signal()
    redo_requested = Signal()
    switch_requested = Signal()
    search_requested = Signal()

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self.themes = self._themes = themes
        self._may_close = False
        self._cause = ""
        self.zoom = Zoom(self)
        self._was_painted = False
        self._build()
        self._connect()
        self._dress(themes.theme)

    def _build(self) -> None:
        self.setMinimumSize(_LEAST_SIZE)
        self.sidebar = Sidebar(self._themes, time)
        self.tabs = TabBar(self._themes)
        self.notice = NoticeBar(self._themes)
        self.pages = Halves(self._themes)
        self.main_area = QWidget(autoFillBackground=True)
        self.main_area.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(self.main_area)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.tabs, self.notice, self.pages):
            column.addWidget(widget)
        # A notice that breaks its lines takes no more than they need.
        column.setStretchFactor(self.pages, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.sidebar)
        self._splitter.addWidget(self.main_area)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([WIDTH, _SIZE.width() - WIDTH])
        self.setCentralWidget(self._splitter)
        self.toast = Toast(self._themes, self.main_area)
        self._actions = build_actions(self)
        self._number_actions = build_number_actions(self)
        # Otherwise Qt would show the first button as focused until a page is there.
        self.setFocus()
        self.resize(_SIZE.boundedTo(self.screen().availableSize()))

    def _connect(self) -> None:
        slots: dict[ActionName, Callable[[], object]] = {
            "new": self.new_requested.emit,
            "close_tab": self.close_tab_requested.emit,
            "next_tab": partial(self.tabs.step, 1),
            "previous_tab": partial(self.tabs.step, -1),
            "tab_left": partial(self.tabs.move_current, -1),
            "tab_right": partial(self.tabs.move_current, 1),
            "undo": self.undo_requested.emit,
            "redo": self.redo_requested.emit,
            "toggle_sidebar": self.toggle_sidebar,
            "focus_composer": self.composer_requested.emit,
            "add_files": self.files_requested.emit,
            "copy_last_answer": self.copy_answer_requested.emit,
            "copy_last_code": self.copy_code_requested.emit,
            "caret": self.caret_requested.emit,
            "switch": partial(self._do_here, self.switch_requested.emit),
            "search": partial(self._do_here, self.search_requested.emit),
            "find": partial(self.step_requested.emit, "find"),
            "find_next": partial(self.step_requested.emit, "find_next"),
            "find_previous": partial(self.step_requested.emit, "find_previous"),
            "outline": partial(self.step_requested.emit, "outline"),
            "next_question": partial(self.step_requested.emit, "next_question"),
            "previous_question": partial(self.step_requested.emit, "previous_question"),
            "choose_model": self.model_requested.emit,
            "options": self.options_requested.emit,
            "regenerate": self.regenerate_requested.emit,
            "compare": self.compare_requested.emit,
            "clear": self.clear_requested.emit,
            "zoom_in": partial(self.zoom.step, 1),
            "zoom_out": partial(self.zoom.step, -1),
            "zoom_reset": self.zoom.reset,
            "export": self.export_requested.emit,
            "settings": partial(self.settings_requested.emit, ""),
            "import": self.import_requested.emit,
            "about": self.show_about,
            "quit": self.close,
        }
        verbs: tuple[ActionName, ...] = (
            "reopen",
            "all_tabs",
            "tab_menu",
            "duplicate",
            "pin",
            "split",
            "other_half",
            "window",
            "close_others",
            "rename",
        )
        slots |= {verb: partial(self.tab_verb_requested.emit, verb) for verb in verbs}
        for name, slot in slots.items():
            # Qt says of every action whether it is checked; a partial does not take that.
            self._actions[name].triggered.connect(partial(slot))
        for number, action in enumerate(self._number_actions, start=1):
            action.triggered.connect(partial(self.tabs.go_to, number))
        self.sidebar.new_requested.connect(self.new_requested)
        self.sidebar.search_requested.connect(self.switch_requested)
        self.sidebar.settings_requested.connect(partial(self.settings_requested.emit, ""))
        self.tabs.sidebar_requested.connect(self.toggle_sidebar)
        self._themes.changed.connect(self._dress)
        self.zoom.changed.connect(self._tell_zoom)

    def _tell_zoom(self) -> None:
        self.toast.show_message(tr("Zoom: {percent}%", percent=self.zoom.percent))

    def put_beside_sidebar(self, panel: QWidget) -> None:
        """Give ``panel`` a place of its own between the sidebar and the pages."""
        sidebar, rest = self.sidebar.width(), self.main_area.width()
        width = panel.sizeHint().width()
        self._splitter.insertWidget(1, panel)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.setStretchFactor(2, 1)
        self._splitter.setSizes([sidebar, width, max(rest - width, 1)])

    def commands(self) -> list[Command]:
        """What can be done with a key, as it is called."""
        native = QKeySequence.SequenceFormat.NativeText
        return [
            Command(name, action.text(), action.shortcut().toString(native))
            for name, action in self._actions.items()
            if action.isEnabled() and action.text() and name not in ("switch", "quit")
        ]

    def do(self, name: str) -> None:
        """Do what a key does, as one of :meth:`commands` is called."""
        for known, action in self._actions.items():
            if known == name:
                action.trigger()

    def toggle_sidebar(self) -> None:
        self.sidebar.setVisible(self.sidebar.isHidden())

    def rename_current(self) -> None:
        """Let the user edit the title of the tab in front, then write on."""
        self.sidebar.show()
        self.sidebar.start_rename(self.tabs.current_id() or "", self.focus_composer)

    def _do_here(self, act: Callable[[], object]) -> None:
        """Do what is seen in this window only, though its key may come from another."""
        if not self.isActiveWindow():
            self.bring_to_front()
        act()

    def focus_composer(self) -> None:
        """Put the cursor into the message field of the page in front."""
        from chatglm_desktop.gui.composer import Composer

        page = self.pages.page
        composer = page.findChild(Composer) if page is not None else None
        if composer is not None:
            composer.focus_editor()

    def bring_to_front(self) -> None:
        """Show the window above the others, as far as the desktop lets it."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def allow_close(self) -> None:
        """From now on the window closes when asked."""
        self._may_close = True

    def restore_geometry(self, file: Path) -> None:
        """Take size, place, sidebar and zoom from ``file``, if it is there and makes sense."""
        try:
            state = WindowState.from_text(file.read_text(encoding="ascii"))
        except (OSError, UnicodeDecodeError):
            return
        if state is not None:
            self.restoreGeometry(QByteArray(state.geometry))
            self._splitter.restoreState(QByteArray(state.splitter))
            self.sidebar.setVisible(state.sidebar)
            with QSignalBlocker(self.zoom):
                self.zoom.set_percent(state.zoom)

    def save_geometry(self, file: Path) -> None:
        """Write size, place, sidebar and zoom to ``file``. Raises OSError."""
        state = WindowState(
            bytes(self.saveGeometry().data()),
            bytes(self._splitter.saveState().data()),
            not self.sidebar.isHidden(),
            self.zoom.percent,
        )
        file.write_text(state.to_text(), encoding="ascii")

    def show_store_error(self, error: StoreError) -> None:
        """Say that something could not be saved; the program goes on.

        What only follows from it, and has no reason of its own, does not take its place.
        """
        told = self.notice.text() if self.notice.isVisible() else ""
        if told and told == self._cause and type(error) is StoreError:
            return
        self._cause = f"{tr(error.summary)}\n{tr(error.hint)}"
        self.notice.show_notice(self._cause, "bad")

    def show_rescue(self, rescue: Rescue) -> None:
        """Say what was done with a file that was damaged."""
        self.notice.show_notice(rescue_words(rescue), "warning")

    def show_unopened(self, title: str) -> None:
        """Say that a conversation could not be read; the others go on."""
        self.notice.show_notice(
            tr("“{title}” cannot be opened: its place in the file is damaged.", title=title), "bad"
        )

    def show_settings_problem(self, problem: Problem) -> None:
        """Say which defaults are used, and where the settings lie that could not be read."""
        if problem.places:
            said = tr(
                "Some settings make no sense and have their first values: {places}",
                places=", ".join(problem.places),
            )
        else:
            said = tr(
                "The settings could not be read; the defaults are used. ({words})",
                words=problem.words,
            )
        kept = tr("The file as it was: {file}", file=problem.set_aside)
        self.notice.show_notice(f"{said}\n{kept}" if problem.set_aside else said, "warning")

    def show_unsaved_settings(self, words: str) -> None:
        """Say that what was chosen holds until the program ends."""
        self.notice.show_notice(
            tr("The settings could not be saved. ({words})", words=words), "warning"
        )

    def show_fatal(
        self,
        error: StoreError,
        *,
        restarting: bool = False,
        on_usual: Callable[[], object] | None = None,
    ) -> None:
        """Say that the program cannot go on; closing the dialog asks for the end.

        ``restarting`` if it starts again then; ``on_usual`` lets the user turn to the usual folder.
        """
        from chatglm_desktop.gui.dialogs.error import show_store_error

        show_store_error(self, error, restarting=restarting, on_usual=on_usual)

    def show_bug(self, traceback_text: str) -> None:
        """Show a bug's details; the program goes on."""
        from chatglm_desktop.gui.dialogs.error import show_bug

        show_bug(self, traceback_text)

    def show_about(self) -> None:
        from chatglm_desktop.gui.dialogs.about import show_about

        show_about(self, shown_shortcuts(self._actions.values()))

    def _dress(self, theme: Theme) -> None:
        self._splitter.setStyleSheet(f"QSplitter::handle {{ background: {theme.line}; }}")

    def shortcut(self, name: ActionName) -> str:
        """The first key of an action, as the system writes it."""
        return self._actions[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.activated.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            self.close_requested.emit()

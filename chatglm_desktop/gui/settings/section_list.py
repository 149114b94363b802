# SPDX-License-Identifier: MIT
"""The names of the sections, with how much was found in each; knows no page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme

_NAME = Qt.ItemDataRole.UserRole
_TITLE = Qt.ItemDataRole.UserRole + 1
_ICON = Qt.ItemDataRole.UserRole + 2


class SectionList(QListWidget):
    """Emits ``chosen(name)`` when another section comes to the front."""

    chosen = Signal(str)

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self.setIconSize(QSize(16, 16))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Sections"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.currentItemChanged.connect(self._tell)
        self._dress(themes.theme)
        themes.changed.connect(self._dress)

    def show_sections(self, sections: Sequence[tuple[str, str, str]]) -> None:
        """Name, title and icon of each."""
        with QSignalBlocker(self):
            for name, title, icon in sections:
                item = QListWidgetItem(title, self)
                item.setData(_NAME, name)
                item.setData(_TITLE, title)
                item.setData(_ICON, icon)
        self._dress(self._themes.theme)

    def show_counts(self, counts: Mapping[str, int] | None) -> None:
        """Hide the sections in which nothing was found; None shows all."""
        for index in range(self.count()):
            item = self.item(index)
            title = str(item.data(_TITLE))
            count = None if counts is None else counts[str(item.data(_NAME))]
            item.setText(title if count is None else f"{title} ({count})")
            item.setHidden(count == 0)

    def set_current(self, name: str) -> None:
        """Mark a section without telling."""
        with QSignalBlocker(self):
            for index in range(self.count()):
                if self.item(index).data(_NAME) == name:
                    self.setCurrentRow(index)

    def step(self, by: int) -> None:
        """Go to the next section that is shown, or to the one before."""
        row = self.currentRow() + by
        while 0 <= row < self.count() and self.item(row).isHidden():
            row += by
        if 0 <= row < self.count():
            self.setCurrentRow(row)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(_NAME)))

    def _dress(self, theme: Theme) -> None:
        for index in range(self.count()):
            item = self.item(index)
            item.setIcon(self._themes.icons.icon(str(item.data(_ICON)), theme.dim))
        self.setStyleSheet(f"""
QListWidget {{ background: transparent; color: {theme.text}; outline: none; }}
QListWidget::item {{
    height: 34px; padding: 0 10px; border-radius: 8px; border: 1px solid transparent;
}}
QListWidget::item:hover {{ background: {theme.inline_code if theme.dark else theme.line}; }}
QListWidget::item:selected {{ background: {theme.accent_weak}; color: {theme.text}; }}
QListWidget:focus::item:selected {{ border-color: {theme.accent}; }}
""")

# SPDX-License-Identifier: MIT
"""A line above the pages for what concerns the whole program; knows only the theme."""

from __future__ import annotations

from typing import Literal, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.widgets.icon_button import IconButton

NoticeKind: TypeAlias = Literal["info", "warning", "bad"]

_ICON = 18


class NoticeBar(QWidget):
    """Stays until the user dismisses it or :meth:`clear` is called."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._kind: NoticeKind = "info"
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = IconButton(themes, "close", tr("Dismiss"), side=24, icon_size=14)
        row = QHBoxLayout(self)
        row.setContentsMargins(16 + _ICON + 10, 8, 12, 8)
        row.addWidget(self._label, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._close.clicked.connect(self.clear)
        themes.changed.connect(self._repaint)
        self.hide()

    def text(self) -> str:
        return self._label.text()

    def show_notice(self, text: str, kind: NoticeKind = "info") -> None:
        self._kind = kind
        self._label.setText(text)
        self.setAccessibleName(text)
        self.show()
        self.update()

    def clear(self) -> None:
        self._label.clear()
        self.hide()

    def _repaint(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        name = "info" if self._kind == "info" else "warning"
        colour = _colour(theme, self._kind)
        pixmap = self._themes.icons.pixmap(name, colour, _ICON, self.devicePixelRatioF())
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.window))
            painter.setPen(QColor(theme.line))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
            painter.drawPixmap(16, 8 + (24 - _ICON) // 2, pixmap)


def _colour(theme: Theme, kind: NoticeKind) -> str:
    return {"info": theme.accent, "warning": theme.warn, "bad": theme.bad}[kind]

# SPDX-License-Identifier: MIT
"""The foot of the sidebar: archive, trash and settings; the first two take what is dropped."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from chatglm_desktop.gui.sidebar.wish import Verb
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import hover_colour
from chatglm_desktop.gui.widgets.themed_button import ThemedButton

_ICON = 16
_GAP = 5
_PADDING = 7
_HEIGHT = 32


class FootButton(ThemedButton):
    """An icon, and the text beside it where there is room. Emits ``dropped``."""

    dropped = Signal()

    def __init__(
        self, themes: ThemeManager, icon: str, text: str, mime: str = "", *, checkable: bool = False
    ) -> None:
        super().__init__(themes)
        self._icon = icon
        self._mime = mime
        self._over = False
        self.compact = False
        self._small = QFont(self.font())
        self._small.setPixelSize(13)
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def full_width(self) -> int:
        """Pixels that it takes with its text."""
        text = QFontMetrics(self._small).horizontalAdvance(self.text())
        return 2 * _PADDING + _ICON + _GAP + text

    def sizeHint(self) -> QSize:
        return QSize(2 * _PADDING + _ICON if self.compact else self.full_width(), _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case Qt.Key.Key_Left:
                self.focusNextPrevChild(False)
            case Qt.Key.Key_Right:
                self.focusNextPrevChild(True)
            case _:
                super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(self._mime):
            event.acceptProposedAction()
            self._hover(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hover(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._hover(over=False)
        self.dropped.emit()

    def _hover(self, *, over: bool) -> None:
        self._over = over
        self.update()

    def paint(self, painter: QPainter) -> None:
        theme = self._themes.theme
        frame = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        marked = self.hasFocus() or self._over
        painter.setPen(QPen(QColor(theme.accent), 1.5) if marked else Qt.PenStyle.NoPen)
        if self.isChecked() or self._over:
            painter.setBrush(QColor(theme.accent_weak))
        else:
            hot = self.underMouse()
            painter.setBrush(hover_colour(theme.text) if hot else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, 8, 8)
        colour = theme.text if self.underMouse() or self.isChecked() or marked else theme.dim
        pixmap = self._themes.icons.pixmap(self._icon, colour, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(_PADDING, (self.height() - _ICON) // 2, pixmap)
        if not self.compact:
            painter.setFont(self._small)
            painter.setPen(QColor(colour))
            inner = self.rect().adjusted(_PADDING + _ICON + _GAP, 0, 0, 0)
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, self.text())


class Foot(QWidget):
    """Emits ``shelf_requested`` with the list to show ("" for all), and ``dropped`` with a verb."""

    shelf_requested = Signal(str)
    dropped = Signal(object)
    settings_requested = Signal()

    def __init__(self, themes: ThemeManager, mime: str) -> None:
        super().__init__()
        self._shelves = {
            "archive": FootButton(themes, "archive", tr("Archive"), mime, checkable=True),
            "trash": FootButton(themes, "trash", tr("Trash"), mime, checkable=True),
        }
        self._settings = FootButton(themes, "gear", tr("Settings"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 8)
        row.setSpacing(2)
        for button in self._buttons():
            row.addWidget(button)
        row.addStretch(1)
        for name, button in self._shelves.items():
            button.clicked.connect(lambda on, name=name: self._choose(name if on else ""))
            verb: Verb = "archive" if name == "archive" else "trash"
            button.dropped.connect(lambda verb=verb: self.dropped.emit(verb))
        self._settings.clicked.connect(self.settings_requested)

    def show_shelf(self, name: str) -> None:
        """Mark which list is shown."""
        for key, button in self._shelves.items():
            button.setChecked(key == name)

    def take_drops(self, name: str, takes: bool) -> None:
        """From now on take what is dropped on the archive or the trash, or no longer."""
        self._shelves[name].setAcceptDrops(takes)

    def _choose(self, name: str) -> None:
        self.shelf_requested.emit(name)

    def _buttons(self) -> tuple[FootButton, ...]:
        return (*self._shelves.values(), self._settings)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        full = sum(button.full_width() for button in self._buttons()) + 2 * 2 + 16
        for button in self._buttons():
            if button.compact != (full > self.width()):
                button.compact = not button.compact
                button.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(3 * (2 * _PADDING + _ICON) + 20, _HEIGHT + 8)

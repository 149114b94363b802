# SPDX-License-Identifier: MIT
"""A window for one page; knows no conversation."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatglm_desktop.gui.panes.pane import Pane
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager

_SIZE = QSize(760, 720)
_LEAST_SIZE = QSize(420, 360)
_FRAME = 40
"""Room for what the desktop puts round a window; nobody tells how much before it is shown."""


class PageWindow(QWidget):
    """Emits ``back_requested()``, ``close_requested()`` when the user closes it, ``activated()``
    when it comes to the front, and ``reshaped()`` when it has another size or place.
    """

    back_requested = Signal()
    close_requested = Signal()
    activated = Signal()
    reshaped = Signal()

    def __init__(self, themes: ThemeManager, back_shortcut: str = "") -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setMinimumSize(_LEAST_SIZE)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.pane = Pane(themes)
        self.pane.header.show()
        back = self.pane.header.add_button(
            "window-back", tr("Back to the tabs"), shortcut=back_shortcut
        )
        back.clicked.connect(self.back_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pane)
        self.resize(_SIZE)

    def set_title(self, title: str) -> None:
        self.setWindowTitle(" ".join(title.split()))
        self.pane.header.set_title(title)

    def shape(self) -> str:
        """Size and place, in words of the window only."""
        return bytes(self.saveGeometry().data()).hex()

    def take_shape(self, shape: str) -> None:
        """Be where a window was; nonsense is ignored."""
        try:
            self.restoreGeometry(QByteArray(bytes.fromhex(shape)))
        except ValueError:
            return

    def show_at(self, corner: QPoint | None) -> None:
        """Show the window, its title under ``corner`` if that is given."""
        if corner is not None:
            room = self.screen().availableGeometry()
            left = max(room.left(), min(corner.x() - 120, room.right() - self.width()))
            top = max(room.top(), min(corner.y() - 16, room.bottom() - self.height() - _FRAME))
            self.move(left, top)
        self.show()

    def bring_to_front(self) -> None:
        """Show the window above the others, as far as the desktop lets it."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def dismiss(self) -> None:
        """Let the window go without asking anybody."""
        self.hide()
        self.deleteLater()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.activated.emit()

    def moveEvent(self, event: QEvent) -> None:
        self.reshaped.emit()

    def resizeEvent(self, event: QEvent) -> None:
        self.reshaped.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.close_requested.emit()

# SPDX-License-Identifier: MIT
"""Shows notices as the desktop does, beside an icon that is there as long as one is unseen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget


class TrayNotifier(QObject):
    """Where the desktop has no place for such icons, ``window`` asks for attention instead."""

    clicked = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._icon: QSystemTrayIcon | None = None
        self._conversation_id = ""

    def tell(self, conversation_id: str, title: str, text: str) -> None:
        """Show a notice instead of the one before."""
        self._conversation_id = conversation_id
        QApplication.alert(self._window)
        if QSystemTrayIcon.isSystemTrayAvailable():
            icon = self._shown_icon()
            icon.setToolTip(f"{title}\n{text}")
            icon.showMessage(title, text, self._window.windowIcon())

    def withdraw(self) -> None:
        """Nobody needs the notice any more, if there is one."""
        if self._icon is not None:
            self._icon.hide()

    def _shown_icon(self) -> QSystemTrayIcon:
        if self._icon is None:
            self._icon = QSystemTrayIcon(self._window.windowIcon(), self)
            self._icon.messageClicked.connect(self._click)
            self._icon.activated.connect(self._click)
        self._icon.show()
        return self._icon

    def _click(self) -> None:
        self.clicked.emit(self._conversation_id)

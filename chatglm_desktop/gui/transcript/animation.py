# SPDX-License-Identifier: MIT
"""The slow beat of the working dots; runs only while it is needed and wanted."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStyle, QWidget

_TICK_MS = 80
_TICKS = 18


class Animation(QTimer):
    """Emits ``ticked(phase)``, 0…1, about twelve times a second; never if the style is still."""

    ticked = Signal(float)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, interval=_TICK_MS)
        self._widget = widget
        self._count = 0
        self.timeout.connect(self._tick)

    def run(self, wanted: bool) -> None:
        """Start or stop."""
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        moving = wanted and self._widget.style().styleHint(hint, None, self._widget) > 0
        if moving and not self.isActive():
            self.start()
        elif not moving:
            self.stop()

    def _tick(self) -> None:
        self._count = (self._count + 1) % _TICKS
        if self._widget.isVisible():
            self.ticked.emit(self._count / _TICKS)
        else:
            self.stop()

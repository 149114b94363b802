# SPDX-License-Identifier: MIT
"""The slow beat of the working dots and that of the seconds; run only while they are needed."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStyle, QWidget

from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.transcript.rows import RowKind

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


class Ticker(QTimer):
    """Times out when the next second begins that is to be shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, singleShot=True)
        self.setTimerType(Qt.TimerType.PreciseTimer)

    def run(self, seconds: float | None) -> None:
        """Start, to end after ``seconds``, or stop if there is nothing to wait for."""
        if seconds is None:
            self.stop()
        elif not self.isActive():
            self.start(round(seconds * 1000) + 1)


def next_second(scene: Scene) -> float | None:
    """Seconds until a time in view is another: of thinking, or until a next try; None without."""
    for index, number, _ in scene.visible_rows(0.0, scene.height):
        item = scene.transcript[index]
        kind = item.row(number).kind
        if kind is RowKind.THINKING and item.thinking:
            return 1.0 - item.thought_seconds % 1.0
        if kind is RowKind.FOOT and item.seconds_to_retry > 0:
            return item.seconds_to_retry % 1.0 or 1.0
    return None

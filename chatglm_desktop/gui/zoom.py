# SPDX-License-Identifier: MIT
"""How much conversations are enlarged, in all tabs alike; knows no view."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

USUAL = 100
STEPS = (50, 67, 75, 80, 90, USUAL, 110, 125, 150, 175, 200, 250, 300)
"""In percent."""


class Zoom(QObject):
    """Emits ``changed(factor)``."""

    changed = Signal(float)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._percent = USUAL

    @property
    def percent(self) -> int:
        return self._percent

    @property
    def factor(self) -> float:
        """1.0 where nothing is enlarged."""
        return self._percent / 100

    def set_percent(self, percent: int) -> None:
        """Enlarge to the step that is nearest to ``percent``."""
        nearest = min(STEPS, key=lambda step: abs(step - percent))
        if nearest != self._percent:
            self._percent = nearest
            self.changed.emit(self.factor)

    def step(self, by: int) -> None:
        """Enlarge by as many steps; fewer if negative."""
        index = min(max(STEPS.index(self._percent) + by, 0), len(STEPS) - 1)
        self.set_percent(STEPS[index])

    def reset(self) -> None:
        self.set_percent(USUAL)

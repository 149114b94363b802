# SPDX-License-Identifier: MIT
"""Content that is wider than its row: how far it is scrolled, and its bar; knows no rows.

Rows that scroll together share one :class:`Sideways`.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from chatglm_desktop.gui.transcript.look import Look

BAR_ROOM = 12.0
"""The height in which a bar stands and can be caught."""

_THICK = 4.0
_THICK_CAUGHT = 6.0
_SHORTEST = 32.0


class Sideways:
    """``room`` pixels of ``content`` are seen, from :attr:`offset` on."""

    def __init__(self) -> None:
        self.offset = 0.0
        self._room = 0.0
        self._content = 0.0
        self._caught: tuple[float, float] = (0.0, 0.0)

    def fit(self, content: float, room: float) -> None:
        """Take in how wide things are now; the offset stays where it can."""
        self._content = content
        self._room = max(room, 1.0)
        self.offset = min(self.offset, self.hidden)

    @property
    def hidden(self) -> float:
        """How many pixels of the content are not seen."""
        return max(self._content - self._room, 0.0)

    def scroll(self, by: float) -> bool:
        """Scroll on, as far as there is content; False if all of it is seen anyway."""
        self.offset = min(max(self.offset + by, 0.0), self.hidden)
        return self.hidden > 0

    def reveal(self, left: float, right: float) -> None:
        """Scroll so that the pixels of the content from ``left`` to ``right`` are seen."""
        self.scroll(max(right - self._room - self.offset, 0.0))
        self.scroll(min(left - self.offset, 0.0))

    def catch(self, x: float) -> None:
        """The thumb is caught at ``x``, in any coordinates."""
        self._caught = (x, self.offset)

    def drag(self, x: float) -> None:
        """The caught thumb is now at ``x``: it follows the pointer."""
        start, offset = self._caught
        way = self._room - self._thumb
        self.offset = offset
        self.scroll((x - start) * self.hidden / way if way > 0 else 0.0)

    @property
    def _thumb(self) -> float:
        share = self._room / max(self._content, 1.0)
        return min(max(self._room * share, _SHORTEST), self._room)

    def thumb(self, left: float, bottom: float) -> QRectF:
        """Where the thumb can be caught, in a track of the room's width; empty without need."""
        if not self.hidden:
            return QRectF()
        x = left + (self._room - self._thumb) * self.offset / self.hidden
        return QRectF(x, bottom - BAR_ROOM, self._thumb, BAR_ROOM)

    def paint(self, painter: QPainter, look: Look, thumb: QRectF, *, caught: bool) -> None:
        """Draw the bar; thicker and darker under the pointer."""
        if thumb.isEmpty():
            return
        thick = _THICK_CAUGHT if caught else _THICK
        centre = QPointF(thumb.center().x(), thumb.bottom() - BAR_ROOM / 2)
        bar = QRectF(thumb.left(), centre.y() - thick / 2, thumb.width(), thick)
        colour = look.colour(look.theme.dim)
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.setOpacity(0.8 if caught else 0.4)
        painter.drawRoundedRect(bar, thick / 2, thick / 2)
        painter.restore()


@dataclass(frozen=True, slots=True)
class DragSideways:
    """The thumb of a bar: a press catches it, a move drags it."""

    sideways: Sideways

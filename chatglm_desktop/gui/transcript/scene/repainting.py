# SPDX-License-Identifier: MIT
"""Has a viewport painted only where it changed: what moved is copied; paints nothing itself.

A frame is known by its pieces, which are rows, edges that stay in view, and what lies over the
rows. Pieces that moved as most did are where they belong once the viewport is scrolled; all
others are painted anew, where they were and where they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QWidget

from chatglm_desktop.gui.transcript.overlay.jump import Jump
from chatglm_desktop.gui.transcript.overlay.overlay import Overlay
from chatglm_desktop.gui.transcript.rows.row import EdgeRow
from chatglm_desktop.gui.transcript.scene.painting import OVERHANG, Display, last_answer_row
from chatglm_desktop.gui.transcript.scene.scene import Scene

_Key: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """``look`` is all that its picture depends on, besides its place."""

    area: QRectF
    look: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    """``ground`` is what the pictures of all pieces depend on."""

    ground: tuple[object, ...]
    pieces: dict[_Key, _Piece]


class Repainter:
    """For ``viewport``, which shows ``scene`` with ``display``."""

    def __init__(
        self, viewport: QWidget, scene: Scene, display: Display, overlay: Overlay, jump: Jump
    ) -> None:
        self._viewport = viewport
        self._scene = scene
        self._display = display
        self._overlay = overlay
        self._jump = jump
        self._frame: _Frame | None = None

    def refresh(self) -> None:
        """Have painted what differs from the last frame; anything else that changed is lost."""
        before, after = self._frame, self._look()
        self._frame = after
        if before is None or after is None or before.ground != after.ground:
            self._viewport.update()
            return
        shift = _shift(before, after)
        if shift is None or abs(shift) >= self._scene.height or not self._sharp():
            self._viewport.update()
            return
        if shift:
            self._viewport.scroll(0, shift)
        changed = QRegion()
        for area in _changed(before, after, shift):
            changed += area
        self._viewport.update(changed)

    def _sharp(self) -> bool:
        """Whether pixels of the scene are whole pixels of the screen."""
        ratio = self._viewport.devicePixelRatioF()
        return self._scene.zoom == 1.0 and ratio == round(ratio)

    def _look(self) -> _Frame | None:
        """The frame that is to be seen now; None if it can only be painted as a whole."""
        scene, display = self._scene, self._display
        if scene.late or display.hover is not None or self._overlay.focus is not None:
            return None
        if any(True for _ in scene.gaps(0.0, scene.height)):
            return None
        pieces: dict[_Key, _Piece] = {}
        for index, number, y in scene.visible_rows(0.0, scene.height):
            if not self._add_row(pieces, index, number, y):
                return None
        for index, frame, look in self._overlay.toolbar.pieces():
            pieces["tools", index] = _Piece(frame, look)
        if (button := self._jump.piece()) is not None:
            pieces["jump",] = _Piece(*button)
        ground = (
            scene.layouts.look,
            scene.width,
            scene.height,
            scene.zoom,
            scene.memory_begins,
            display.selection,
            display.caret_shown,
            display.copied,
            display.flash,
            display.phase,
            display.under,
            display.marks.query,
            display.marks.current,
        )
        return _Frame(ground, pieces)

    def _add_row(self, pieces: dict[_Key, _Piece], index: int, number: int, y: float) -> bool:
        """Add a row and what stays in view of it; False if it is to be painted in any case."""
        scene = self._scene
        item = scene.transcript[index]
        row = item.row(number)
        layout = scene.layout(index, number)
        caret = item.running and row == last_answer_row(item)
        pieces[index, row] = _Piece(
            QRectF(0.0, y, scene.width, layout.height), (layout, scene.bubble(index), caret)
        )
        if isinstance(layout, EdgeRow):
            layout.see(-y, scene.height - y)
            for place, edge in enumerate(layout.edges):
                if not edge.isEmpty():
                    area = QRectF(0.0, y + edge.top(), scene.width, edge.height())
                    pieces[index, row, place] = _Piece(area, ())
        return not layout.unfinished


def _shift(before: _Frame, after: _Frame) -> int | None:
    """How far down most of what is seen moved; None if nothing is where it can be found again."""
    votes: defaultdict[float, float] = defaultdict(float)
    for key, piece in after.pieces.items():
        earlier = before.pieces.get(key)
        if earlier is not None and earlier.look == piece.look:
            votes[piece.area.top() - earlier.area.top()] += piece.area.height()
    shift = max(votes, key=votes.__getitem__, default=None)
    return int(shift) if shift is not None and shift == round(shift) else None


def _changed(before: _Frame, after: _Frame, shift: int) -> Iterator[QRect]:
    """Where pieces are that did not move with the others, and where they have been."""
    for key, piece in after.pieces.items():
        earlier = before.pieces.get(key)
        if earlier is None:
            yield _pixels(piece.area)
        elif earlier.look != piece.look or earlier.area.translated(0.0, shift) != piece.area:
            yield _pixels(piece.area)
            yield _pixels(earlier.area.translated(0.0, shift))
    for key, earlier in before.pieces.items():
        if key not in after.pieces:
            yield _pixels(earlier.area.translated(0.0, shift))


def _pixels(area: QRectF) -> QRect:
    return area.adjusted(0.0, -OVERHANG, 0.0, OVERHANG).toAlignedRect()

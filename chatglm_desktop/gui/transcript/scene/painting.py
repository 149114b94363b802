# SPDX-License-Identifier: MIT
"""Paints the exposed part of a scene; measures what it paints, and changes nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from chatglm_desktop.core.messages import Role
from chatglm_desktop.gui.transcript.input.hits import Hover
from chatglm_desktop.gui.transcript.look import BUBBLE_RADIUS, GAP, TOP
from chatglm_desktop.gui.transcript.marks import Marks
from chatglm_desktop.gui.transcript.rows.row import Action, EdgeRow, Paint, RowLayout
from chatglm_desktop.gui.transcript.scene.memory_mark import paint_memory_mark
from chatglm_desktop.gui.transcript.scene.scene import PAD_REPLY, Bubble, Scene
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.rows import Row, RowKind
from chatglm_desktop.transcript.selection import PartKind, Position, Selection

OVERHANG = 32.0
"""How far the glyphs of a row reach into the rows around it, at most, in pixels."""
_CARET = 2.0
"""The width of the caret in pixels."""


@dataclass(slots=True)
class Display:
    """What is shown besides the text: selection, hover, a copied block, the animation's phase.

    ``flash`` is a row that lights up for a moment, ``under`` the row under the pointer, ``focus``
    the keyboard's place while that is to be seen.
    ``caret_shown``: a caret stands where the selection was led. ``unfinished`` comes back from
    painting: something is to be painted again soon.
    """

    selection: Selection | None = None
    caret_shown: bool = False
    hover: Hover | None = None
    copied: tuple[int, Row] | None = None
    flash: tuple[int, Row] | None = None
    phase: float = 0.0
    under: RowLayout | None = None
    focus: Hover | None = None
    marks: Marks = field(default_factory=Marks)
    unfinished: bool = False


class ScenePainter:
    """Paints what of ``scene`` lies in ``exposed``, in pixels of the view."""

    def __init__(self, painter: QPainter, scene: Scene, display: Display, exposed: QRectF) -> None:
        self._painter = painter
        self._scene = scene
        self._display = display
        self._exposed = exposed
        self._look = scene.layouts.look

    def paint(self) -> None:
        painter, exposed = self._painter, self._exposed
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        painter.fillRect(exposed, self._look.colour(self._look.theme.surface))
        painted = -1
        # Not beyond the view: to paint a row there would measure it, and move all others.
        top = max(exposed.top() - OVERHANG, 0.0)
        bottom = min(exposed.bottom() + OVERHANG, self._scene.height)
        for index, number, y in self._scene.visible_rows(top, bottom):
            bubble = self._scene.bubble(index)
            if index != painted:
                self._paint_bubble(index, bubble)
                painted = index
            self._paint_row(index, number, y, bubble.text_left)

    def _paint_bubble(self, index: int, bubble: Bubble) -> None:
        painter, scene, look = self._painter, self._scene, self._look
        user = scene.transcript[index].message.role is Role.USER
        top = scene.geometry.item_top(index) - scene.top
        bottom = top + scene.geometry.item_height(index)
        if scene.begins_memory(index):
            left, width = scene.column()
            paint_memory_mark(painter, look, QRectF(round(left), top, width, GAP))
        # Shapes that reach far outside are slow and lose precision.
        top = max(top + (GAP if index else TOP), self._exposed.top() - 2 * BUBBLE_RADIUS)
        bottom = min(bottom, self._exposed.bottom() + 2 * BUBBLE_RADIUS)
        rect = QRectF(bubble.left, top, bubble.width, bottom - top)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(look.theme.user if user else look.theme.window))
        painter.drawRoundedRect(rect, BUBBLE_RADIUS, BUBBLE_RADIUS)
        # The corner that points to the speaker is sharper.
        x = rect.right() - BUBBLE_RADIUS if user else rect.left()
        y = rect.bottom() - BUBBLE_RADIUS if user else rect.top()
        painter.drawRoundedRect(QRectF(x, y, BUBBLE_RADIUS, BUBBLE_RADIUS), 4.0, 4.0)

    def _paint_row(self, index: int, number: int, y: float, left: float) -> None:
        painter, scene, display = self._painter, self._scene, self._display
        item = scene.transcript[index]
        row = item.row(number)
        layout = scene.layout(index, number)
        if isinstance(layout, EdgeRow):
            layout.see(-y, scene.height - y)
        if row.kind is RowKind.THOUGHT_END:
            return
        if row.kind is RowKind.LEAF and row.part is PartKind.REASONING:
            bar = QRectF(left, y, 2.0, layout.height)
            painter.fillRect(bar, self._look.colour(self._look.theme.line))
        left += scene.indent(row)
        selection, beyond = self._selected(index, row, layout.length)
        paint = Paint(
            self._look,
            clip=self._exposed.translated(-left, -y),
            selection=selection,
            beyond=beyond,
            marks=display.marks.of(index, item, row, self._look.theme),
            hover=_action_in(display.hover, index, row),
            copied=display.copied == (index, row),
            caret=item.running and row == last_answer_row(item),
            phase=display.phase,
            under=display.under,
            focus=_action_in(display.focus, index, row),
        )
        painter.save()
        painter.translate(left, y)
        if display.flash == (index, row):
            self._paint_flash(layout.height)
        layout.paint(painter, paint)
        if display.caret_shown and display.selection is not None:
            self._paint_caret(display.selection.head, index, row, layout)
        painter.restore()
        display.unfinished = display.unfinished or layout.unfinished

    def _paint_caret(self, head: Position, index: int, row: Row, layout: RowLayout) -> None:
        if row.kind is RowKind.LEAF and (head.item, head.part, head.leaf) == (
            index,
            row.part,
            row.leaf,
        ):
            rect = layout.caret_rect(min(head.character, layout.length))
            rect.setWidth(_CARET)
            rect.translate(-_CARET / 2, 0.0)
            self._painter.fillRect(rect, self._look.colour(self._look.theme.text))

    def _paint_flash(self, height: float) -> None:
        width = self._scene.column()[1] - 2 * PAD_REPLY
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._look.colour(self._look.theme.accent_weak))
        self._painter.drawRoundedRect(QRectF(-6.0, -1.0, width + 12.0, height + 2.0), 6.0, 6.0)

    def _selected(self, index: int, row: Row, length: int) -> tuple[tuple[int, int] | None, bool]:
        """The selected range of a row, and whether the selection goes on after it."""
        selection = self._display.selection
        if selection is None or row.kind is not RowKind.LEAF or not selection.touches(index):
            return None, False
        chosen = selection.in_leaf(index, row.part, row.leaf, length)
        beyond = selection.continues_after(index, row.part, row.leaf, length)
        return chosen, chosen is not None and beyond


def _action_in(place: Hover | None, index: int, row: Row) -> Action | None:
    """The action of a place if it is in this row."""
    return place.action if place and (place.item, place.row) == (index, row) else None


def last_answer_row(item: Item) -> Row | None:
    """The row at whose end text arrives."""
    count = len(item.leaves(PartKind.ANSWER))
    return Row(RowKind.LEAF, PartKind.ANSWER, count - 1) if count else None

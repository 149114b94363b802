# SPDX-License-Identifier: MIT
"""The transcript in pixels: which rows are in view, where they stand, what is at a point.

Owns items, heights and layouts; knows no widget and paints nothing. Heights of rows in view
are measured, all others are guesses, so nothing costs in proportion to the conversation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.core.tabs import Anchor
from chatglm_desktop.gui.transcript.layouts import THINKING_INDENT, Layouts
from chatglm_desktop.gui.transcript.look import (
    BOTTOM,
    COLUMN_MARGIN,
    COLUMN_MAX,
    USER_SHARE,
    Look,
)
from chatglm_desktop.gui.transcript.row import FailureText, RowLayout
from chatglm_desktop.transcript import estimates
from chatglm_desktop.transcript.anchors import anchor_of, kept, place_of
from chatglm_desktop.transcript.document import Change, Transcript
from chatglm_desktop.transcript.geometry import Geometry, Place
from chatglm_desktop.transcript.item import Item, Row, RowKind
from chatglm_desktop.transcript.leaves import TextLeaf
from chatglm_desktop.transcript.selection import PartKind

PAD_USER = 14.0
PAD_REPLY = 18.0
_SMALL_MESSAGE = 2000
_SMALL_LEAVES = 8
_MEASURED_ABOVE = 200
"""Rows; a line deeper in its message is found by guesses, about."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """Where a message stands: left edge and width of its bubble, left edge of its text."""

    left: float
    width: float
    text_left: float


class Scene:
    """All rows of a conversation and the part of them that is in view."""

    def __init__(self, describe: Callable[[Failure], FailureText], look: Look) -> None:
        self.transcript = Transcript()
        self.geometry = Geometry()
        self.layouts = Layouts(describe, look)
        self.width = 800.0
        self.height = 600.0
        self.place = Place(0, 0)
        self._wanted: Anchor | None = None

    # What is shown

    def reset(self, messages: Sequence[Message], anchor: Anchor | None) -> None:
        self.transcript.reset(messages)
        self.layouts.forget()
        width = self.column()[1]
        self.geometry.reset(estimates.item_height(message, width) for message in messages)
        self.place = Place(0, 0)
        self._wanted = anchor

    def add(self, message: Message) -> None:
        self.transcript.add(message)
        self.geometry.append(estimates.item_height(message, self.column()[1]))

    def apply(self, change: Change) -> None:
        """Take over what happened to the rows of an item."""
        index = change.item
        if not self.geometry.is_open(index):
            return
        item = self.transcript[index]
        width = self.column()[1] - 2 * PAD_REPLY
        for rows in change.rows:
            last = item.row_count - 1
            heights = [
                self._estimate(item, min(row, last), width)
                for row in range(rows.first, rows.first + rows.added)
            ]
            self.geometry.replace(index, rows.first, rows.removed, heights)
            self.place = kept(self.place, index, rows)

    def _estimate(self, item: Item, index: int, width: float) -> float:
        row = item.row(index)
        if row.kind is RowKind.LEAF:
            return float(round(estimates.leaf_height(item.leaves(row.part)[row.leaf], width)))
        return 44.0 if row.kind is RowKind.HEAD else 28.0

    # Across

    def column(self) -> tuple[float, float]:
        """Left edge and width of the column of text."""
        width = min(COLUMN_MAX, max(self.width - 2 * COLUMN_MARGIN, 160.0))
        return max((self.width - width) / 2, 0.0), width

    def bubble(self, index: int) -> Bubble:
        item = self.transcript[index]
        left, width = self.column()
        left = float(round(left))
        if item.message.role is not Role.USER:
            return Bubble(left, width, left + PAD_REPLY)
        inner = self._user_width(width)
        own = self._natural_width(item, inner) + 2 * PAD_USER
        start = left + width - own
        return Bubble(start, own, start + PAD_USER)

    def _user_width(self, column: float) -> float:
        return float(round(column * USER_SHARE)) - 2 * PAD_USER

    def _natural_width(self, item: Item, most: float) -> float:
        """What a user's message needs; a long one is not measured and gets ``most``."""
        if not item.opened:
            return most
        leaves = item.leaves(PartKind.ANSWER)
        if len(leaves) > _SMALL_LEAVES or not all(
            isinstance(leaf, TextLeaf) and len(leaf.source) <= _SMALL_MESSAGE for leaf in leaves
        ):
            return most
        widest = 8.0
        for number in range(len(leaves)):
            row = Row(RowKind.LEAF, PartKind.ANSWER, number)
            layout = self.layouts.get(item, row, most, first=False)
            widest = max(widest, layout.natural_width)
        return min(float(int(widest) + 1), most)

    def indent(self, row: Row) -> float:
        """How far a row stands from the left edge of the text."""
        thinks = row.kind is RowKind.LEAF and row.part is PartKind.REASONING
        return THINKING_INDENT if thinks else 0.0

    # Down

    def open(self, index: int) -> Item:
        """The item with its rows, which get estimated heights."""
        item = self.transcript.open(index)
        if not self.geometry.is_open(index):
            width = self.column()[1] - 2 * PAD_REPLY
            count = item.row_count
            self.geometry.open(index, (self._estimate(item, row, width) for row in range(count)))
        return item

    def layout(self, index: int, number: int) -> RowLayout:
        """The layout of a row; its height is from now on the measured one."""
        item = self.open(index)
        row = item.row(number)
        if item.message.role is Role.USER:
            width = self._user_width(self.column()[1])
        else:
            width = self.column()[1] - 2 * PAD_REPLY - self.indent(row)
        layout = self.layouts.get(item, row, width, first=index == 0)
        self.geometry.set(index, number, float(round(layout.height)))
        return layout

    @property
    def top(self) -> float:
        """How far the view is scrolled, in pixels."""
        return self.geometry.y(self.place) if len(self.geometry) else 0.0

    @property
    def limit(self) -> float:
        """How far the view can be scrolled, as far as known."""
        return max(self.geometry.total + BOTTOM - self.height, 0.0) if len(self.geometry) else 0.0

    def settle(self, *, following: bool) -> None:
        """Measure what is in view and put the view where it belongs."""
        if not len(self.geometry):
            return
        self._seek()
        if following:
            self._to_end()
        else:
            self._normalize()
            if not self._measure_down():
                self._to_end()
        rows = int(self.height / 20.0) + 8
        self.layouts.trim(4 * rows)

    def _seek(self) -> None:
        """Go to a wanted position, for as long as its message is not all there."""
        if self._wanted is None:
            return
        place = place_of(self._wanted, self.transcript, self.geometry)
        if place is not None:
            self.open(place.item)
            self._measure_above(place.item, self._wanted.offset)
            place = place_of(self._wanted, self.transcript, self.geometry)
        if place is None:
            self._wanted = None
            return
        self.place = place
        self._measure_down()
        if not self.transcript[place.item].pending:
            self._wanted = None

    def _measure_above(self, index: int, offset: float) -> None:
        """Measure a whole message from its top down to ``offset``: guesses would miss the line."""
        if self.transcript[index].pending:
            return
        y = 0.0
        for number in range(min(self.transcript[index].row_count, _MEASURED_ABOVE)):
            if y > offset:
                return
            self.layout(index, number)
            y += self.geometry.row_height(index, number)

    def _normalize(self) -> None:
        """Make the place one of a row that is there."""
        item = self.open(self.place.item)
        place = replace(self.place, row=min(self.place.row, item.row_count - 1))
        if place.offset > self.geometry.row_height(place.item, place.row):
            place = self.geometry.find(min(self.geometry.y(place), self.geometry.total - 1.0))
            self.open(place.item)
        self.place = place

    def _to_end(self) -> None:
        need = self.height
        for index, number in self._rows_up():
            need -= self.layout(index, number).height
            if need <= 0:
                break
        self.place = self._find(self.limit)

    def _measure_down(self) -> bool:
        """Measure from the place on; False if the text ends before the view does."""
        need = self.height + self.place.offset
        for index, number in self._rows_down(self.place):
            need -= float(round(self.layout(index, number).height))
            if need <= 0:
                return True
        return need <= BOTTOM

    def _find(self, y: float) -> Place:
        place = self.geometry.find(y)
        self.open(place.item)
        return self.geometry.find(y)

    def _rows_down(self, place: Place) -> Iterator[tuple[int, int]]:
        index, number = place.item, place.row
        while index < len(self.transcript):
            item = self.open(index)
            while number < item.row_count:
                yield index, number
                number += 1
            index, number = index + 1, 0

    def _rows_up(self) -> Iterator[tuple[int, int]]:
        for index in range(len(self.transcript) - 1, -1, -1):
            item = self.open(index)
            for number in range(item.row_count - 1, -1, -1):
                yield index, number

    def move(self, by: float) -> None:
        """Scroll by ``by`` pixels, upwards exactly: what comes into view is measured first."""
        self._wanted = None
        if by >= 0 or -by > 3 * self.height:
            self.go(self.top + by)
            return
        self._normalize()
        index, number, offset = self.place.item, self.place.row, self.place.offset + by
        while offset < 0:
            if number == 0:
                if index == 0:
                    offset = 0.0
                    break
                index -= 1
                number = self.open(index).row_count
            number -= 1
            self.layout(index, number)
            offset += self.geometry.row_height(index, number)
        self.place = Place(index, number, offset)

    def go(self, y: float) -> None:
        """Scroll to ``y``, as far as heights are known."""
        self._wanted = None
        if len(self.geometry):
            self.place = self._find(min(max(y, 0.0), self.limit))

    def anchor(self) -> Anchor | None:
        if self._wanted is not None:
            return self._wanted
        return anchor_of(self.place, self.transcript, self.geometry) if len(self.geometry) else None

    def working(self) -> bool:
        """Whether a message in view has not begun to show its answer."""
        rows = self.visible_rows(0.0, self.height)
        items = {index for index, _, _ in rows}
        return any(
            item.running and not item.answers for item in map(self.transcript.__getitem__, items)
        )

    def visible_rows(self, top: float, bottom: float) -> Iterator[tuple[int, int, float]]:
        """Item, row and top of all rows between two heights in the view."""
        if not len(self.geometry):
            return
        start = self.geometry.find(self.top + top)
        y = self.geometry.y(replace(start, offset=0.0)) - self.top
        for index, number in self._rows_down(replace(start, offset=0.0)):
            if y > bottom:
                return
            yield index, number, y
            y += self.geometry.row_height(index, number)

# SPDX-License-Identifier: MIT
"""The transcript in pixels: which rows are in view, where they stand, how they are laid out.

Owns items, heights and layouts; knows no widget and paints nothing. Heights of rows in view
are measured, all others are guesses, so nothing costs in proportion to the conversation.
Lengths are those of zoom 1, at which everything is laid out; the view enlarges what it paints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.gui.transcript.look import (
    BOTTOM,
    COLUMN_MARGIN,
    COLUMN_MAX,
    USER_SHARE,
    Look,
)
from chatglm_desktop.gui.transcript.rows.layouts import THINKING_INDENT, Layouts
from chatglm_desktop.gui.transcript.rows.row import FailureText, RowLayout
from chatglm_desktop.gui.transcript.rows.text_row import TextRow
from chatglm_desktop.transcript import estimates
from chatglm_desktop.transcript.anchors import kept
from chatglm_desktop.transcript.document import Change, Transcript
from chatglm_desktop.transcript.geometry import PAGE, Geometry, Place
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.leaves import TextLeaf
from chatglm_desktop.transcript.rows import Row, RowKind
from chatglm_desktop.transcript.selection import PartKind

if TYPE_CHECKING:
    from chatglm_desktop.gui.transcript.overlay.toolbar import Toolbar

PAD_USER = 14.0
PAD_REPLY = 18.0
WHOLE = -1
"""In place of a row: all of an item whose rows are not known yet."""
_SMALL_MESSAGE = 2000
_SMALL_LEAVES = 8


@dataclass(frozen=True, slots=True)
class Bubble:
    """Where a message stands: left edge and width of its bubble, left edge of its rows.

    ``inset`` is how far text stands from the bubble's edges. Rows of text that is read from right
    to left may begin left of the bubble, where they are empty.
    """

    left: float
    width: float
    text_left: float
    inset: float


class Scene:
    """All rows of a conversation and the part of them that is in view.

    ``late`` are the rows in view for which there was no time yet, as pairs of item and row;
    ``memory_begins`` is the id of the oldest message that the model remembers, "" for all;
    ``toolbar`` stands over the rows, if there is one.
    """

    def __init__(self, describe: Callable[[Failure], FailureText], look: Look) -> None:
        self.transcript = Transcript()
        self.geometry = Geometry()
        self.layouts = Layouts(describe, look)
        self.width = 800.0
        self.height = 600.0
        self.zoom = 1.0
        self.place = Place(0, 0)
        self.late: set[tuple[int, int]] = set()
        self.memory_begins = ""
        self.toolbar: Toolbar | None = None

    # What is shown

    def reset(self, messages: Sequence[Message], first: int, length: int) -> None:
        """Other messages, those from ``first`` on of ``length``."""
        self.transcript.reset(messages, first, length)
        self.layouts.forget()
        heights = [self._guess(message) for message in messages]
        self.geometry.reset(length, estimates.usual_height(heights))
        for index, height in enumerate(heights, first):
            self.geometry.estimate(index, height)
        self.place = Place(0, 0)
        self.late.clear()

    def add(self, message: Message) -> None:
        self.transcript.add(message)
        self.geometry.append(self._guess(message))

    def take(self, first: int, messages: Sequence[Message]) -> None:
        """Take in older messages, from ``first`` on."""
        for index in self.transcript.take(first, messages):
            self.geometry.estimate(index, self._guess(self.transcript.branch[index]))

    def let_go(self, pages: Iterable[int]) -> None:
        """Forget the messages of pages, but keep a page in which something goes on."""
        for page in pages:
            items = [i for i in range(page * PAGE, (page + 1) * PAGE) if self.transcript.has(i)]
            if not any(map(self.transcript.busy, items)):
                for index in items:
                    self.transcript.forget(index)
                self.geometry.forget(page)

    def remove(self, message_id: str) -> None:
        """Take a message out. Raises KeyError if it is not at hand."""
        index = self.transcript.remove(message_id)
        self.geometry.remove(index)
        self.late.clear()
        if self.place.item > index:
            self.place = replace(self.place, item=self.place.item - 1)
        elif self.place.item == index:
            self.place = Place(index, 0)

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

    def _guess(self, message: Message) -> float:
        # Whole pixels: text is painted where it is sharp.
        return float(round(estimates.item_height(message, self.column()[1])))

    def _estimate(self, item: Item, index: int, width: float) -> float:
        row = item.row(index)
        if row.kind is RowKind.LEAF:
            leaf = item.leaves(row.part)[row.leaf]
            folded = not self.layouts.states.expanded((item.message.id, row))
            return float(round(estimates.leaf_height(leaf, width, folded=folded)))
        if row.kind is RowKind.PICTURE:
            return float(round(estimates.picture_height(item.extras.images[row.leaf], width)))
        return 44.0 if row.kind is RowKind.HEAD else estimates.SOURCE

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
            return Bubble(left, width, left + PAD_REPLY, PAD_REPLY)
        inner = self._user_width(width)
        needed, leftwards = self._needed(item, inner)
        own = needed + 2 * PAD_USER
        start = left + width - own
        rows_left = start + PAD_USER - (inner - needed if leftwards else 0.0)
        return Bubble(start, own, rows_left, PAD_USER)

    def _user_width(self, column: float) -> float:
        return float(round(column * USER_SHARE)) - 2 * PAD_USER

    def _needed(self, item: Item, most: float) -> tuple[float, bool]:
        """The width that a user's message needs, and whether it is needed on the right of ``most``.

        A long message is not measured and gets ``most``, and so does one that is read in both
        directions.
        """
        if not item.opened:
            return most, False
        leaves = item.leaves(PartKind.ANSWER)
        if len(leaves) > _SMALL_LEAVES or not all(
            isinstance(leaf, TextLeaf) and len(leaf.source) <= _SMALL_MESSAGE for leaf in leaves
        ):
            return most, False
        widest = 8.0
        ways = set()
        if item.extras.attachments:
            row = Row(RowKind.ATTACHMENTS)
            widest = self.layouts.get(item, row, most, first=False).natural_width
            ways.add(False)
        for number in range(len(leaves)):
            row = Row(RowKind.LEAF, PartKind.ANSWER, number)
            layout = self.layouts.get(item, row, most, first=False)
            widest = max(widest, layout.natural_width)
            if layout.length:
                ways.add(isinstance(layout, TextRow) and layout.leftwards)
        needed = most if len(ways) > 1 else min(float(int(widest) + 1), most)
        return needed, ways == {True}

    def indent(self, row: Row) -> float:
        """How far a row stands from the left edge of the text."""
        thinks = row.kind is RowKind.LEAF and row.part is PartKind.REASONING
        return THINKING_INDENT if thinks else 0.0

    # Down

    def open(self, index: int) -> Item:
        """The item with its rows, which get estimated heights. Raises KeyError if not at hand."""
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

    @property
    def seen(self) -> range:
        """The items in view."""
        if not len(self.geometry):
            return range(0)
        first = self.geometry.find(self.top).item
        return range(first, self.geometry.find(self.top + self.height).item + 1)

    def working(self) -> bool:
        """Whether nothing is there yet of a message in view that is on its way."""
        seen = (index for index in self.seen if self.transcript.has(index))
        return any(self.transcript[index].silent for index in seen)

    def begins_memory(self, index: int) -> bool:
        """Whether the model remembers this message and none of those above it."""
        return index > 0 and self.transcript[index].message.id == self.memory_begins

    def visible_rows(self, top: float, bottom: float) -> Iterator[tuple[int, int, float]]:
        """Item, row and top of all rows between two heights in the view that can be shown."""
        for index, number, y, _ in self._rows(top, bottom):
            if number != WHOLE and (index, number) not in self.late:
                yield index, number, y

    def gaps(self, top: float, bottom: float) -> Iterator[tuple[int, float, float]]:
        """Item, top and height of what cannot be shown yet between two heights in the view."""
        for index, number, y, height in self._rows(top, bottom):
            if number == WHOLE or (index, number) in self.late:
                yield index, y, height

    def _rows(self, top: float, bottom: float) -> Iterator[tuple[int, int, float, float]]:
        if not len(self.geometry):
            return
        geometry = self.geometry
        start = replace(geometry.find(self.top + top), offset=0.0)
        index, number = start.item, start.row
        y = geometry.y(start) - self.top
        while index < len(geometry) and y <= bottom:
            if not geometry.is_open(index):
                height = geometry.item_height(index)
                yield index, WHOLE, y, height
                y += height
            else:
                for row in range(number, geometry.row_count(index)):
                    if y > bottom:
                        return
                    yield index, row, y, geometry.row_height(index, row)
                    y += geometry.row_height(index, row)
            index, number = index + 1, 0

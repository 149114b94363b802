# SPDX-License-Identifier: MIT
"""The conversation as displayed: one item per message; knows no heights and no drawing.

Of a long conversation only some messages are at hand; an item's index is its message's
position in the branch, whether it is there or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic

from chatglm_desktop.core.deltas import Images, Sources, StreamKind
from chatglm_desktop.core.messages import Message, MessageState, Role
from chatglm_desktop.core.status import Status
from chatglm_desktop.transcript.branch import Branch, moved_up
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.parts import BlockSource
from chatglm_desktop.transcript.rows import RowChange
from chatglm_desktop.transcript.selection import PartKind

_MOST_SLICES = 16

_PARTS: dict[StreamKind, PartKind] = {
    "text": PartKind.ANSWER,
    "reasoning": PartKind.REASONING,
}


@dataclass(frozen=True, slots=True)
class Change:
    """What an operation did to one item; ``rows`` are to be applied in order."""

    item: int
    rows: tuple[RowChange, ...]


def _markdown_stream() -> BlockSource:
    # The Markdown library is imported when the first reply is shown, not at start.
    from chatglm_desktop.markdown.stream import BlockStream

    return BlockStream()


class Transcript:
    """All items in order.

    ``new_stream`` makes a parser for one part of a reply, ``clock`` gives seconds.
    Methods that take a message id or an index raise KeyError for what is not at hand.
    """

    def __init__(
        self,
        new_stream: Callable[[], BlockSource] = _markdown_stream,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._clock = clock
        self._new_stream = new_stream
        self._branch = Branch()
        # An item is made when it is first asked for.
        self._items: dict[int, Item] = {}
        self._unfolded: dict[str, bool] = {}
        """What the user chose for the thinking of a message, whatever becomes of its item."""
        self._waiting: dict[int, None] = {}

    def __len__(self) -> int:
        return len(self._branch)

    def __getitem__(self, index: int) -> Item:
        found = self._items.get(index)
        if found is None:
            message = self._branch[index]
            unfolded = self._unfolded.get(message.id)
            found = Item(message, self._new_stream, self._clock, unfolded)
            self._items[index] = found
        return found

    def apart(self, message: Message) -> Item:
        """An item of a message that is not at hand, and stays so."""
        unfolded = self._unfolded.get(message.id)
        return Item(message, self._new_stream, self._clock, unfolded)

    def index(self, message_id: str) -> int:
        return self._branch.position(message_id)

    def knows(self, message_id: str) -> bool:
        return self._branch.knows(message_id)

    @property
    def pending(self) -> bool:
        """Whether an item has text that waits to be parsed."""
        return bool(self._waiting)

    @property
    def branch(self) -> Branch:
        """Which messages are at hand; to be read only."""
        return self._branch

    def has(self, index: int) -> bool:
        """Whether the message at an index is at hand."""
        return index in self._branch

    def reset(self, messages: Iterable[Message], first: int = 0, length: int | None = None) -> None:
        """Show other messages, those from ``first`` on of ``length``; nothing is parsed yet."""
        there = tuple(messages)
        self._branch.reset(there, first, first + len(there) if length is None else length)
        self._items = {}
        self._waiting.clear()

    def take(self, first: int, messages: Sequence[Message]) -> list[int]:
        """Take in older messages, from ``first`` on; the indices of those that are new."""
        return self._branch.take(first, messages)

    def busy(self, index: int) -> bool:
        """Whether an item is still changing, so that it must not be let go."""
        item = self._items.get(index)
        return item is not None and (item.running or item.pending)

    def forget(self, index: int) -> None:
        """Let go of a message that is not busy; its index stays."""
        self._items.pop(index, None)
        self._branch.forget(index)

    def remove(self, message_id: str) -> int:
        """Take a message out and return the index that it had; later ones move up."""
        index = self.index(message_id)
        self._branch.remove(index)
        self._items.pop(index, None)
        self._waiting.pop(index, None)
        self._items = moved_up(self._items, index)
        self._waiting = moved_up(self._waiting, index)
        return index

    def add(self, message: Message) -> int:
        """Add a message at the end and return its index. Raises ValueError for a known id."""
        return self._branch.append(message)

    def open(self, index: int) -> Item:
        """The item, ready to be shown; its first text is parsed, and all of it if it is short."""
        item = self[index]
        if not item.opened:
            item.open()
            item.work()
            # A second slice of the same part can wait: it would delay the first frame.
            if item.thinks or not item.waiting(PartKind.ANSWER):
                item.work()
            self._note(index)
        return item

    def append(self, message_id: str, kind: StreamKind, text: str) -> Change:
        index = self.index(message_id)
        return self._done(index, self[index].append(_PARTS[kind], text))

    def revise(self, message_id: str, kind: StreamKind, text: str) -> Change:
        index = self.index(message_id)
        return self._done(index, self[index].revise(_PARTS[kind], text))

    def update(self, message: Message) -> Change:
        index = self.index(message.id)
        return self._done(index, self[index].update(message))

    def attach(self, message_id: str, extra: Sources | Images) -> Change:
        index = self.index(message_id)
        return self._done(index, self[index].attach(extra))

    def wait(self, message_id: str, status: Status | None) -> Change:
        index = self.index(message_id)
        return self._done(index, self[index].wait(status))

    def memory_begins(self) -> str:
        """The oldest message that was sent along for the newest reply that has ended; "" for all.

        A reply that failed does not count unless it is known what was sent.
        """
        for position in range(len(self) - 1, -1, -1):
            if position not in self._branch:
                break
            item = self._items.get(position)
            message = item.message if item is not None else self._branch[position]
            if message.metrics is not None:
                return message.metrics.memory_begins
            if message.role is Role.ASSISTANT and message.state is MessageState.COMPLETE:
                break
        return ""

    def show_all_sources(self, index: int) -> Change:
        return self._done(index, self[index].show_all_sources())

    def fold(self, index: int, folded: bool) -> Change:
        self._unfolded[self[index].message.id] = not folded
        return self._done(index, self[index].fold(folded))

    def work(self) -> Change | None:
        """Parse one more slice of what waits; None if nothing does."""
        index = next(reversed(self._waiting), None)
        if index is None:
            return None
        return self._done(index, self[index].work())

    def work_for(self, seconds: float) -> Iterator[Change]:
        """Parse what waits, slice by slice, for about as long; one slice at least, few at most."""
        end = self._clock() + seconds
        for _ in range(_MOST_SLICES):
            change = self.work()
            if change is None:
                return
            yield change
            if self._clock() >= end:
                return

    def _done(self, index: int, rows: tuple[RowChange, ...]) -> Change:
        self._note(index)
        return Change(index, rows)

    def _note(self, index: int) -> None:
        if self[index].pending:
            self._waiting[index] = None
        else:
            self._waiting.pop(index, None)

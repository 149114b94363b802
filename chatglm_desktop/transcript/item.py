# SPDX-License-Identifier: MIT
"""One message as displayed: its parts as leaves, and the rows they stand in; knows no heights.

Rows, from the top: head, attachments, then (if the model thought) the thinking line and,
unless folded, the leaves of the thinking and a gap, then the leaves of the answer, the
pictures, the sources under their title, the foot. Nothing is parsed before
:meth:`Item.open`; large text is taken in slices by :meth:`Item.work`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from time import monotonic

from chatglm_desktop.core.deltas import Images, Sources
from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.core.status import Asking, Loading, Retrying, Status
from chatglm_desktop.markdown.sources import CitedReferences
from chatglm_desktop.transcript.extras import Extras
from chatglm_desktop.transcript.leaves import Leaf
from chatglm_desktop.transcript.parts import (
    BlockSource,
    LeafChange,
    MarkdownPart,
    Part,
    PlainPart,
)
from chatglm_desktop.transcript.rows import Row, RowChange, RowKind
from chatglm_desktop.transcript.selection import PartKind
from chatglm_desktop.transcript.slices import slice_end
from chatglm_desktop.transcript.stopwatch import Stopwatch


class Item:
    """A message and its leaves.

    ``new_stream`` makes the parser of each part, ``clock`` gives seconds, ``unfolded`` is what
    the user chose for the thinking.
    """

    def __init__(
        self,
        message: Message,
        new_stream: Callable[[], BlockSource],
        clock: Callable[[], float] = monotonic,
        unfolded: bool | None = None,
    ) -> None:
        self.message = message
        self._new_stream = new_stream
        self._clock = clock
        self._status: Status | None = None
        self._unfolded = unfolded
        self._opened = False
        self._ended = False
        reasoning = message.reasoning
        self._raw = {
            PartKind.REASONING: [reasoning.text] if reasoning else [],
            PartKind.ANSWER: [message.text] if message.text else [],
        }
        self._parts: dict[PartKind, Part] = {}
        self._queue: deque[tuple[PartKind, str | None]] = deque()
        self._stopwatch = Stopwatch(clock, reasoning.seconds if reasoning else 0.0)
        self._stopwatch.run(self.thinking)
        self.extras = Extras(message)
        self._tail = self.extras.rows()

    def fresh(self) -> Item:
        """Another one of the same message, of which nothing is parsed."""
        copy = Item(self.message, self._new_stream, unfolded=self._unfolded)
        copy._raw = {kind: list(chunks) for kind, chunks in self._raw.items()}
        return copy

    @property
    def opened(self) -> bool:
        return self._opened

    @property
    def pending(self) -> bool:
        """Whether text waits to be parsed."""
        return bool(self._queue)

    @property
    def running(self) -> bool:
        return self.message.state.running

    @property
    def thinks(self) -> bool:
        """Whether there is any thinking to show."""
        return bool(self._raw[PartKind.REASONING])

    @property
    def answers(self) -> bool:
        """Whether there is any answer to show."""
        return bool(self._raw[PartKind.ANSWER])

    @property
    def folded(self) -> bool:
        """Whether the thinking is hidden: shown while it goes on, unless the user chose."""
        if self._unfolded is not None:
            return not self._unfolded
        return self.answers or not self.running

    @property
    def unfolded(self) -> bool:
        """Whether there is thinking and it is shown."""
        return self.thinks and not self.folded

    @property
    def thinking(self) -> bool:
        """Whether the model thinks at this moment, as far as one can see."""
        return self.running and self.thinks and not self.answers

    @property
    def thought_seconds(self) -> float:
        """How long it has thought, so far or in all."""
        return self._stopwatch.seconds

    @property
    def status(self) -> Status | None:
        """What a reply of which nothing has arrived waits for, besides its answer."""
        begun = not self.running or self.thinks or self.answers
        return None if begun else self._status

    @property
    def silent(self) -> bool:
        """Whether a reply is on its way and nothing tells how far it is."""
        if not self.running or self.thinks or self.answers:
            return False
        status = self._status
        return status is None or (isinstance(status, Loading) and status.share is None)

    @property
    def seconds_to_retry(self) -> float:
        """How long until it is asked for again; 0 if that is not what it waits for."""
        status = self.status
        return max(status.at - self._clock(), 0.0) if isinstance(status, Retrying) else 0.0

    def wait(self, status: Status | None) -> tuple[RowChange, ...]:
        """Tell of a reply what it waits for now."""
        self._status = None if isinstance(status, Asking) else status
        return (RowChange(self.row_count - 1, 1, 1),) if self._opened else ()

    def text(self, part: PartKind) -> str:
        """All of a part as it was written."""
        chunks = self._raw[part]
        if len(chunks) > 1:
            chunks[:] = ["".join(chunks)]
        return chunks[0] if chunks else ""

    def waiting(self, part: PartKind) -> str:
        """The text at the end of a part that is not parsed yet."""
        return "".join(text for kind, text in self._queue if kind is part and text)

    def leaves(self, part: PartKind) -> list[Leaf]:
        return self._parts[part].leaves

    def part(self, part: PartKind) -> Part:
        return self._parts[part]

    def references(self, part: PartKind) -> Mapping[str, str]:
        """Link definitions of a part, and the sources, by which marks are numbered."""
        return CitedReferences(self._parts[part].references, self.extras.sources)

    @property
    def row_count(self) -> int:
        return self._tail_row + len(self._tail)

    @property
    def _thinking_row(self) -> int:
        return 2 if self.extras.attachments else 1

    @property
    def _answer_row(self) -> int:
        if not self.thinks:
            return self._thinking_row
        shown = 1 if self.folded else 2 + len(self.leaves(PartKind.REASONING))
        return self._thinking_row + shown

    @property
    def _tail_row(self) -> int:
        return self._answer_row + len(self.leaves(PartKind.ANSWER))

    def row(self, index: int) -> Row:
        """The row at ``index``, which must be below :attr:`row_count`."""
        thinking, answer, tail = self._thinking_row, self._answer_row, self._tail_row
        if index >= tail:
            return self._tail[index - tail]
        if index >= answer:
            return Row(RowKind.LEAF, PartKind.ANSWER, index - answer)
        if index < thinking:
            return Row(RowKind.ATTACHMENTS if index else RowKind.HEAD)
        if index == thinking:
            return Row(RowKind.THINKING)
        if index == answer - 1:
            return Row(RowKind.THOUGHT_END)
        return Row(RowKind.LEAF, PartKind.REASONING, index - thinking - 1)

    def leaf_row(self, part: PartKind, leaf: int) -> int:
        """The number of the row of a leaf, which must be shown."""
        first = self._answer_row if part is PartKind.ANSWER else self._thinking_row + 1
        return first + leaf

    def source_row(self, source: int) -> int:
        """The number of the row of a source, which must be shown."""
        return self._tail_row + self._tail.index(Row(RowKind.SOURCE, leaf=source))

    def shows(self, row: Row) -> bool:
        """Whether a row below the text is there."""
        return row in self._tail

    def open(self) -> None:
        """Make the parts and queue their text; :meth:`work` parses it."""
        if self._opened:
            return
        self._opened = True
        self._parts = {kind: self._new_part() for kind in PartKind}
        for kind in PartKind:
            if self._raw[kind]:
                self._queue.append((kind, self.text(kind)))
        if not self.running:
            self._finish()

    def append(self, part: PartKind, text: str) -> tuple[RowChange, ...]:
        """Take in new text: of long text a first slice, and none if other text waits already."""
        if not text:
            return ()
        top = self._top()
        self._raw[part].append(text)
        self._stopwatch.run(self.thinking)
        if not self._opened:
            return ()
        waiting = self.pending
        self._queue.append((part, text))
        if not waiting:
            return self._step(top)
        changes = self._changes(top, part, LeafChange(0, 0, 0))
        return tuple(change for change in changes if change.removed or change.added)

    def work(self) -> tuple[RowChange, ...]:
        """Parse the next slice of what waits."""
        changes = self._step(self._top()) if self._queue else ()
        return changes + self._ends()

    def revise(self, part: PartKind, text: str) -> tuple[RowChange, ...]:
        """Replace all text of a part."""
        top = self._top()
        self._raw[part] = [text] if text else []
        self._stopwatch.run(self.thinking)
        if not self._opened:
            return ()
        old = len(self.leaves(part))
        self._queue = deque(entry for entry in self._queue if entry[0] is not part)
        self._parts[part] = self._new_part()
        if self._ended:
            self._queue.appendleft((part, None))
        self._queue.appendleft((part, text))
        _, change = self._take()
        changes = self._changes(top, part, LeafChange(0, old, change.added))
        return changes + self._ends()

    def update(self, message: Message) -> tuple[RowChange, ...]:
        """Take in a newer version of the message.

        While it runs, text comes by :meth:`append` only; the text of a finished version decides.
        """
        top = self._top()
        was_running = self.running
        self.message = message
        changes: list[RowChange] = []
        if self._opened:
            changes += self._changes(top, PartKind.REASONING, LeafChange(0, 0, 0))
        if not message.state.running:
            reasoning = message.reasoning
            changes += self._reconcile(PartKind.REASONING, reasoning.text if reasoning else "")
            changes += self._reconcile(PartKind.ANSWER, message.text)
            self._stopwatch.set(reasoning.seconds if reasoning else 0.0)
        if self._opened and was_running and not message.state.running:
            self._finish()
            changes += self._ends()
        self.extras.take(message)
        return (*changes, *self._renew_tail())

    def attach(self, extra: Sources | Images) -> tuple[RowChange, ...]:
        """Take in all sources or pictures of a reply that are known so far."""
        self.extras.attach(extra)
        return self._renew_tail()

    def show_all_sources(self) -> tuple[RowChange, ...]:
        """List every source from now on."""
        self.extras.show_all_sources()
        return self._renew_tail()

    def fold(self, folded: bool) -> tuple[RowChange, ...]:
        """Hide or show the thinking, from now on as the user chose."""
        top = self._top()
        self._unfolded = not folded
        return self._changes(top, PartKind.REASONING, LeafChange(0, 0, 0))

    def _renew_tail(self) -> tuple[RowChange, ...]:
        removed = len(self._tail)
        self._tail = self.extras.rows()
        return (RowChange(self._tail_row, removed, len(self._tail)),) if self._opened else ()

    def _reconcile(self, part: PartKind, text: str) -> tuple[RowChange, ...]:
        known = self.text(part)
        if text == known:
            return ()
        if text.startswith(known) and not self._ended:
            return self.append(part, text[len(known) :])
        return self.revise(part, text)

    def _finish(self) -> None:
        """End the parts, after the text that still waits."""
        self._ended = True
        self._queue.extend((kind, None) for kind in PartKind if self._raw[kind])

    def _ends(self) -> tuple[RowChange, ...]:
        """End the parts whose text has all been parsed."""
        changes: tuple[RowChange, ...] = ()
        while self._queue and self._queue[0][1] is None:
            changes += self._step(self._top())
        return changes

    def _new_part(self) -> Part:
        plain = self.message.role is not Role.ASSISTANT
        return PlainPart() if plain else MarkdownPart(self._new_stream())

    def _top(self) -> tuple[bool, int]:
        """What stands between head and answer: whether folded, and how many rows."""
        return self.folded, self._answer_row - self._thinking_row if self._opened else 0

    def _step(self, top: tuple[bool, int]) -> tuple[RowChange, ...]:
        return self._changes(top, *self._take())

    def _changes(
        self, top: tuple[bool, int], part: PartKind, change: LeafChange
    ) -> tuple[RowChange, ...]:
        now = self._top()
        structure = RowChange(self._thinking_row, top[1], now[1])
        appeared = (now[1] == 0) != (top[1] == 0)
        moved = appeared or (now[0] != top[0] and now[1] > 0)
        if part is PartKind.ANSWER:
            leaves = RowChange(self._answer_row + change.first, change.removed, change.added)
            return (structure, leaves) if moved else (leaves,)
        if moved:
            return (structure,)
        if self.folded or not self.thinks:
            return ()
        return (RowChange(self._thinking_row + 1 + change.first, change.removed, change.added),)

    def _take(self) -> tuple[PartKind, LeafChange]:
        """Parse one slice of the queue."""
        part, text = self._queue.popleft()
        if text is None:
            return part, self._parts[part].finish()
        end = slice_end(text)
        if end < len(text) and isinstance(self._parts[part], MarkdownPart):
            self._queue.appendleft((part, text[end:]))
            text = text[:end]
        return part, self._parts[part].feed(text)

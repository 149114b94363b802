# SPDX-License-Identifier: MIT
"""Where a caret goes through the text of a conversation; knows no keys and no pixels.

Leaves follow each other like lines. Messages that are not at hand, folded thinking and leaves
without text are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from chatglm_desktop.transcript.document import Transcript
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.selection import PartKind, Position
from chatglm_desktop.transcript.texts import leaf_text

Step: TypeAlias = Callable[[str, int], int]
"""From a character in a text to the next or the previous place."""


@dataclass(frozen=True, slots=True)
class Steps:
    """How far a caret goes: by what looks like a character, and by words."""

    next_character: Step
    previous_character: Step
    next_word: Step
    previous_word: Step


class CaretPath:
    """All places in ``transcript``. ``open`` makes an item ready to be read."""

    def __init__(self, transcript: Transcript, steps: Steps, open: Callable[[int], Item]) -> None:
        self._transcript = transcript
        self._steps = steps
        self._open = open

    def text(self, position: Position) -> str:
        """The text of the leaf that a position is in, empty if it is not there."""
        if not self._there(position):
            return ""
        item = self._open(position.item)
        leaf = item.leaves(position.part)[position.leaf]
        return leaf_text(leaf, item.references(position.part))

    def placed(self, position: Position) -> Position | None:
        """The nearest place with text; None if there is no text at all."""
        if self._there(position) and (text := self.text(position)):
            return replace(position, character=min(position.character, len(text)))
        before = replace(position, character=0)
        return self.leaf_after(before) or self.leaf_before(before)

    def right(self, position: Position) -> Position:
        """One character on."""
        return self._on(position, self._steps.next_character)

    def left(self, position: Position) -> Position:
        """One character back."""
        return self._back(position, self._steps.previous_character)

    def word_right(self, position: Position) -> Position:
        """The start of the next word."""
        return self._on(position, self._steps.next_word)

    def word_left(self, position: Position) -> Position:
        """The start of this word or of the one before."""
        return self._back(position, self._steps.previous_word)

    def first(self) -> Position | None:
        """Before everything."""
        return next(self._leaves_from(Position(0, PartKind.REASONING, -1, 0)), None)

    def last(self) -> Position | None:
        """After everything."""
        count = len(self._transcript)
        return self.leaf_before(Position(count, PartKind.REASONING, 0, 0))

    def leaf_after(self, position: Position) -> Position | None:
        """The start of the next leaf; None after the last one."""
        return next(self._leaves_from(position), None)

    def leaf_before(self, position: Position) -> Position | None:
        """The end of the leaf before; None before the first one."""
        for item in range(min(position.item, len(self._transcript) - 1), -1, -1):
            for part, leaf in reversed(self._leaves(item)):
                if (item, part, leaf) < (position.item, position.part, position.leaf):
                    found = Position(item, part, leaf, 0)
                    if text := self.text(found):
                        return replace(found, character=len(text))
        return None

    def _leaves_from(self, position: Position) -> Iterator[Position]:
        for item in range(position.item, len(self._transcript)):
            for part, leaf in self._leaves(item):
                if (item, part, leaf) > (position.item, position.part, position.leaf):
                    found = Position(item, part, leaf, 0)
                    if self.text(found):
                        yield found

    def _leaves(self, index: int) -> list[tuple[PartKind, int]]:
        """The leaves of an item that are shown."""
        if not self._transcript.has(index):
            return []
        item = self._open(index)
        return [
            (part, leaf)
            for part in PartKind
            if part is PartKind.ANSWER or not item.folded
            for leaf in range(len(item.leaves(part)))
        ]

    def _there(self, position: Position) -> bool:
        return (position.part, position.leaf) in self._leaves(position.item)

    def _on(self, position: Position, step: Step) -> Position:
        text = self.text(position)
        if position.character < len(text):
            return replace(position, character=step(text, position.character))
        return self.leaf_after(position) or position

    def _back(self, position: Position, step: Step) -> Position:
        if position.character > 0:
            text = self.text(position)
            return replace(position, character=step(text, min(position.character, len(text))))
        return self.leaf_before(position) or position

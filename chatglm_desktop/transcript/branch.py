# SPDX-License-Identifier: MIT
"""The messages of the active branch that are at hand, by position; knows no items and no store.

Nothing here costs in proportion to the length of the branch, only to what is at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from chatglm_desktop.core.messages import Message

_Value = TypeVar("_Value")


class Branch:
    """A long list of messages of which some stretches are there.

    Positions count from 0, the oldest message. Asking for a message that is not there
    raises KeyError.
    """

    def __init__(self) -> None:
        self._length = 0
        self._messages: dict[int, Message] = {}
        self._positions: dict[str, int] = {}

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, position: int) -> Message:
        return self._messages[position]

    def __contains__(self, position: int) -> bool:
        return position in self._messages

    @property
    def at_hand(self) -> Iterable[int]:
        """The positions of the messages that are there."""
        return self._messages.keys()

    def knows(self, message_id: str) -> bool:
        return message_id in self._positions

    def position(self, message_id: str) -> int:
        return self._positions[message_id]

    def reset(self, messages: Sequence[Message], first: int, length: int) -> None:
        """Other messages: those from ``first`` on of a branch of ``length``."""
        self._length = length
        self._messages = dict(enumerate(messages, first))
        self._positions = {message.id: place for place, message in self._messages.items()}

    def take(self, first: int, messages: Iterable[Message]) -> list[int]:
        """Take in messages from ``first`` on; the positions of those that were not there."""
        new = []
        for position, message in enumerate(messages, first):
            if position not in self._messages and not self.knows(message.id):
                self._messages[position] = message
                self._positions[message.id] = position
                new.append(position)
        return new

    def forget(self, position: int) -> None:
        """Let go of a message that is there; it keeps its position."""
        del self._positions[self._messages.pop(position).id]

    def append(self, message: Message) -> int:
        """Put a message at the end; its position. Raises ValueError if it is known."""
        if self.knows(message.id):
            raise ValueError(f"message {message.id} is already there")
        position = self._positions[message.id] = self._length
        self._messages[position] = message
        self._length += 1
        return position

    def remove(self, position: int) -> None:
        """Take a message out that is there; those behind it move up."""
        del self._messages[position]
        self._messages = moved_up(self._messages, position)
        self._length -= 1
        self._positions = {known.id: place for place, known in self._messages.items()}

    def missing(self, positions: Iterable[int]) -> int | None:
        """The first of ``positions`` that is not there."""
        return next((place for place in positions if place not in self._messages), None)


def moved_up(values: dict[int, _Value], hole: int) -> dict[int, _Value]:
    """``values`` by position, those behind ``hole`` moved up by one."""
    return {place - (place > hole): value for place, value in values.items()}

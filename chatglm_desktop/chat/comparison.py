# SPDX-License-Identifier: MIT
"""The answers of several models to one question, until one is kept; knows no store."""

from __future__ import annotations

from collections.abc import Sequence

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.messages import Message

FEWEST = 2
MOST = 4


class Comparison:
    """``replies`` are versions of each other; the first stands on the active branch.

    ``setups`` are what each of them was asked for with.
    """

    def __init__(
        self, question: Message, replies: Sequence[Message], setups: Sequence[Setup]
    ) -> None:
        self.question = question
        self._replies = {reply.id: reply for reply in replies}
        self._setups = {reply.id: setup for reply, setup in zip(replies, setups, strict=True)}

    @property
    def ids(self) -> tuple[str, ...]:
        """The replies from left to right."""
        return tuple(self._replies)

    @property
    def replies(self) -> tuple[Message, ...]:
        """As they were when they began, or ended."""
        return tuple(self._replies.values())

    def reply(self, message_id: str) -> Message:
        """One of the replies, as it was when it began, or ended. Raises KeyError."""
        return self._replies[message_id]

    def setup(self, message_id: str) -> Setup:
        """What one of the replies was asked for with. Raises KeyError."""
        return self._setups[message_id]

    def ask(self, reply: Message, setup: Setup) -> None:
        """A reply comes anew in its place, asked for with ``setup``. Raises KeyError."""
        self._setups[reply.id] = setup
        self._replies[reply.id] = reply

    def put(self, reply: Message) -> None:
        """The final version of a reply; others do not matter here."""
        if reply.id in self._replies:
            self._replies[reply.id] = reply

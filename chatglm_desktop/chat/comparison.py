# SPDX-License-Identifier: MIT
"""The answers of several models to one question, until one is kept; knows no store."""

from __future__ import annotations

from collections.abc import Sequence

from chatglm_desktop.core.messages import Message

FEWEST = 2
MOST = 4


class Comparison:
    """``replies`` are versions of each other; the first stands on the active branch."""

    def __init__(self, question: Message, replies: Sequence[Message]) -> None:
        self.question = question
        self._replies = {reply.id: reply for reply in replies}

    @property
    def ids(self) -> tuple[str, ...]:
        """The replies from left to right."""
        return tuple(self._replies)

    @property
    def replies(self) -> tuple[Message, ...]:
        """As they were when they began, or ended."""
        return tuple(self._replies.values())

    def put(self, reply: Message) -> None:
        """The final version of a reply; others do not matter here."""
        if reply.id in self._replies:
            self._replies[reply.id] = reply

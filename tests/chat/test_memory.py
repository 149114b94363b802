# SPDX-License-Identifier: MIT
from __future__ import annotations

from chatglm_desktop.chat.memory import Memory, remember
from chatglm_desktop.core.context import message_tokens
from chatglm_desktop.core.messages import Message, Role, TextPart


class Archive:
    """A conversation of ``length`` messages, and which of them were read."""

    def __init__(self, length: int) -> None:
        roles = (Role.USER, Role.ASSISTANT)
        self.messages = tuple(
            Message(f"m{number}", roles[number % 2], (TextPart("word " * 10),), 0.0)
            for number in range(length)
        )
        self.read: list[tuple[int, int]] = []

    async def load(self, first: int, count: int) -> tuple[Message, ...]:
        self.read.append((first, count))
        return self.messages[first : first + count]


async def test_everything_is_sent_where_the_context_is_not_known() -> None:
    archive = Archive(501)
    assert await remember(archive.load, 501, 0) == Memory(archive.messages)
    assert archive.read == [(0, 501)]


async def test_everything_is_sent_that_fits() -> None:
    archive = Archive(301)
    assert await remember(archive.load, 301, 100_000) == Memory(archive.messages)
    assert archive.read == [(201, 100), (1, 200), (0, 1)]


async def test_what_is_too_long_ago_is_not_even_read() -> None:
    archive = Archive(100_001)
    size = message_tokens(archive.messages[0])
    memory = await remember(archive.load, 100_001, 101 * size)
    assert len(memory.messages) == 101
    assert memory.begins == memory.messages[0].id == "m99900"
    assert archive.read == [(99_901, 100), (99_701, 200)]


async def test_nothing_was_said() -> None:
    assert await remember(Archive(0).load, 0, 0) == Memory(())

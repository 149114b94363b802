# SPDX-License-Identifier: MIT
"""Reads as much of a conversation as a model can remember, from its end; knows no store."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from chatglm_desktop.core.context import memory_start, message_tokens
from chatglm_desktop.core.messages import Message

_FIRST_SLICE = 100


@dataclass(frozen=True, slots=True)
class Memory:
    """The messages to send; ``begins`` is the id of the first one unless all are sent."""

    messages: tuple[Message, ...]
    begins: str = ""


async def remember(
    load: Callable[[int, int], Awaitable[tuple[Message, ...]]], length: int, room: int
) -> Memory:
    """The newest of ``length`` messages that fit into ``room`` tokens; all if ``room`` is 0.

    ``load(first, count)`` reads messages by position. What was long ago is not even read.
    """
    first = length
    step = _FIRST_SLICE if room else max(length, 1)
    messages: tuple[Message, ...] = ()
    tokens: list[int] = []
    while first > 0 and (not room or sum(tokens) <= room):
        count = min(step, first)
        first -= count
        older = await load(first, count)
        messages = older + messages
        tokens = [*map(message_tokens, older), *tokens]
        step *= 2
    turns = [(message.role, size) for message, size in zip(messages, tokens, strict=True)]
    start = memory_start(turns, room)
    everything = first == 0 and start == 0
    return Memory(messages[start:], "" if everything or not messages else messages[start].id)

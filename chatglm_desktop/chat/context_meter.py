# SPDX-License-Identifier: MIT
"""Guesses how much of a model's context a conversation takes; reads no more than it needs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from chatglm_desktop.core.context import message_tokens

if TYPE_CHECKING:
    from chatglm_desktop.chat.session import ChatSession

SLICE = 16
"""How many messages are counted before the loop gets its turn."""


class ContextMeter:
    """Remembers what each message of a session costs, so that only new ones are counted."""

    def __init__(self, session: ChatSession) -> None:
        self._session = session
        self._costs: dict[str, int] = {}

    async def used(self, limit: int) -> int:
        """Tokens of the conversation, from its end until there are more than ``limit``.

        Raises StoreErrors.
        """
        used, end = 0, self._session.conversation.length
        while end > 0 and used <= limit:
            first = max(end - SLICE, 0)
            for message in await self._session.load(first, end - first):
                if message.state.running:
                    continue
                if message.id not in self._costs:
                    self._costs[message.id] = message_tokens(message)
                used += self._costs[message.id]
            end = first
            await asyncio.sleep(0)
        return used

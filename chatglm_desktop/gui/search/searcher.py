# SPDX-License-Identifier: MIT
"""What the windows of the search need of whoever looks; an agreement, nothing else."""

from __future__ import annotations

from typing import Protocol

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.search import Hit, Indexing, SearchOrder

PAGE = 50
"""How many hits come at once."""


class Searcher(Protocol):
    """Both may be called while an earlier call has not ended, which is then given up.

    They raise StoreErrors.
    """

    async def find(
        self, text: str, order: SearchOrder, limit: int = PAGE, after: Hit | None = None
    ) -> tuple[Hit, ...]:
        """At most ``limit`` hits for what was typed, those that follow ``after``."""

    async def switch(self, text: str, limit: int) -> tuple[ConversationSummary, ...]:
        """Conversations by title; those of late where nothing was typed."""

    @property
    def indexing(self) -> Indexing:
        """How far older messages have been made findable."""

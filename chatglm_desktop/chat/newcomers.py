# SPDX-License-Identifier: MIT
"""Conversations that are not in the store yet: blank ones, and those that it has refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.errors import StoreError

if TYPE_CHECKING:
    from chatglm_desktop.core.conversation import ConversationSummary
    from chatglm_desktop.store import Store


class Newcomers:
    """``save`` starts what it is given, in the order of the calls, and tells of what fails."""

    def __init__(self, store: Store, save: Callable[[Awaitable[None], str], None]) -> None:
        self._store = store
        self._save = save
        self._folders: dict[str, str | None] = {}
        self._arriving: set[str] = set()
        self._refused: set[str] = set()

    def __contains__(self, conversation_id: str) -> bool:
        """Whether the store may not know it yet."""
        return self.blank(conversation_id) or conversation_id in self._arriving | self._refused

    def blank(self, conversation_id: str) -> bool:
        """Whether there is nothing in it that is to be saved."""
        return conversation_id in self._folders

    def refused(self, conversation_id: str) -> bool:
        """Whether the store could not take it in, so that it should be asked again."""
        return conversation_id in self._refused

    def folder_of(self, conversation_id: str) -> str | None:
        """Where a blank conversation will lie."""
        return self._folders.get(conversation_id)

    def begin(self, conversation_id: str, folder_id: str | None) -> None:
        """There is a blank conversation, which will lie in a folder; None: in none."""
        self._folders[conversation_id] = folder_id

    def move(self, conversation_id: str, folder_id: str | None) -> None:
        """Let a conversation lie elsewhere once it is saved, if it is blank."""
        if self.blank(conversation_id):
            self._folders[conversation_id] = folder_id

    def arrive(self, summary: ConversationSummary, setup: Setup) -> None:
        """Save the conversation, which is blank no longer."""
        self._folders.pop(summary.id, None)
        self._refused.discard(summary.id)
        self._arriving.add(summary.id)
        self._save(self._arrive(summary), "create conversation")
        if setup != Setup():
            self._save(self._store.save_setup(summary.id, setup), "save setup")

    async def _arrive(self, summary: ConversationSummary) -> None:
        try:
            await self._store.create_conversation(summary)
        except StoreError:
            self._refused.add(summary.id)
            raise
        finally:
            self._arriving.discard(summary.id)

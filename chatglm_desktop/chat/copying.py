# SPDX-License-Identifier: MIT
"""Makes conversations of others, whole or down to a message; knows no window and no SQL."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from chatglm_desktop.core.arranging import copied

if TYPE_CHECKING:
    from chatglm_desktop.core.conversation import ConversationSummary
    from chatglm_desktop.core.folders import Folder
    from chatglm_desktop.store import Store


class Copying:
    """``saved(id)`` waits until all of a conversation is in the store, ``made`` hears of copies.

    ``folders`` are those that are not in the trash, ``now`` gives seconds since the epoch.
    """

    def __init__(
        self,
        store: Store,
        now: Callable[[], float],
        *,
        saved: Callable[[str], Awaitable[None]],
        folders: Callable[[], Mapping[str, Folder]],
        made: Callable[[ConversationSummary], None],
    ) -> None:
        self._store = store
        self._now = now
        self._saved = saved
        self._folders = folders
        self._made = made

    async def duplicate(self, conversation_id: str) -> str:
        """Copy a conversation with all its versions; returns the id of the copy.

        Raises KeyError if there is none, and StoreErrors.
        """
        copy = await self._copy_of(conversation_id)
        await self._store.tree.duplicate(conversation_id, copy)
        self._made(copy)
        return copy.id

    async def branch_off(self, conversation_id: str, message_id: str) -> str:
        """Copy what was said down to a message, also on a hidden branch; returns the copy's id.

        Raises KeyError if there is no such message, and StoreErrors.
        """
        copy = await self._copy_of(conversation_id)
        if not await self._store.tree.branch_off(conversation_id, message_id, copy):
            raise KeyError(message_id)
        self._made(copy)
        return copy.id

    async def _copy_of(self, conversation_id: str) -> ConversationSummary:
        await self._saved(conversation_id)
        found = await self._store.arrangement.summaries([conversation_id])
        if not found:
            raise KeyError(conversation_id)
        copy = copied(found[0], uuid.uuid4().hex, self._now())
        # In a folder in the trash it would be seen nowhere.
        return copy if copy.folder_id in self._folders() else replace(copy, folder_id=None)

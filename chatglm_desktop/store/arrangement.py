# SPDX-License-Identifier: MIT
"""The order in the library, as coroutines; knows no SQL.

All methods raise StoreErrors and take effect in the order of their calls, with those of the
store.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from chatglm_desktop.core.arranging import Arranged, ConversationChange, FolderChange
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.store import arranging, conversations, deleting
from chatglm_desktop.store.jobs import Do


class Arrangement:
    """``do`` runs a job with the connection, in the thread that owns it."""

    def __init__(self, do: Do) -> None:
        self._do = do

    async def folders(self) -> tuple[Folder, ...]:
        """All folders, those in the trash too."""
        return await self._do(arranging.folders)

    async def summaries(self, ids: Collection[str]) -> tuple[ConversationSummary, ...]:
        """Those of ``ids`` that are there, wherever they lie, in the order of ``ids``."""
        return await self._do(arranging.summaries, ids)

    async def in_folders(
        self, folder_ids: Collection[str], trashed_at: float | None = None
    ) -> tuple[ConversationSummary, ...]:
        """The conversations of these folders that were trashed at that time, or are not."""
        return await self._do(arranging.in_folders, folder_ids, trashed_at)

    async def arrange(
        self,
        conversations: Sequence[ConversationChange],
        folders: Sequence[FolderChange] = (),
    ) -> Arranged:
        """Write what the changes change, all or nothing; what is gone for good stays so."""
        return await self._do(arranging.arrange, conversations, folders)

    async def touch(self, id: str, at: float) -> None:
        """The conversation was used at the time ``at``."""
        await self._do(conversations.touch, id, at)

    async def trashed(self, older_than: float | None = None) -> list[str]:
        """The conversations that were trashed before that time; all in the trash for None."""
        return await self._do(deleting.trashed, older_than)

    async def delete_trashed(self, ids: Sequence[str]) -> None:
        """Delete for good those of ``ids`` that lie in the trash."""
        for start in range(0, len(ids), deleting.AT_ONCE):
            await self._do(deleting.delete_trashed, ids[start : start + deleting.AT_ONCE])

    async def delete_trashed_folders(self, older_than: float | None = None) -> None:
        """Delete for good the empty folders that were trashed before that time; None: all."""
        await self._do(deleting.delete_trashed_folders, older_than)

# SPDX-License-Identifier: MIT
"""What is known of the conversations in use, and of all folders; knows no session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chatglm_desktop.core.arranging import Arranged, LibraryChange
from chatglm_desktop.core.events import Signal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from chatglm_desktop.chat.newcomers import Newcomers
    from chatglm_desktop.core.conversation import ConversationSummary
    from chatglm_desktop.core.folders import Folder
    from chatglm_desktop.store import Store


class Known:
    """Emits ``changed`` after any change of conversations or folders."""

    def __init__(self, store: Store) -> None:
        self.changed: Signal[LibraryChange] = Signal()
        self._store = store
        self._summaries: dict[str, ConversationSummary] = {}
        self._folders: dict[str, Folder] = {}

    @property
    def folders(self) -> Mapping[str, Folder]:
        """The folders that are not in the trash, by id."""
        return {id: one for id, one in self._folders.items() if one.trashed_at is None}

    @property
    def all_folders(self) -> Mapping[str, Folder]:
        """All folders, those in the trash too."""
        return self._folders

    def summary(self, conversation_id: str) -> ConversationSummary | None:
        """What is known of a conversation that is in use."""
        return self._summaries.get(conversation_id)

    async def load(self, newcomers: Newcomers) -> None:
        """Read all again but the newcomers, which the store may not know yet.

        Raises StoreErrors.
        """
        self._folders = {folder.id: folder for folder in await self._store.arrangement.folders()}
        ids = [id for id in self._summaries if id not in newcomers]
        found = {summary.id for summary in await self.read(ids)}
        for id in ids:
            if id not in found:
                del self._summaries[id]
        self.changed.emit(LibraryChange(None, folders=True))

    async def read(self, ids: Collection[str]) -> list[ConversationSummary]:
        """Those of ``ids`` that are saved, wherever they lie; from now on they are known."""
        found = await self._store.arrangement.summaries(ids)
        for summary in found:
            self._learn(summary)
        return list(found)

    def meet(self, summaries: Iterable[ConversationSummary]) -> None:
        """These were read from the store; those that were not known are from now on."""
        for summary in summaries:
            self._summaries.setdefault(summary.id, summary)

    def put(self, summary: ConversationSummary) -> None:
        """This is how a conversation stands now, whatever was known of it."""
        self._summaries[summary.id] = summary
        self.changed.emit(LibraryChange(frozenset([summary.id])))

    def take(self, arranged: Arranged) -> None:
        """Hear how conversations and folders stand in the store now."""
        if arranged.folders is not None:
            self._folders = {folder.id: folder for folder in arranged.folders}
        for summary in arranged.conversations:
            if summary.id in self._summaries:
                self._learn(summary)
        ids = frozenset(summary.id for summary in arranged.conversations)
        self.changed.emit(LibraryChange(ids, folders=arranged.folders is not None))

    def forget(self, ids: Collection[str]) -> None:
        """These conversations are gone for good."""
        for id in ids:
            self._summaries.pop(id, None)
        self.changed.emit(LibraryChange(frozenset(ids)))

    def _learn(self, summary: ConversationSummary) -> None:
        """Remember what the store said; that a message was added it may not have heard yet."""
        known = self._summaries.get(summary.id, summary)
        at = max(known.updated_at, summary.updated_at)
        self._summaries[summary.id] = replace(summary, updated_at=at)

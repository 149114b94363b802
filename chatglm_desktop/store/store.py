# SPDX-License-Identifier: MIT
"""The saved conversations, as coroutines; knows no SQL.

All methods raise StoreErrors. They take effect in the order of their calls, each one wholly
or not at all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from chatglm_desktop.core.conversation import Conversation, ConversationSummary
from chatglm_desktop.core.journal import JournalEntry
from chatglm_desktop.core.messages import Message
from chatglm_desktop.core.tabs import TabState
from chatglm_desktop.store import conversations, messages, tabs
from chatglm_desktop.store.database import open_database, take_snapshot
from chatglm_desktop.store.worker import Worker

P = ParamSpec("P")
T = TypeVar("T")


class Store:
    """Owns the connection, which only its worker's thread ever touches."""

    def __init__(self, path: Path, connection: sqlite3.Connection, worker: Worker) -> None:
        self._path = path
        self._connection = connection
        self._worker = worker
        self._closed = False

    @classmethod
    async def open(cls, path: Path) -> Store:
        """The store in the file ``path``, which is made if there is none.

        Raises DatabaseTooNew, DatabaseDamaged, StoreReadOnly or DiskFull.
        """
        worker = Worker()
        try:
            connection = await worker.run(partial(open_database, path))
        except BaseException:
            worker.close()
            raise
        return cls(path, connection, worker)

    async def close(self) -> None:
        """Finish what was asked for, then close the file; may be called twice."""
        if self._closed:
            return
        self._closed = True
        try:
            await self._do(_close)
        finally:
            self._worker.close()

    async def conversations(self) -> list[ConversationSummary]:
        """All that are not in the trash, the newest first."""
        return await self._do(conversations.conversations)

    async def trash(self) -> list[ConversationSummary]:
        """All that are in the trash, the newest there first."""
        return await self._do(conversations.trash)

    async def create_conversation(self, summary: ConversationSummary) -> None:
        """Add a conversation without messages."""
        await self._do(conversations.create, summary)

    async def rename_conversation(self, id: str, title: str, by_user: bool) -> None:
        """Change the title; one that the user gave yields only to another by the user."""
        await self._do(conversations.rename, id, title, by_user)

    async def trash_conversation(self, id: str, at: float) -> None:
        """Move to the trash at the time ``at``; what lies there stays as it is."""
        await self._do(conversations.move_to_trash, id, at)

    async def restore_conversation(self, id: str) -> None:
        """Take out of the trash."""
        await self._do(conversations.restore, id)

    async def purge_trash(self, older_than: float) -> int:
        """Delete for good what was trashed before ``older_than``; returns how many."""
        return await self._do(conversations.purge_trash, older_than)

    async def load_conversation(self, id: str) -> Conversation:
        """The whole tree. Raises KeyError if there is no such conversation."""
        return await self._do(messages.load_conversation, id)

    async def add_message(self, conversation_id: str, message: Message) -> None:
        """Add ``message`` and make it the leaf; the conversation becomes the newest."""
        await self._do(messages.add, conversation_id, message)

    async def update_message(self, message: Message) -> None:
        """Write the final version and forget the journal; does nothing if it was never added."""
        await self._do(messages.update, message)

    async def append_journal(self, message_id: str, entries: Sequence[JournalEntry]) -> None:
        """Note new text of a running reply; does nothing if the message was never added."""
        await self._do(messages.append_journal, message_id, tuple(entries))

    async def recover_interrupted(self) -> int:
        """At start: give unfinished replies their journalled text; returns how many.

        They become INTERRUPTED.
        """
        return await self._do(messages.recover_interrupted)

    async def save_draft(self, conversation_id: str, text: str) -> None:
        """Keep unsent text; "" forgets it."""
        await self._do(conversations.save_draft, conversation_id, text)

    async def drafts(self) -> dict[str, str]:
        """The unsent text by conversation id."""
        return await self._do(conversations.drafts)

    async def save_tabs(self, tab_states: Sequence[TabState]) -> None:
        """Replace all tabs; those of conversations that are not saved are left out."""
        await self._do(tabs.save_tabs, tuple(tab_states))

    async def load_tabs(self) -> list[TabState]:
        """The tabs in their order."""
        return await self._do(tabs.load_tabs)

    async def snapshot(self) -> Path:
        """Copy the whole file into the folder ``snapshots`` beside it, where seven are kept."""
        return await self._do(take_snapshot, self._path)

    async def _do(
        self,
        job: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        return await self._worker.run(partial(job, self._connection, *args, **kwargs))


def _close(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()

# SPDX-License-Identifier: MIT
"""The saved conversations, as coroutines; knows no SQL.

All methods raise StoreErrors. They take effect in the order of their calls, each one wholly
or not at all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.backups import Rescue
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.draft import Draft
from chatglm_desktop.core.fold import fold
from chatglm_desktop.core.history import Found, History, Prompt
from chatglm_desktop.core.journal import JournalEntry
from chatglm_desktop.core.messages import Message
from chatglm_desktop.core.tabs import TabState
from chatglm_desktop.store import (
    asked,
    branches,
    conversations,
    drafts,
    finding,
    messages,
    search_index,
    tabs,
)
from chatglm_desktop.store.arrangement import Arrangement
from chatglm_desktop.store.database import open_database
from chatglm_desktop.store.exporting import SavedConversations
from chatglm_desktop.store.importing import ImportStore
from chatglm_desktop.store.jobs import Newest
from chatglm_desktop.store.listing import ListingStore
from chatglm_desktop.store.opening import open_rescued
from chatglm_desktop.store.reader import Reader
from chatglm_desktop.store.search import SearchStore
from chatglm_desktop.store.tree import Tree
from chatglm_desktop.store.worker import Worker

P = ParamSpec("P")
T = TypeVar("T")


class Store:
    """Owns the connection, which only its worker's thread ever touches, and that of a reader.

    ``rescue`` is what was done with a damaged file when it was opened, None if it was sound.
    """

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        worker: Worker,
        rescue: Rescue | None = None,
    ) -> None:
        self.rescue = rescue
        self._path = path
        self._connection = connection
        self._worker = worker
        self._reader = Reader(path)
        self.arrangement = Arrangement(self._do)
        self._finding: Newest[Found] = Newest()
        self.listing = ListingStore(self._read)
        self.search = SearchStore(self._do, self._read)
        self.importing = ImportStore(self._do, self._read)
        self._closed = False
        self.tree = Tree(self._do, self._read)
        self.saved = SavedConversations(self._read)

    @classmethod
    async def open(cls, path: Path) -> Store:
        """The store in the file ``path``, which is made if there is none.

        Raises DatabaseTooNew, DatabaseDamaged, StoreReadOnly or DiskFull.
        """
        return await cls._opened(path, lambda: (open_database(path), None))

    @classmethod
    async def open_rescued(cls, path: Path, *, check: bool) -> Store:
        """As :meth:`open`, but a damaged file is set aside and what can be read of it is saved.

        ``check`` the whole file first. The store's ``rescue`` tells what was done.
        """
        return await cls._opened(path, partial(open_rescued, path, check=check))

    @classmethod
    async def _opened(
        cls, path: Path, job: Callable[[], tuple[sqlite3.Connection, Rescue | None]]
    ) -> Store:
        worker = Worker()
        try:
            connection, rescue = await worker.run(job)
            await worker.run(partial(search_index.prepare, connection))
        except BaseException:
            worker.close()
            raise
        return cls(path, connection, worker, rescue)

    async def close(self) -> None:
        """Finish what was asked for, then close the file; may be called twice."""
        if self._closed:
            return
        self._closed = True
        try:
            # First, as what it still reads cannot be taken out of the log.
            await self._reader.close()
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

    async def save_setup(self, id: str, setup: Setup) -> None:
        """Keep what a conversation talks to; does nothing for one that is not saved."""
        await self._do(conversations.save_setup, id, setup)

    async def setup(self, id: str) -> Setup:
        """What a conversation talks to; the defaults for one that never chose."""
        return await self._do(conversations.setup, id)

    async def load_history(self, conversation_id: str, newest: int) -> History:
        """The active branch with its ``newest`` messages. Raises KeyError for no conversation."""
        return await self._do(branches.load_history, conversation_id, newest)

    async def load_slice(self, conversation_id: str, first: int, count: int) -> tuple[Message, ...]:
        """At most ``count`` messages of the active branch, from the position ``first`` on."""
        return await self._do(branches.load_slice, conversation_id, first, count)

    async def position_of(self, conversation_id: str, message_id: str) -> int | None:
        """Where on the active branch the message stands."""
        return await self._do(branches.position_of, conversation_id, message_id)

    async def find(self, conversation_id: str, query: str) -> Found:
        """The messages of the active branch that hold ``query``.

        Case, diacritics and width do not matter; replies that still run are left out. A newer
        call cancels one that has not ended.
        """
        work = partial(finding.find, conversation_id=conversation_id, folded_query=fold(query))
        return await self._finding.run(self._read(work))

    async def prompts(self, conversation_id: str) -> list[Prompt]:
        """The user's messages on the active branch, in order."""
        return await self._read(partial(finding.prompts, conversation_id=conversation_id))

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

    async def save_draft(self, conversation_id: str, draft: Draft) -> None:
        """Keep what is not sent; an empty draft is forgotten."""
        await self._do(drafts.save_draft, conversation_id, draft)

    async def drafts(self) -> dict[str, Draft]:
        """What is not sent, by conversation id."""
        return await self._do(drafts.drafts)

    async def save_queue(self, conversation_id: str, queued: Sequence[Draft]) -> None:
        """Keep the questions that wait until a reply has ended."""
        await self._do(drafts.save_queue, conversation_id, tuple(queued))

    async def queue(self, conversation_id: str) -> tuple[Draft, ...]:
        """The questions of a conversation that wait, the next one first."""
        return await self._do(drafts.queue, conversation_id)

    async def questions(self, conversation_id: str, most: int) -> tuple[str, ...]:
        """What was asked lately, the newest first, and before all what was asked here."""
        return await self._read(
            partial(asked.questions, conversation_id=conversation_id, most=most)
        )

    async def digests_in_use(self, wanted: Collection[str] | None = None) -> frozenset[str]:
        """The files that messages and drafts name, also those in the trash and in snapshots.

        With ``wanted`` it is enough to know that all of these are among them.
        """
        return await self._read(partial(drafts.digests_in_use, path=self._path, wanted=wanted))

    async def save_tabs(self, tab_states: Sequence[TabState]) -> None:
        """Replace all tabs; those of conversations that are not saved are left out."""
        await self._do(tabs.save_tabs, tuple(tab_states))

    async def load_tabs(self) -> list[TabState]:
        """The tabs in their order."""
        return await self._do(tabs.load_tabs)

    async def _do(
        self,
        job: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        return await self._worker.run(partial(job, self._connection, *args, **kwargs))

    async def _read(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """The result of a slow reading ``job``, which sees all that was asked for before."""
        await self._worker.run(_nothing)
        return await self._reader.run(job)


def _nothing() -> None:
    """What is done when all that was asked for before is done."""


def _close(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()

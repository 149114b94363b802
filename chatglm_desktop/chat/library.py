# SPDX-License-Identifier: MIT
"""All conversations: lists, opens, renames, trashes, restores; knows no window and no SQL."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from chatglm_desktop.chat.clock import Clock
from chatglm_desktop.chat.events import (
    BranchChanged,
    MessageAdded,
    SavingFailed,
    SessionEvent,
    SetupChanged,
)
from chatglm_desktop.chat.session import ChatSession
from chatglm_desktop.chat.titles import title_from
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import Conversation, ConversationSummary
from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.core.events import Signal
from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import Message, Role

if TYPE_CHECKING:
    from chatglm_desktop.chat.service import ServiceFor
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.draft import Draft
    from chatglm_desktop.core.history import Found, Prompt
    from chatglm_desktop.core.tabs import TabState
    from chatglm_desktop.store import Store

log = logging.getLogger(__name__)

NEWEST = 100
"""Messages that are loaded when a conversation is opened."""

RECALLED = 200
"""Questions of this conversation, and of all others, that can be asked again."""


class Library:
    """Every saved conversation, newest first, and the sessions of those in use.

    Emits ``changed`` after any change of the list, ``failed`` when something was not saved,
    and every session's events, with the conversation's id, through ``events``.
    """

    def __init__(
        self,
        store: Store,
        services: ServiceFor,
        tasks: Tasks,
        clock: Clock | None = None,
    ) -> None:
        self.changed: Signal[None] = Signal()
        self.failed: Signal[StoreError] = Signal()
        self.events: Signal[tuple[str, SessionEvent]] = Signal()
        self._store = store
        self._services = services
        self._tasks = tasks
        self._clock = clock or Clock()
        self._summaries: dict[str, ConversationSummary] = {}
        self._sessions: dict[str, ChatSession] = {}
        self._unsaved: set[str] = set()
        self._released: set[str] = set()
        self._trashed: dict[str, ConversationSummary] = {}

    @property
    def summaries(self) -> list[ConversationSummary]:
        """All saved conversations that are not in the trash, newest first."""
        return sorted(self._summaries.values(), key=lambda s: s.updated_at, reverse=True)

    @property
    def running(self) -> list[ChatSession]:
        """The sessions whose reply is on its way."""
        return [session for session in self._sessions.values() if session.running]

    def __contains__(self, conversation_id: str) -> bool:
        return conversation_id in self._summaries

    def title(self, conversation_id: str) -> str:
        """The title, empty for a conversation that is new or has none."""
        summary = self._summaries.get(conversation_id)
        return summary.title if summary else ""

    async def load(self) -> None:
        """Read the list from the store."""
        self._summaries = {summary.id: summary for summary in await self._store.conversations()}
        self.changed.emit(None)

    def new(self) -> ChatSession:
        """A session of a new conversation, which is saved with its first message or draft."""
        session = self._session(Conversation(History(uuid.uuid4().hex)))
        self._unsaved.add(session.id)
        return session

    async def open(self, conversation_id: str) -> ChatSession:
        """The session of a saved conversation. Raises KeyError if there is none."""
        self._released.discard(conversation_id)
        if conversation_id not in self._sessions:
            history = await self._store.load_history(conversation_id, NEWEST)
            setup = await self._store.setup(conversation_id)
            queued = await self._store.queue(conversation_id)
            # Another open of the same conversation may have been quicker.
            if conversation_id not in self._sessions:
                self._session(Conversation(history), setup, queued).look_aside()
        return self._sessions[conversation_id]

    async def find(self, conversation_id: str, query: str) -> Found:
        """The messages of the conversation that hold ``query``.

        Replies that still run are left out. A newer call cancels one that has not ended.
        Raises StoreErrors.
        """
        if session := self._sessions.get(conversation_id):
            await session.saved()
        return await self._store.find(conversation_id, query)

    async def prompts(self, conversation_id: str) -> list[Prompt]:
        """The questions of the conversation, oldest first. Raises StoreErrors."""
        return await self._store.prompts(conversation_id)

    async def questions(self, conversation_id: str) -> tuple[str, ...]:
        """What was asked lately, here and then in all others. Raises StoreErrors."""
        return await self._store.questions(conversation_id, RECALLED)

    async def position_of(self, conversation_id: str, message_id: str) -> int | None:
        """Where the message stands in the conversation. Raises StoreErrors."""
        return await self._store.position_of(conversation_id, message_id)

    def release(self, conversation_id: str) -> None:
        """Forget the session of a conversation that is no longer shown, once its reply is saved."""
        if session := self._sessions.get(conversation_id):
            self._released.add(conversation_id)
            self._tasks.spawn(self._forget(session), name=f"release {conversation_id}")

    def save_draft(self, conversation_id: str, draft: Draft) -> None:
        """Keep what is not sent; a new conversation becomes a saved one by it."""
        if conversation_id not in self._summaries:
            if not draft or conversation_id not in self._unsaved:
                return
            self._create(conversation_id, "")
        self._save(self._store.save_draft(conversation_id, draft), "save draft")

    async def drafts(self) -> dict[str, Draft]:
        """What is not sent of each conversation in which there is something."""
        return await self._store.drafts()

    async def tabs(self) -> list[TabState]:
        """The tabs as they were saved, without those whose conversation is gone."""
        return [tab for tab in await self._store.load_tabs() if tab.conversation_id in self]

    def save_tabs(self, tabs: Sequence[TabState]) -> None:
        """Keep which conversations are open; those that are not saved are left out."""
        saved = [tab for tab in tabs if tab.conversation_id in self]
        self._save(self._store.save_tabs(saved), "save tabs")

    def rename(self, conversation_id: str, title: str) -> None:
        """Give a title by hand; automatic ones will not overwrite it."""
        title = " ".join(title.split())
        summary = self._summaries.get(conversation_id)
        if not title or summary is None:
            return
        self._put(replace(summary, title=title, titled_by_user=True))
        self._save(self._store.rename_conversation(conversation_id, title, by_user=True), "rename")

    def trash(self, conversation_id: str) -> None:
        """Move to the trash; a running reply is stopped first."""
        if session := self._sessions.get(conversation_id):
            session.stop()
        self._trashed[conversation_id] = self._summaries.pop(conversation_id)
        self._save(self._store.trash_conversation(conversation_id, self._clock.now()), "trash")
        self.changed.emit(None)

    async def restore(self, conversation_id: str) -> None:
        """Take back what this run of the program has moved to the trash."""
        await self._guarded(self._store.restore_conversation(conversation_id))
        self._put(self._trashed.pop(conversation_id))

    def stop_all(self) -> None:
        """Stop every running reply; the owner of the tasks waits for them."""
        for session in self.running:
            session.stop()

    def _session(
        self,
        conversation: Conversation,
        setup: Setup | None = None,
        queued: Sequence[Draft] = (),
    ) -> ChatSession:
        session = ChatSession(
            conversation,
            self._services,
            self._store,
            self._tasks,
            self._clock,
            setup=setup,
            queued=queued,
        )
        # First in line, so that the conversation is saved before its messages are.
        session.events.connect(self._listener(session))
        self._sessions[conversation.id] = session
        return session

    def _listener(self, session: ChatSession) -> Callable[[SessionEvent], None]:
        def listen(event: SessionEvent) -> None:
            match event:
                case MessageAdded(message) if message.role is Role.USER:
                    self._asked(session.id, message)
                case BranchChanged(history) if summary := self._summaries.get(session.id):
                    newest = [summary.updated_at, *(m.created_at for m in history.messages[-1:])]
                    self._put(replace(summary, updated_at=max(newest)))
                case SetupChanged(setup):
                    self._save(self._store.save_setup(session.id, setup), "save setup")
                case SavingFailed(error):
                    self.failed.emit(error)
            self.events.emit((session.id, event))

        return listen

    def _asked(self, conversation_id: str, question: Message) -> None:
        """Move to the top; create it, or name it, where that is still to do."""
        names = ", ".join(part.name for part in question.attachments)
        title, at = title_from(question.text or names), question.created_at
        summary = self._summaries.get(conversation_id)
        if summary is None:
            self._create(conversation_id, title)
        elif summary.title:
            self._put(replace(summary, updated_at=at))
        else:
            self._put(replace(summary, updated_at=at, title=title))
            self._save(
                self._store.rename_conversation(conversation_id, title, by_user=False), "title"
            )

    def _create(self, conversation_id: str, title: str) -> None:
        now = self._clock.now()
        summary = ConversationSummary(conversation_id, title, now, now)
        self._unsaved.discard(conversation_id)
        self._save(self._store.create_conversation(summary), "create conversation")
        if (session := self._sessions.get(conversation_id)) and session.setup != Setup():
            self._save(self._store.save_setup(conversation_id, session.setup), "save setup")
        self._put(summary)

    def _put(self, summary: ConversationSummary) -> None:
        self._summaries[summary.id] = summary
        self.changed.emit(None)

    async def _forget(self, session: ChatSession) -> None:
        await session.settled()
        if session.id in self._released:
            self._released.discard(session.id)
            self._sessions.pop(session.id, None)

    def _save(self, work: Awaitable[None], name: str) -> None:
        self._tasks.spawn(self._guarded(work), name=name)

    async def _guarded(self, work: Awaitable[None]) -> None:
        try:
            await work
        except StoreError as error:
            log.info("not saved: %s", error)
            self.failed.emit(error)

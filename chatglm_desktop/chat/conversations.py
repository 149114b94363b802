# SPDX-License-Identifier: MIT
"""Conversations in use: makes and opens them, knows of each; knows no window and no SQL."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from chatglm_desktop.chat.clock import Clock
from chatglm_desktop.chat.copying import Copying
from chatglm_desktop.chat.events import (
    BranchChanged,
    MessageAdded,
    MessageEnded,
    SavingFailed,
    SessionEvent,
    SetupChanged,
)
from chatglm_desktop.chat.known import Known
from chatglm_desktop.chat.naming import first_title, title_by_answer, title_by_question
from chatglm_desktop.chat.newcomers import Newcomers
from chatglm_desktop.chat.session import ChatSession
from chatglm_desktop.chat.undo import UndoStack
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.arranging import Arranged, LibraryChange, with_folder_prompt
from chatglm_desktop.core.conversation import Conversation, ConversationSummary
from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.core.events import Signal
from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import Message, MessageState, Role

if TYPE_CHECKING:
    from chatglm_desktop.chat.service import Service, ServiceFor
    from chatglm_desktop.chat.steps import MessageStep, Work
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.draft import Draft
    from chatglm_desktop.core.folders import Folder
    from chatglm_desktop.core.history import Found, Prompt
    from chatglm_desktop.core.tabs import TabState
    from chatglm_desktop.store import Store

log = logging.getLogger(__name__)

NEWEST = 100
"""Messages that are loaded when a conversation is opened."""

RECALLED = 200
"""Questions of this conversation, and of all others, that can be asked again."""


class Library:
    """The folders, the sessions of the conversations in use, and what is known of these.

    Emits ``changed`` after any change of the list, ``failed`` when something was not saved
    (``draft_refused(id)`` before it, if that is a draft), and every session's events, with the
    conversation's id, through ``events``. All that can be taken back goes through ``undo``;
    ``message_done`` tells of what was done to messages, and ``copying`` makes conversations of
    others.
    """

    def __init__(
        self,
        store: Store,
        services: ServiceFor,
        tasks: Tasks,
        clock: Clock | None = None,
    ) -> None:
        self.failed: Signal[StoreError] = Signal()
        self.draft_refused: Signal[str] = Signal()
        self.events: Signal[tuple[str, SessionEvent]] = Signal()
        self.message_done: Signal[MessageStep] = Signal()
        self.undo = UndoStack(tasks, self.failed.emit)
        self._store = store
        self._services = services
        self._tasks = tasks
        self._clock = clock or Clock()
        self._known = Known(store)
        self.changed = self._known.changed
        self._sessions: dict[str, ChatSession] = {}
        self._newcomers = Newcomers(store, self._save)
        self._released: set[str] = set()
        self.copying = Copying(
            store,
            self._clock.now,
            saved=self._saved,
            folders=lambda: self.folders,
            made=self._known.put,
        )

    @property
    def folders(self) -> Mapping[str, Folder]:
        """The folders that are not in the trash, by id."""
        return self._known.folders

    @property
    def all_folders(self) -> Mapping[str, Folder]:
        """All folders, those in the trash too."""
        return self._known.all_folders

    @property
    def running(self) -> list[ChatSession]:
        """The sessions whose reply is on its way."""
        return [session for session in self._sessions.values() if session.running]

    def __contains__(self, conversation_id: str) -> bool:
        """Whether it is known, saved, and not in the trash."""
        summary = self.summary(conversation_id)
        return summary is not None and summary.trashed_at is None

    def summary(self, conversation_id: str) -> ConversationSummary | None:
        """What is known of a conversation that is in use."""
        return self._known.summary(conversation_id)

    def session(self, conversation_id: str) -> ChatSession | None:
        """The session of a conversation that is in use."""
        return self._sessions.get(conversation_id)

    def service(self, session: ChatSession) -> Service:
        """What answers in the conversation as it is set up now."""
        return self._service(session.id, session.setup)

    def title(self, conversation_id: str) -> str:
        """The title, empty for a conversation that is new or has none."""
        summary = self.summary(conversation_id)
        return summary.title if summary else ""

    async def load(self) -> None:
        """Read the folders, and again what is known: something else may have changed the store.

        Conversations become known as they are used. Raises StoreErrors.
        """
        await self._known.load(self._newcomers)
        for id, session in list(self._sessions.items()):
            if id in self and id not in self._newcomers:
                await session.catch_up()

    async def summaries(self, ids: Collection[str]) -> list[ConversationSummary]:
        """Those of ``ids`` that are saved, wherever they lie; from now on they are known."""
        return await self._known.read(ids)

    def meet(self, summaries: Iterable[ConversationSummary]) -> None:
        """These were read from the store; those that were not known are from now on."""
        self._known.meet(summaries)

    def new(self, folder_id: str | None = None) -> ChatSession:
        """A session of a new conversation, which is saved with its first message or draft."""
        session = self._session(Conversation(History(uuid.uuid4().hex)))
        self._newcomers.begin(session.id, folder_id)
        return session

    def place_new(self, conversation_id: str, folder_id: str | None) -> None:
        """Let a new conversation lie in a folder (None: in none) once it is saved."""
        self._newcomers.move(conversation_id, folder_id)

    async def open(self, conversation_id: str) -> ChatSession:
        """The session of a saved conversation. Raises KeyError if there is none."""
        self._released.discard(conversation_id)
        if conversation_id not in self._sessions:
            history = await self._store.load_history(conversation_id, NEWEST)
            setup = await self._store.setup(conversation_id)
            queued = await self._store.queue(conversation_id)
            await self.summaries([conversation_id])
            # Another open of the same conversation may have been quicker.
            if conversation_id not in self._sessions:
                self._session(Conversation(history), setup, queued).look_aside()
        return self._sessions[conversation_id]

    async def find(self, conversation_id: str, query: str) -> Found:
        """The messages of the conversation that hold ``query``.

        Replies that still run are left out. A newer call cancels one that has not ended.
        Raises StoreErrors.
        """
        await self._saved(conversation_id)
        return await self._store.find(conversation_id, query)

    async def _saved(self, conversation_id: str) -> None:
        if session := self._sessions.get(conversation_id):
            await session.saved()

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
        if self._newcomers.blank(conversation_id):
            if not draft:
                return
            self._create(conversation_id, "")
        self._create_at_last(conversation_id)
        self._save(self._keep_draft(conversation_id, draft), "save draft")

    async def _keep_draft(self, conversation_id: str, draft: Draft) -> None:
        try:
            await self._store.save_draft(conversation_id, draft)
        except StoreError:
            self.draft_refused.emit(conversation_id)
            raise

    async def drafts(self) -> dict[str, Draft]:
        """What is not sent of each conversation in which there is something."""
        return await self._store.drafts()

    async def tabs(self) -> list[TabState]:
        """The tabs as they were saved, without those whose conversation is gone."""
        tabs = await self._store.load_tabs()
        await self.summaries([tab.conversation_id for tab in tabs])
        return [tab for tab in tabs if tab.conversation_id in self]

    def save_tabs(self, tabs: Sequence[TabState]) -> None:
        """Keep which conversations are open; those that are not saved are left out."""
        self._save(self._store.save_tabs(tabs), "save tabs")

    def stop(self, ids: Collection[str]) -> None:
        """Stop the replies that run in these conversations."""
        for id in ids:
            if session := self._sessions.get(id):
                session.stop()

    def stop_all(self) -> None:
        """The program ends: stop every reply, and save again what was refused; tasks do both."""
        for id, session in self._sessions.items():
            session.close()
            if session.unsaved:
                self._create_at_last(id)
                session.save_again()

    async def end(self, ids: Collection[str]) -> None:
        """Stop the replies that run in these conversations, and wait until all is saved."""
        self.stop(ids)
        for id in ids:
            if session := self._sessions.get(id):
                await session.settled()

    def take(self, arranged: Arranged) -> None:
        """Hear how conversations and folders stand in the store now."""
        self._known.take(arranged)

    def forget(self, ids: Collection[str]) -> None:
        """These conversations are gone for good."""
        for id in ids:
            self._sessions.pop(id, None)
        self._known.forget(ids)

    def _session(
        self,
        conversation: Conversation,
        setup: Setup | None = None,
        queued: Sequence[Draft] = (),
    ) -> ChatSession:
        services = partial(self._service, conversation.id)
        session = ChatSession(
            conversation,
            services,
            self._store,
            self._tasks,
            self._clock,
            setup=setup,
            queued=queued,
        )
        # First in line, so that the conversation is saved before its messages are.
        session.events.connect(self._listener(session))
        session.done.connect(self._note)
        self._sessions[conversation.id] = session
        return session

    def _note(self, step: MessageStep) -> None:
        """Remember what was done in a session, which may be another one when it is taken back."""
        step = replace(step, through=partial(self._through, step.conversation_id))
        self.undo.push(step)
        self.message_done.emit(step)

    async def _through(self, conversation_id: str, work: Work) -> bool:
        session = self._sessions.get(conversation_id)
        return await (session.apply(work) if session else work())

    def _service(self, conversation_id: str, setup: Setup) -> Service:
        """What answers in a conversation, told first what its folder wants to be told."""
        summary = self.summary(conversation_id)
        folder_id = summary.folder_id if summary else self._newcomers.folder_of(conversation_id)
        return self._services(with_folder_prompt(setup, self.all_folders, folder_id))

    def _listener(self, session: ChatSession) -> Callable[[SessionEvent], None]:
        def listen(event: SessionEvent) -> None:
            match event:
                case MessageAdded() | MessageEnded():
                    # Before its messages are saved, as those events tell of it first.
                    self._create_at_last(session.id)
            match event:
                case MessageAdded(message) if message.role is Role.USER:
                    self._asked(session.id, message)
                case BranchChanged(history) if history.messages:
                    self._used(session.id, history.messages[-1].created_at)
                case MessageEnded(message) if message.state is MessageState.COMPLETE:
                    if title := title_by_answer(self.summary(session.id), message):
                        self.name(session.id, title)
                case SetupChanged(setup):
                    self._save(self._store.save_setup(session.id, setup), "save setup")
                case SavingFailed(error):
                    self.failed.emit(error)
            self.events.emit((session.id, event))

        return listen

    def _asked(self, conversation_id: str, question: Message) -> None:
        """Move to the top; create it, or name it, where that is still to do."""
        if self._newcomers.blank(conversation_id):
            self._create(conversation_id, first_title(question))
            return
        if title := title_by_question(self.summary(conversation_id), question):
            self.name(conversation_id, title)
        self._used(conversation_id, question.created_at)

    def name(self, conversation_id: str, title: str) -> None:
        """Give an automatic title; one that the user has given stays."""
        self._save(self._name(conversation_id, title), "title")

    def _used(self, conversation_id: str, at: float) -> None:
        """Something was said in the conversation at the time ``at``."""
        summary = self.summary(conversation_id)
        if summary is not None:
            # With the change, not only with the message: who hears of it reads the store at once.
            self._save(self._store.arrangement.touch(conversation_id, at), "touch")
            self._known.put(replace(summary, updated_at=max(summary.updated_at, at)))

    def _create(self, conversation_id: str, title: str) -> None:
        now = self._clock.now()
        folder_id = self._newcomers.folder_of(conversation_id)
        if folder_id not in self.folders:
            folder_id = None
        summary = ConversationSummary(conversation_id, title, now, now, folder_id=folder_id)
        self._newcomers.arrive(summary, self._setup(conversation_id))
        self._known.put(summary)

    def _create_at_last(self, conversation_id: str) -> None:
        """Create what the store could not create when it was to; what follows needs it."""
        if self._newcomers.refused(conversation_id):
            summary = self.summary(conversation_id)
            assert summary is not None
            self._newcomers.arrive(summary, self._setup(conversation_id))

    def _setup(self, conversation_id: str) -> Setup:
        session = self._sessions.get(conversation_id)
        return session.setup if session else Setup()

    async def _name(self, conversation_id: str, title: str) -> None:
        """Give a title that the user has not given; the store knows whether one came meanwhile."""
        await self._store.rename_conversation(conversation_id, title, by_user=False)
        await self.summaries([conversation_id])
        self.changed.emit(LibraryChange(frozenset([conversation_id])))

    async def _forget(self, session: ChatSession) -> None:
        await session.settled()
        if session.id in self._released:
            self._released.discard(session.id)
            # What is compared, or could not be saved, is nowhere else.
            if session.comparison is None and not session.unsaved:
                self._sessions.pop(session.id, None)

    def _save(self, work: Awaitable[None], name: str) -> None:
        self._tasks.spawn(self._guarded(work), name=name)

    async def _guarded(self, work: Awaitable[None]) -> None:
        try:
            await work
        except StoreError as error:
            log.info("not saved: %s", error)
            self.failed.emit(error)

# SPDX-License-Identifier: MIT
from __future__ import annotations

import asyncio
from time import time

import pytest

from chatglm_desktop.chat.conversations import NEWEST, Library
from chatglm_desktop.chat.events import MessageEnded, SessionEvent
from chatglm_desktop.chat.organiser import Organiser
from chatglm_desktop.chat.service import ServiceFor
from chatglm_desktop.chat.session import ChatSession
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.arranging import LibraryChange
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.deltas import FinishReason
from chatglm_desktop.core.draft import Draft
from chatglm_desktop.core.errors import DiskFull, StoreError
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.history import Found, Prompt
from chatglm_desktop.core.messages import MessageState, Role
from chatglm_desktop.core.tabs import Anchor, TabState
from chatglm_desktop.store import Store
from tests.helpers.sessions import Dictated, asked
from tests.helpers.trash import trash


async def reloaded(store: Store, service: ServiceFor, tasks: Tasks) -> Library:
    """What the next start of the program sees."""
    await tasks.finish()
    library = Library(store, service, tasks)
    await library.load()
    library.meet(await store.conversations())
    return library


async def stopped(session: ChatSession) -> None:
    """Stop the session's reply and wait for its end."""
    over = asyncio.Event()

    def hear(event: SessionEvent) -> None:
        if isinstance(event, MessageEnded):
            over.set()

    session.events.connect(hear)
    session.stop()
    await over.wait()


async def test_a_new_conversation_is_saved_with_its_first_message(
    library: Library, provider: Dictated, tasks: Tasks, store: Store, service: ServiceFor
) -> None:
    assert library.new().id not in library
    id = await asked(library, provider, tasks, "What is Bayes' theorem?")
    assert library.title(id) == "What is Bayes' theorem?"
    again = await reloaded(store, service, tasks)
    assert [s.title for s in await store.conversations()] == ["What is Bayes' theorem?"]
    session = await again.open(id)
    assert [m.text for m in session.history.messages] == ["What is Bayes' theorem?", "Answer"]


async def test_a_conversation_used_last_is_first(
    library: Library, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    first = await asked(library, provider, tasks, "First")
    second = await asked(library, provider, tasks, "Second")
    assert [s.id for s in await store.conversations()] == [second, first]
    provider.say("More", FinishReason("stop"), None)
    (await library.open(first)).send("And?")
    await tasks.finish()
    assert [s.id for s in await store.conversations()] == [first, second]
    assert library.title(first) == "First"


async def test_a_reply_that_ends_late_changes_no_order(
    library: Library, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    first, second = library.new(), library.new()
    first.send("Asked first, answered last")
    second.send("Asked last, answered first")
    await stopped(second)
    await stopped(first)
    await tasks.finish()
    assert [s.id for s in await store.conversations()] == [second.id, first.id]
    provider.say("Again", FinishReason("stop"), None)
    first.retry(first.history.messages[-1].id)
    await tasks.finish()
    assert [s.id for s in await store.conversations()] == [first.id, second.id]


async def test_a_draft_makes_a_conversation_and_the_first_question_its_title(
    library: Library, provider: Dictated, tasks: Tasks, store: Store, service: ServiceFor
) -> None:
    session = library.new()
    library.save_draft(session.id, Draft(""))
    assert session.id not in library
    library.save_draft(session.id, Draft("half a thou"))
    again = await reloaded(store, service, tasks)
    assert await again.drafts() == {session.id: Draft("half a thou")}
    assert again.title(session.id) == ""
    provider.say("Answer", FinishReason("stop"), None)
    session.send("half a thought")
    library.save_draft(session.id, Draft(""))
    again = await reloaded(store, service, tasks)
    assert await again.drafts() == {}
    assert again.title(session.id) == "half a thought"


async def test_the_same_conversation_opens_as_one_session(
    library: Library, provider: Dictated, tasks: Tasks
) -> None:
    id = await asked(library, provider, tasks, "Question")
    session = await library.open(id)
    library.release(id)
    one = tasks.spawn(library.open(id), name="one")
    two = tasks.spawn(library.open(id), name="two")
    await tasks.finish()
    assert one.result() is two.result()
    assert one.result() is not session
    library.release("nobody")


async def test_a_released_session_is_forgotten_once_its_reply_is_saved(
    library: Library, provider: Dictated, tasks: Tasks
) -> None:
    session = library.new()
    session.send("Hi")
    library.release(session.id)
    session.stop()
    await tasks.finish()
    again = await library.open(session.id)
    assert again is not session
    assert again.history.messages[-1].state is MessageState.STOPPED


async def test_a_session_that_is_opened_again_in_time_is_kept(
    library: Library, provider: Dictated, tasks: Tasks
) -> None:
    session = library.new()
    session.send("Hi")
    library.release(session.id)
    assert await library.open(session.id) is session
    library.stop_all()
    await tasks.finish()
    assert await library.open(session.id) is session
    assert session.history.messages[-1].state is MessageState.STOPPED


async def test_a_deletion_can_be_taken_back_when_the_conversation_was_closed_and_opened_again(
    library: Library, provider: Dictated, tasks: Tasks
) -> None:
    id = await asked(library, provider, tasks, "Question")
    session = await library.open(id)
    session.delete(session.history.messages[0].id)
    library.release(id)
    await tasks.finish()
    again = await library.open(id)
    assert again is not session
    await again.settled()
    assert again.history.aside.removed == 1
    again.undelete()
    await again.saved()
    assert [message.text for message in again.history.messages] == ["Question", "Answer"]


async def test_a_draft_of_a_deleted_conversation_goes_with_it(
    library: Library, organiser: Organiser, provider: Dictated, tasks: Tasks
) -> None:
    id = await asked(library, provider, tasks, "Question")
    organiser.trash([id])
    library.save_draft(id, Draft("too late"))
    await tasks.finish()
    assert id not in library
    assert await library.drafts() == {id: Draft("too late")}
    organiser.delete_forever([id])
    await tasks.finish()
    library.save_draft(id, Draft("much too late"))
    await tasks.finish()
    assert await library.drafts() == {}


async def test_retrying_in_a_deleted_conversation_does_not_bring_it_back(
    library: Library, organiser: Organiser, provider: Dictated, tasks: Tasks
) -> None:
    id = await asked(library, provider, tasks, "Question")
    session = await library.open(id)
    organiser.trash([id])
    await tasks.finish()
    provider.say("again", FinishReason("stop"), None)
    session.retry(session.history.messages[-1].id)
    await tasks.finish()
    assert id not in library


async def test_an_unknown_conversation_cannot_be_opened(library: Library) -> None:
    with pytest.raises(KeyError):
        await library.open("nobody")


async def test_a_long_conversation_is_asked_without_being_loaded(
    library: Library, provider: Dictated, tasks: Tasks, store: Store, service: ServiceFor
) -> None:
    id = await asked(library, provider, tasks, "Question")
    session = await library.open(id)
    for number in range(NEWEST // 2):
        provider.say(f"Answer {number}", FinishReason("stop"), None)
        session.send(f"Question {number}")
        await tasks.finish()
    again = await (await reloaded(store, service, tasks)).open(id)
    assert (again.history.length, again.history.first) == (NEWEST + 2, 2)
    assert len(again.history.messages) == NEWEST
    known = await again.load(0, NEWEST + 2)
    asked_at = tuple(n for n, message in enumerate(known) if message.role is Role.USER)
    assert await library.find(id, "QUESTION") == Found(asked_at, (1,) * len(asked_at))
    prompts = await library.prompts(id)
    assert prompts[:2] == [Prompt(0, "Question"), Prompt(2, "Question 0")]
    assert await library.position_of(id, known[2].id) == 2


async def test_finds_what_is_there_after_deletions_that_are_still_being_saved(
    library: Library, provider: Dictated, tasks: Tasks
) -> None:
    id = await asked(library, provider, tasks, "Question")
    session = await library.open(id)
    for message in session.history.messages:
        session.delete(message.id)
    assert await library.find(id, "answer") == Found()
    session.undelete()
    assert await library.find(id, "answer") == Found((0,), (1,))


async def test_finds_a_reply_as_soon_as_it_has_ended(
    library: Library, provider: Dictated, tasks: Tasks
) -> None:
    session = library.new()
    found: list[asyncio.Task[Found]] = []

    def hear(event: SessionEvent) -> None:
        if isinstance(event, MessageEnded):
            found.append(tasks.spawn(library.find(session.id, "answer"), name="find"))

    session.events.connect(hear)
    provider.say("Answer", FinishReason("stop"), None)
    session.send("Question")
    await tasks.finish()
    assert found[0].result() == Found((1,), (1,))


async def test_a_deletion_leaves_the_conversation_where_it_is_in_the_list(
    library: Library, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    first = await asked(library, provider, tasks, "First")
    second = await asked(library, provider, tasks, "Second")
    session = await library.open(first)
    for message in session.history.messages:
        session.delete(message.id)
    for _ in range(2):
        session.undelete()
        await session.saved()
        assert [s.id for s in await store.conversations()] == [second, first]
    await tasks.finish()


async def test_tabs_of_saved_conversations_come_back(
    library: Library, provider: Dictated, tasks: Tasks, store: Store, service: ServiceFor
) -> None:
    kept, trashed = [await asked(library, provider, tasks, text) for text in ("Kept", "Trashed")]
    tab = TabState(kept, active=True, anchor=Anchor("m", 12.5))
    library.save_tabs([tab, TabState(trashed), TabState(library.new().id)])
    Organiser(library, store, time).trash([trashed])
    again = await reloaded(store, service, tasks)
    assert await again.tabs() == [tab]


async def test_every_sessions_events_are_heard_with_its_id(
    library: Library, provider: Dictated, tasks: Tasks
) -> None:
    heard: list[tuple[str, SessionEvent]] = []
    library.events.connect(heard.append)
    id = await asked(library, provider, tasks, "Question")
    assert {conversation_id for conversation_id, _ in heard} == {id}
    assert isinstance(heard[-1][1], MessageEnded)


async def test_what_cannot_be_saved_is_told(
    library: Library, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    errors: list[StoreError] = []
    library.failed.connect(errors.append)

    async def refuse(*_: object) -> None:
        raise DiskFull("no space")

    # A disk cannot be filled here; the store's own tests fill one.
    store.save_draft = store.add_message = refuse  # type: ignore[method-assign, assignment]
    session = library.new()
    library.save_draft(session.id, Draft("x"))
    await tasks.finish()
    assert len(errors) == 1
    provider.say("Answer", FinishReason("stop"), None)
    session.send("Question")
    await tasks.finish()
    assert [type(error) for error in errors] == [DiskFull] * 4


async def test_finds_in_a_conversation_that_is_not_open(
    library: Library, provider: Dictated, store: Store, service: ServiceFor, tasks: Tasks
) -> None:
    id = await asked(library, provider, tasks, "Question")
    again = await reloaded(store, service, tasks)
    assert await again.find(id, "QUESTION") == Found((0,), (1,))


async def test_what_a_conversation_talks_to_is_kept(
    library: Library, store: Store, tasks: Tasks, service: ServiceFor
) -> None:
    setup = Setup("work", "glm-b", Generation(temperature=0.2))
    session = library.new()
    session.choose(setup)
    library.save_draft(session.id, Draft("draft"))
    await tasks.finish()
    again = await reloaded(store, service, tasks)
    opened = await again.open(session.id)
    assert opened.setup == setup
    opened.choose(Setup())
    await tasks.finish()
    assert await store.setup(session.id) == Setup()


async def test_what_was_done_to_messages_is_undone_with_all_else(
    library: Library, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    id = await asked(library, provider, tasks, "Question")
    session = await library.open(id)
    answer = session.history.messages[1]
    session.delete(answer.id)
    session.clear()
    library.release(id)
    await tasks.finish()
    assert library.session(id) is None
    library.undo.undo()
    await library.undo.settled()
    assert (await store.load_history(id, 9)).length == 1
    session = await library.open(id)
    library.undo.undo()
    await library.undo.settled()
    assert [message.text for message in session.history.messages] == ["Question", "Answer"]
    library.undo.redo()
    await library.undo.settled()
    assert [message.text for message in session.history.messages] == ["Question"]


async def test_what_another_program_changed_is_read_again(
    library: Library, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    kept, gone = [await asked(library, provider, tasks, text) for text in ("Kept", "Gone")]
    changes: list[LibraryChange] = []
    library.changed.connect(changes.append)
    await store.rename_conversation(kept, "Renamed", by_user=True)
    await trash(store, gone, 1.0)
    await store.arrangement.delete_trashed([gone])
    await store.arrangement.arrange((), ((None, Folder("f", "Folder", 1.0)),))
    await library.load()
    assert library.title(kept) == "Renamed"
    assert library.summary(gone) is None
    assert list(library.folders) == ["f"]
    assert changes == [LibraryChange(None, folders=True)]


async def test_what_was_read_is_known_and_does_not_overwrite(library: Library) -> None:
    library.meet([ConversationSummary("a", "A", 1.0, 1.0)])
    library.meet([ConversationSummary("a", "Stale", 1.0, 1.0)])
    assert library.title("a") == "A"

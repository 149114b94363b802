# SPDX-License-Identifier: MIT
"""A disk that takes nothing for a while: what was not saved is saved later, nothing is dropped."""

from __future__ import annotations

import sqlite3

from chatglm_desktop.chat.conversations import Library
from chatglm_desktop.chat.service import ServiceFor
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.deltas import FinishReason
from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.core.messages import MessageState
from chatglm_desktop.store import Store
from tests.helpers.sessions import Dictated, asked


async def let_write(store: Store, allowed: bool) -> None:
    def job(connection: sqlite3.Connection) -> None:
        connection.execute(f"PRAGMA query_only = {int(not allowed)}").fetchall()

    await store._do(job)  # the connection itself must refuse


async def test_a_conversation_that_could_not_be_made_is_made_when_it_can_be(
    store: Store, service: ServiceFor, tasks: Tasks, provider: Dictated
) -> None:
    library = Library(store, service, tasks)
    await let_write(store, False)
    id = await asked(library, provider, tasks, "First")
    await let_write(store, True)
    session = library.session(id)
    assert session is not None
    provider.say("Answer", FinishReason("stop"), None)
    session.send("Second")
    await tasks.finish()
    history = await store.load_history(id, 100)
    assert [m.text for m in history.messages] == ["First", "Answer", "Second", "Answer"]
    assert [one.title for one in await store.conversations()] == ["First"]


async def test_what_cannot_be_taken_back_now_can_be_later(
    store: Store,
    service: ServiceFor,
    tasks: Tasks,
    provider: Dictated,
    bugs: list[BaseException],
) -> None:
    library = Library(store, service, tasks)
    told: list[StoreError] = []
    library.failed.connect(told.append)
    id = await asked(library, provider, tasks, "First")
    session = library.session(id)
    assert session is not None
    session.delete(session.history.messages[-1].id)
    await tasks.finish()
    await let_write(store, False)
    provider.say("Another", FinishReason("stop"), None)
    session.send("Second")
    await tasks.finish()
    told.clear()
    library.undo.undo()
    await tasks.finish()
    assert told
    assert not bugs
    assert [m.text for m in session.history.messages] == ["First", "Second", "Another"]
    await let_write(store, True)
    library.undo.undo()
    await tasks.finish()
    texts = [m.text for m in (await store.load_history(id, 100)).messages]
    assert texts == [m.text for m in session.history.messages]
    assert "Answer" in texts


async def test_what_is_being_saved_for_the_first_time_stays_known_when_all_is_read_again(
    store: Store, service: ServiceFor, tasks: Tasks, provider: Dictated
) -> None:
    library = Library(store, service, tasks)
    await let_write(store, False)
    id = await asked(library, provider, tasks, "First")
    await library.load()
    assert id in library
    assert library.title(id) == "First"


async def test_a_reply_that_could_not_be_saved_is_saved_with_what_comes_after_it(
    store: Store, service: ServiceFor, tasks: Tasks, provider: Dictated
) -> None:
    library = Library(store, service, tasks)
    session = library.new()
    session.send("First")
    await session.saved()
    await let_write(store, False)
    provider.say("A long answer", FinishReason("stop"), None)
    await tasks.finish()
    await let_write(store, True)
    provider.say("Another", FinishReason("stop"), None)
    session.send("Second")
    await tasks.finish()
    messages = (await store.load_history(session.id, 100)).messages
    assert [m.text for m in messages] == ["First", "A long answer", "Second", "Another"]
    assert {m.state for m in messages} == {MessageState.COMPLETE}


async def test_what_was_refused_is_tried_again_when_the_program_ends(
    store: Store, service: ServiceFor, tasks: Tasks, provider: Dictated
) -> None:
    library = Library(store, service, tasks)
    await let_write(store, False)
    id = await asked(library, provider, tasks, "First")
    # Its tab is closed: it is nowhere but in memory.
    library.release(id)
    await tasks.finish()
    assert library.session(id) is not None
    await let_write(store, True)
    library.stop_all()
    await tasks.finish()
    messages = (await store.load_history(id, 100)).messages
    assert [m.text for m in messages] == ["First", "Answer"]
    library.release(id)
    await tasks.finish()
    assert library.session(id) is None

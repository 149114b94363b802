# SPDX-License-Identifier: MIT
"""What is done to messages through the library: taken back, done again, brought to light."""

from __future__ import annotations

import asyncio

from chatglm_desktop.chat.conversations import Library
from chatglm_desktop.chat.steps import clearing
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.deltas import FinishReason
from chatglm_desktop.core.errors import DiskFull, StoreError
from chatglm_desktop.core.history import Aside
from chatglm_desktop.store import Store
from tests.helpers.sessions import Dictated, asked


async def test_what_was_done_to_messages_is_taken_back_wherever_the_conversation_is(
    library: Library, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    id = await asked(library, provider, tasks, "Question")
    told: list[str] = []
    library.message_done.connect(lambda step: told.append(step.kind))
    session = await library.open(id)
    question, answer = session.history.messages
    session.edit(answer.id, "Better", ask=False)
    await tasks.finish()
    session.delete(question.id)
    session.clear()
    await tasks.finish()
    assert told == ["save edit", "delete message", "clear"]
    library.undo.undo()
    await library.undo.settled()
    assert [m.text for m in session.history.messages] == ["Better"]
    library.release(id)
    await tasks.finish()
    for _ in range(2):
        library.undo.undo()
    await library.undo.settled()
    saved = await store.load_history(id, 9)
    assert [m.text for m in saved.messages] == ["Question", "Answer"]
    for _ in range(3):
        library.undo.redo()
    await library.undo.settled()
    assert (await store.load_history(id, 9)).length == 0
    again = await library.open(id)
    await again.settled()
    assert again.history.aside == Aside(beyond=2, removed=1)


async def test_a_step_can_be_taken_back_without_a_library(
    library: Library, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    id = await asked(library, provider, tasks, "Question")
    session = await library.open(id)
    step = clearing(store, id, session.history.leaf_id or "")
    assert await step.redo()
    assert not await step.redo()
    assert await step.undo()
    assert (await store.load_history(id, 9)).length == 2


async def test_a_hidden_message_is_revealed(
    library: Library, provider: Dictated, tasks: Tasks
) -> None:
    id = await asked(library, provider, tasks, "Question")
    session = await library.open(id)
    first = session.history.messages[-1]
    provider.say("Other", FinishReason("stop"), None)
    session.retry(first.id)
    await tasks.finish()
    assert await session.reveal(first.id)
    assert session.history.messages[-1] == first
    assert await session.reveal(first.id)
    assert not await session.reveal("nobody")


async def test_what_is_sent_while_another_version_comes_waits_for_it(
    library: Library, provider: Dictated, tasks: Tasks
) -> None:
    id = await asked(library, provider, tasks, "Question")
    session = await library.open(id)
    first = session.history.messages[-1]
    provider.say("Other", FinishReason("stop"), None)
    session.retry(first.id)
    await tasks.finish()
    provider.say("Third", FinishReason("stop"), None)
    session.show_version(session.history.messages[-1].id, 0)
    session.send("Next")
    session.send("Too late")
    await tasks.finish()
    texts = [m.text for m in session.history.messages]
    assert texts == ["Question", "Answer", "Next", "Third"]


async def test_what_follows_the_end_is_shown_again(
    library: Library, provider: Dictated, tasks: Tasks
) -> None:
    id = await asked(library, provider, tasks, "Question")
    session = await library.open(id)
    session.clear()
    session.show_beyond()
    await tasks.finish()
    assert session.history.length == 2
    session.show_beyond()
    await tasks.finish()
    assert session.history.length == 2


async def test_a_journal_that_cannot_be_written_is_told(
    library: Library, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    told: list[StoreError] = []
    library.failed.connect(told.append)
    failed = asyncio.Event()

    async def refuse(*_: object) -> None:
        failed.set()
        raise DiskFull("no space")

    # A disk cannot be filled here; the store's own tests fill one.
    store.append_journal = refuse  # type: ignore[method-assign, assignment]
    session = library.new()
    provider.say("Answer")
    session.send("Question")
    async with asyncio.timeout(10):
        await failed.wait()
    provider.say(FinishReason("stop"), None)
    await tasks.finish()
    assert [type(error) for error in told] == [DiskFull]
    assert (await store.load_history(session.id, 1)).messages[0].text == "Answer"

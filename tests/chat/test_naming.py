# SPDX-License-Identifier: MIT
"""How conversations get their titles: from what was said, from the model, by hand."""

from __future__ import annotations

import asyncio
from time import time

import pytest

from chatglm_desktop.chat.conversations import Library
from chatglm_desktop.chat.model_titles import ModelTitles, tidied
from chatglm_desktop.chat.organiser import Organiser
from chatglm_desktop.chat.session import ChatSession
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.deltas import Delta, FinishReason, Reasoning
from chatglm_desktop.core.errors import RateLimited
from chatglm_desktop.store import Store
from tests.helpers.sessions import Dictated


@pytest.fixture
def titles(library: Library, tasks: Tasks) -> ModelTitles:
    return ModelTitles(library, tasks, lambda: True)


async def exchange(
    session: ChatSession, provider: Dictated, tasks: Tasks, question: str, answer: str = "Answer"
) -> None:
    """One whole turn."""
    provider.say(answer, FinishReason("stop"), None)
    session.send(question)
    await tasks.finish()


async def test_a_greeting_waits_for_a_question(
    library: Library, provider: Dictated, tasks: Tasks
) -> None:
    session = library.new()
    await exchange(session, provider, tasks, "你好", "你好！有什么可以帮你？")
    assert library.title(session.id) == "你好"
    await exchange(session, provider, tasks, "在吗")
    assert library.title(session.id) == "你好"
    await exchange(session, provider, tasks, "北京的天气")
    await exchange(session, provider, tasks, "上海呢")
    assert library.title(session.id) == "北京的天气"


async def test_an_answer_with_a_heading_names_what_the_question_does_not(
    library: Library, provider: Dictated, tasks: Tasks
) -> None:
    session = library.new()
    await exchange(session, provider, tasks, "???", "# Marks of punctuation\nThere are many.")
    assert library.title(session.id) == "Marks of punctuation"


async def test_a_greeting_that_the_user_gave_as_a_title_stays(
    library: Library, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    session = library.new()
    await exchange(session, provider, tasks, "Question")
    Organiser(library, store, time).rename(session.id, "Hello")
    # The title is not there yet when the next question comes.
    await exchange(session, provider, tasks, "Another", "# Heading")
    assert library.title(session.id) == "Hello"


async def test_the_model_names_a_conversation_once(
    library: Library, titles: ModelTitles, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    session = library.new()
    provider.say("Answer", FinishReason("stop"), None)
    provider.say(Reasoning("Hm."), "“Sorting", " lists”\n", FinishReason("stop"), None)
    session.send("How do I sort a list?")
    await tasks.finish()
    assert library.title(session.id) == "Sorting lists"
    (summary,) = await store.conversations()
    assert (summary.title, summary.titled_by_user) == ("Sorting lists", False)
    (request,) = provider.requests[1]
    assert "How do I sort a list?\n\n---\n\nAnswer" in request["content"]
    await exchange(session, provider, tasks, "More")
    assert len(provider.requests) == 3
    assert session.history.length == 4


@pytest.mark.parametrize(
    "replies", [[RateLimited("later")], [FinishReason("stop"), None], ["a long story " * 30]]
)
async def test_without_a_title_from_the_model_the_first_one_stays(
    library: Library,
    titles: ModelTitles,
    provider: Dictated,
    tasks: Tasks,
    replies: list[Delta | Exception | None],
) -> None:
    session = library.new()
    provider.say("Answer", FinishReason("stop"), None, *replies)
    session.send("Question")
    await tasks.finish()
    assert library.title(session.id) == "Question"


async def test_a_title_by_hand_is_stronger_than_one_that_was_asked_for_before(
    library: Library, titles: ModelTitles, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    session = library.new()
    provider.say("Answer", FinishReason("stop"), None)
    session.send("Question")
    await session.settled()
    Organiser(library, store, time).rename(session.id, "Mine")
    await library.undo.settled()
    provider.say("Theirs", FinishReason("stop"), None)
    await tasks.finish()
    assert library.title(session.id) == "Mine"
    assert [summary.title for summary in await store.conversations()] == ["Mine"]


async def test_the_next_question_does_not_wait_for_a_title(
    library: Library, titles: ModelTitles, provider: Dictated, tasks: Tasks
) -> None:
    session = library.new()
    provider.say("Answer", FinishReason("stop"), None)
    session.send("Question")
    await session.settled()
    while len(provider.requests) < 2:  # noqa: ASYNC110
        await asyncio.sleep(0)  # the request for the title has no event
    await exchange(session, provider, tasks, "Next", "Answer to it")
    assert [m.text for m in session.history.messages][-1] == "Answer to it"
    assert library.title(session.id) == "Question"


async def test_nothing_is_asked_where_it_is_not_wanted_or_not_needed(
    library: Library, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    wanted = False
    ModelTitles(library, tasks, lambda: wanted)
    await exchange(library.new(), provider, tasks, "Question")
    wanted = True
    session = library.new()
    session.send("Question")
    Organiser(library, store, time).rename(session.id, "Mine")
    await library.undo.settled()
    provider.say("Answer", FinishReason("stop"), None)
    await tasks.finish()
    assert len(provider.requests) == 2


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Title: Sorting", "Sorting"),
        ("标题：《天气》", "天气"),
        ("**Lists.**", "Lists"),
        ("\n\n", ""),
    ],
)
def test_what_models_put_around_a_title_goes(said: str, title: str) -> None:
    assert tidied(said) == title

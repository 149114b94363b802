# SPDX-License-Identifier: MIT
"""Files that go along with a question: saved, edited, asked with again."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from chatglm_desktop.chat.conversations import Library
from chatglm_desktop.chat.service import ServiceFor
from chatglm_desktop.chat.session import ChatSession
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.conversation import Conversation, ConversationSummary
from chatglm_desktop.core.deltas import FinishReason
from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import AttachmentPart, TextPart
from chatglm_desktop.store import Store
from tests.helpers.sessions import Dictated, Watched

PHOTO = AttachmentPart("photo.png", "image/png", 3, "a" * 64)
NOTES = AttachmentPart("notes.txt", "text/plain", 5, "b" * 64)


@pytest_asyncio.fixture
async def watched(store: Store, service: ServiceFor, tasks: Tasks) -> AsyncIterator[Watched]:
    await store.create_conversation(ConversationSummary("c", "", 1.0, 1.0))
    session = ChatSession(Conversation(History("c")), service, store, tasks)
    yield Watched(session)
    session.stop()
    await tasks.finish()


async def answered(watched: Watched, provider: Dictated) -> None:
    """Let the running reply end."""
    watched.events.clear()
    provider.say("Yes", FinishReason("stop"), None)
    await watched.ended()
    await watched.session.settled()


async def test_files_follow_the_text_and_are_saved(
    watched: Watched, provider: Dictated, store: Store
) -> None:
    watched.session.send("Look", (PHOTO, NOTES))
    await answered(watched, provider)
    (question, _) = (await store.load_history("c", 9)).messages
    assert question.parts == (TextPart("Look"), PHOTO, NOTES)
    assert question.attachments == (PHOTO, NOTES)


@pytest.mark.parametrize("blank", ["", " \n"])
async def test_files_need_no_text(watched: Watched, provider: Dictated, blank: str) -> None:
    watched.session.send(blank, (PHOTO,))
    await answered(watched, provider)
    question = watched.session.history.messages[0]
    assert (question.parts, question.text) == ((PHOTO,), "")


async def test_an_edited_question_has_the_files_that_it_was_left_with(
    watched: Watched, provider: Dictated
) -> None:
    watched.session.send("Look", (PHOTO, NOTES))
    await answered(watched, provider)
    watched.session.edit(watched.session.history.messages[0].id, "", (NOTES,))
    await answered(watched, provider)
    assert watched.session.history.messages[0].parts == (NOTES,)
    with pytest.raises(ValueError, match="nothing"):
        watched.session.edit(watched.session.history.messages[0].id, " ", ())


async def test_an_edit_that_is_only_saved_changes_the_files_too(
    watched: Watched, provider: Dictated, store: Store
) -> None:
    watched.session.send("Look", (PHOTO,))
    await answered(watched, provider)
    first = watched.session.history.messages[0]
    watched.session.edit(first.id, "Look here", (NOTES,), ask=False)
    await watched.session.saved()
    question, reply = watched.session.history.messages
    assert question.parts == (TextPart("Look here"), NOTES)
    assert reply.parent_id == question.id
    assert len(provider.requests) == 1


async def test_a_conversation_without_words_is_named_after_its_files(
    store: Store, service: ServiceFor, tasks: Tasks, provider: Dictated
) -> None:
    library = Library(store, service, tasks)
    session = library.new()
    session.send("", (PHOTO, NOTES))
    assert library.title(session.id) == "photo.png, notes.txt"
    provider.say("Yes", FinishReason("stop"), None)
    await session.settled()
    (prompt,) = await library.prompts(session.id)
    assert prompt.text == "photo.png, notes.txt"

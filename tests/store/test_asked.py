# SPDX-License-Identifier: MIT
"""What was asked lately: this conversation first, each text once, nothing of the trash."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.messages import AttachmentPart, Message, Role, TextPart
from chatglm_desktop.store import Store
from chatglm_desktop.store.functions import register
from tests.helpers.trash import trash

NOTES = AttachmentPart("notes.txt", "text/plain", 5, "b" * 64)


async def ask(store: Store, conversation_id: str, *texts: str) -> None:
    parent = None
    await store.create_conversation(ConversationSummary(conversation_id, "", 1.0, 1.0))
    for number, text in enumerate(texts):
        for role in (Role.USER, Role.ASSISTANT):
            id = f"{conversation_id} {number} {role}"
            said = text if role is Role.USER else f"answer to {text}"
            message = Message(id, role, (TextPart(said), NOTES), 1.0, parent)
            await store.add_message(conversation_id, message)
            parent = id


async def test_this_conversations_questions_come_first_newest_first(store: Store) -> None:
    await ask(store, "a", "one", "two", "both")
    await ask(store, "b", "three", "both", "four")
    assert await store.questions("a", 9) == ("both", "two", "one", "four", "three")
    assert await store.questions("b", 9) == ("four", "both", "three", "two", "one")
    assert await store.questions("new", 2) == ("four", "both")
    assert await store.questions("a", 2) == ("both", "two", "four")


async def test_what_another_version_hides_was_asked_too(store: Store) -> None:
    await ask(store, "a", "first wording")
    edited = Message("edited", Role.USER, (TextPart("second wording"),), 2.0, None)
    await store.add_message("a", edited)
    assert await store.questions("a", 9) == ("second wording", "first wording")


async def test_what_lies_in_the_trash_and_what_has_no_text_is_left_out(store: Store) -> None:
    await ask(store, "a", "  ", "kept")
    await ask(store, "b", "thrown away")
    await trash(store, "b", 5.0)
    assert await store.questions("c", 9) == ("kept",)


async def test_a_damaged_question_is_left_out(store: Store, file: Path) -> None:
    await ask(store, "a", "damaged", "kept")
    with closing(sqlite3.connect(file)) as connection, connection:
        register(connection)
        connection.execute("UPDATE message SET parts = '[7]' WHERE parts LIKE '%damaged%'")
    assert await store.questions("a", 9) == ("kept",)

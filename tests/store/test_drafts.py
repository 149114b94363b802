# SPDX-License-Identifier: MIT
"""What is not sent is kept with its files; which files are in use."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.draft import Draft
from chatglm_desktop.core.messages import AttachmentPart, Message, Role, TextPart
from chatglm_desktop.store import Store

PHOTO = AttachmentPart("photo.png", "image/png", 3, "a" * 64)
NOTES = AttachmentPart("笔记.txt", "text/plain", 5, "b" * 64)


async def test_a_draft_keeps_its_files(store: Store, saved: str) -> None:
    await store.save_draft(saved, Draft("", (PHOTO, NOTES)))
    assert await store.drafts() == {saved: Draft("", (PHOTO, NOTES))}
    await store.save_draft(saved, Draft("text", (NOTES,)))
    assert await store.drafts() == {saved: Draft("text", (NOTES,))}
    await store.save_draft(saved, Draft())
    assert await store.drafts() == {}


async def test_files_that_cannot_be_read_do_not_cost_the_text(
    store: Store, saved: str, file: Path
) -> None:
    await store.save_draft(saved, Draft("text", (PHOTO,)))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE draft SET attachments = '[{]'")
    assert await store.drafts() == {saved: Draft("text")}


async def test_files_in_use_are_those_of_questions_and_drafts(store: Store, saved: str) -> None:
    await store.add_message(saved, Message("q", Role.USER, (TextPart("c" * 64), PHOTO), 1.0))
    await store.add_message(saved, Message("n", Role.USER, (TextPart("d" * 64),), 2.0, "q"))
    await store.create_conversation(ConversationSummary("d", "", 1.0, 1.0))
    await store.save_draft("d", Draft("", (NOTES,)))
    # What looks like a digest beside a file is kept too: that costs a file, not a message.
    assert await store.digests_in_use() == {PHOTO.digest, NOTES.digest, "c" * 64}


async def test_what_waits_for_the_end_of_a_reply_is_kept_with_its_files(
    store: Store, saved: str
) -> None:
    queued = (Draft("first", (PHOTO,)), Draft("", (NOTES,)))
    await store.save_queue(saved, queued)
    assert await store.queue(saved) == queued
    assert await store.drafts() == {}
    assert await store.digests_in_use() == {PHOTO.digest, NOTES.digest}
    await store.save_queue(saved, ())
    assert await store.queue(saved) == ()


async def test_a_draft_and_a_queue_leave_each_other_alone(store: Store, saved: str) -> None:
    await store.save_draft(saved, Draft("draft"))
    await store.save_queue(saved, (Draft("queued"),))
    await store.save_draft(saved, Draft())
    assert await store.queue(saved) == (Draft("queued"),)
    await store.save_draft(saved, Draft("again"))
    await store.save_queue(saved, ())
    assert await store.drafts() == {saved: Draft("again")}


async def test_a_queue_that_cannot_be_read_costs_nothing_else(
    store: Store, saved: str, file: Path
) -> None:
    await store.save_draft(saved, Draft("kept"))
    await store.save_queue(saved, (Draft("lost"),))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE draft SET queued = '[7]'")
    assert await store.drafts() == {saved: Draft("kept")}
    assert await store.queue(saved) == ()

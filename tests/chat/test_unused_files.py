# SPDX-License-Identifier: MIT
"""At the start, files go that no message and no draft names."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from chatglm_desktop.chat.unused_files import KEPT, collect_unused
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.draft import Draft
from chatglm_desktop.core.messages import AttachmentPart, Message, Role, TextPart
from chatglm_desktop.store import Store
from chatglm_desktop.store.attachments import AttachmentFiles
from tests.helpers.trash import trash


def tomorrow() -> float:
    return time.time() + KEPT + 60


@pytest.fixture
def files(tmp_path: Path) -> AttachmentFiles:
    return AttachmentFiles(tmp_path / "attachments")


def part(files: AttachmentFiles, data: bytes) -> AttachmentPart:
    return AttachmentPart("name", "text/plain", len(data), files.put(data))


async def test_what_is_named_stays(store: Store, files: AttachmentFiles) -> None:
    sent, drafted, trashed, unused = (part(files, data) for data in (b"1", b"2", b"3", b"4"))
    for number, attachment in (("c", sent), ("t", trashed)):
        await store.create_conversation(ConversationSummary(number, "", 1.0, 1.0))
        message = Message(f"m{number}", Role.USER, (TextPart("Look"), attachment), 1.0)
        await store.add_message(number, message)
    await trash(store, "t", 2.0)
    await store.save_draft("c", Draft("", (drafted,)))
    assert await collect_unused(store, files, tomorrow) == 1
    assert files.digests(tomorrow()) == {sent.digest, drafted.digest, trashed.digest}
    assert not files.path(unused.digest).exists()


async def test_what_a_reply_from_elsewhere_names_stays(
    store: Store, files: AttachmentFiles
) -> None:
    asked, drawn, unused = (part(files, data) for data in (b"1", b"2", b"3"))
    await store.create_conversation(ConversationSummary("c", "", 1.0, 1.0))
    await store.add_message("c", Message("q", Role.USER, (asked,), 1.0))
    # A picture that the model of another program has made.
    await store.add_message("c", Message("a", Role.ASSISTANT, (drawn,), 2.0, "q"))
    assert await collect_unused(store, files, tomorrow) == 1
    assert files.digests(tomorrow()) == {asked.digest, drawn.digest}
    assert not files.path(unused.digest).exists()
    assert await collect_unused(store, files, tomorrow) == 0


async def test_new_files_stay(store: Store, files: AttachmentFiles) -> None:
    old, new = part(files, b"old"), part(files, b"new")
    os.utime(files.path(old.digest), (1.0, 1.0))
    assert await collect_unused(store, files, time.time) == 1
    assert files.path(new.digest).exists()


async def test_where_all_is_named_nothing_goes(store: Store, files: AttachmentFiles) -> None:
    await store.create_conversation(ConversationSummary("c", "", 1.0, 1.0))
    await store.save_draft("c", Draft("", (part(files, b"1"),)))
    assert await collect_unused(store, files, tomorrow) == 0


async def test_without_files_nothing_is_looked_up(store: Store, files: AttachmentFiles) -> None:
    await store.close()
    assert await collect_unused(store, files, tomorrow) == 0


async def test_files_stay_when_it_is_not_known_what_is_named(
    store: Store, files: AttachmentFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    part(files, b"1")

    def refuse(older_than: float) -> set[str]:
        raise OSError("the disk is gone")

    monkeypatch.setattr(files, "digests", refuse)
    assert await collect_unused(store, files, tomorrow) == 0

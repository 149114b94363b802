# SPDX-License-Identifier: MIT
"""What is known of conversations follows the store, but is not put back by it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chatglm_desktop.chat.known import Known
from chatglm_desktop.chat.newcomers import Newcomers
from chatglm_desktop.core.arranging import Arranged, LibraryChange
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.store import Store

CONVERSATION = ConversationSummary("c", "Title", 1.0, 2.0)


@pytest.fixture
def known(store: Store) -> Known:
    return Known(store)


@pytest.fixture
def newcomers(store: Store) -> Newcomers:
    return Newcomers(store, lambda work, name: None)


async def test_what_is_gone_from_the_store_is_known_no_longer(
    known: Known, newcomers: Newcomers, store: Store
) -> None:
    await store.create_conversation(CONVERSATION)
    known.put(CONVERSATION)
    newcomers.begin("new", None)
    for id in ("gone", "new"):
        known.put(replace(CONVERSATION, id=id))
    await known.load(newcomers)
    assert known.summary("c") == CONVERSATION
    assert known.summary("gone") is None
    assert known.summary("new") is not None


async def test_what_is_read_does_not_put_back_when_it_was_last_used(
    known: Known, store: Store
) -> None:
    await store.create_conversation(CONVERSATION)
    known.put(replace(CONVERSATION, title="Old", updated_at=9.0))
    await known.read(["c"])
    assert known.summary("c") == replace(CONVERSATION, updated_at=9.0)
    known.meet([CONVERSATION])
    assert known.summary("c") == replace(CONVERSATION, updated_at=9.0)


def test_what_was_arranged_is_heard_of_what_is_in_use(known: Known) -> None:
    told: list[LibraryChange] = []
    known.put(CONVERSATION)
    known.changed.connect(told.append)
    other = replace(CONVERSATION, id="other")
    folder = Folder("f", "Work", 1.0, trashed_at=3.0)
    known.take(Arranged((replace(CONVERSATION, folder_id="f"), other), (folder,)))
    assert known.summary("other") is None
    summary = known.summary("c")
    assert summary is not None
    assert summary.folder_id == "f"
    assert (known.all_folders, known.folders) == ({"f": folder}, {})
    known.forget(["c"])
    assert known.summary("c") is None
    assert told == [
        LibraryChange(frozenset(["c", "other"]), folders=True),
        LibraryChange(frozenset(["c"])),
    ]

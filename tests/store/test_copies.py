# SPDX-License-Identifier: MIT
"""Copies of conversations say the same and have nothing in common with what was copied."""

from __future__ import annotations

import pytest

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.history import Found
from chatglm_desktop.core.journal import JournalEntry
from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.store import Store

COPY = ConversationSummary("copy", "Copy", 5.0, 5.0)


def message(id: str, parent: str | None, state: MessageState = MessageState.COMPLETE) -> Message:
    return Message(id, Role.USER, (TextPart(f"text of {id}"),), 1.0, parent, state)


@pytest.fixture
def original() -> ConversationSummary:
    return ConversationSummary("c", "Original", 1.0, 1.0)


async def fill(store: Store, original: ConversationSummary) -> None:
    """Versions b and c after a; below b are d and, left last, e; f stands after c."""
    await store.create_conversation(original)
    await store.save_setup("c", Setup("account", "model"))
    for id, parent in (("a", None), ("b", "a"), ("d", "b"), ("e", "b"), ("c1", "a"), ("f", "c1")):
        await store.add_message("c", message(id, parent))


async def texts(store: Store, id: str) -> list[str]:
    return [m.text.removeprefix("text of ") for m in await store.load_slice(id, 0, 99)]


async def test_a_duplicate_has_all_versions_and_remembers_where_they_were_left(
    store: Store, original: ConversationSummary
) -> None:
    await fill(store, original)
    await store.tree.show_version("c", "c1", 0)
    await store.tree.show_version("c", "e", 0)
    await store.tree.show_version("c", "b", 1)
    # It stands at its place with a higher number than what follows it.
    await store.tree.supersede("c", "a", message("new", None))
    await store.tree.duplicate("c", COPY)
    assert await texts(store, "copy") == await texts(store, "c") == ["new", "c1", "f"]
    aside, copied = await store.tree.aside("c"), await store.tree.aside("copy")
    assert list(aside.versions.values()) == list(copied.versions.values())
    (first, second, _) = await store.load_slice("copy", 0, 9)
    await store.tree.show_version("copy", second.id, 0)
    assert await texts(store, "copy") == ["new", "b", "d"]
    assert await texts(store, "c") == ["new", "c1", "f"]
    assert first.id != "new"
    assert await store.setup("copy") == Setup("account", "model")
    assert await store.find("copy", "text of d") == Found((2,), (1,))


async def test_an_empty_conversation_is_duplicated(
    store: Store, original: ConversationSummary
) -> None:
    await store.create_conversation(original)
    await store.tree.duplicate("c", COPY)
    assert await texts(store, "copy") == []


async def test_a_reply_that_runs_ends_in_the_copies_as_far_as_it_has_come(
    store: Store, original: ConversationSummary
) -> None:
    await store.create_conversation(original)
    await store.add_message("c", message("a", None, MessageState.STREAMING))
    await store.append_journal("a", [JournalEntry("text", ", and more")])
    await store.tree.duplicate("c", COPY)
    await store.tree.branch_off("c", "a", ConversationSummary("branch", "Branch", 5.0, 5.0))
    for id in ("copy", "branch"):
        (copied,) = await store.load_slice(id, 0, 9)
        assert copied.state is MessageState.INTERRUPTED
        assert copied.text == "text of a, and more"
        assert await store.find(id, "and more") == Found((0,), (1,))


async def test_a_branch_is_copied_down_to_a_message(
    store: Store, original: ConversationSummary
) -> None:
    await fill(store, original)
    assert await store.tree.branch_off("c", "d", COPY)
    assert await texts(store, "copy") == ["a", "b", "d"]
    assert (await store.tree.aside("copy")).versions == {}
    assert await texts(store, "c") == ["a", "c1", "f"]
    assert not await store.tree.branch_off("other", "d", COPY)
    assert not await store.tree.branch_off("c", "nobody", COPY)


async def test_what_was_deleted_long_ago_is_gone(
    store: Store, original: ConversationSummary
) -> None:
    await fill(store, original)
    assert await store.tree.delete("f", 3.0)
    assert await store.tree.forget_removed(3.0) == 0
    assert await store.tree.forget_removed(4.0) == 1
    assert not await store.tree.restore_latest("c")
    assert not await store.tree.restore("f")


async def test_a_branch_ends_with_no_message_that_is_not_there(store: Store, saved: str) -> None:
    assert not await store.tree.end_at(saved, "gone")


async def test_a_step_that_changes_nothing_writes_nothing(store: Store, saved: str) -> None:
    (summary,) = await store.arrangement.summaries([saved])
    arranged = await store.arrangement.arrange([(summary, summary)])
    assert arranged.conversations == (summary,)

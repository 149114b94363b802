# SPDX-License-Identifier: MIT
"""What the store promises, verb by verb, on a real file."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.draft import Draft
from chatglm_desktop.core.errors import Failure, StoreError
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.history import History
from chatglm_desktop.core.journal import JournalEntry
from chatglm_desktop.core.messages import (
    Message,
    MessageState,
    ReasoningPart,
    Role,
    TextPart,
)
from chatglm_desktop.core.tabs import Anchor, TabState
from chatglm_desktop.store import Store
from tests.helpers.trash import purge, trash


def message(id: str, parent: str | None = None, text: str = "", **values: object) -> Message:
    parts = (TextPart(text),) if text else ()
    return replace(Message(id, Role.USER, parts, 5.0, parent), **values)  # type: ignore[arg-type]


def running(id: str, parent: str | None = None) -> Message:
    return message(id, parent, role=Role.ASSISTANT, state=MessageState.STREAMING)


async def test_a_new_store_is_empty(store: Store) -> None:
    assert await store.conversations() == []
    assert await store.trash() == []
    assert await store.drafts() == {}
    assert await store.load_tabs() == []
    assert await store.recover_interrupted() == 0


async def test_conversations_come_newest_first_and_survive(store: Store, file: Path) -> None:
    summaries = [
        ConversationSummary("a", "旧", 1.0, 2.0),
        ConversationSummary(
            "b", "new 🚀", 2.5, 9.5, titled_by_user=True, pinned=True, colour="red"
        ),
        ConversationSummary("c", "", 3.0, 3.0),
    ]
    for summary in summaries:
        await store.create_conversation(summary)
    expected = [summaries[1], summaries[2], summaries[0]]
    assert await store.conversations() == expected
    await store.close()
    again = await Store.open(file)
    assert await again.conversations() == expected
    await again.close()


async def test_the_same_conversation_cannot_be_created_twice(store: Store, saved: str) -> None:
    with pytest.raises(StoreError, match="UNIQUE"):
        await store.create_conversation(ConversationSummary(saved, "", 0.0, 0.0))


async def test_automatic_titles_yield_to_the_users(store: Store, saved: str) -> None:
    async def title() -> tuple[str, bool]:
        (summary,) = await store.conversations()
        return summary.title, summary.titled_by_user

    await store.rename_conversation(saved, "automatic", by_user=False)
    assert await title() == ("automatic", False)
    await store.rename_conversation(saved, "mine", by_user=True)
    await store.rename_conversation(saved, "automatic again", by_user=False)
    assert await title() == ("mine", True)
    await store.rename_conversation(saved, "mine again", by_user=True)
    assert await title() == ("mine again", True)


async def test_trash_keeps_its_time_and_gives_back(store: Store, saved: str) -> None:
    await trash(store, saved, 100.0)
    assert await store.conversations() == []
    assert [summary.trashed_at for summary in await store.trash()] == [100.0]
    await trash(store, saved, None)
    assert await store.trash() == []
    assert [summary.trashed_at for summary in await store.conversations()] == [None]


async def test_purge_deletes_old_trash_with_all_that_belongs_to_it(
    store: Store, saved: str
) -> None:
    await store.create_conversation(ConversationSummary("recent", "", 1.0, 1.0))
    await store.create_conversation(ConversationSummary("kept", "", 1.0, 1.0))
    await store.add_message(saved, message("m"))
    await store.add_message(saved, running("r", "m"))
    await store.append_journal("r", [JournalEntry("text", "x")])
    await store.save_draft(saved, Draft("draft"))
    await store.save_tabs([TabState(saved)])
    await trash(store, saved, 100.0)
    await trash(store, "recent", 200.0)
    assert await purge(store, older_than=150.0) == 1
    assert await purge(store, older_than=150.0) == 0
    assert [summary.id for summary in await store.trash()] == ["recent"]
    assert [summary.id for summary in await store.conversations()] == ["kept"]
    assert await store.drafts() == {}
    assert await store.load_tabs() == []
    assert await store.recover_interrupted() == 0
    with pytest.raises(KeyError):
        await store.load_history(saved, 9)


async def test_a_long_conversation_can_be_purged(store: Store, saved: str) -> None:
    parent = None
    for number in range(1200):  # more than SQLite's 1,000 cascades in a row
        await store.add_message(saved, message(f"m{number}", parent))
        parent = f"m{number}"
    await trash(store, saved, 1.0)
    assert await purge(store, older_than=2.0) == 1


async def test_messages_form_a_tree_whose_leaf_is_the_newest(store: Store, saved: str) -> None:
    messages = [
        message("q", None, "Question"),
        message("a1", "q", "First", role=Role.ASSISTANT, model="glm-4", finish_reason="stop"),
        message("a2", "q", state=MessageState.FAILED, failure=Failure("Busy", "等", 429, "d", 1.5)),
    ]
    for one in messages:
        await store.add_message(saved, one)
    history = await store.load_history(saved, 9)
    assert history == History(saved, "a2", 2, 0, (messages[0], messages[2]))
    await store.add_message(saved, message("b", "a1"))
    assert [m.id for m in await store.load_slice(saved, 0, 9)] == ["q", "a1", "b"]


async def test_a_message_has_a_position_on_the_active_branch_only(store: Store, saved: str) -> None:
    for one in (message("q"), message("a1", "q"), message("a2", "q")):
        await store.add_message(saved, one)
    ids = ("q", "a1", "a2", "nobody")
    assert [await store.position_of(saved, id) for id in ids] == [0, None, 1, None]
    assert await store.position_of("other", "q") is None


async def test_a_message_makes_its_conversation_the_newest(store: Store, saved: str) -> None:
    await store.create_conversation(ConversationSummary("other", "", 3.0, 4.0))
    await store.add_message(saved, message("m", created_at=7.5))
    assert [(s.id, s.updated_at) for s in await store.conversations()] == [
        (saved, 7.5),
        ("other", 4.0),
    ]
    await store.add_message(saved, message("early", "m", created_at=1.0))
    assert (await store.conversations())[0].updated_at == 7.5


async def test_a_message_without_conversation_or_parent_is_refused_whole(
    store: Store, saved: str
) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        await store.add_message("nobody", message("m"))
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        await store.add_message(saved, message("m", "no parent"))
    assert await store.load_history(saved, 9) == History(saved)


async def test_the_final_message_replaces_the_first_and_its_journal(
    store: Store, saved: str
) -> None:
    await store.add_message(saved, message("q"))
    await store.add_message(saved, running("r", "q"))
    await store.append_journal("r", [JournalEntry("text", "par")])
    final = replace(running("r", "q"), parts=(TextPart("whole"),), state=MessageState.COMPLETE)
    await store.update_message(final)
    await store.append_journal("r", [])
    assert (await store.load_slice(saved, 1, 9))[0] == final
    assert await store.recover_interrupted() == 0
    assert (await store.load_slice(saved, 1, 9))[0] == final


async def test_what_was_never_added_is_not_updated(store: Store, saved: str) -> None:
    await store.update_message(message("ghost"))
    await store.append_journal("ghost", [JournalEntry("text", "boo")])
    assert await store.load_history(saved, 9) == History(saved)


@pytest.mark.parametrize(
    ("entries", "parts"),
    [
        ([], ()),
        ([("text", "a"), ("text", "b")], (TextPart("ab"),)),
        ([("reasoning", "Hm"), ("text", "a")], (ReasoningPart("Hm"), TextPart("a"))),
        ([("text", "a"), ("reset-text", "new"), ("text", "er")], (TextPart("newer"),)),
        ([("reasoning", "x"), ("reset-reasoning", "y")], (ReasoningPart("y"),)),
        ([("text", "a"), ("reset-text", "")], ()),
    ],
)
@pytest.mark.parametrize("state", [MessageState.SENDING, MessageState.STREAMING])
async def test_interrupted_replies_get_their_journalled_text(
    store: Store,
    saved: str,
    state: MessageState,
    entries: list[tuple[str, str]],
    parts: tuple[TextPart | ReasoningPart, ...],
) -> None:
    await store.add_message(saved, message("q", text="Question"))
    await store.add_message(saved, replace(running("r", "q"), state=state))
    for kind, text in entries:
        await store.append_journal("r", [JournalEntry(kind, text)])  # type: ignore[arg-type]
    assert await store.recover_interrupted() == 1
    reply = (await store.load_slice(saved, 1, 9))[0]
    assert (reply.state, reply.parts) == (MessageState.INTERRUPTED, parts)
    assert (await store.load_slice(saved, 0, 1))[0].state is MessageState.COMPLETE
    assert await store.recover_interrupted() == 0


async def test_recovery_is_per_message(store: Store, saved: str) -> None:
    await store.add_message(saved, running("r1"))
    await store.add_message(saved, running("r2", "r1"))
    for id in ("r1", "r2", "r1"):
        await store.append_journal(id, [JournalEntry("text", id)])
    assert await store.recover_interrupted() == 2
    assert [m.text for m in await store.load_slice(saved, 0, 9)] == ["r1r1", "r2"]


async def test_a_conversation_keeps_what_it_talks_to(store: Store, saved: str) -> None:
    assert await store.setup(saved) == Setup()
    setup = Setup("work", "glm-4.7-flash", Generation(temperature=0.3, stop=("。",)))
    await store.save_setup(saved, setup)
    await store.save_setup("unknown", setup)
    assert await store.setup(saved) == setup
    assert await store.setup("unknown") == Setup()


async def test_drafts_are_kept_changed_and_forgotten(store: Store, saved: str) -> None:
    await store.create_conversation(ConversationSummary("d", "", 1.0, 1.0))
    await store.save_draft(saved, Draft("one"))
    await store.save_draft(saved, Draft("两"))
    await store.save_draft("d", Draft("three"))
    assert await store.drafts() == {saved: Draft("两"), "d": Draft("three")}
    await store.save_draft(saved, Draft(""))
    assert await store.drafts() == {"d": Draft("three")}
    await store.save_draft("nobody", Draft("not kept"))
    assert await store.drafts() == {"d": Draft("three")}


async def test_tabs_are_replaced_in_order(store: Store, saved: str) -> None:
    await store.create_conversation(ConversationSummary("d", "", 1.0, 1.0))
    await store.create_conversation(ConversationSummary("e", "", 1.0, 1.0))
    first = [
        TabState("d"),
        TabState(saved, active=True, anchor=Anchor("m", -12.25)),
        TabState(
            "e", False, Anchor("n", 3.0, 7, thinking=True), True, 3, "window", "words", "shape"
        ),
    ]
    await store.save_tabs([*first, TabState("not saved")])
    assert await store.load_tabs() == first
    await store.save_tabs(reversed_tabs := first[::-1])
    assert await store.load_tabs() == reversed_tabs
    await store.save_tabs([])
    assert await store.load_tabs() == []


async def test_text_of_every_kind_survives(store: Store, saved: str) -> None:
    text = "a\0b\r\n中文 👩‍💻 \ufeff\u2028"
    halves = "\ud83d" + "\ude80" + " and \ud83d alone"
    await store.add_message(saved, message("m", text=text + halves))
    await store.rename_conversation(saved, halves, by_user=True)
    assert (await store.load_slice(saved, 0, 1))[0].text == text + "🚀 and \ufffd alone"
    assert (await store.conversations())[0].title == "🚀 and \ufffd alone"


async def test_calls_take_effect_in_their_order(store: Store, saved: str) -> None:
    titles = [str(number) for number in range(200)]
    await asyncio.gather(*(store.rename_conversation(saved, t, by_user=True) for t in titles))
    assert (await store.conversations())[0].title == "199"


async def test_a_cancelled_caller_does_not_cancel_the_write(store: Store, saved: str) -> None:
    tasks = [
        asyncio.create_task(
            store.add_message(saved, message(f"m{number}", f"m{number - 1}" if number else None))
        )
        for number in range(50)
    ]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert (await store.load_history(saved, 1)).length == 50


async def test_one_named_thread_does_the_work_and_ends(file: Path) -> None:
    before = set(threading.enumerate())
    store = await Store.open(file)
    (thread,) = set(threading.enumerate()) - before
    assert thread.name.startswith("store")
    await store.conversations()
    await store.close()
    assert set(threading.enumerate()) == before


async def test_close_is_final_and_leaves_one_file(store: Store, saved: str, file: Path) -> None:
    await store.close()
    await store.close()
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    with pytest.raises(StoreError, match="closed"):
        await store.conversations()


async def test_close_waits_for_what_was_asked_before(file: Path) -> None:
    store = await Store.open(file)
    await store.create_conversation(ConversationSummary("c", "", 1.0, 1.0))
    work = [
        asyncio.create_task(
            store.add_message("c", message(f"m{number}", f"m{number - 1}" if number else None))
        )
        for number in range(100)
    ]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*work)
    again = await Store.open(file)
    assert (await again.load_history("c", 1)).length == 100
    await again.close()

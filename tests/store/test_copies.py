# SPDX-License-Identifier: MIT
from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.history import Found, Prompt
from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.store import Store

COPY = ConversationSummary("copy", "Title (2)", 5.0, 5.0)


def said(id: str, parent: str | None, text: str, role: Role = Role.USER) -> Message:
    return Message(id, role, (TextPart(text),), 3.0, parent)


async def tree(store: Store, id: str) -> None:
    """A question with two replies, the second of which goes on."""
    await store.save_setup(id, Setup(model="glm-x"))
    await store.add_message(id, said("q", None, "Question"))
    await store.add_message(id, said("r1", "q", "First reply", Role.ASSISTANT))
    await store.add_message(id, said("r2", "q", "Second reply", Role.ASSISTANT))
    await store.add_message(id, said("q2", "r2", "More"))


def rows(file: Path, conversation_id: str) -> list[tuple[str, str | None]]:
    """The text of each message with that of its parent."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(
            "SELECT message.parts, parent.parts FROM message"
            " LEFT JOIN message AS parent ON parent.id = message.parent_id"
            " WHERE message.conversation_id = ? ORDER BY message.number",
            (conversation_id,),
        ).fetchall()


async def test_a_copy_holds_all_versions_and_shows_the_same_one(
    store: Store, saved: str, file: Path
) -> None:
    await tree(store, saved)
    await store.tree.duplicate(saved, COPY)
    assert rows(file, "copy") == rows(file, saved)
    history = await store.load_history("copy", 9)
    assert [message.text for message in history.messages] == ["Question", "Second reply", "More"]
    assert {message.id for message in history.messages}.isdisjoint({"q", "r2", "q2"})
    assert await store.setup("copy") == Setup(model="glm-x")
    assert await store.find("copy", "second") == Found((1,), (1,))
    assert await store.prompts("copy") == [Prompt(0, "Question"), Prompt(2, "More")]
    assert await store.arrangement.summaries(["copy"]) == (COPY,)


async def test_a_branch_is_copied_down_to_the_message(store: Store, saved: str) -> None:
    await tree(store, saved)
    assert await store.tree.branch_off(saved, "r1", COPY)
    history = await store.load_history("copy", 9)
    assert [message.text for message in history.messages] == ["Question", "First reply"]
    assert history.leaf_id == history.messages[-1].id


async def test_a_parent_with_a_higher_number_is_copied_too(store: Store, saved: str) -> None:
    await tree(store, saved)
    assert await store.tree.delete("r2", 9.0)
    await store.add_message(saved, said("later", "q2", "Later"))
    assert await store.tree.restore("r2")
    with_higher = ConversationSummary("other", "", 1.0, 1.0)
    await store.tree.duplicate(saved, with_higher)
    history = await store.load_history("other", 9)
    texts = ["Question", "Second reply", "More", "Later"]
    assert [message.text for message in history.messages] == texts


async def test_an_empty_conversation_has_an_empty_copy(store: Store, saved: str) -> None:
    await store.tree.duplicate(saved, COPY)
    assert (await store.load_history("copy", 9)).length == 0


async def test_nothing_is_copied_of_what_is_not_there(store: Store, saved: str) -> None:
    await tree(store, saved)
    assert not await store.tree.branch_off(saved, "nothing", COPY)
    assert await store.arrangement.summaries(["copy"]) == ()


async def test_the_copy_of_a_running_reply_is_interrupted(store: Store, saved: str) -> None:
    await store.add_message(saved, said("q", None, "Question"))
    running = Message("r", Role.ASSISTANT, (), 3.0, "q", MessageState.STREAMING)
    await store.add_message(saved, running)
    await store.tree.duplicate(saved, COPY)
    assert (await store.load_history("copy", 9)).messages[-1].state is MessageState.INTERRUPTED
    assert (await store.load_history(saved, 9)).messages[-1].state is MessageState.STREAMING

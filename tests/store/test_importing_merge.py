# SPDX-License-Identifier: MIT
"""However an import is cut into several, and however often it is repeated, it adds the same."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.imports import Imported
from chatglm_desktop.core.messages import Message, Role, TextPart
from chatglm_desktop.store import Store


@st.composite
def trees(draw: st.DrawFn) -> tuple[Message, ...]:
    """Messages of one conversation, parents first; times go as they like."""
    tree: list[Message] = []
    for number in range(draw(st.integers(1, 10))):
        parent = draw(st.none() | st.sampled_from(tree)) if tree else None
        parent_id = None if parent is None else parent.id
        text = TextPart(f"text {number}")
        at = draw(st.floats(1, 100))
        tree.append(Message(f"m{number}", Role.USER, (text,), at, parent_id))
    return tuple(tree)


def part(tree: Iterable[Message], left_out: set[str]) -> Imported | None:
    """The conversation without some messages and what follows them."""
    kept: dict[str | None, Message | None] = {None: None}
    for message in tree:
        if message.parent_id in kept and message.id not in left_out:
            kept[message.id] = message
    messages = tuple(message for message in kept.values() if message is not None)
    if not messages:
        return None
    summary = ConversationSummary("c", "Title", 1.0, max(m.created_at for m in messages))
    return Imported(summary, messages, messages[-1].id)


async def found(store: Store) -> dict[str, Message]:
    tree, _ = await store.saved.tree("c", 0, 100)
    return {message.id: message for message in tree}


async def check(file: Path, tree: tuple[Message, ...], cuts: list[set[str]]) -> None:
    store = await Store.open(file)
    try:
        before: dict[str, Message] = {}
        for cut in (*cuts, set(), *cuts):
            imported = part(tree, cut)
            if imported is None:
                continue
            await store.importing.write([imported])
            after = await found(store)
            assert {id: after[id] for id in before} == before
            assert after.keys() == before.keys() | {m.id for m in imported.messages}
            before = after
        assert before == {message.id: message for message in tree}
        history = await store.load_history("c", 100)
        path = [message.id for message in history.messages]
        assert history.leaf_id == path[-1]
        assert [before[id].parent_id for id in path] == [None, *path[:-1]]
        (summary,) = await store.conversations()
        newest = max(message.created_at for message in tree)
        assert replace(summary, updated_at=newest) == summary
    finally:
        await store.close()


@settings(max_examples=25, deadline=None)
@given(trees(), st.lists(st.sets(st.sampled_from([f"m{n}" for n in range(10)])), max_size=3))
def test_parts_of_a_conversation_grow_together(
    tree: tuple[Message, ...], cuts: list[set[str]]
) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(check(Path(folder) / "conversations.db", tree, cuts))

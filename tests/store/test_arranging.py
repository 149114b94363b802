# SPDX-License-Identifier: MIT
from __future__ import annotations

from dataclasses import replace

import pytest

from chatglm_desktop.core.arranging import Arranged, changes
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.store import Store

OUTER = Folder("o", "Outer", 1.0)
INNER = Folder("i", "内", 2.0, "o", "red", "Be brief.", expanded=False)


@pytest.fixture
async def talks(store: Store) -> list[ConversationSummary]:
    """Two saved conversations, in no folder."""
    talks = [ConversationSummary(id, id.upper(), 1.0, 2.0) for id in ("a", "b")]
    for talk in talks:
        await store.create_conversation(talk)
    return talks


async def test_folders_come_back_as_they_were(store: Store) -> None:
    arranged = await store.arrangement.arrange((), ((None, OUTER), (None, INNER)))
    assert arranged == Arranged((), (OUTER, INNER))
    assert await store.arrangement.folders() == (OUTER, INNER)
    # What is there already is not made a second time.
    await store.arrangement.arrange((), ((None, replace(OUTER, name="x")),))
    assert await store.arrangement.folders() == (OUTER, INNER)


async def test_only_what_a_change_changes_is_written(
    store: Store, talks: list[ConversationSummary]
) -> None:
    await store.rename_conversation("a", "came meanwhile", by_user=False)
    await store.arrangement.touch("a", 9.0)
    arranged = await store.arrangement.arrange(changes(talks, pinned=True, colour="blue"))
    assert arranged.conversations == (
        replace(talks[0], title="came meanwhile", updated_at=9.0, pinned=True, colour="blue"),
        replace(talks[1], pinned=True, colour="blue"),
    )
    assert arranged.folders is None


async def test_a_change_of_what_is_gone_is_none(
    store: Store, talks: list[ConversationSummary]
) -> None:
    gone = ConversationSummary("gone", "", 1.0, 1.0)
    arranged = await store.arrangement.arrange(changes([gone, talks[0]], pinned=True))
    assert [summary.id for summary in arranged.conversations] == ["a"]
    assert await store.arrangement.arrange((), changes([OUTER], name="x")) == Arranged((), ())


async def test_nothing_moves_into_a_folder_that_is_gone(
    store: Store, talks: list[ConversationSummary]
) -> None:
    await store.arrangement.arrange((), ((None, replace(INNER, parent_id="gone")),))
    await store.arrangement.arrange(changes(talks, folder_id="gone", pinned=True))
    await store.arrangement.arrange((), ((INNER, replace(INNER, parent_id="gone", name="n")),))
    assert await store.arrangement.folders() == (replace(INNER, parent_id=None, name="n"),)
    found = await store.arrangement.summaries(["b", "nobody", "a"])
    assert found == tuple(replace(talk, pinned=True) for talk in reversed(talks))


async def test_folders_never_lie_in_each_other(store: Store) -> None:
    await store.arrangement.arrange((), ((None, OUTER), (None, INNER)))
    moved = changes([OUTER], parent_id="i", colour="green")
    await store.arrangement.arrange((), moved)
    assert await store.arrangement.folders() == (replace(OUTER, colour="green"), INNER)


async def test_what_lies_in_a_folder_that_is_deleted_lies_in_none(
    store: Store, talks: list[ConversationSummary]
) -> None:
    await store.arrangement.arrange((), ((None, OUTER), (None, INNER)))
    await store.arrangement.arrange(changes(talks[:1], folder_id="o"))
    arranged = await store.arrangement.arrange((), ((OUTER, None),))
    assert arranged == Arranged((talks[0],), (replace(INNER, parent_id=None),))


async def test_nothing_in_use_lies_in_a_folder_in_the_trash(
    store: Store, talks: list[ConversationSummary]
) -> None:
    await store.arrangement.arrange((), ((None, OUTER), (None, INNER)))
    inside = [replace(talk, folder_id="o") for talk in talks]
    await store.arrangement.arrange(tuple(zip(talks, inside, strict=True)))
    trashed = changes(inside[:1], trashed_at=5.0)
    arranged = await store.arrangement.arrange(trashed, changes([OUTER], trashed_at=5.0))
    # "b" came into the folder after it was looked through for the trash.
    assert arranged.conversations == (replace(inside[0], trashed_at=5.0), talks[1])
    assert arranged.folders == (replace(OUTER, trashed_at=5.0), replace(INNER, parent_id=None))
    assert await store.arrangement.in_folders(["o"]) == ()
    assert await store.arrangement.in_folders(["o"], 5.0) == arranged.conversations[:1]


async def test_halves_of_characters_do_not_stop_a_step(
    store: Store, talks: list[ConversationSummary]
) -> None:
    await store.arrangement.arrange(
        changes(talks[:1], title="a\ud800"), ((None, replace(OUTER, system_prompt="\udc00")),)
    )
    await store.arrangement.arrange((), changes([OUTER], name="\ud83d"))
    assert [one.title for one in await store.arrangement.summaries(["a"])] == ["a�"]
    assert [one.name for one in await store.arrangement.folders()] == ["�"]


async def test_thousands_are_arranged_at_once(store: Store) -> None:
    many = [ConversationSummary(str(number), "", 1.0, 1.0) for number in range(2000)]
    for one in many:
        await store.create_conversation(one)
    arranged = await store.arrangement.arrange(changes(many, pinned=True))
    assert len(arranged.conversations) == len(many)

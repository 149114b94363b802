# SPDX-License-Identifier: MIT
"""Every conversation stands in exactly one list, in the order of that list."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.listing import ARCHIVE, PINNED, RECENT, TRASH, Place
from chatglm_desktop.store import Store
from chatglm_desktop.store.listing import ListingStore

NEVER = (1e12,) * 4


def summary(id: str, at: float = 0.0) -> ConversationSummary:
    return ConversationSummary(id, f"Title {id}", 0.0, at)


@pytest.fixture
def add_folder(file: Path, store: Store) -> Callable[[str], None]:
    def add(id: str) -> None:
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute(
                "INSERT INTO folder VALUES (?, ?, 0, NULL, '', '', 1, NULL)", (id, id)
            )

    return add


async def titles(store: Store, key: str) -> list[str]:
    outline = await store.listing.outline(NEVER)
    rows = await store.listing.rows(outline.numbers(key))
    return [rows[number].title for number in outline.numbers(key)]


async def test_an_empty_store_has_empty_lists(store: Store) -> None:
    outline = await store.listing.outline(NEVER, ["x"])
    assert outline.lists == {}
    assert outline.ages == (0, 0, 0, 0)
    assert outline.places == {}


async def test_each_list_has_its_own_order(store: Store, add_folder: Callable[[str], None]) -> None:
    add_folder("f")
    add_folder("empty")
    for conversation in (
        summary("recent", 1),
        summary("newer", 2),
        summary("same time", 2),
        replace(summary("pin", 1), pinned=True, folder_id="f"),
        replace(summary("newer pin", 2), pinned=True),
        replace(summary("in f", 1), folder_id="f"),
        replace(summary("newer in f", 2), folder_id="f"),
        replace(summary("archived", 9), archived_at=1.0, pinned=True),
        replace(summary("archived later", 0), archived_at=2.0, folder_id="f"),
        replace(summary("trashed", 9), trashed_at=1.0, archived_at=1.0),
        replace(summary("trashed later", 0), trashed_at=2.0, pinned=True),
    ):
        await store.create_conversation(conversation)
    assert await titles(store, RECENT) == ["Title same time", "Title newer", "Title recent"]
    assert await titles(store, PINNED) == ["Title newer pin", "Title pin"]
    assert await titles(store, "f") == ["Title newer in f", "Title in f"]
    assert await titles(store, ARCHIVE) == ["Title archived later", "Title archived"]
    assert await titles(store, TRASH) == ["Title trashed later", "Title trashed"]
    assert await titles(store, "empty") == []


async def test_ages_are_counted_from_the_youngest(store: Store) -> None:
    for number, at in enumerate((10, 20, 20, 30)):
        await store.create_conversation(summary(str(number), at))
    outline = await store.listing.outline((30, 20, 15, 0))
    assert outline.ages == (1, 3, 3, 4)


async def test_places_of_those_that_are_asked_for(
    store: Store, add_folder: Callable[[str], None]
) -> None:
    add_folder("f")
    for conversation in (
        summary("recent"),
        replace(summary("pinned"), pinned=True, folder_id="f"),
        replace(summary("in f"), folder_id="f"),
        replace(summary("archived"), archived_at=1.0, pinned=True),
        replace(summary("trashed"), trashed_at=1.0, archived_at=1.0),
        summary("not asked for"),
    ):
        await store.create_conversation(conversation)
    wanted = ["recent", "pinned", "in f", "archived", "trashed", "unknown"]
    outline = await store.listing.outline(NEVER, wanted)
    assert {id: place.key for id, place in outline.places.items()} == {
        "recent": RECENT,
        "pinned": PINNED,
        "in f": "f",
        "archived": ARCHIVE,
        "trashed": TRASH,
    }
    for place in outline.places.values():
        assert place.number in outline.numbers(place.key)
    assert isinstance(outline.places["recent"], Place)


async def test_ids_come_in_the_order_of_the_numbers(store: Store) -> None:
    for id in "abc":
        await store.create_conversation(summary(id))
    numbers = list((await store.listing.outline(NEVER)).numbers(RECENT))
    numbers = [numbers[1], 999, numbers[0], numbers[2]]
    ids = await store.listing.ids(numbers)
    rows = await store.listing.rows(numbers)
    assert ids == [rows[number].id for number in numbers if number in rows]
    assert sorted(ids) == ["a", "b", "c"]


async def test_a_list_that_is_as_it_was_is_the_same_object(store: Store) -> None:
    await store.create_conversation(summary("a"))
    await store.create_conversation(replace(summary("p"), pinned=True))
    before = await store.listing.outline(NEVER)
    await store.create_conversation(summary("b"))
    after = await store.listing.outline(NEVER)
    assert after.numbers(PINNED) is before.numbers(PINNED)
    assert len(before.numbers(RECENT)) == 1
    assert len(after.numbers(RECENT)) == 2


async def test_what_another_process_wrote_is_seen(store: Store, file: Path) -> None:
    other = await Store.open(file)
    await other.create_conversation(summary("theirs"))
    await other.close()
    assert await titles(store, RECENT) == ["Title theirs"]
    assert isinstance(store.listing, ListingStore)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(times=st.lists(st.integers(0, 5), max_size=30), bounds=st.lists(st.integers(0, 6)))
async def test_no_conversation_is_left_out_and_none_is_counted_twice(
    tmp_path_factory: pytest.TempPathFactory, times: list[int], bounds: list[int]
) -> None:
    store = await Store.open(tmp_path_factory.mktemp("listing") / "c.db")
    for number, at in enumerate(times):
        one = summary(str(number), at)
        kinds = (
            one,
            replace(one, pinned=True),
            replace(one, archived_at=float(at)),
            replace(one, trashed_at=float(at)),
        )
        await store.create_conversation(kinds[number % 4])
    outline = await store.listing.outline([float(bound) for bound in bounds])
    listed = [number for numbers in outline.lists.values() for number in numbers]
    await store.close()
    assert len(listed) == len(set(listed)) == len(times)
    recent = times[::4]
    assert outline.ages == tuple(sum(at >= bound for at in recent) for bound in bounds)

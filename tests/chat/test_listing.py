# SPDX-License-Identifier: MIT
"""The listing follows the store: one look at a time, and only rows that somebody looks at."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from chatglm_desktop.chat.listing import Listing
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.core.listing import RECENT, Outline
from chatglm_desktop.store import Store


class Ear:
    """All that a listing has told."""

    def __init__(self, listing: Listing) -> None:
        self.outlines: list[Outline] = []
        self.rows: list[Mapping[int, ConversationSummary]] = []
        self.errors: list[StoreError] = []
        listing.changed.connect(self.outlines.append)
        listing.read.connect(self.rows.append)
        listing.failed.connect(self.errors.append)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(tmp_path / "c.db")
    for number, id in enumerate("abc"):
        await store.create_conversation(ConversationSummary(id, id.upper(), 0.0, number))
    yield store
    await store.close()


@pytest.fixture
def tasks() -> Tasks:
    def fail(error: BaseException) -> None:
        raise error

    return Tasks(fail)


@pytest.fixture
def listing(store: Store, tasks: Tasks) -> Listing:
    return Listing(store.listing, tasks, lambda: 86_400.0)


async def test_a_refresh_tells_what_is_there(listing: Listing, tasks: Tasks) -> None:
    ear = Ear(listing)
    listing.refresh()
    await tasks.finish()
    (outline,) = ear.outlines
    assert len(outline.numbers(RECENT)) == 3
    assert listing.outline is outline
    assert ear.rows == []


async def test_many_refreshes_are_two_looks_at_most(listing: Listing, tasks: Tasks) -> None:
    ear = Ear(listing)
    for _ in range(10):
        listing.refresh()
    for _ in range(3):
        await asyncio.sleep(0)
    for _ in range(10):
        listing.refresh()
    await tasks.finish()
    assert len(ear.outlines) == 2


async def test_what_has_changed_is_read_before_it_is_listed(
    listing: Listing, tasks: Tasks, store: Store
) -> None:
    told: list[str] = []
    listing.read.connect(lambda rows: told.extend(row.title for row in rows.values()))
    listing.changed.connect(lambda outline: told.append("outline"))
    await store.rename_conversation("b", "New", by_user=True)
    listing.refresh({"b", "unknown"})
    await tasks.finish()
    listing.refresh({"unknown"})
    await tasks.finish()
    assert told == ["New", "outline", "outline"]


async def test_what_is_saved_in_the_same_breath_is_seen(
    listing: Listing, tasks: Tasks, store: Store
) -> None:
    ear = Ear(listing)
    listing.refresh({"d"})
    tasks.spawn(store.create_conversation(ConversationSummary("d", "D", 0.0, 9.0)), name="save")
    await tasks.finish()
    assert len(ear.outlines[0].numbers(RECENT)) == 4


async def test_places_of_what_is_watched(listing: Listing, tasks: Tasks) -> None:
    ear = Ear(listing)
    listing.watch({"a", "c"})
    await tasks.finish()
    assert ear.outlines[0].places.keys() == {"a", "c"}
    listing.watch({"a"})
    await tasks.finish()
    assert len(ear.outlines) == 1


async def test_rows_that_nobody_waits_for_any_more_are_not_read(
    listing: Listing, tasks: Tasks
) -> None:
    ear = Ear(listing)
    listing.refresh()
    await tasks.finish()
    newest, middle, oldest = ear.outlines[0].numbers(RECENT)
    listing.fetch([newest])
    await asyncio.sleep(0)
    listing.fetch([middle])
    listing.fetch([oldest])
    await tasks.finish()
    assert [[row.id for row in rows.values()] for rows in ear.rows] == [["c"], ["a"]]
    listing.fetch([])
    await tasks.finish()
    assert len(ear.rows) == 2
    assert await listing.ids([oldest, newest]) == ["a", "c"]


async def test_a_store_that_cannot_be_read_is_told(
    listing: Listing, tasks: Tasks, store: Store
) -> None:
    ear = Ear(listing)
    await store.close()
    listing.refresh()
    listing.fetch([1])
    await tasks.finish()
    assert len(ear.errors) == 2
    listing.refresh()
    await tasks.finish()
    assert len(ear.errors) == 3

# SPDX-License-Identifier: MIT
"""Where is searched: in folders, what is pinned or archived, hidden versions, the thinking."""

from __future__ import annotations

from datetime import datetime

import pytest
import pytest_asyncio

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.messages import Message, ReasoningPart, Role, TextPart
from chatglm_desktop.core.search import Hit, SearchOrder
from chatglm_desktop.core.search_query import parse_query
from chatglm_desktop.store import Store, search_scope
from tests.helpers.trash import trash

NOW = datetime(2026, 3, 1, 12)


@pytest_asyncio.fixture
async def library(store: Store) -> Store:
    """A conversation in each place, each with one message of its own and the word "shared"."""
    folders = [
        Folder("work", "Work", 1.0),
        Folder("inner", "Inner", 1.0, "work"),
        Folder("old", "Workshop", 1.0, trashed_at=5.0),
    ]
    await store.arrangement.arrange((), [(None, folder) for folder in folders])
    for number, summary in enumerate(
        (
            ConversationSummary("plain", "Plain title", 1.0, 10.0),
            ConversationSummary("work", "", 1.0, 20.0, folder_id="work"),
            ConversationSummary("inner", "", 1.0, 30.0, folder_id="inner"),
            ConversationSummary("pinned", "", 1.0, 40.0, pinned=True),
            ConversationSummary("archived", "Plain too", 1.0, 50.0, archived_at=9.0),
            ConversationSummary("gone", "Plain gone", 1.0, 60.0),
        )
    ):
        await store.create_conversation(summary)
        text = TextPart(f"shared {summary.id}")
        message = Message(f"m-{summary.id}", Role.USER, (text,), 100.0 + number)
        await store.add_message(summary.id, message)
    await trash(store, "gone", 99.0)
    return store


async def find(
    store: Store, text: str, order: SearchOrder = "newest", after: Hit | None = None
) -> list[Hit]:
    return [*await store.search.find(parse_query(text, NOW), order, 50, after)]


async def ids(store: Store, text: str) -> list[str]:
    return [hit.conversation_id for hit in await find(store, text)]


@pytest.mark.parametrize("few", [search_scope.FEW, 0])
async def test_a_folder_holds_those_in_it(
    library: Store, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(search_scope, "FEW", few)
    assert await ids(library, "shared in:work") == ["inner", "work"]
    assert await ids(library, "shared in:INN") == ["inner"]
    assert await ids(library, "shared in:workshop") == []
    assert await ids(library, "shared in:nowhere") == []
    assert await ids(library, "in:inner") == ["inner"]


async def test_what_is_pinned_or_archived(library: Store) -> None:
    assert await ids(library, "shared is:pinned") == ["pinned"]
    assert await ids(library, "shared is:archived") == ["archived"]
    assert await ids(library, "shared is:archived is:pinned") == []
    (hit,) = await find(library, "shared is:archived")
    assert hit.archived
    assert not hit.hidden


async def test_the_trash_is_never_found(library: Store) -> None:
    assert "gone" not in await ids(library, "shared")
    assert await ids(library, "title:gone") == []
    assert [s.id for s in await library.search.switch("plain gone")] == []


async def test_words_of_a_title_narrow_down_the_messages(library: Store) -> None:
    assert await ids(library, "title:plain shared") == ["archived", "plain"]
    assert await ids(library, "title:absent shared") == []
    titles = await find(library, "title:plain")
    assert [(hit.place, hit.conversation_id) for hit in titles] == [
        ("title", "archived"),
        ("title", "plain"),
    ]
    assert await find(library, "title:plain", after=titles[0]) == titles[1:]
    ranked = await find(library, "title:plain", "relevance")
    assert await find(library, "title:plain", "relevance", ranked[0]) == ranked[1:]
    assert await find(library, "absent", "relevance", ranked[0]) == []


async def test_titles_and_messages_come_in_the_order_of_time(library: Store) -> None:
    hits = await find(library, "plain")
    assert [hit.place for hit in hits] == ["title", "title", "text"]
    for count in range(1, len(hits)):
        assert await find(library, "plain", after=hits[count - 1]) == hits[count:]
    assert await find(library, "plain before:1970-01-02", after=hits[0]) == hits[1:]


async def test_a_model_that_never_answered_finds_nothing(library: Store) -> None:
    assert await ids(library, "shared model:unknown") == []


async def test_the_switcher_offers_the_latest_and_the_archived_last(library: Store) -> None:
    assert [s.id for s in await library.search.switch("")][:2] == ["pinned", "inner"]
    assert [s.id for s in await library.search.switch("plain")] == ["plain", "archived"]
    assert [s.id for s in await library.search.switch("", 1)] == ["pinned"]


async def test_a_hit_in_the_thinking_or_on_another_branch_says_so(library: Store) -> None:
    thought = ReasoningPart("ponder deeply", 1.0)
    for id, parts in (
        ("a", (thought, TextPart("answer"))),
        ("b", (thought, TextPart("ponder on the text"))),
        ("c", (TextPart("half"), ReasoningPart("and half", 1.0))),
    ):
        await library.add_message(
            "plain", Message(id, Role.ASSISTANT, parts, 200.0, "m-plain", model="glm-5")
        )
    apart = (TextPart("alpha"), ReasoningPart("beta", 1.0))
    await library.add_message("plain", Message("d", Role.ASSISTANT, apart, 201.0, "m-plain"))
    (parted,) = await find(library, "alpha beta")
    assert (parted.message_id, parted.place) == ("d", "text")
    hits = {hit.message_id: hit for hit in await find(library, "ponder")}
    assert (hits["a"].place, hits["a"].hidden) == ("thinking", True)
    assert (hits["b"].place, hits["b"].hidden) == ("text", True)
    (both,) = await find(library, "half and")
    assert (both.message_id, both.hidden) == ("c", True)
    assert hits["a"].snippet[slice(*hits["a"].marks[0])] == "ponder"


async def test_a_message_that_is_gone_is_no_place_to_go_on_from(library: Store) -> None:
    first, *rest = await find(library, "shared")
    await library.tree.delete(first.message_id or "", 1.0)
    assert await find(library, "shared", after=first) == rest

# SPDX-License-Identifier: MIT
"""Search, its index, and the list of conversations, in a small and in a very large library."""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time

from chatglm_desktop.chat.searching import Searching
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.listing import RECENT
from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.core.search_query import parse_query
from chatglm_desktop.store import Store, conversations, messages
from chatglm_desktop.store.database import open_database, transaction
from tests.benchmarks import libraries
from tests.benchmarks.libraries import Texts
from tests.benchmarks.measure import Measure, at_most, told

SMALL, LARGE = 10_000, 1_000_000
HITS = 50
GOAL_MS = 30.0
GOAL_SIZE = 1.2
GOAL_CPU = 2.0
_EACH = 25
"""Queries of each kind."""

_REPLIES = 200
_CHARACTERS = 1_500
_PER_SECOND = 60.0
"""Characters of a reply that arrive in a second: a fast model."""

_LISTED = 100_000
_NOW = datetime(2026, 1, 1)


def run() -> list[Measure]:
    """Everything in this one run, the small library first."""
    measures: list[Measure] = []
    with tempfile.TemporaryDirectory() as temporary:
        # To write a million takes minutes: who measures often can keep them.
        folder = os.environ.get("BENCHMARK_LIBRARIES", temporary)
        for count in (SMALL, LARGE):
            path, name = Path(folder) / f"{count}.db", f"{count:,} messages"
            texts = Texts(libraries.SEED)
            if not path.exists():
                began = perf_counter()
                libraries.write(path, count, texts)
                rate = count / _since(began)
                measures.append(told(f"{name}: writing, indexed", rate, "messages/s"))
            asyncio.run(_start(path))
            measures += asyncio.run(_search(path, name, texts))
            measures += _scan(path, name, texts)
            measures += _size(path, name)
        measures += asyncio.run(_rebuild(Path(folder) / f"{SMALL}.db"))
        measures.append(_streaming(Path(temporary)))
        measures += asyncio.run(_list(Path(temporary) / "list.db"))
    return measures


def queries(texts: Texts, chance: random.Random) -> Mapping[str, list[str]]:
    """What people type, by kind."""

    def words(pool: list[str], first: int, last: int, letters: int) -> Iterator[str]:
        long = [word for word in pool[first:last] if len(word) >= letters]
        while True:
            yield chance.choice(long)

    def some(words: Iterator[str]) -> list[str]:
        return [next(words) for _ in range(_EACH)]

    common, rare = words(texts.english, 0, 200, 3), words(texts.english, 5_000, 20_000, 5)
    chinese = words(texts.chinese, 60, 500, 2)
    pairs = words(texts.chinese, 2_000, 20_000, 2)
    return {
        "1 Chinese character": some(words(texts.chinese, 0, 3_000, 1)),
        "common Chinese words": some(chinese),
        "rare Chinese words": some(pairs),
        "3 and more Chinese characters": [next(chinese) + next(chinese) for _ in range(_EACH)],
        "common words": some(common),
        "rare words": some(rare),
        "two words": [f"{next(common)} {next(common)}" for _ in range(_EACH)],
        "mixed": [f"{next(common)} {next(chinese)}" for _ in range(_EACH)],
        "phrases": [f'"{texts.said()}"' for _ in range(_EACH)],
        "filters": [f"{next(chinese)} from:me model:glm" for _ in range(_EACH)],
        "no hit": [f"{next(rare)}{next(rare)}x{next(rare)}" for _ in range(_EACH)],
    }


async def _start(path: Path) -> None:
    """What the program does at its start."""
    store = await Store.open(path)
    await Searching(store).complete()
    await store.close()


async def _search(path: Path, name: str, texts: Texts) -> list[Measure]:
    store = await Store.open(path)
    chance = random.Random(3)
    everything: list[float] = []
    measures = []
    for kind, asked in queries(texts, chance).items():
        times = [await _timed(store, text) for text in asked]
        everything += times
        measures.append(told(f"{name}: {kind}, p95", _p95(times), "ms"))
    relevance = [
        await _timed(store, text, "relevance")
        for asked in queries(texts, chance).values()
        for text in asked[:5]
    ]
    await store.close()
    return [
        at_most(f"{name}: first {HITS} hits, newest first, p95", _p95(everything), "ms", GOAL_MS),
        told(f"{name}: the same, median", median(everything), "ms"),
        told(f"{name}: by relevance, p95", _p95(relevance), "ms"),
        *measures,
    ]


async def _timed(store: Store, text: str, order: str = "newest") -> float:
    query = parse_query(text, _NOW)
    began = perf_counter()
    await store.search.find(query, "relevance" if order == "relevance" else "newest", HITS)
    return 1000 * _since(began)


def _scan(path: Path, name: str, texts: Texts) -> list[Measure]:
    """What the same takes without an index, as peers do it."""
    times = []
    with closing(open_database(path)) as connection:
        for word in texts.chinese[5_000:5_005]:
            began = perf_counter()
            connection.execute(
                "SELECT number FROM folded WHERE text LIKE ? ORDER BY number DESC LIMIT ?",
                (f"%{word}%", HITS),
            ).fetchall()
            times.append(1000 * _since(began))
    return [told(f"{name}: LIKE, rare Chinese words, median", median(times), "ms")]


def _size(path: Path, name: str) -> list[Measure]:
    with closing(open_database(path)) as connection:
        (index,) = connection.execute(
            "SELECT sum(pgsize) FROM dbstat WHERE name GLOB 'message_index*' OR name GLOB"
            " 'title_index*' OR name IN ('conversation_number', 'run')"
        ).fetchone()
        (text,) = connection.execute(
            "SELECT sum(length(CAST(text AS BLOB))) FROM folded"
        ).fetchone()
    title = f"{name}: index against text"
    return [
        Measure(
            title, index / 1e6, "MB", text / 1e6, index / text, GOAL_SIZE, index / text <= GOAL_SIZE
        )
    ]


async def _rebuild(path: Path) -> list[Measure]:
    store = await Store.open(path)
    await store.search.rebuild()
    longest = 0.0
    began = perf_counter()
    while True:
        piece = perf_counter()
        indexing = await store.search.index_some()
        longest = max(longest, _since(piece))
        if not indexing:
            break
    seconds = _since(began)
    await store.close()
    return [
        told("index made anew", SMALL / seconds, "messages/s"),
        told("longest piece of that, for which a write may wait", 1000 * longest, "ms"),
    ]


def _streaming(folder: Path) -> Measure:
    """What the index costs of one processor while replies stream without a pause."""
    with_index = _finishing(folder / "with.db", indexed=True)
    without = _finishing(folder / "without.db", indexed=False)
    streamed = _REPLIES * _CHARACTERS / _PER_SECOND
    share = 100 * max(with_index - without, 0.0) / streamed
    return at_most("index while a reply streams, of one processor", share, "%", GOAL_CPU)


def _finishing(path: Path, *, indexed: bool) -> float:
    """Processor time of ending replies that were streamed, in seconds."""
    texts = Texts(11)
    with closing(open_database(path)) as connection:
        if not indexed:
            for trigger in ("message_added", "message_changed"):
                connection.execute(f"DROP TRIGGER {trigger}")
        conversations.create(connection, ConversationSummary("c", "", 0.0, 0.0))
        replies = [_reply(texts, number) for number in range(_REPLIES)]
        for running, _ in replies:
            messages.add(connection, "c", running)
        began = process_time()
        for _, final in replies:
            messages.update(connection, final)
        return process_time() - began


def _reply(texts: Texts, number: int) -> tuple[Message, Message]:
    """A reply as it begins and as it ends."""
    text = ""
    while len(text) < _CHARACTERS:
        text += texts.text()
    parent = f"m{number - 1}" if number else None
    running = Message(
        f"m{number}", Role.ASSISTANT, (), float(number), parent, MessageState.STREAMING
    )
    final = Message(
        f"m{number}", Role.ASSISTANT, (TextPart(text[:_CHARACTERS]),), float(number), parent
    )
    return running, final


async def _list(path: Path) -> list[Measure]:
    """The list beside the tabs, with very many conversations."""
    with closing(open_database(path)) as connection, transaction(connection):
        for number in range(_LISTED):
            at = libraries.LATEST + number
            conversations.create(connection, ConversationSummary(f"c{number}", "Title", at, at))
    store = await Store.open(path)
    outlines, pages = [], []
    for round in range(9):
        began = perf_counter()
        outline = await store.listing.outline((libraries.LATEST,))
        outlines.append(1000 * _since(began))
        numbers = outline.lists[RECENT][round * 1000 : round * 1000 + 100]
        began = perf_counter()
        await store.listing.rows(numbers)
        pages.append(1000 * _since(began))
    await store.close()
    return [
        told(f"{_LISTED:,} conversations: where each one stands", median(outlines), "ms"),
        told(f"{_LISTED:,} conversations: 100 rows of the list", median(pages), "ms"),
    ]


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def _since(began: float) -> float:
    return perf_counter() - began

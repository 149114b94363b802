# SPDX-License-Identifier: MIT
"""How long finding takes in 100,000 messages, against a plain look at all their texts."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from chatglm_desktop.core.fold import fold
from chatglm_desktop.core.messages import Message, Role, TextPart
from chatglm_desktop.demo.content import long_text
from chatglm_desktop.settings.paths import Paths
from chatglm_desktop.store import Store
from tests.benchmarks import databases
from tests.benchmarks.measure import Measure, at_most, told

GOAL_MS = 200.0
MESSAGES = 100_000
_LENGTH = 300
_ROUNDS = 9
QUERIES = {"rare": "needle", "common": "天气", "everywhere": "e", "absent": "不存在的词"}


def run() -> list[Measure]:
    """Two figures for each kind of query: finding, and counting in texts that are at hand."""
    texts = [message.text for message in _branch()]
    folded = [fold(text) for text in texts]
    with tempfile.TemporaryDirectory() as folder:
        databases.write(Path(folder), "long", _branch())
        found = asyncio.run(_find(Paths.at(Path(folder)).database))
    measures = []
    for name, query in QUERIES.items():
        began = perf_counter()
        matches = sum(text.count(fold(query)) for text in folded)
        plain = 1000 * (perf_counter() - began)
        seconds, total = found[name]
        assert total == matches
        title = f"finding in 100,000 messages, {name} ({matches} matches)"
        measures += [
            at_most(title, 1000 * seconds, "ms", GOAL_MS),
            told(f"the same in texts that are in memory, {name}", plain, "ms"),
        ]
    return measures


async def _find(database: Path) -> dict[str, tuple[float, int]]:
    """For each query the median time in seconds and how many matches there are."""
    store = await Store.open(database)
    result = {}
    for name, query in QUERIES.items():
        times = []
        for _ in range(_ROUNDS):
            began = perf_counter()
            found = await store.find("long", query)
            times.append(perf_counter() - began)
        result[name] = median(times), sum(found.counts)
    await store.close()
    return result


def _branch() -> Iterator[Message]:
    """Texts of about 300 characters; one in a thousand is rare, one in six has the common word."""
    source = long_text(60_000)
    parent: str | None = None
    for number in range(MESSAGES):
        start = number * 1009 % (len(source) - _LENGTH)
        text = source[start : start + _LENGTH]
        text += " Needle" if number % 1000 == 0 else ""
        text += " 今天天气很好" if number % 6 == 0 else ""
        role = Role.ASSISTANT if number % 2 else Role.USER
        yield Message(f"m{number}", role, (TextPart(text),), float(number), parent)
        parent = f"m{number}"

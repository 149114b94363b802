# SPDX-License-Identifier: MIT
"""Random work with the library, restarts and crashes, against a plain model of it.

``LIBRARY_EXAMPLES=50`` multiplies how much is done.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.machine.driver import VERBS, Driver
from tests.helpers.machine.real import Real, picture

TIMES = int(os.environ.get("LIBRARY_EXAMPLES", "1"))
PARTS = 4 * TIMES
EXAMPLES = 21
LENGTH = 240
"""Verbs in an example: more than 20,000 in all parts."""

KILLS = 6 * TIMES

one_verb = st.tuples(st.sampled_from(VERBS), st.integers(0, 2**16))


@pytest.mark.parametrize("part", range(PARTS))
@given(verbs=st.lists(one_verb, min_size=LENGTH, max_size=LENGTH))
@settings(
    max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
def test_nothing_is_lost_whatever_is_done(part: int, verbs: list[tuple[str, int]]) -> None:
    asyncio.run(_perform(verbs))


async def _perform(verbs: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "data", "conversations.db")
        driver = Driver(Real(path))
        await driver.real.start()
        try:
            for number, (verb, seed) in enumerate(verbs):
                await driver.do(verb, seed)
                if verb in ("restart", "crash", "purge") or number % 20 == 0:
                    await driver.compare()
            await driver.compare()
        finally:
            await driver.real.end()


@pytest.mark.parametrize("seed", range(KILLS))
async def test_nothing_is_lost_when_the_program_is_killed(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "data" / "conversations.db"
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.helpers.machine.child",
        str(path),
        str(seed),
        stdout=asyncio.subprocess.PIPE,
        limit=2**24,
    )
    assert child.stdout is not None
    last = b""
    for _ in range(Random(seed).randrange(40, 160)):
        last = await child.stdout.readline()
    # It works on while the signal is on its way.
    child.kill()
    told = [last, *(await child.stdout.read()).splitlines()]
    await child.wait()
    whole = [line for line in told if line.strip()]
    expected = _last_whole(whole)
    real = Real(path)
    await real.start()
    await real.end()
    _compare(expected, picture(path))


def _last_whole(lines: list[bytes]) -> dict[str, Any]:
    """The last picture that was told completely."""
    for line in reversed(lines):
        try:
            told: dict[str, Any] = json.loads(line)
        except json.JSONDecodeError:
            continue
        return told
    raise AssertionError("the child told nothing")


def _compare(told: dict[str, Any], found: dict[str, Any]) -> None:
    """All is as it was told, but for what the one verb did that was under way."""
    lost: dict[str, list[str]] = {}
    for id, talk in told["talks"].items():
        there = set(found["talks"].get(id, {"said": []})["said"])
        if missing := sorted(set(talk["said"]) - there):
            lost[id] = missing
    in_trash = {id for id, talk in told["talks"].items() if talk["trashed_at"] is not None}
    # Only deleting for good, out of the trash, takes anything away.
    assert lost.keys() <= in_trash
    same = [id for id, talk in told["talks"].items() if found["talks"].get(id) == talk]
    assert len(same) >= len(told["talks"]) - _touched_at_once(told, found)


def _touched_at_once(told: dict[str, Any], found: dict[str, Any]) -> int:
    """How many conversations one verb can change: some, or all in the trash or in folders."""
    in_folders = sum(1 for talk in told["talks"].values() if talk["folder_id"] is not None)
    in_trash = sum(1 for talk in told["talks"].values() if talk["trashed_at"] is not None)
    return max(3, in_folders, in_trash)

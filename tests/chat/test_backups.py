# SPDX-License-Identifier: MIT
"""A copy a day of a real database, and when it is wanted."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from chatglm_desktop.chat.backups import DAY, Backups
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.store.database import open_database
from chatglm_desktop.store.snapshot_files import SnapshotFiles


@pytest.fixture
def files(tmp_path: Path) -> SnapshotFiles:
    path = tmp_path / "data" / "conversations.db"
    open_database(path).close()
    return SnapshotFiles(path)


def newest(files: SnapshotFiles) -> float:
    return files.list()[0].taken_at


async def until_pause(backups: Backups) -> float:
    """Let the daily copies be kept until they pause; returns for how long they would."""
    bugs: list[BaseException] = []
    tasks = Tasks(bugs.append)
    loop = asyncio.get_running_loop()
    set_timer = loop.call_later
    timers: list[asyncio.TimerHandle] = []

    def call_later(*args: Any) -> asyncio.TimerHandle:
        timers.append(set_timer(*args))
        return timers[-1]

    with patch.object(loop, "call_later", call_later):
        backups.keep(tasks)
        await tasks.finish()
    assert bugs == []
    (timer,) = timers
    left = timer.when() - loop.time()
    assert not timer.cancelled()
    backups.stop()
    assert timer.cancelled()
    return left


async def test_the_first_copy_is_taken_at_once_and_the_next_after_a_day(
    files: SnapshotFiles,
) -> None:
    now = 1.9e9
    backups = Backups(files, lambda: now)
    assert await until_pause(backups) == pytest.approx(DAY, abs=1)
    (first,) = files.list()
    assert first.reason == "daily"
    now = first.taken_at + 0.25 * DAY
    assert await until_pause(backups) == pytest.approx(0.75 * DAY, abs=1)
    assert files.list() == (first,)
    now = first.taken_at + DAY + 1
    assert await until_pause(backups) == pytest.approx(DAY, abs=1)
    assert len(files.list()) == 2


async def test_other_copies_and_those_of_the_future_do_not_count(files: SnapshotFiles) -> None:
    files.take("manual")
    files.take("daily")
    backups = Backups(files, lambda: newest(files) - 5 * DAY)
    await until_pause(backups)
    assert [s.reason for s in files.list()] == ["daily", "daily", "manual"]


async def test_a_copy_that_cannot_be_made_is_told_and_tried_again_the_next_day(
    files: SnapshotFiles, tmp_path: Path
) -> None:
    (tmp_path / "data" / "snapshots").write_text("in the way")
    backups = Backups(files, lambda: 1.9e9)
    told: list[StoreError] = []
    backups.failed.connect(told.append)
    assert await until_pause(backups) == pytest.approx(DAY, abs=1)
    assert len(told) == 1


async def test_a_copy_is_taken_listed_looked_into_and_saved_elsewhere(
    files: SnapshotFiles, tmp_path: Path
) -> None:
    backups = Backups(files, lambda: 1.9e9)
    changes: list[None] = []
    backups.changed.connect(changes.append)
    first, second = await asyncio.gather(backups.take(), backups.take())
    assert await backups.list() == (second, first)
    assert changes == [None, None]
    await backups.save_copy(tmp_path / "mine.db")
    assert (await backups.look_into(tmp_path / "mine.db")).conversations == 0
    with closing(open_database(tmp_path / "mine.db")):
        pass


async def test_what_was_not_begun_can_be_stopped(files: SnapshotFiles) -> None:
    backups = Backups(files, lambda: 1.9e9)
    backups.stop()

# SPDX-License-Identifier: MIT
"""What is written, attached and waiting outlives a program that is killed."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio

from chatglm_desktop.demo import DemoServer
from chatglm_desktop.gui.workspace.workspace import SAVE_AFTER_MS
from chatglm_desktop.settings.paths import Paths

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")

WRITE_AND_WAIT = """
import asyncio, sys
from pathlib import Path
from chatglm_desktop import app, unattended
from chatglm_desktop.gui.attaching.sources import FileSource

def told(draft):
    return f"{draft.text} {[part.name for part in draft.attachments]}"

async def write(stage):
    composer = stage.workspace.page(stage.workspace.current_id).composer
    composer.set_text("asked")
    composer.submit()
    while not composer.running:
        await asyncio.sleep(0.01)
    composer.set_text("waits")
    composer.submit()
    composer.set_text("draft 草稿")
    composer.attach([FileSource(Path(sys.argv[2]))])
    await asyncio.Event().wait()

async def report(stage):
    composer = stage.workspace.page(stage.workspace.current_id).composer
    print(told(composer.draft()))
    print([told(composer.queue.item(id).question) for id in composer.queue.ids])
    return 0

unattended.errand = lambda arguments: write if sys.argv[1] == "write" else report
sys.exit(app.main(sys.argv[3:]))
"""


@pytest_asyncio.fixture
async def server() -> AsyncIterator[DemoServer]:
    server = DemoServer("hold", pace=0)
    await server.start()
    yield server
    await server.stop()


def saved(file: Path) -> str:
    """What a running program has saved of what is not sent."""
    if not file.exists():
        return ""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        try:
            rows = connection.execute("SELECT text || attachments || queued FROM draft").fetchall()
        except sqlite3.OperationalError:
            return ""
    return "".join(text for (text,) in rows)


def test_it_is_saved_within_a_second() -> None:
    assert SAVE_AFTER_MS <= 500


@POSIX
async def test_kill_9_costs_no_draft_no_file_and_nothing_that_waits(
    server: DemoServer, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("my notes", encoding="utf-8")
    data = tmp_path / "data"
    command = [sys.executable, "-c", WRITE_AND_WAIT]
    options = [str(notes), "--endpoint", server.url, "--data-dir", str(data)]
    database = Paths.at(data).database
    process = await asyncio.create_subprocess_exec(*command, "write", *options)
    try:
        async with asyncio.timeout(30):
            while not all(word in saved(database) for word in ("草稿", "notes", "waits")):  # noqa: ASYNC110
                await asyncio.sleep(0.02)  # another process's file
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()
    again = await asyncio.create_subprocess_exec(
        *command, "report", *options, stdout=PIPE, stderr=PIPE
    )
    out, err = await asyncio.wait_for(again.communicate(), 60)
    assert (again.returncode, err) == (0, b"")
    assert out.decode().splitlines() == ["draft 草稿 ['notes.txt']", "['waits []']"]

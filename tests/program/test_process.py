# SPDX-License-Identifier: MIT
"""The program as a process of its own: killed, told to end, started twice, asked for a picture."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
import pytest_asyncio

from chatglm_desktop.demo import DemoServer
from chatglm_desktop.settings.paths import Paths

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")

SEND_AND_WAIT = """
import asyncio, sys
from chatglm_desktop import app, unattended

async def errand(stage):
    page = stage.workspace.page(stage.workspace.current_id)
    if not page.message_ids():
        page.composer.set_text("Tell me a long story")
        page.composer.submit()
    print("ready", flush=True)
    await asyncio.Event().wait()

async def report(stage):
    page = stage.workspace.page(stage.workspace.current_id)
    print(page.transcript.clipboard.everything())
    return 0

unattended.errand = lambda arguments: errand if sys.argv[1] == "send" else report
sys.exit(app.main(sys.argv[2:]))
"""


Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts Python with these arguments; nothing it starts outlives the test."""
    with ExitStack() as stack:

        def start(*command: str) -> subprocess.Popen[str]:
            process = subprocess.Popen(
                [sys.executable, *command],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
            stack.callback(process.communicate)
            stack.callback(process.kill)
            return process

        yield start


async def output(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What the process wrote, when it has ended by itself."""
    return await asyncio.to_thread(process.communicate, timeout=60)


@pytest_asyncio.fixture
async def server() -> AsyncIterator[DemoServer]:
    server = DemoServer("hold", pace=0)
    await server.start()
    yield server
    await server.stop()


def journal(file: Path) -> str:
    """What a running program has journalled."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return "".join(text for (text,) in connection.execute("SELECT text FROM journal"))


@POSIX
async def test_kill_9_in_mid_stream_loses_nothing(
    server: DemoServer, tmp_path: Path, start: Start
) -> None:
    options = ("--endpoint", server.url, "--data-dir", str(tmp_path))
    process = start("-c", SEND_AND_WAIT, "send", *options)
    request = await asyncio.wait_for(server.requests.get(), 30)
    await request.writer.text("Once upon a time ")
    database = Paths.at(tmp_path).database
    async with asyncio.timeout(30):
        while "time" not in journal(database):  # noqa: ASYNC110 # another process's file
            await asyncio.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    await output(process)

    again = start("-c", SEND_AND_WAIT, "report", *options)
    shown, err = await output(again)
    assert (again.returncode, err) == (0, "")
    assert "Tell me a long story" in shown
    assert "Once upon a time" in shown
    assert "nterrupted" in shown


@POSIX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_told_to_end_in_mid_stream_it_saves_and_is_silent(
    server: DemoServer, tmp_path: Path, start: Start, number: signal.Signals
) -> None:
    options = ("--endpoint", server.url, "--data-dir", str(tmp_path))
    process = start("-c", SEND_AND_WAIT, "send", *options)
    request = await asyncio.wait_for(server.requests.get(), 30)
    await request.writer.text("Once upon a time ")
    process.send_signal(number)
    _, err = await output(process)
    await asyncio.wait_for(request.ended.wait(), 10)
    assert (process.returncode, err) == (0, "")


@POSIX
async def test_a_second_start_raises_the_first_window(
    server: DemoServer, tmp_path: Path, start: Start
) -> None:
    options = ("--endpoint", server.url, "--data-dir", str(tmp_path))
    first = start("-m", "chatglm_desktop", *options)
    second = start("-m", "chatglm_desktop", *options)
    done, running = await asyncio.to_thread(_first_to_end, first, second)
    assert done.returncode == 0
    assert running.poll() is None
    running.send_signal(signal.SIGTERM)
    for process in (done, running):
        out, err = await output(process)
        assert (process.returncode, out, err) == (0, "", "")


def _first_to_end(
    first: subprocess.Popen[str], second: subprocess.Popen[str]
) -> tuple[subprocess.Popen[str], subprocess.Popen[str]]:
    """Which of the two got the folder is a matter of luck."""
    for _ in range(600):
        for done, other in ((first, second), (second, first)):
            try:
                done.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
            return done, other
    raise AssertionError("both go on")


def test_a_picture_of_one_turn_with_the_demo(tmp_path: Path, start: Start) -> None:
    picture = tmp_path / "window.png"
    process = start(
        "-m",
        "chatglm_desktop",
        "--demo",
        "--data-dir",
        str(tmp_path / "data"),
        "--screenshot",
        str(picture),
    )
    out, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, "")
    assert "counts words" in out
    assert out.rstrip().endswith(f"Screenshot: {picture}")
    assert picture.read_bytes().startswith(b"\x89PNG")

# SPDX-License-Identifier: MIT
"""The real engine's process lives as long as the program, under Qt's loop too."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import aclosing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from chatglm_desktop.core.generation import Generation
from chatglm_desktop.gui import loop
from chatglm_desktop.providers.local import LocalGGUF

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

PROGRAM = """
import asyncio, sys
from chatglm_desktop.core.status import Loading
from chatglm_desktop.providers.local import Engine

path, when = sys.argv[1:]

async def main():
    engine = Engine(threads=2)

    def tell(status):
        if when == "loading" and status.share > 0.85:
            print(engine.pid, flush=True)

    async with engine.serving(path, tell):
        if when == "serving":
            print(engine.pid, flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start() -> Iterator[Start]:
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", PROGRAM, *arguments]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def is_running(pid: int) -> bool:
    """Whether a process is there and has not ended: nobody may ask for how an orphan did."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


@LINUX
@pytest.mark.engine
@pytest.mark.parametrize("when", ["loading", "serving"])
def test_a_killed_program_takes_its_engine_along(gemma: str, start: Start, when: str) -> None:
    program = start(gemma, when)
    assert program.stdout is not None
    pid = int(program.stdout.readline())
    assert is_running(pid)
    program.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 30
    while is_running(pid):
        assert time.monotonic() < deadline
        # Only a parent is told of a process's end, and that is gone.
        time.sleep(0.02)


@pytest.mark.engine
def test_a_reply_alone_loads_the_model_for_itself_under_the_loop_of_the_window(
    qapp: QApplication, gemma: str
) -> None:
    async def main() -> str:
        question = [{"role": "user", "content": "Hi"}]
        options = Generation(max_tokens=4)
        deltas = LocalGGUF.create_async_generator(gemma, question, generation=options)  # type: ignore[arg-type]
        async with aclosing(deltas):
            return "".join([delta async for delta in deltas if isinstance(delta, str)])

    assert loop.run(qapp, main())

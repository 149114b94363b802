# SPDX-License-Identifier: MIT
"""The longest time that the window stands still while a monstrous reply arrives.

The program is the real one; the demo server is a process of its own: its work is not counted.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from PySide6.QtWidgets import QApplication

from chatglm_desktop.gui import application
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.household import Stage
from chatglm_desktop.unattended import ask
from tests.benchmarks.gaps import Gaps
from tests.benchmarks.measure import Measure, at_most
from tests.helpers.theatre import run_program

GOAL_MS = 50.0
ROUNDS = 3
BEFORE = 0.5
"""Seconds in which the program comes to rest."""

SCENARIOS = {
    "huge-event": "600 KB in one event",
    "many-deltas": "100,000 deltas in one reply",
    "megabyte": "a reply of 1 MB",
}


def run() -> list[Measure]:
    """One figure for each scenario: the median of some runs.

    What else the machine does holds up one run or another, what the program does each.
    """
    app = QApplication.instance() or application.create("bench", "0")
    assert isinstance(app, QApplication)
    themes = application.dress(app, "light", "en")
    measures = []
    for scenario, name in SCENARIOS.items():
        found = [1000 * _longest(app, themes, scenario) for _ in range(ROUNDS)]
        print(f"  {name}:", ", ".join(f"{ms:.1f} ms" for ms in found))
        measures.append(at_most(f"longest standstill: {name}", median(found), "ms", GOAL_MS))
    return measures


def _longest(app: QApplication, themes: ThemeManager, scenario: str) -> float:
    """The longest standstill of one run, in seconds."""
    gaps = Gaps()

    async def errand(stage: Stage) -> int:
        # What a first reply loads, such as fonts, and a new tab are not what is measured here.
        await ask(stage, "/demo answer")
        stage.workspace.new_tab()
        await asyncio.sleep(BEFORE)
        gaps.start()
        reply = await ask(stage)
        stage.window.repaint()
        gaps.stop()
        print(f"  {len(reply.text):,} characters, {reply.state.value}")
        return 0

    with demo_server(scenario) as url, tempfile.TemporaryDirectory() as folder:
        run_program(app, themes, Path(folder), url, errand)
    return gaps.longest


@contextmanager
def demo_server(scenario: str) -> Iterator[str]:
    """The URL of a demo server that plays ``scenario`` as fast as it can."""
    process = subprocess.Popen(
        [sys.executable, "-m", "chatglm_desktop.demo", "--scenario", scenario, "--pace", "0"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.communicate()

# SPDX-License-Identifier: MIT
"""How long it takes from the click on a conversation to its first complete picture."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median

from PySide6.QtWidgets import QApplication

from chatglm_desktop.demo import DemoServer
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.program import Stage
from chatglm_desktop.unattended import ask
from tests.benchmarks.library_files import mixed, write
from tests.benchmarks.measure import Measure, against, at_most
from tests.helpers.theatre import run_program

SIZES = (100, 10_000, 100_000)
ROUNDS = 15
GOAL_MS = 60.0
GOAL_RATIO = 1.5


def run(app: QApplication, themes: ThemeManager) -> list[Measure]:
    """The medians of interleaved rounds, each beside that of the shortest conversation."""
    found: dict[int, list[float]] = {size: [] for size in SIZES}

    async def errand(stage: Stage) -> int:
        # What a first reply loads, such as fonts, is not what is measured here.
        await ask(stage, "/demo answer")
        for number in range(ROUNDS + 1):
            for size in SIZES:
                seconds = await _open(stage, f"of {size}")
                if number:
                    found[size].append(seconds)
        return 0

    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            write(Path(folder), f"of {size}", mixed(str(size), size))
        run_program(app, themes, Path(folder), DemoServer(), errand)
    shortest = 1000 * median(found[SIZES[0]])
    measures = [at_most(f"open {SIZES[0]:,} messages", shortest, "ms", GOAL_MS)]
    for size in SIZES[1:]:
        taken = 1000 * median(found[size])
        measures.append(at_most(f"open {size:,} messages", taken, "ms", GOAL_MS))
        name = f"open {size:,} messages against {SIZES[0]:,}"
        measures.append(against(name, taken, "ms", shortest, GOAL_RATIO))
    return measures


async def _open(stage: Stage, id: str) -> float:
    """Seconds from the click to the picture; the conversation is closed afterwards."""
    began = time.perf_counter()
    stage.workspace.open(id)
    while id not in stage.workspace.loaded():  # noqa: ASYNC110
        await asyncio.sleep(0)
    view = stage.workspace.page(id).transcript
    while view.busy or not view.isVisible():  # noqa: ASYNC110
        await asyncio.sleep(0)
    stage.window.repaint()
    taken = time.perf_counter() - began
    stage.workspace.close(id)
    await asyncio.sleep(0.05)
    return taken

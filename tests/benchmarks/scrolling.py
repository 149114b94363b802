# SPDX-License-Identifier: MIT
"""How long a frame takes while one scrolls, and what scrolling through everything leaves behind."""

from __future__ import annotations

import asyncio
import gc
import os
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from chatglm_desktop.demo import DemoServer
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.household import Stage
from chatglm_desktop.unattended import ask
from tests.benchmarks.databases import mixed, write
from tests.benchmarks.frames import Frames
from tests.benchmarks.measure import Measure, against
from tests.helpers.theatre import run_program

FRAMES = 2_000
WARM_UP = 300
NOTCH = 72
"""Pixels of one notch of a mouse wheel."""
GOAL_SCREENS = 4.0
GOAL_MEMORY = 1.2
MANY = 10_000
MOST = 100_000
STEPS = 250


def run(app: QApplication, themes: ThemeManager) -> list[Measure]:
    """Frame time, live layouts and memory."""
    measures: list[Measure] = []

    async def errand(stage: Stage) -> int:
        await ask(stage, "/demo answer")
        view = await _view(stage, "many")
        measures.extend(await _frames(view))
        stage.workspace.close("many")
        view = await _view(stage, "most")
        measures.append(await _memory(view))
        return 0

    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), "many", mixed("many", MANY))
        write(Path(folder), "most", mixed("most", MOST))
        run_program(app, themes, Path(folder), DemoServer(), errand)
    return measures


async def _view(stage: Stage, id: str) -> TranscriptView:
    stage.workspace.open(id)
    while id not in stage.workspace.loaded():  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    view = stage.workspace.page(id).transcript
    await rest(view)
    return view


async def rest(view: TranscriptView) -> None:
    """Until the view has nothing left to do."""
    while view.busy:  # noqa: ASYNC110
        await asyncio.sleep(0.001)


async def _frames(view: TranscriptView) -> list[Measure]:
    """Scroll up by the wheel, a frame at a time: layout and paint of each."""
    bar = view.verticalScrollBar()
    frames = Frames(view.window())
    alive: list[int] = []
    rows: list[int] = []
    for frame in range(WARM_UP + FRAMES):
        frames.take(lambda: bar.setValue(bar.value() - NOTCH), counted=frame >= WARM_UP)
        if frame >= WARM_UP:
            alive.append(view.layouts_alive)
            rows.append(view.rows_in_view)
        # Between two frames there is time, also for messages that arrive.
        await asyncio.sleep(0.002)
    return [
        *frames.measures(f"frame while scrolling {MANY:,} messages"),
        against("live layouts while scrolling", max(alive), "rows", max(rows), GOAL_SCREENS),
    ]


async def _memory(view: TranscriptView) -> Measure:
    """Scroll back and forth through everything, and look at what is left."""
    await _back_and_forth(view, STEPS // 5)
    before = _resident()
    await _back_and_forth(view, STEPS)
    return against(
        f"memory after scrolling {MOST:,} messages", _resident(), "MB", before, GOAL_MEMORY
    )


async def _back_and_forth(view: TranscriptView, steps: int) -> None:
    bar = view.verticalScrollBar()
    for step in (*range(steps, -1, -1), *range(steps + 1)):
        bar.setValue(bar.maximum() * step // steps)
        await asyncio.sleep(0)
        await rest(view)
        view.viewport().repaint()


def _resident() -> float:
    """Megabytes of memory that this process has now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

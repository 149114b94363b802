# SPDX-License-Identifier: MIT
"""How long it takes from the click on a conversation to its first paint.

That is the first one in which all messages in view are there with their text, and it is over when
it is on the screen. The median is that of the clock; its rounds see other programs too.
What the main thread computes in that time is told beside it.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from chatglm_desktop.demo import DemoServer
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.household import Stage
from chatglm_desktop.unattended import ask
from tests.benchmarks.databases import mixed, write
from tests.benchmarks.measure import Measure, against, at_most, told
from tests.helpers.theatre import run_program

SIZES = (100, 10_000, 100_000)
ROUNDS = 15
GOAL_MS = 60.0
GOAL_RATIO = 1.5


def run(app: QApplication, themes: ThemeManager) -> list[Measure]:
    """The medians of interleaved rounds, each beside that of the shortest conversation."""
    found: dict[int, list[float]] = {size: [] for size in SIZES}
    computed: list[float] = []

    async def errand(stage: Stage) -> int:
        # What a first reply loads, such as fonts, is not what is measured here.
        await ask(stage, "/demo answer")
        for number in range(ROUNDS + 1):
            for size in SIZES:
                began = time.thread_time()
                seconds = await _open(stage, f"of {size}")
                if number:
                    found[size].append(seconds)
                    computed.append(time.thread_time() - began)
                stage.workspace.close(f"of {size}")
                await asyncio.sleep(0.05)
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
    measures.append(told("open: computed by the main thread", 1000 * median(computed), "ms"))
    return measures


async def _open(stage: Stage, id: str) -> float:
    """Seconds from the click to the picture."""
    began = time.perf_counter()
    stage.workspace.open(id)
    while id not in stage.workspace.loaded():  # noqa: ASYNC110
        await asyncio.sleep(0)
    view = stage.workspace.page(id).transcript
    painted = _Painted(view)
    while not painted.complete:  # noqa: ASYNC110
        await asyncio.sleep(0)
    return time.perf_counter() - began


class _Painted(QObject):
    """Whether ``view`` was painted with all that is in view."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view
        self.complete = False
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.complete = self._view.rows_in_view > 0 and not self._view.busy
        return False

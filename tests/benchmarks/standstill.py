# SPDX-License-Identifier: MIT
"""The longest time that the window stands still while a huge conversation is opened and read."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from chatglm_desktop.demo import DemoServer
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.household import Stage
from chatglm_desktop.unattended import ask
from tests.benchmarks.databases import dialogue, write
from tests.benchmarks.gaps import Gaps
from tests.benchmarks.measure import Measure, at_most
from tests.benchmarks.scrolling import rest
from tests.helpers.theatre import run_program

GOAL_MS = 50.0
MEGABYTE = 1_000_000
MANY = 10_000
STEPS = 150


def run(app: QApplication, themes: ThemeManager) -> list[Measure]:
    """Two figures for each conversation."""
    measures = []
    for name, lengths in (
        ("a reply of 1 MB", [MEGABYTE]),
        ("10,000 messages", [300] * (MANY // 2)),
    ):
        opening, reading = Gaps(), Gaps()

        async def errand(stage: Stage, opening: Gaps = opening, reading: Gaps = reading) -> int:
            # What a first reply loads, such as fonts, is not what is measured here.
            await ask(stage, "/demo answer")
            opening.start()
            stage.workspace.open("huge")
            while "huge" not in stage.workspace.loaded():  # noqa: ASYNC110
                await asyncio.sleep(0.001)
            view = stage.workspace.page("huge").transcript
            await rest(view)
            opening.stop()
            reading.start()
            bar = view.verticalScrollBar()
            for step in range(STEPS, -1, -1):
                bar.setValue(bar.maximum() * step // STEPS)
                await asyncio.sleep(0.001)
            await rest(view)
            reading.stop()
            return 0

        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), "huge", dialogue("huge", lengths))
            run_program(app, themes, Path(folder), DemoServer(), errand)
        measures += [
            at_most(f"longest standstill: opening {name}", 1000 * opening.longest, "ms", GOAL_MS),
            at_most(f"longest standstill: reading {name}", 1000 * reading.longest, "ms", GOAL_MS),
        ]
    return measures

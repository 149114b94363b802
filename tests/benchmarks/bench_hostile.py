# SPDX-License-Identifier: MIT
"""The longest time that the window stands still over texts that are made to be difficult.

The program, its database and its connection are the real ones.
"""

from __future__ import annotations

import asyncio
import gc
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from PySide6.QtWidgets import QApplication

from chatglm_desktop.core.deltas import Source
from chatglm_desktop.core.messages import Message, Role, SourcesPart, TextPart
from chatglm_desktop.demo import DemoServer, ReplyWriter
from chatglm_desktop.gui import application
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.household import Stage
from chatglm_desktop.unattended import ask
from tests.benchmarks.databases import write
from tests.benchmarks.gaps import Gaps
from tests.benchmarks.hostile_texts import HOSTILE
from tests.benchmarks.measure import Measure, at_most
from tests.benchmarks.scrolling import rest
from tests.helpers.theatre import run_program

GOAL_MS = 50.0
ROUNDS = 3
STEPS = 100
DELTAS = 1000
SHORTEST = 40
"""The least characters of a delta."""
_USUAL = "Some `words` 和中文, $x$ and 🎲.\n\n```py\nx\n```"
SOURCES = SourcesPart(tuple(Source(f"https://example.org/{n}", f"Page {n}") for n in range(500)))


def run() -> list[Measure]:
    """Three figures for each text: medians of some rounds."""
    app = QApplication.instance() or application.create("bench", "0")
    assert isinstance(app, QApplication)
    themes = application.dress(app, "light", "en")
    measures = []
    for name, make in HOSTILE.items():
        found: defaultdict[str, list[float]] = defaultdict(list)
        for _ in range(ROUNDS):
            # The window of the round before is no part of this one.
            gc.collect()
            for part, seconds in _standstills(app, themes, make()).items():
                found[part].append(1000 * seconds)
        for part, taken in found.items():
            measures.append(at_most(f"{name}: {part}", median(taken), "ms", GOAL_MS))
    return measures


def _standstills(app: QApplication, themes: ThemeManager, text: str) -> dict[str, float]:
    """The longest standstill of each part of one run, in seconds."""
    parts = {part: Gaps() for part in ("opening", "scrolling", "streaming")}

    async def answer(writer: ReplyWriter) -> None:
        size = max(len(text) // DELTAS, SHORTEST)
        for start in range(0, len(text), size):
            await writer.text(text[start : start + size])

    async def errand(stage: Stage) -> int:
        await _warm_up(stage)
        parts["opening"].start()
        stage.workspace.open("hostile")
        while "hostile" not in stage.workspace.loaded():  # noqa: ASYNC110
            await asyncio.sleep(0.001)
        view = stage.workspace.page("hostile").transcript
        await rest(view)
        parts["opening"].stop()
        parts["scrolling"].start()
        bar = view.verticalScrollBar()
        for step in range(STEPS, -1, -1):
            bar.setValue(bar.maximum() * step // STEPS)
            await asyncio.sleep(0.001)
        await rest(view)
        parts["scrolling"].stop()
        stage.workspace.new_tab()
        await asyncio.sleep(0.05)
        parts["streaming"].start()
        reply = await ask(stage)
        await rest(stage.workspace.page(stage.workspace.current_id or "").transcript)
        parts["streaming"].stop()
        assert reply.text == text, "the reply did not arrive whole"
        return 0

    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), "hostile", _conversation("hostile", text))
        write(Path(folder), "usual", _conversation("usual", _USUAL))
        run_program(app, themes, Path(folder), DemoServer(None, 0.0, script=answer), errand)
    return {part: gaps.longest for part, gaps in parts.items()}


async def _warm_up(stage: Stage) -> None:
    """What a first text loads, such as fonts, is not what is measured here."""
    stage.workspace.open("usual")
    while "usual" not in stage.workspace.loaded():  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    await rest(stage.workspace.page("usual").transcript)
    await asyncio.sleep(0.3)


def _conversation(id: str, text: str) -> Iterator[Message]:
    """A question and an answer with sources for its citation marks."""
    yield Message(f"{id} q", Role.USER, (TextPart("Question"),), 0.0)
    yield Message(
        f"{id} a", Role.ASSISTANT, (TextPart(text), SOURCES), 1.0, f"{id} q", model="demo"
    )

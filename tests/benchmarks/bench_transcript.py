# SPDX-License-Identifier: MIT
"""The longest time that the window stands still while a huge conversation is opened and read.

The program and its database are the real ones.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.messages import Message, Role, TextPart
from chatglm_desktop.demo import DemoServer
from chatglm_desktop.demo.content import long_text
from chatglm_desktop.gui import application
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.program import Stage
from chatglm_desktop.unattended import ask
from tests.benchmarks.gaps import Gaps
from tests.benchmarks.measure import Measure, at_most
from tests.helpers.theatre import run_program

GOAL_MS = 50.0
MEGABYTE = 1_000_000
MANY = 10_000
STEPS = 150


def run() -> list[Measure]:
    """Two figures for each conversation."""
    app = QApplication.instance() or application.create("bench", "0")
    assert isinstance(app, QApplication)
    themes = application.dress(app, "light", "en")
    measures = []
    for name, messages in (
        ("a reply of 1 MB", list(_branch([MEGABYTE]))),
        ("10,000 messages", list(_branch([300] * (MANY // 2)))),
    ):
        opening, reading = Gaps(), Gaps()

        async def errand(
            stage: Stage,
            messages: list[Message] = messages,
            opening: Gaps = opening,
            reading: Gaps = reading,
        ) -> int:
            # What a first reply loads, such as fonts, is not what is measured here.
            await ask(stage, "/demo answer")
            await stage.store.create_conversation(ConversationSummary("huge", "Huge", 0.0, 0.0))
            for message in messages:
                await stage.store.add_message("huge", message)
            await stage.library.load()
            opening.start()
            stage.workspace.open("huge")
            while "huge" not in stage.workspace.loaded():  # noqa: ASYNC110
                await asyncio.sleep(0.001)
            view = stage.workspace.page("huge").transcript
            await _rest(view)
            opening.stop()
            reading.start()
            bar = view.verticalScrollBar()
            for step in range(STEPS, -1, -1):
                bar.setValue(bar.maximum() * step // STEPS)
                await asyncio.sleep(0.001)
            await _rest(view)
            reading.stop()
            return 0

        with tempfile.TemporaryDirectory() as folder:
            run_program(app, themes, Path(folder), DemoServer(), errand)
        measures += [
            at_most(f"longest standstill: opening {name}", 1000 * opening.longest, "ms", GOAL_MS),
            at_most(f"longest standstill: reading {name}", 1000 * reading.longest, "ms", GOAL_MS),
        ]
    return measures


def _branch(replies: list[int]) -> Iterator[Message]:
    """A question and a reply of so many characters for each entry."""
    parent: str | None = None
    for number, length in enumerate(replies):
        for role, text in ((Role.USER, f"Question {number}"), (Role.ASSISTANT, long_text(length))):
            message = Message(f"{number} {role.value}", role, (TextPart(text),), 0.0, parent)
            yield message
            parent = message.id


async def _rest(view: TranscriptView) -> None:
    """Until the view has nothing left to do."""
    while view.busy:  # noqa: ASYNC110
        await asyncio.sleep(0.001)

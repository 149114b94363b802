# SPDX-License-Identifier: MIT
"""What a delta costs in a short and in a long reply, and a whole reply against plain text."""

from __future__ import annotations

import subprocess
import sys
from functools import partial

from PySide6.QtWidgets import QApplication

from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.demo.content import fragments, long_text
from chatglm_desktop.gui.failures import describe
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.transcript.view import TranscriptView
from tests.benchmarks.databases import mixed
from tests.benchmarks.frames import Frames, gathered, share
from tests.benchmarks.measure import Measure, against
from tests.helpers.transcripts import show_messages

SHORT = 1_000
LONG = 1_000_000
DELTAS = 400
WARM_UP = 50
ROUNDS = 3
GOAL_RATIO = 1.3
GOAL_CPU = 1.2


def run(themes: ThemeManager) -> list[Measure]:
    """Flush times and CPU seconds."""
    found: dict[int, list[Frames]] = {SHORT: [], LONG: []}
    for _ in range(ROUNDS):
        for length, runs in found.items():
            runs.append(_flushes(themes, length))
    short, long = (gathered(found[length]) for length in (SHORT, LONG))
    ours, reference = _cpu_seconds("transcript"), _cpu_seconds("text-edit")
    return [
        against(
            "flush at 1 MB against 1 KB",
            share(long.computed, 0.5),
            "ms",
            share(short.computed, 0.5),
            GOAL_RATIO,
        ),
        *short.measures("flush at 1 KB"),
        *long.measures("flush at 1 MB"),
        against("CPU of a reply of 40 kB against QTextEdit", ours, "s", reference, GOAL_CPU),
    ]


def _flushes(themes: ThemeManager, length: int) -> Frames:
    """Each flush at the end of a reply of ``length`` characters, with its frame."""
    view = TranscriptView(describe)
    view.apply_theme(themes.theme)
    view.resize(1000, 720)
    view.show()
    reply = Message("r", Role.ASSISTANT, (), 0.0, state=MessageState.STREAMING)
    begun = TextPart(long_text(length) + "\n\n")
    show_messages(view, [*mixed("m", 20), Message("r", Role.ASSISTANT, (begun,), 0.0)])
    view.contents.update(Message("r", Role.ASSISTANT, (begun,), 0.0, state=reply.state))
    while view.busy:
        QApplication.processEvents()
    frames = Frames(view)
    for number, delta in enumerate(fragments(long_text(4 * DELTAS))):
        flush = partial(view.contents.append, "r", "text", delta)
        frames.take(flush, counted=number >= WARM_UP)
        QApplication.processEvents()
    view.close()
    view.deleteLater()
    return frames


def _cpu_seconds(widget: str) -> float:
    """CPU seconds of a process of its own that shows the stream in ``widget``."""
    command = [sys.executable, "-m", "tests.benchmarks.stream_cpu", widget]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

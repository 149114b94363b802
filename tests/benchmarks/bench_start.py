# SPDX-License-Identifier: MIT
"""Process start to first paint, of our window and of a bare PySide6 window in turn."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.benchmarks.measure import Measure, against

BARE_WINDOW = Path(__file__).parents[2] / "packaging/bare_window.py"
ROUNDS = 15
GOAL = 2.0


def run() -> list[Measure]:
    """The medians of interleaved runs, so that a busy moment hits both alike."""
    ours: list[float] = []
    bare: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "chatglm_desktop", "--data-dir", folder]
        command.append("--exit-after-paint")
        reference = [sys.executable, str(BARE_WINDOW)]
        # One run of each fills the disk's and the interpreter's caches.
        seconds(command), seconds(reference)
        for _ in range(ROUNDS):
            bare.append(seconds(reference))
            ours.append(seconds(command))
    value, against_value = 1000 * median(ours), 1000 * median(bare)
    return [against("start to first paint", value, "ms", against_value, GOAL)]


def seconds(command: list[str]) -> float:
    """How long the command takes from start to exit."""
    began = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - began

# SPDX-License-Identifier: MIT
"""Process start to first paint, of our window and of a bare PySide6 window in turn."""

from __future__ import annotations

import os
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
        data = ["--data-dir", f"{folder}/data"]
        command = [sys.executable, "-m", "chatglm_desktop", *data, "--exit-after-paint"]
        reference = [sys.executable, str(BARE_WINDOW)]
        variables = with_bytecode(Path(folder, "bytecode"))
        # One run of each fills the disk's and the interpreter's caches.
        seconds(command, variables)
        seconds(reference, variables)
        for _ in range(ROUNDS):
            bare.append(seconds(reference, variables))
            ours.append(seconds(command, variables))
    value, against_value = 1000 * median(ours), 1000 * median(bare)
    return [against("start to first paint", value, "ms", against_value, GOAL)]


def with_bytecode(folder: Path) -> dict[str, str]:
    """This environment, but with compiled modules kept, as every user's Python does."""
    variables = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder)}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    return variables


def seconds(command: list[str], variables: dict[str, str]) -> float:
    """How long the command takes from start to exit."""
    began = time.perf_counter()
    subprocess.run(command, check=True, env=variables)
    return time.perf_counter() - began

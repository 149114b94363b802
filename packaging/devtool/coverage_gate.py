# SPDX-License-Identifier: MIT
"""Judges a coverage report folder by folder against this project's goals."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Per cent of lines and branches together that each folder of the package must reach.
GOALS: Mapping[str, float] = {
    "core": 100,
    "markdown": 100,
    "providers": 100,
    "store": 100,
    "settings": 100,
    "chat": 100,
    "transcript": 100,
    "gui": 85,
}


@dataclass
class Tally:
    """Sums over one folder."""

    wanted: int = 0
    covered: int = 0

    @property
    def percent(self) -> float:
        return 100 * self.covered / self.wanted


def judge(report: Path) -> tuple[list[str], list[str]]:
    """One line for each folder, and one for each failure with the places that lack a test.

    ``report`` is the file that `coverage json` writes. A folder without any measured line fails.
    """
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    tallies = {folder: Tally() for folder in GOALS}
    gaps: dict[str, list[str]] = {folder: [] for folder in GOALS}
    for name, told in sorted(files.items()):
        parts = Path(name.replace("\\", "/")).parts
        if len(parts) > 2 and parts[0] == "chatglm_desktop" and parts[1] in GOALS:
            add(tallies[parts[1]], told["summary"])
            gaps[parts[1]] += gap_lines(name, told)

    lines, failures = [], []
    for folder, goal in GOALS.items():
        tally = tallies[folder]
        if tally.wanted == 0:
            failures.append(f"{folder}: nothing was measured")
            continue
        lines.append(f"{folder:<10} {tally.percent:6.2f} % of lines and branches, goal {goal:g} %")
        if tally.percent < goal:
            failures += [f"{folder}: {tally.percent:.2f} % where {goal:g} % is owed", *gaps[folder]]
    return lines, failures


def add(tally: Tally, summary: Mapping[str, int]) -> None:
    tally.wanted += summary["num_statements"] + summary["num_branches"]
    tally.covered += summary["covered_lines"] + summary["covered_branches"]


def gap_lines(name: str, told: Mapping[str, Any]) -> list[str]:
    """The lines and branches of one file that no test reaches; nothing for a file without any."""
    missing = [str(line) for line in told["missing_lines"]]
    # A branch to a line below zero leaves the function.
    missing += [
        f"{start}->{end if end > 0 else 'exit'}"
        for start, end in told["missing_branches"]
        if start not in told["missing_lines"]
    ]
    return [f"  {name}: {', '.join(missing)}"] if missing else []

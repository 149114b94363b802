# SPDX-License-Identifier: MIT
"""What one benchmark found, held against its reference; knows no benchmark."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure. ``ratio`` is value / reference, and ``goal`` the most that it may be.

    ``value`` and ``reference`` are in ``unit``. A figure without reference has None for both
    ``reference`` and ``ratio``; its goal then holds for the value itself. A figure that is
    only told has no goal.
    """

    name: str
    value: float
    unit: str
    reference: float | None
    ratio: float | None
    goal: float | None
    met: bool


def against(name: str, value: float, unit: str, reference: float, goal: float) -> Measure:
    """A figure that may be at most ``goal`` times the reference."""
    ratio = value / reference
    return Measure(name, value, unit, reference, ratio, goal, ratio <= goal)


def at_most(name: str, value: float, unit: str, goal: float) -> Measure:
    """A figure that may be at most ``goal``."""
    return Measure(name, value, unit, None, None, goal, value <= goal)


def told(name: str, value: float, unit: str) -> Measure:
    """A figure that is not judged, as it depends on what else the machine does."""
    return Measure(name, value, unit, None, None, None, met=True)


def table(measures: list[Measure]) -> str:
    """The figures as aligned text, a line for each."""
    rows = [("", "value", "reference", "ratio", "goal", "")]
    for m in measures:
        rows.append(
            (
                m.name,
                f"{m.value:.4g} {m.unit}",
                "" if m.reference is None else f"{m.reference:.4g} {m.unit}",
                "" if m.ratio is None else f"{m.ratio:.2f}",
                *_verdict(m),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip()
        for row in rows
    )


def _verdict(m: Measure) -> tuple[str, str]:
    if m.goal is None:
        return "", ""
    goal = f"≤ {m.goal:g}" + ("" if m.ratio is not None else f" {m.unit}")
    return goal, "met" if m.met else "MISSED"


def as_json(measures: list[Measure]) -> str:
    """The figures as a JSON list of objects with the fields of `Measure`."""
    return json.dumps([asdict(m) for m in measures], ensure_ascii=False, indent=1)


def write_json(measures: list[Measure], file: Path) -> None:
    """Write the figures as :func:`as_json` has them."""
    file.write_text(as_json(measures) + "\n", encoding="utf-8")

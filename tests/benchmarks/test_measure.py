# SPDX-License-Identifier: MIT
"""A measure knows whether its goal was met, and survives the way into a file."""

from __future__ import annotations

import json
from pathlib import Path

from tests.benchmarks.measure import against, at_most, table, write_json


def test_a_ratio_up_to_the_goal_is_met() -> None:
    assert against("start", 200.0, "ms", 100.0, 2.0).met
    assert not against("start", 201.0, "ms", 100.0, 2.0).met


def test_a_value_up_to_the_goal_is_met() -> None:
    assert at_most("freeze", 50.0, "ms", 50.0).met
    assert not at_most("freeze", 50.1, "ms", 50.0).met


def test_the_table_shows_what_was_missed() -> None:
    lines = table([against("a", 3, "ms", 1, 2), at_most("b", 1, "MB", 2)]).splitlines()
    assert lines[1].split() == ["a", "3", "ms", "1", "ms", "3.00", "≤", "2", "MISSED"]
    assert lines[2].split() == ["b", "1", "MB", "≤", "2", "MB", "met"]


def test_the_file_holds_a_list_of_named_fields(tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    write_json([against("a", 3, "ms", 1.5, 2)], file)
    assert json.loads(file.read_text()) == [
        {
            "name": "a",
            "value": 3,
            "unit": "ms",
            "reference": 1.5,
            "ratio": 2.0,
            "goal": 2,
            "met": True,
        }
    ]

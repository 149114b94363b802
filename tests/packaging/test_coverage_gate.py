# SPDX-License-Identifier: MIT
"""The coverage gate fails on a line, a branch or a whole folder that no test reaches."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from devtool.coverage_gate import GOALS, judge


def told(
    lines: int = 8, branches: int = 2, missing: tuple[int, ...] = (), jumps: Any = ()
) -> dict[str, Any]:
    return {
        "summary": {
            "num_statements": lines,
            "num_branches": branches,
            "covered_lines": lines - len(missing),
            "covered_branches": branches - len(jumps),
        },
        "missing_lines": list(missing),
        "missing_branches": [list(jump) for jump in jumps],
    }


def report(folder: Path, **changed: dict[str, Any]) -> Path:
    files = {f"chatglm_desktop/{name}/module.py": told() for name in GOALS}
    files |= {f"chatglm_desktop/{name}/module.py": value for name, value in changed.items()}
    file = folder / "coverage.json"
    file.write_text(json.dumps({"files": files}), encoding="utf-8")
    return file


def test_full_coverage_passes_with_a_line_for_each_folder(tmp_path: Path) -> None:
    lines, failures = judge(report(tmp_path))
    assert len(lines) == len(GOALS)
    assert failures == []


def test_one_missing_line_fails_and_is_named(tmp_path: Path) -> None:
    _, failures = judge(report(tmp_path, core=told(missing=(3,))))
    assert failures == [
        "core: 90.00 % where 100 % is owed",
        "  chatglm_desktop/core/module.py: 3",
    ]


def test_one_missing_branch_fails_and_is_named(tmp_path: Path) -> None:
    _, failures = judge(report(tmp_path, store=told(jumps=((5, 9), (7, -1)))))
    assert failures[1] == "  chatglm_desktop/store/module.py: 5->9, 7->exit"


def test_the_window_may_miss_some(tmp_path: Path) -> None:
    _, failures = judge(report(tmp_path, gui=told(missing=(3,))))
    assert failures == []
    _, failures = judge(report(tmp_path, gui=told(missing=(3, 4))))
    assert failures[0] == "gui: 80.00 % where 85 % is owed"


def test_a_folder_without_any_measured_line_fails(tmp_path: Path) -> None:
    file = tmp_path / "coverage.json"
    file.write_text(json.dumps({"files": {"chatglm_desktop\\core\\a.py": told()}}))
    lines, failures = judge(file)
    assert len(lines) == 1
    assert failures == [f"{f}: nothing was measured" for f in GOALS if f != "core"]


def test_an_empty_file_measures_nothing(tmp_path: Path) -> None:
    lines, failures = judge(report(tmp_path, chat=told(lines=0, branches=0)))
    assert len(lines) == len(GOALS) - 1
    assert failures == ["chat: nothing was measured"]

# SPDX-License-Identifier: MIT
"""The verbs: what they refuse, what they pass on, and what `run` does without a display."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import dev
from devtool import checks, environment, qt_libraries, verbs
from devtool.shell import Failed, describe


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """What would have been started, with the variables added; all set-up is done already."""
    calls: list[tuple[list[str], dict[str, str]]] = []

    def become(command: Sequence[str | Path], extra: dict[str, str]) -> None:
        calls.append(([str(part) for part in command[1:]], extra))

    monkeypatch.setattr(verbs, "become", become)
    monkeypatch.setattr(environment, "ensure", lambda lock: None)
    monkeypatch.setattr(qt_libraries, "ensure", lambda platforms: None)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return calls


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_run_without_display_shows_the_main_job_off_screen(
    started: list[tuple[list[str], dict[str, str]]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verbs.main(["run"]) == 0
    told = capsys.readouterr().out
    assert told.count("\n") == 1
    assert "no display" in told
    ((command, extra),) = started
    assert command[:4] == ["-m", "chatglm_desktop", "--demo", "--data-dir"]
    assert command[5] == "--screenshot"
    assert extra == {"QT_QPA_PLATFORM": "offscreen"}


def test_run_with_a_display_starts_the_window(
    started: list[tuple[list[str], dict[str, str]]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert verbs.main(["run"]) == 0
    assert started == [(["-m", "chatglm_desktop"], {})]
    assert capsys.readouterr().out == ""


def test_run_passes_every_argument_on(
    started: list[tuple[list[str], dict[str, str]]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verbs.main(["run", "ask", "--help", "a b"]) == 0
    assert started == [(["-m", "chatglm_desktop", "ask", "--help", "a b"], {})]
    assert capsys.readouterr().out == ""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
@pytest.mark.parametrize(
    ("platform", "shown"), [("offscreen", False), ("vnc", True), ("minimal", False)]
)
def test_a_named_qt_platform_may_be_a_display(
    started: object, monkeypatch: pytest.MonkeyPatch, platform: str, shown: bool
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert verbs.has_display() is shown


@pytest.mark.parametrize("words", [[], ["fly"], ["test", "one"], ["lint", "."]])
def test_what_is_not_understood_exits_with_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verbs.main(words) == 2
    assert capsys.readouterr().err


def test_help_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert verbs.main(["--help"]) == 0
    told = capsys.readouterr().out
    for verb in ("run", "test", "lint", "bench", "package", "shots", "lock"):
        assert f"\n  {verb} " in told


def test_the_first_failed_step_ends_all_and_names_what_did_not_run(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ran: list[str] = []

    def fail() -> None:
        raise Failed("it broke.")

    steps = [
        checks.Step("first", lambda: ran.append("first")),
        checks.Step("second", fail),
        checks.Step("third", lambda: ran.append("third")),
    ]
    with pytest.raises(Failed, match=r"FAILED at second: it broke\.\nNot run: third\."):
        checks.run_steps(steps)
    assert ran == ["first"]
    assert "All" not in capsys.readouterr().out


def test_only_a_whole_run_says_that_all_steps_ran(capsys: pytest.CaptureFixture[str]) -> None:
    checks.run_steps([checks.Step("one", lambda: None), checks.Step("two", lambda: None)])
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("All 2 steps ran and passed")
    assert last.endswith("one, two.")


def test_test_runs_lint_tests_and_the_frozen_app() -> None:
    names = [step.name for step in checks.ALL_STEPS]
    assert names[: len(checks.LINT_STEPS)] == [step.name for step in checks.LINT_STEPS]
    assert names[-4:] == ["tests", "coverage", "frozen build", "frozen smoke test"]


def test_commands_are_named_without_the_interpreter() -> None:
    assert describe(["/x/python", "-m", "ruff", "check"]) == "ruff check"
    assert describe(["ditto", "-c"]) == "ditto -c"


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for another Python")
def test_an_unsupported_python_hands_over_to_a_supported_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    # A shim of a version manager, for a Python that is not installed, must be passed over.
    for name, body in (("python3.13", "exit 127"), ("python3.12", 'echo "3.12 $2 $3"')):
        works = f'[ "$1" = -c ] && [ {name} = python3.12 ] && exit 0'
        (tmp_path / name).write_text(f"#!/bin/sh\n{works}\n{body}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", (3, 9, 1, "final", 0))
    assert dev.main(["run", "--demo"]) == 0
    assert capfd.readouterr().out == "3.12 run --demo\n"


def test_without_any_supported_python_one_line_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", (3, 14, 0, "final", 0))
    assert dev.main(["run"]) == 1
    told = capsys.readouterr().err
    assert "3.14" in told
    assert told.count("\n") == 1
    assert os.environ["PATH"] == str(tmp_path)

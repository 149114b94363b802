# SPDX-License-Identifier: MIT
"""The smoke test passes only a silent success, and tells everything about a failure."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import smoke_test

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts stand in for programs")


def program(folder: Path, body: str) -> Path:
    file = folder / "program"
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)
    return file


def test_a_silent_success_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert smoke_test.main(program(tmp_path, 'echo "told $1"')) == 0
    assert capsys.readouterr().out == "told --smoke-test\n"


def test_a_word_on_stderr_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert smoke_test.main(program(tmp_path, 'echo "heard $*" >&2')) == 1
    told = capsys.readouterr().out
    assert "heard --smoke-test\n" in told
    assert "heard --smoke-test --debug\n" in told


def test_an_exit_code_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert smoke_test.main(program(tmp_path, "exit 3")) == 1
    assert "exit code 3" in capsys.readouterr().out


def test_a_program_that_hangs_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(smoke_test, "TIMEOUT", 0.2)
    assert smoke_test.main(program(tmp_path, "echo started; exec sleep 60")) == 1
    assert "no end within" in capsys.readouterr().out


def test_the_home_is_empty_and_the_environment_bare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("DISPLAY", ":7")
    body = 'ls -A "$HOME"; echo "[$PYTHONPATH$DISPLAY] $QT_QPA_PLATFORM"'
    assert smoke_test.main(program(tmp_path, body)) == 0
    assert capsys.readouterr().out == "[] offscreen\n"

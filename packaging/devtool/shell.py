# SPDX-License-Identifier: MIT
"""Where things stand, and how commands are called and failures told; knows no verb."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
BUILD = ROOT / "build"
VENV = ROOT / ".venv"
WINDOWS = sys.platform == "win32"
LINUX = sys.platform == "linux"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


class Failed(Exception):
    """Something the user must hear of, in one sentence."""


def say(text: str) -> None:
    """Print one line at once, in order with the output of called programs."""
    print(text, flush=True)


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment variables, changed by ``extra``."""
    return {**os.environ, **(extra or {})}


def call(command: Sequence[str | Path], extra: Mapping[str, str] | None = None) -> None:
    """Run a command in the project root and show its output; raises `Failed` unless it exits 0."""
    import subprocess

    code = subprocess.call([str(part) for part in command], cwd=ROOT, env=environment(extra))
    if code != 0:
        raise Failed(f"{describe(command)} failed with exit code {code}.")


def become(command: Sequence[str | Path], extra: Mapping[str, str] | None = None) -> NoReturn:
    """Go over to the command in the user's own folder; its exit code is ours."""
    words = [str(part) for part in command]
    sys.stdout.flush()
    if WINDOWS:  # exec on Windows returns to the shell at once
        import subprocess

        sys.exit(subprocess.call(words, env=environment(extra)))
    os.execve(words[0], words, environment(extra))


def describe(command: Sequence[str | Path]) -> str:
    """The command as a person would name it, without the interpreter's path."""
    words = [str(part) for part in command]
    return " ".join(words[2:] if words[1:2] == ["-m"] else words)

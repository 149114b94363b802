# SPDX-License-Identifier: MIT
"""Writes the lock files from `pyproject.toml`, for all systems and Pythons, naming no host."""

from __future__ import annotations

import sys

from devtool.environment import lock_path
from devtool.shell import BUILD, ROOT, WINDOWS, call

OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--only-binary=:all:",
    "--upgrade",
    "--no-config",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--quiet",
)
GROUPS = ("test", "engine", "lint", "package")


def write_locks() -> None:
    """Pin the run-time packages, then the development ones on top of the very same versions."""
    venv = BUILD / "lock-venv"
    call([sys.executable, "-m", "venv", "--clear", venv])
    python = venv / ("Scripts/python.exe" if WINDOWS else "bin/python")
    call([python, "-m", "pip", "install", "-qq", "uv"])
    compile_lock = [
        str(python),
        "-m",
        "uv",
        "pip",
        "compile",
        *OPTIONS,
        str(ROOT / "pyproject.toml"),
    ]
    groups = [word for group in GROUPS for word in ("--group", group)]
    run, dev = lock_path("run"), lock_path("dev")
    call([*compile_lock, "--output-file", run])
    call([*compile_lock, *groups, "--constraint", run, "--output-file", dev])

# SPDX-License-Identifier: MIT
"""Has a frozen program check itself in an empty home, with not a word on stderr.

usage: python smoke_test.py PROGRAM
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

TIMEOUT = 120.0
"""Seconds after which the program counts as hung; a good run takes about five."""

# What a program may know of this machine: nothing of Python, of a display or of a desktop session.
KEPT = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "LANG", "LC_ALL")
HOMES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
TEMPORARY = ("TMPDIR", "TEMP", "TMP")


def bare_environment(home: Path, temporary: Path) -> dict[str, str]:
    """The environment of somebody who has just installed the program."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    homes = dict.fromkeys(HOMES, str(home))
    return {
        **kept,
        **homes,
        **dict.fromkeys(TEMPORARY, str(temporary)),
        "QT_QPA_PLATFORM": "offscreen",
    }


def run_once(program: Path, options: list[str]) -> tuple[int | None, str, str]:
    """Exit code (None when it hung), stdout and stderr of one run in an empty home of its own."""
    with tempfile.TemporaryDirectory(prefix="smoke-") as folder:
        home, temporary = Path(folder, "home"), Path(folder, "tmp")
        home.mkdir()
        temporary.mkdir()
        process = subprocess.Popen(
            [program, *options],
            cwd=home,
            env=bare_environment(home, temporary),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )
        try:
            out, err = process.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            return None, out, err
        return process.returncode, out, err


def main(program: Path) -> int:
    """0 when the program passed; else tells all that it said, the second time with ``--debug``."""
    code, out, err = run_once(program, ["--smoke-test"])
    if code == 0 and not err:
        print(out, end="")
        return 0
    report("The smoke test failed", code, out, err)
    report("Once more with --debug", *run_once(program, ["--smoke-test", "--debug"]))
    return 1


def report(title: str, code: int | None, out: str, err: str) -> None:
    ended = f"no end within {TIMEOUT:.0f} s" if code is None else f"exit code {code}"
    print(f"{title}: {ended}\n--- stdout\n{out}\n--- stderr\n{err}")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))

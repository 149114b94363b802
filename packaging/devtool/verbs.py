# SPDX-License-Identifier: MIT
"""The verbs of `packaging/dev.py`: each sets up what it needs, then calls the tool that does it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from devtool import environment, qt_libraries
from devtool.shell import BUILD, LINUX, PYTHON, Failed, become, say

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
USAGE = """\
usage: python3 packaging/dev.py VERB [arguments]

  run [arguments of the program]   start ChatGLM Desktop from this checkout
  test                             lint, all tests, the frozen build and its smoke test
  lint                             ruff, mypy and the import contracts
  bench [GROUP ...] [--json FILE]  measure, against the references that the goals name
  package                          build the app and its archive, smoke-test it, compare its size
  shots [--output DIR]             take screenshots of every state of the window
  lock                             pin the newest allowed packages in packaging/locks

Each verb installs what it needs into .venv first."""


def main(arguments: list[str]) -> int:
    """Do the verb that the arguments name; returns the exit code."""
    verbs: dict[str, Callable[[list[str]], None]] = {
        "run": run,
        "test": test,
        "lint": lint,
        "bench": bench,
        "package": package,
        "shots": shots,
        "lock": lock,
    }
    verb, *rest = arguments or [""]
    if verb in ("-h", "--help", "help"):
        print(USAGE)
        return 0
    if verb not in verbs:
        print(USAGE, file=sys.stderr)
        return 2
    if rest and verb in ("test", "lint", "package", "lock"):
        print(f"`{verb}` takes no arguments.", file=sys.stderr)
        return 2
    try:
        verbs[verb](rest)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def run(arguments: list[str]) -> None:
    """Start the program; without a display or a wish, show its main job off screen."""
    environment.ensure("run")
    qt_libraries.ensure(qt_libraries.platforms_in_use(os.environ))
    extra: dict[str, str] = {}
    if not arguments and not has_display():
        say("There is no display here: one reply of the demo follows, drawn off screen.")
        screenshot = BUILD / "screenshot.png"
        screenshot.parent.mkdir(exist_ok=True)
        data = str(BUILD / "demo-data")  # the user's own conversations are left alone
        arguments = ["--demo", "--data-dir", data, "--screenshot", str(screenshot)]
        extra = OFFSCREEN
    become([PYTHON, "-m", "chatglm_desktop", *arguments], extra)


def has_display() -> bool:
    """Whether a window could be seen; a platform of Qt's that is asked for by name counts."""
    if not LINUX:
        return True
    asked = os.environ.get("QT_QPA_PLATFORM", "")
    if asked and asked not in ("offscreen", "minimal"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def lint(_arguments: list[str]) -> None:
    from devtool.checks import LINT_STEPS, run_steps

    environment.ensure("dev")
    run_steps(LINT_STEPS)


def test(_arguments: list[str]) -> None:
    from devtool.build import ensure_build_tools
    from devtool.checks import ALL_STEPS, run_steps
    from devtool.screen_reader import ensure_screen_reader

    environment.ensure("dev")
    qt_libraries.ensure(qt_libraries.EVERY_PLATFORM)
    ensure_build_tools()
    ensure_screen_reader()
    run_steps(ALL_STEPS)


def bench(arguments: list[str]) -> None:
    environment.ensure("dev")
    qt_libraries.ensure(frozenset({"offscreen"}))
    become([PYTHON, "-m", "tests.benchmarks", *arguments], OFFSCREEN)


def shots(arguments: list[str]) -> None:
    environment.ensure("dev")
    qt_libraries.ensure(frozenset({"offscreen"}))
    if LINUX:
        from devtool.fonts import ensure_fonts

        ensure_fonts()
    become([PYTHON, "-m", "tests.shots", *arguments], OFFSCREEN)


def package(_arguments: list[str]) -> None:
    from devtool.build import ensure_build_tools
    from devtool.release import package as make_package

    environment.ensure("dev")
    qt_libraries.ensure(qt_libraries.EVERY_PLATFORM)
    ensure_build_tools()
    make_package()


def lock(_arguments: list[str]) -> None:
    from devtool.locking import write_locks

    write_locks()

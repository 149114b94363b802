# SPDX-License-Identifier: MIT
"""The steps of `lint` and `test`, each run in turn and named, the first failure ending all."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from devtool import build, coverage_gate
from devtool.shell import BUILD, PACKAGING, PYTHON, Failed, call, say

COVERAGE_REPORT = BUILD / "coverage.json"
IMPORT_CONTRACTS = "from importlinter.cli import lint_imports_command as main; main()"


@dataclass(frozen=True, slots=True)
class Step:
    """One check; ``run`` raises `Failed` when it does not pass."""

    name: str
    run: Callable[[], None]


def run_steps(steps: Sequence[Step]) -> None:
    """Run every step; the last line says that all ran only if all of them did."""
    began = time.monotonic()
    for number, step in enumerate(steps, 1):
        say(f"\n[{number}/{len(steps)}] {step.name}")
        step_began = time.monotonic()
        try:
            step.run()
        except Failed as failure:
            left = ", ".join(later.name for later in steps[number:]) or "nothing"
            raise Failed(f"\nFAILED at {step.name}: {failure}\nNot run: {left}.") from None
        say(f"[{number}/{len(steps)}] {step.name}: passed in {time.monotonic() - step_began:.0f} s")
    names = ", ".join(step.name for step in steps)
    say(f"\nAll {len(steps)} steps ran and passed in {time.monotonic() - began:.0f} s: {names}.")


def run_tests() -> None:
    """All tests, on all processors, with what they cover written to a report for the next step."""
    COVERAGE_REPORT.unlink(missing_ok=True)
    report = f"--cov-report=json:{COVERAGE_REPORT}"
    # A file's tests stay together: what is made once for a file is costly.
    spread = ["-n", "auto", "--dist", "loadfile"]
    call([PYTHON, "-m", "pytest", *spread, "--cov", "--cov-branch", report])


def check_coverage() -> None:
    lines, failures = coverage_gate.judge(COVERAGE_REPORT)
    say("\n".join(lines))
    if failures:
        raise Failed("\n".join(["too little is covered:", *failures]))


def check_frozen_app() -> None:
    call([PYTHON, PACKAGING / "smoke_test.py", build.executable("app")])


LINT_STEPS = (
    Step("ruff check", lambda: call([PYTHON, "-m", "ruff", "check"])),
    Step("ruff format", lambda: call([PYTHON, "-m", "ruff", "format", "--check"])),
    Step("mypy", lambda: call([PYTHON, "-m", "mypy"])),
    Step("import contracts", lambda: call([PYTHON, "-c", IMPORT_CONTRACTS])),
)
ALL_STEPS = (
    *LINT_STEPS,
    Step("tests", run_tests),
    Step("coverage", check_coverage),
    Step("frozen build", lambda: build.build("app")),
    Step("frozen smoke test", check_frozen_app),
)

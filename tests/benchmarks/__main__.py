# SPDX-License-Identifier: MIT
"""Runs benchmark groups: each is a module ``bench_<group>`` beside this one with a ``run()``."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from tests.benchmarks.measure import Measure, as_json, table, write_json


class Group(Protocol):
    """What a benchmark module offers."""

    def run(self) -> list[Measure]:
        """Measure; the figures in the order in which they are to be shown."""


def main() -> int:
    """0 when every goal was met, 1 when one was missed."""
    groups = sorted(p.stem.removeprefix("bench_") for p in Path(__file__).parent.glob("bench_*.py"))
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("group", nargs="*", metavar="GROUP", help=", ".join(groups))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    arguments = parser.parse_args()
    for asked in arguments.group:
        if asked not in groups:
            parser.error(f"there is no group {asked!r}; there are: {', '.join(groups)}")
    measures: list[Measure] = []
    for name in arguments.group or groups:
        print(f"measuring: {name}", flush=True)
        measures += cast(Group, import_module(f"tests.benchmarks.bench_{name}")).run()
    print(as_json(measures))
    print(table(measures))
    if arguments.json:
        write_json(measures, arguments.json)
    return 0 if all(m.met for m in measures) else 1


if __name__ == "__main__":
    sys.exit(main())

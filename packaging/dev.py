#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Set the project up and run, test or package it, on a machine that has only Python.

Standard library only, and this file also parses on older Pythons, so that they can be told apart.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

SUPPORTED = ((3, 11), (3, 12), (3, 13))


def main(arguments: list[str]) -> int:
    if sys.version_info[:2] not in SUPPORTED:
        return run_with_supported_python(arguments)
    from devtool.verbs import main as verbs_main

    return verbs_main(arguments)


def run_with_supported_python(arguments: list[str]) -> int:
    for major, minor in reversed(SUPPORTED):
        other = shutil.which("python{}.{}".format(major, minor))  # noqa: UP032 (for old Pythons)
        # A version manager's shim may stand for a Python that is not installed.
        if other and subprocess.call([other, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return subprocess.call([other, __file__, *arguments])
    print(
        "This needs Python 3.11, 3.12 or 3.13 and runs on {}.{}: install one of them, "
        "then call it by its name, as in `python3.12 packaging/dev.py run`.".format(
            *sys.version_info[:2]
        ),
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

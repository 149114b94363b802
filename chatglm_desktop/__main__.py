# SPDX-License-Identifier: MIT
"""Starts the program: ``python -m chatglm_desktop``."""

import sys

from chatglm_desktop.app import main

if __name__ == "__main__":
    sys.exit(main())

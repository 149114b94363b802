# SPDX-License-Identifier: MIT
"""Fills the version resource of the Windows program; knows no other system."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

TEMPLATE = Path(__file__).parent / "windows" / "version_info.txt"


def version_resource(version: str) -> str:
    """The text that PyInstaller reads, for a version such as ``1.2.3`` or ``1.2.3rc1``.

    Windows knows four numbers and no more; the full text stands beside them.
    """
    numbers = [int(number) for number in re.findall(r"\d+", version)[:3]]
    quad = (*numbers, 0, 0, 0, 0)[:4]
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(quad=quad, version=version)

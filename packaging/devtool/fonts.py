# SPDX-License-Identifier: MIT
"""Makes sure that Chinese and emoji can be drawn on screenshots; asks fontconfig, not a folder."""

from __future__ import annotations

import subprocess

from devtool.linux_packages import CJK_FONTS, EMOJI_FONT, FONTCONFIG
from devtool.shell import Failed, say
from devtool.system import ensure_packages

# What fontconfig is asked for: a font that holds this character.
NEEDS = {":charset=6c49": CJK_FONTS, ":charset=1f642:color=true": EMOJI_FONT}


def ensure_fonts() -> None:
    """Install the missing fonts where that may be; else say what the pictures will lack."""
    try:
        missing = [package for pattern, package in NEEDS.items() if not has_font(pattern)]
        if missing:
            ensure_packages([*missing, FONTCONFIG])
    except Failed as failure:
        say(f"Some characters will be drawn as boxes. {failure}")


def has_font(pattern: str) -> bool:
    """Whether fontconfig knows a font of that pattern; False where its tools are missing."""
    try:
        told = subprocess.run(["fc-list", pattern], check=False, capture_output=True)
    except FileNotFoundError:
        return False
    return told.stdout.strip() != b""

# SPDX-License-Identifier: MIT
"""Chooses the fonts among the installed ones; knows no widget.

Chinese text needs a family of its own in the list: without one, fontconfig may pick Japanese
glyph forms, and each of the three systems another family.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

BODY_SIZE = 14
CODE_SIZE = 13

_PLAIN_SYSTEM_FAMILIES = ("", "sans", "sans serif", "sans-serif", "dejavu sans", "helvetica")
_LINUX_FAMILIES = ("Inter", "Noto Sans", "Cantarell", "Ubuntu")
_MONO_FAMILIES = (
    "JetBrains Mono",
    "Cascadia Mono",
    "Cascadia Code",
    "Menlo",
    "Consolas",
    "Noto Sans Mono",
    "DejaVu Sans Mono",
)
_CHINESE_FAMILIES = (
    "PingFang SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
_EMOJI_FAMILIES = ("Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji")

Installed = Callable[[str], bool]


def body_families(system: str, installed: Installed, platform: str) -> list[str]:
    """Families for text, best first. ``system`` is the desktop's own; ``platform`` as in sys."""
    families = [system] if system else []
    if platform.startswith("linux") and system.lower() in _PLAIN_SYSTEM_FAMILIES:
        better = _first(_LINUX_FAMILIES, installed)
        families = better + families
    return families + _fallbacks(installed)


def code_families(system: str, installed: Installed) -> list[str]:
    """Families for code, best first; ``system`` is the desktop's own fixed-width family."""
    return (_first(_MONO_FAMILIES, installed) or [system]) + _fallbacks(installed)


def body_font(pixels: int = BODY_SIZE) -> QFont:
    """The application's font. Needs a QGuiApplication."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setFamilies(body_families(font.family(), _installed, sys.platform))
    font.setPixelSize(pixels)
    return font


def code_font(pixels: int = CODE_SIZE) -> QFont:
    """The font of code, without ligatures (they hide what was written)."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setFamilies(code_families(font.family(), _installed))
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setFeature(QFont.Tag("liga"), 0)
    font.setFeature(QFont.Tag("calt"), 0)
    font.setPixelSize(pixels)
    return font


@cache
def _installed(family: str) -> bool:
    # Each answer takes half a millisecond, and every conversation that is opened asks for many.
    return bool(QFontDatabase.hasFamily(family))


def _fallbacks(installed: Installed) -> list[str]:
    return _first(_CHINESE_FAMILIES, installed) + _first(_EMOJI_FAMILIES, installed)


def _first(families: tuple[str, ...], installed: Installed) -> list[str]:
    return next(([family] for family in families if installed(family)), [])

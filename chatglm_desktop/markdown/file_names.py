# SPDX-License-Identifier: MIT
"""A file name for code of a language; writes no file."""

from __future__ import annotations

_STEM = "code"
_PLAIN = ".txt"
# Where the library begins with a rarer name.
_NAMES = {
    "bash": "code.sh",
    "sh": "code.sh",
    "shell": "code.sh",
    "zsh": "code.sh",
    "make": "Makefile",
    "makefile": "Makefile",
    "r": "code.R",
    "console": "code.txt",
    "text": "code.txt",
}


def file_name(language: str) -> str:
    """What a file in ``language`` is usually called: ``code.py``, ``Makefile``, ``code.txt``."""
    name = language.lower()
    if name in _NAMES:
        return _NAMES[name]
    # Late: the table of languages is not needed before code is saved.
    from pygments.lexers import get_all_lexers

    for _, aliases, patterns, _ in get_all_lexers(plugins=False):
        if name in aliases:
            return _first_name(patterns)
    return _STEM + _PLAIN


def _first_name(patterns: tuple[str, ...]) -> str:
    for pattern in patterns:
        plain = pattern.removeprefix("*")
        # A name that begins with a dot would be hidden.
        visible = pattern.startswith("*.") or not plain.startswith(".")
        if visible and not any(mark in plain for mark in "*?["):
            return _STEM + plain if pattern.startswith("*.") else plain
    return _STEM + _PLAIN

# SPDX-License-Identifier: MIT
"""Snippets with ``{{variables}}``: where these are, what fills them, which names fit; no list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chatglm_desktop.core.fold import fold

_VARIABLE = re.compile(r"\{\{[^\S\n]*([^{}\s](?:[^{}\n]*[^{}\s])?)[^\S\n]*\}\}")
_STARTS = ("/", "\uff0f", "\u3001")
"""A slash, and what Chinese input methods write for the key that has it."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A place to be filled: the characters from ``start`` to ``end``, braces included."""

    name: str
    start: int
    end: int


def variables(text: str) -> tuple[Variable, ...]:
    """The variables of a text in order; one that stands in several places, several times."""
    return tuple(Variable(m[1], m.start(), m.end()) for m in _VARIABLE.finditer(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """``text`` with those variables replaced for which there is a value."""
    return _VARIABLE.sub(lambda m: values.get(m[1], m[0]), text)


def begins(line: str) -> bool:
    """Whether a line holds nothing but what asks for a snippet."""
    return line in _STARTS


def query(line: str) -> str | None:
    """What a line asks for after the slash; None for one that does not begin with it."""
    return line[1:] if line.startswith(_STARTS) else None


def matching(names: Sequence[str], typed: str) -> tuple[int, ...]:
    """Which of ``names`` hold all words of ``typed``, as indices, the best first.

    Case and accents do not matter. Better is what begins with it, then what has a word that
    does; in the order of the names otherwise.
    """
    wanted = fold(typed).strip()
    words = wanted.split()
    found = [
        (_rank(folded, wanted), index)
        for index, folded in enumerate(map(fold, names))
        if all(word in folded for word in words)
    ]
    return tuple(index for _, index in sorted(found))


def _rank(name: str, wanted: str) -> int:
    if name.startswith(wanted):
        return 0
    return 1 if re.search(rf"(?<!\w){re.escape(wanted)}", name) else 2

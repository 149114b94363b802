# SPDX-License-Identifier: MIT
"""Snippets with ``{{variables}}``: where these are and what fills them; knows no list of any."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

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

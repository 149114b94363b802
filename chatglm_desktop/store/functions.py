# SPDX-License-Identifier: MIT
"""The folded text of a message, also as a function for SQL; knows no tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from chatglm_desktop.core.fold import fold
from chatglm_desktop.core.messages import Part, ReasoningPart, TextPart
from chatglm_desktop.store.rows import parts_from_json, storable


def register(connection: sqlite3.Connection) -> None:
    """Give SQL the function ``fold_parts(parts)``."""
    connection.create_function("fold_parts", 1, _fold_json, deterministic=True)


def fold_parts(parts: Iterable[Part]) -> str:
    """What is found of a message: its thinking and its text, a part on lines of its own."""
    texts = [part.text for part in parts if isinstance(part, TextPart | ReasoningPart)]
    return fold(storable("\n".join(texts)))


def _fold_json(parts: str) -> str:
    try:
        return fold_parts(parts_from_json(parts))
    except (ValueError, KeyError, TypeError, AttributeError):
        # A damaged message is told of when it is read; until then it must not stop all others.
        return ""

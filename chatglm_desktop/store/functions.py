# SPDX-License-Identifier: MIT
"""What is kept of a message to find it, also as functions for SQL; knows no tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from functools import partial

from chatglm_desktop.core.fold import fold
from chatglm_desktop.core.messages import AttachmentPart, Part, ReasoningPart, TextPart
from chatglm_desktop.core.search_marks import marks
from chatglm_desktop.core.search_tokens import composed, searchable, tokens
from chatglm_desktop.store.rows import parts_from_json, storable

PROMPT_LENGTH = 200
"""Characters of a question that its outline shows."""


_NEVER_WRITTEN = (ValueError, KeyError, TypeError, AttributeError)
"""What parts raise that no version has written."""


def register(connection: sqlite3.Connection) -> None:
    """Give SQL the functions ``fold_parts(parts)`` and ``prompt_text(parts)``, and those by
    which messages and titles are found: ``message_tokens`` and ``title_tokens``.
    """
    for function in (fold_parts, prompt_text):
        of_json = partial(_of_json, function)
        connection.create_function(function.__name__, 1, of_json, deterministic=True)
    connection.create_function("message_tokens", 4, message_tokens, deterministic=True)
    connection.create_function("title_tokens", 1, title_tokens, deterministic=True)


def fold_parts(parts: Iterable[Part]) -> str:
    """What is found of a message: its thinking and its text, a part on lines of its own."""
    texts = [part.text for part in parts if isinstance(part, TextPart | ReasoningPart)]
    return fold(storable("\n".join(texts)))


def prompt_text(parts: Iterable[Part]) -> str:
    """The beginning of a question, on one line; of one without text, the names of its files."""
    said, files = [], []
    for part in parts:
        match part:
            case TextPart(text):
                said.append(text)
            case AttachmentPart(name):
                files.append(name)
            case _:
                pass
    text = next(iter(said), ", ".join(files))
    # Twice the length, as white space shrinks.
    words = storable(text[: 2 * PROMPT_LENGTH]).split()
    return " ".join(words)[:PROMPT_LENGTH].rstrip()


def message_tokens(conversation_id: str, role: str, model: str, parts: str) -> str:
    """What the index holds of a finished message; of a damaged one only where it is."""
    known = readable_parts(parts)
    found = tokens(composed(fold_parts(known)))
    return " ".join((*found, *marks(conversation_id, role, model, known)))


def title_tokens(title: str) -> str:
    """What the index holds of a title."""
    return " ".join(tokens(searchable(title)))


def readable_parts(parts: str) -> tuple[Part, ...]:
    """The parts of a message, none of a damaged one: that is told of when it is read."""
    try:
        return parts_from_json(parts)
    except _NEVER_WRITTEN:
        return ()


def _of_json(function: Callable[[Iterable[Part]], str], parts: str) -> str:
    return function(readable_parts(parts))

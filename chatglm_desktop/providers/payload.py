# SPDX-License-Identifier: MIT
"""Reads untrusted JSON: a value of the wrong type is taken as absent; knows no protocol."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]


def parse_object(text: str) -> JsonObject | None:
    """The JSON object in ``text``, or None if there is none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def as_object(value: object) -> JsonObject:
    return value if isinstance(value, dict) else {}


def as_objects(value: object) -> list[JsonObject]:
    """The objects of a list; other elements become empty ones, so that positions stay."""
    return [as_object(element) for element in value] if isinstance(value, list) else []


def as_text(value: object) -> str:
    """A string that can be encoded.

    JSON escapes may hold half a surrogate pair, which no file or database takes.
    """
    if not isinstance(value, str):
        return ""
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


def as_web_address(value: object) -> str:
    """An http(s) address; nothing else may be fetched or opened."""
    text = as_text(value)
    return text if text.lower().startswith(("http://", "https://")) else ""


def as_number(value: object) -> int | None:
    """An integer, also one that is written as a string."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
        return int(value)
    return None

# SPDX-License-Identifier: MIT
"""The filters that can be clicked, and how they stand in what is typed; knows no widget."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chatglm_desktop.gui.strings import tr


@dataclass(frozen=True, slots=True)
class Filter:
    """``words`` are for people, ``token`` is what is typed; of one ``group`` only one holds."""

    words: str
    token: str
    group: str = ""


def offered() -> tuple[Filter, ...]:
    """Those that are asked for most, in the user's language."""
    return (
        Filter(tr("From me"), tr("from:me"), "from"),
        Filter(tr("From AI"), tr("from:ai"), "from"),
        Filter(tr("Last 7 days"), tr("after:7d"), "after"),
        Filter(tr("Code"), tr("has:code")),
        Filter(tr("Pictures"), tr("has:image")),
        Filter(tr("Files"), tr("has:file")),
        Filter(tr("Tables"), tr("has:table")),
        Filter(tr("Links"), tr("has:link")),
        Filter(tr("Thinking"), tr("has:thinking")),
        Filter(tr("In titles"), tr("title:")),
        Filter(tr("Pinned"), tr("is:pinned"), "is"),
        Filter(tr("Archived"), tr("is:archived"), "is"),
    )


def folder_token(name: str) -> str:
    """What is typed for a folder."""
    written = f'"{name}"' if " " in name else name
    return tr("in:") + written


def holds(text: str, token: str) -> bool:
    """Whether a filter stands in ``text``."""
    if token.endswith(":"):
        return any(word.startswith(token) for word in text.split())
    return token in text if '"' in token else token in text.split()


def toggled(text: str, wanted: Filter, all_filters: Iterable[Filter]) -> str:
    """``text`` with the filter, in place of others of its group, or without it."""
    if holds(text, wanted.token):
        return _without(text, wanted.token)
    for other in all_filters:
        if wanted.group and other.group == wanted.group:
            text = _without(text, other.token)
    # A filter that needs a value stands last, so that it is typed at once.
    parts = (text, wanted.token) if wanted.token.endswith(":") else (wanted.token, text)
    space = "" if wanted.token.endswith(":") else " "
    return " ".join(part for part in map(str.strip, parts) if part) + (space if not text else "")


def _without(text: str, token: str) -> str:
    if '"' in token:
        return " ".join(text.replace(token, " ").split())
    return " ".join(
        word.removeprefix(token) if token.endswith(":") and word.startswith(token) else word
        for word in text.split()
        if word != token
    )

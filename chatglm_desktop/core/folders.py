# SPDX-License-Identifier: MIT
"""Folders of conversations, one in another, as plain values; knows no storage and no widget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Colour: TypeAlias = Literal["", "red", "orange", "yellow", "green", "blue", "purple", "grey"]
"""How a folder or a conversation is marked; "" for not at all."""


@dataclass(frozen=True, slots=True)
class Folder:
    """``system_prompt`` begins every request of its conversations; "": as in the folder above.

    ``parent_id`` is the folder that it lies in, None for the top. Times are in seconds since the
    epoch; ``trashed_at`` is None unless it lies in the trash.
    """

    id: str
    name: str
    created_at: float
    parent_id: str | None = None
    colour: Colour = ""
    system_prompt: str = ""
    expanded: bool = True
    trashed_at: float | None = None


def ancestry(folders: Mapping[str, Folder], id: str | None) -> Iterator[Folder]:
    """The folder ``id`` and those around it, the innermost first; ends where a circle closes."""
    seen: set[str] = set()
    while id is not None and id in folders and id not in seen:
        seen.add(id)
        yield folders[id]
        id = folders[id].parent_id


def within(folders: Iterable[Folder], id: str) -> frozenset[str]:
    """The folder ``id`` and all that lie in it, however deep."""
    children: dict[str | None, list[str]] = {}
    for folder in folders:
        children.setdefault(folder.parent_id, []).append(folder.id)
    found: set[str] = set()
    waiting = [id]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += children.get(one, ())
    return frozenset(found)


def system_prompt(folders: Mapping[str, Folder], id: str | None) -> str:
    """What is said before a conversation in the folder ``id``: the innermost prompt there is."""
    prompts = (folder.system_prompt for folder in ancestry(folders, id))
    return next((prompt for prompt in prompts if prompt.strip()), "")

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


def in_order(folders: Mapping[str, Folder]) -> Iterator[tuple[Folder, int]]:
    """All folders as they stand in the list, each with its depth; those in a circle come last."""
    children = by_parent(folders)
    waiting = dict(folders)

    def below(folder: Folder, depth: int) -> Iterator[tuple[Folder, int]]:
        if waiting.pop(folder.id, None) is not None:
            yield folder, depth
            for child in children.get(folder.id, ()):
                yield from below(child, depth + 1)

    for folder in children.get(None, ()):
        yield from below(folder, 0)
    while waiting:
        yield from below(next(iter(waiting.values())), 0)


def by_parent(folders: Mapping[str, Folder]) -> dict[str | None, list[Folder]]:
    """The folders that lie directly in each, by name; None for those in none that is there."""
    children: dict[str | None, list[Folder]] = {}
    for folder in sorted(folders.values(), key=lambda f: (f.name.casefold(), f.created_at)):
        above = folder.parent_id if folder.parent_id in folders else None
        children.setdefault(above, []).append(folder)
    return children


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

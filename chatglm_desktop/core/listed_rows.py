# SPDX-License-Identifier: MIT
"""The rows of the sidebar's list: headings, folders, conversations; knows no widget.

A row is one number: above zero a conversation's, below zero that of a heading or a folder.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from chatglm_desktop.core.folders import Folder, by_parent
from chatglm_desktop.core.listing import (
    ARCHIVE,
    PINNED,
    RECENT,
    TRASH,
    Age,
    ListKey,
    Numbers,
    Outline,
)

PINNED_HEADING = "Pinned"
FOLDERS_HEADING = "Folders"


@dataclass(frozen=True, slots=True)
class Heading:
    """A word above a group, in English; ``key`` is the list that what is dropped on it goes to."""

    text: str
    key: ListKey


@dataclass(frozen=True, slots=True)
class FolderLine:
    """A folder ``depth`` levels below the top, with ``count`` conversations in it and below."""

    folder: Folder
    depth: int
    count: int


Head: TypeAlias = Heading | FolderLine


class Run(NamedTuple):
    """Rows from ``first`` on belong to the list ``key``, ``depth`` levels below the top."""

    first: int
    key: ListKey
    depth: int = 0


class HeadNumbers:
    """Gives each heading and folder a number below zero that stays."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def of(self, name: str) -> int:
        return self._numbers.setdefault(name, -1 - len(self._numbers))

    def folder(self, id: str) -> int:
        return self.of(f"folder {id}")


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows in their order, what the heads are, and the runs that the rows belong to."""

    numbers: Numbers = field(default_factory=lambda: array("q"))
    heads: Mapping[int, Head] = field(default_factory=dict)
    runs: tuple[Run, ...] = ()

    def run(self, row: int) -> Run:
        """The run that a row belongs to; a folder's own row belongs to the run of the folder."""
        return self.runs[self._after(row) - 1] if self.runs else Run(0, RECENT)

    def run_end(self, row: int) -> int:
        """The first row of the next run."""
        after = self._after(row)
        return self.runs[after].first if after < len(self.runs) else len(self.numbers)

    def head_row(self, row: int) -> int | None:
        """The heading or folder that a row stands below, or the row itself if it is one."""
        after = self._after(row)
        key = self.run(row).key
        firsts = (run.first for run in reversed(self.runs[:after]) if run.key == key)
        return next((first for first in firsts if self.numbers[first] < 0), None)

    def _after(self, row: int) -> int:
        return bisect_right(self.runs, row, key=lambda run: run.first)


class _Builder:
    def __init__(self, outline: Outline, folders: Mapping[str, Folder], names: HeadNumbers) -> None:
        self._outline = outline
        self._names = names
        self._folders = folders
        self._children = by_parent(folders)
        self._waiting = dict(folders)
        self.numbers = array("q")
        self.heads: dict[int, Head] = {}
        self.runs: list[Run] = []

    def heading(self, text: str, key: ListKey) -> None:
        self._head(self._names.of(text), Heading(text, key), Run(len(self.numbers), key))

    def add(self, numbers: Iterable[int]) -> None:
        self.numbers.extend(numbers)

    def folder_tree(self) -> None:
        for folder in self._children.get(None, ()):
            self._folder(folder, 0)
        # Those in a circle, which nothing makes but a damaged file.
        while self._waiting:
            self._folder(next(iter(self._waiting.values())), 0)

    def lost(self) -> Iterable[int]:
        """What stands in folders that are not there."""
        for key, numbers in self._outline.lists.items():
            if key not in self._folders and key not in _NAMES:
                yield from numbers

    def _folder(self, folder: Folder, depth: int) -> None:
        if self._waiting.pop(folder.id, None) is None:
            return
        line = FolderLine(folder, depth, self._count(folder, set()))
        number = self._names.folder(folder.id)
        self._head(number, line, Run(len(self.numbers), folder.id, depth + 1))
        children = self._children.get(folder.id, ())
        if not folder.expanded:
            self._skip(children)
            return
        for child in children:
            self._folder(child, depth + 1)
        self.runs.append(Run(len(self.numbers), folder.id, depth + 1))
        self.add(self._outline.numbers(folder.id))

    def _skip(self, folders: Iterable[Folder]) -> None:
        for folder in folders:
            if self._waiting.pop(folder.id, None) is not None:
                self._skip(self._children.get(folder.id, ()))

    def _count(self, folder: Folder, seen: set[str]) -> int:
        if folder.id in seen:
            return 0
        seen.add(folder.id)
        below = sum(self._count(child, seen) for child in self._children.get(folder.id, ()))
        return below + len(self._outline.numbers(folder.id))

    def _head(self, number: int, head: Head, run: Run) -> None:
        self.numbers.append(number)
        self.heads[number] = head
        self.runs.append(run)


_NAMES = frozenset((PINNED, RECENT, ARCHIVE, TRASH))


def main_rows(outline: Outline, folders: Mapping[str, Folder], names: HeadNumbers) -> Rows:
    """What the sidebar shows: what is pinned, the folders, then all others by their age.

    What stands in a folder that is not there comes last: nothing is out of reach.
    """
    builder = _Builder(outline, folders, names)
    if pinned := outline.numbers(PINNED):
        builder.heading(PINNED_HEADING, PINNED)
        builder.add(pinned)
    recent = outline.numbers(RECENT)
    lost = list(builder.lost())
    if folders or recent or pinned or lost:
        builder.heading(FOLDERS_HEADING, FOLDERS_HEADING)
        builder.folder_tree()
    for age, (start, end) in zip(Age, pairwise((0, *outline.ages, len(recent))), strict=True):
        members = recent[start:end] + array("q", lost if age is Age.OLDER else ())
        if members:
            builder.heading(age.value, RECENT)
            builder.add(members)
    return Rows(builder.numbers, builder.heads, tuple(builder.runs))


def archive_rows(outline: Outline) -> Rows:
    """What is archived."""
    return Rows(outline.numbers(ARCHIVE), {}, (Run(0, ARCHIVE),))


def trash_rows(outline: Outline, folders: Mapping[str, Folder], names: HeadNumbers) -> Rows:
    """What is in the trash: folders first, then conversations, those in the folders too.

    A folder that went there together with the one around it comes back with that one.
    """
    heads: dict[int, Head] = {}
    trashed = (folder for folder in folders.values() if folder.trashed_at is not None)
    for folder in sorted(trashed, key=lambda folder: -(folder.trashed_at or 0.0)):
        above = folders.get(folder.parent_id or "")
        if above is None or above.trashed_at != folder.trashed_at:
            heads[names.folder(folder.id)] = FolderLine(folder, 0, 0)
    numbers = array("q", heads) + outline.numbers(TRASH)
    return Rows(numbers, heads, (Run(0, TRASH),))

# SPDX-License-Identifier: MIT
"""What the user does to put conversations in order, as values that can be turned round."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias, TypeVar

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.folders import Folder, ancestry, system_prompt, within

T = TypeVar("T", ConversationSummary, Folder)

StepKind: TypeAlias = Literal[
    "rename",
    "pin",
    "unpin",
    "move",
    "archive",
    "unarchive",
    "colour",
    "trash",
    "restore",
    "new_folder",
    "rename_folder",
    "move_folder",
    "colour_folder",
    "folder_prompt",
    "trash_folder",
    "restore_folder",
]
ConversationChange: TypeAlias = tuple[ConversationSummary, ConversationSummary]
"""A conversation before and after."""
FolderChange: TypeAlias = tuple[Folder | None, Folder | None]
"""A folder before and after; None where there is none."""

ARRANGED = (
    "title",
    "titled_by_user",
    "trashed_at",
    "folder_id",
    "pinned",
    "archived_at",
    "colour",
)
"""What a step changes of a conversation; all else changes with what is said in it."""

FOLDER_FIELDS = ("name", "parent_id", "colour", "system_prompt", "expanded", "trashed_at")
"""What a step changes of a folder."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the user did, with everything it changed."""

    kind: StepKind
    conversations: tuple[ConversationChange, ...] = ()
    folders: tuple[FolderChange, ...] = ()

    def __bool__(self) -> bool:
        """Whether it changes anything."""
        return bool(self.conversations or self.folders)

    @property
    def backwards(self) -> Step:
        """The step that takes this one back."""
        return Step(
            self.kind,
            tuple((after, before) for before, after in self.conversations),
            tuple((after, before) for before, after in reversed(self.folders)),
        )


@dataclass(frozen=True, slots=True)
class Arranged:
    """What stands in the store after a change: the conversations touched, and all folders.

    ``folders`` is None where none has changed.
    """

    conversations: tuple[ConversationSummary, ...] = ()
    folders: tuple[Folder, ...] | None = None


@dataclass(frozen=True, slots=True)
class LibraryChange:
    """Which conversations may look or stand otherwise now; ``ids`` None: any of them."""

    ids: frozenset[str] | None = None
    folders: bool = False


def difference(before: object, after: object, names: Iterable[str]) -> dict[str, Any]:
    """The fields among ``names`` in which ``after`` differs, with its values."""
    return {
        name: getattr(after, name)
        for name in names
        if getattr(before, name) != getattr(after, name)
    }


def changes(values: Iterable[T], **fields: Any) -> tuple[tuple[T, T], ...]:
    """Each value as it is and with these fields; those that have them already are left out."""
    pairs = ((one, replace(one, **fields)) for one in values)
    return tuple((before, after) for before, after in pairs if before != after)


def trashed_around(folders: Mapping[str, Folder], ids: Iterable[str | None]) -> list[Folder]:
    """The folders in the trash that must come back with what lies in the folders ``ids``."""
    found = {
        folder.id: folder
        for id in ids
        for folder in ancestry(folders, id)
        if folder.trashed_at is not None
    }
    return list(found.values())


def may_lie_in(folders: Mapping[str, Folder], id: str, parent_id: str | None) -> bool:
    """Whether the folder ``id`` can be put into ``parent_id``, which must not lie in it."""
    if parent_id is None:
        return True
    return parent_id in folders and parent_id not in within(folders.values(), id)


def copied(origin: ConversationSummary, id: str, now: float) -> ConversationSummary:
    """A copy made at the time ``now``, in the same folder, with a number behind its title."""
    title = origin.title
    if title:
        name, number = title, 2
        if found := re.fullmatch(r"(.*) \((\d+)\)", title):
            name, number = found[1], int(found[2]) + 1
        title = f"{name} ({number})"
    return replace(
        origin,
        id=id,
        title=title,
        created_at=now,
        updated_at=now,
        trashed_at=None,
        pinned=False,
        archived_at=None,
    )


def with_folder_prompt(setup: Setup, folders: Mapping[str, Folder], folder_id: str | None) -> Setup:
    """``setup`` with what the folder says first, unless the conversation itself says something."""
    prompt = system_prompt(folders, folder_id)
    if setup.generation.system_prompt is not None or not prompt:
        return setup
    return replace(setup, generation=replace(setup.generation, system_prompt=prompt))

# SPDX-License-Identifier: MIT
"""What the user wants done with conversations or folders, as a value; nothing is done here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Verb: TypeAlias = Literal[
    "open_in_window",
    "pin",
    "unpin",
    "move",
    "colour",
    "duplicate",
    "archive",
    "unarchive",
    "trash",
    "restore",
    "delete_forever",
    "export",
    "new_folder",
    "new_in_folder",
    "expand_folder",
    "collapse_folder",
    "move_folder",
    "colour_folder",
    "folder_prompt",
    "trash_folder",
    "restore_folder",
    "export_folder",
    "empty_trash",
]

MIME = "application/x-chatglm-desktop-rows"
"""Marks what is dragged out of the list; what it is, the list knows."""


@dataclass(frozen=True, slots=True)
class Wish:
    """``numbers`` are those of the conversations in the listing.

    ``folder_id`` is the folder it is about; with ``parent_id`` that one is to lie there, and what
    is to ``move`` lies in ``folder_id`` afterwards (None: in none). ``value`` is a colour or a
    name.
    """

    verb: Verb
    numbers: tuple[int, ...] = ()
    folder_id: str | None = None
    parent_id: str | None = None
    value: str = ""

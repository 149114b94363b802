# SPDX-License-Identifier: MIT
"""What the window says of a step in the library; knows no widget."""

from __future__ import annotations

from collections.abc import Mapping

from chatglm_desktop.core.arranging import Step, StepKind
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.gui.strings import tr


def said_of(step: Step, folders: Mapping[str, Folder]) -> tuple[str, str]:
    """What to say of a step that took something out of sight, and the name in it; else blanks.

    The name is the part that may be cut short.
    """
    if step.kind in ("trash_folder", "restore_folder"):
        return _of_folder(step)
    folder = _folder_name(step, folders)
    if len(step.conversations) == 1:
        title = step.conversations[0][1].title or tr("New conversation")
        return _of_one(step.kind, title, folder), title
    return _of_several(step.kind, len(step.conversations), folder), folder


def name_of(kind: str) -> str:
    """What a step is called where it is taken back."""
    return {
        "rename": tr("Rename"),
        "pin": tr("Pin"),
        "unpin": tr("Unpin"),
        "move": tr("Move"),
        "archive": tr("Archive"),
        "unarchive": tr("Take out of the archive"),
        "colour": tr("Colour"),
        "trash": tr("Delete"),
        "restore": tr("Restore"),
        "new_folder": tr("New folder"),
        "rename_folder": tr("Rename"),
        "move_folder": tr("Move"),
        "colour_folder": tr("Colour"),
        "folder_prompt": tr("System prompt"),
        "trash_folder": tr("Delete"),
        "restore_folder": tr("Restore"),
        "delete message": tr("Delete a message"),
        "save edit": tr("Edit"),
        "clear": tr("Clear"),
    }.get(kind, tr("Change"))


def _of_one(kind: StepKind, title: str, folder: str) -> str:
    back = tr("“{title}” is back.", title=title)
    if folder:
        moved = tr("“{title}” is in “{folder}” now.", title=title, folder=folder)
    else:
        moved = tr("“{title}” is in no folder now.", title=title)
    said: dict[StepKind, str] = {
        "trash": tr("“{title}” is in the trash.", title=title),
        "archive": tr("“{title}” is in the archive.", title=title),
        "restore": back,
        "unarchive": back,
        "move": moved,
    }
    return said.get(kind, "")


def _of_several(kind: StepKind, count: int, folder: str) -> str:
    back = tr("{count} conversations are back.", count=count)
    if folder:
        moved = tr("{count} conversations are in “{folder}” now.", count=count, folder=folder)
    else:
        moved = tr("{count} conversations are in no folder now.", count=count)
    said: dict[StepKind, str] = {
        "trash": tr("{count} conversations are in the trash.", count=count),
        "archive": tr("{count} conversations are in the archive.", count=count),
        "restore": back,
        "unarchive": back,
        "move": moved,
    }
    return said.get(kind, "")


def _of_folder(step: Step) -> tuple[str, str]:
    # The folder itself is the one that lies in no other of them.
    changed = {after.id: after for _, after in step.folders if after is not None}
    name = next(one.name for one in changed.values() if one.parent_id not in changed)
    if step.kind == "trash_folder":
        return tr("“{folder}” is in the trash with all that lay in it.", folder=name), name
    return tr("“{folder}” is back with all that lay in it.", folder=name), name


def _folder_name(step: Step, folders: Mapping[str, Folder]) -> str:
    folder = folders.get(step.conversations[0][1].folder_id or "") if step.conversations else None
    return folder.name if folder else ""

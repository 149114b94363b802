# SPDX-License-Identifier: MIT
"""Moves the data to another folder: copied, compared, and only then taken away; knows no SQL.

Everything here waits for the disk: call it in a thread.
"""

from __future__ import annotations

import contextlib
import filecmp
import logging
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from chatglm_desktop.settings.location import APP_NAME, DATABASE

if TYPE_CHECKING:
    from chatglm_desktop.settings.paths import Paths

log = logging.getLogger(__name__)


MoveRefusal: TypeAlias = Literal["there already", "into itself", "taken", "not writable"]


class CannotMove(Exception):
    """The data cannot go there: ``refusal`` says why."""

    def __init__(self, refusal: MoveRefusal) -> None:
        super().__init__(refusal)
        self.refusal: MoveRefusal = refusal


def holds_data(folder: Path) -> bool:
    """Whether conversations are saved in ``folder``."""
    return (folder / DATABASE).exists()


def place_in(folder: Path) -> Path:
    """Where the data goes if the user chooses ``folder``: not loose among other files."""
    if folder.name == APP_NAME or holds_data(folder):
        return folder
    try:
        return folder / APP_NAME if any(folder.iterdir()) else folder
    except OSError:
        # Not there yet, or nothing that can be used: that is told later.
        return folder


def refusal(paths: Paths, folder: Path) -> MoveRefusal | None:
    """Why the data cannot go to ``folder``; None if it can, or if there is other data to use."""
    old, new = paths.data.resolve(), folder.expanduser().absolute().resolve()
    if new == old:
        return "there already"
    if new.is_relative_to(old):
        return "into itself"
    if not _writable(new):
        return "not writable"
    if not holds_data(new) and any((new / item.name).exists() for item in _items(paths)):
        return "taken"
    return None


def copy_data(paths: Paths, folder: Path) -> list[Path]:
    """Copy what the program has saved to ``folder``; returns where that lies now.

    Nobody may have it open. Where this fails, nothing stays of the copies. Raises CannotMove and
    OSError.
    """
    refused = refusal(paths, folder)
    if refused is None and holds_data(folder):
        refused = "taken"
    if refused is not None:
        raise CannotMove(refused)
    items = _items(paths)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    copied: list[Path] = []
    try:
        for item in items:
            copied.append(folder / item.name)
            _copy(item, folder / item.name)
    except BaseException:
        take_away(copied)
        raise
    return items


def take_away(items: list[Path]) -> None:
    """Delete what was copied; what cannot be deleted stays."""
    for item in items:
        with contextlib.suppress(OSError):
            _delete(item)


def _writable(folder: Path) -> bool:
    """Whether a file can be made there, or where the folder itself would have to be made."""
    place = next(place for place in (folder, *folder.parents) if place.exists())
    try:
        with tempfile.TemporaryFile(dir=place):
            return True
    except OSError:
        return False


def _items(paths: Paths) -> list[Path]:
    """Files and folders of the data, but nothing of the settings, which may lie beside them."""
    stem = paths.database.stem
    found = [*paths.data.glob(f"{stem}*.db*"), paths.attachments, paths.data / "snapshots"]
    found += [paths.device_id, paths.keys, paths.window]
    return [item for item in found if item.exists()]


def _copy(item: Path, target: Path) -> None:
    """Raises OSError, also if the copy is not what was copied."""
    if item.is_dir():
        target.mkdir(mode=0o700)
        for inner in item.iterdir():
            _copy(inner, target / inner.name)
        return
    with item.open("rb") as source, target.open("xb") as copy:
        shutil.copyfileobj(source, copy)
        copy.flush()
        # On the disk before the other one is taken away: the power may fail in between.
        os.fsync(copy.fileno())
    shutil.copystat(item, target)
    if not filecmp.cmp(item, target, shallow=False):
        raise OSError(f"{target} is not what was copied")


def _delete(item: Path) -> None:
    if item.is_dir():
        shutil.rmtree(item)
    else:
        item.unlink()

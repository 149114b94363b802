# SPDX-License-Identifier: MIT
"""Writes beside the target and renames, so that a result is complete or not there."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from secrets import token_hex


class Staging:
    """A hidden folder beside ``target``; one thread calls everything here. All raise OSErrors."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.folder = target.parent / f".export-{token_hex(4)}.part"
        self.folder.mkdir()

    def publish_file(self, file: Path) -> None:
        """Put a file of the folder in the place of the target; the folder is gone after it."""
        with file.open("rb") as written:
            os.fsync(written.fileno())
        file.replace(self.target)
        self.discard()

    def publish_folder(self) -> Path:
        """Make the folder the target, or one of a similar name if that is there."""
        target, number = self.target, 1
        while target.exists():
            number += 1
            target = self.target.with_name(f"{self.target.name} ({number})")
        self.folder.rename(target)
        return target

    def discard(self) -> None:
        """Take away what is left of the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def move_new(source: Path, target: Path) -> list[Path]:
    """Move the files of one folder into another where none of their name is; returns the new ones.

    If that fails, none stays there. Raises OSError.
    """
    made = not target.exists()
    target.mkdir(exist_ok=True)
    moved: list[Path] = []
    try:
        for file in source.iterdir():
            place = target / file.name
            if not place.exists():
                file.rename(place)
                moved.append(place)
    except OSError:
        take_away(moved, target if made else None)
        raise
    return moved


def take_away(files: list[Path], folder: Path | None) -> None:
    """Delete files, and a folder if it is empty then, as far as that can be done."""
    for file in files:
        with contextlib.suppress(OSError):
            file.unlink()
    if folder is not None:
        with contextlib.suppress(OSError):
            folder.rmdir()

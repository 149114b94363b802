# SPDX-License-Identifier: MIT
"""Writes files whole or not at all, and sets broken ones aside; knows no format."""

from __future__ import annotations

import contextlib
import itertools
import os
from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Make ``data`` the content of ``path``, which only its owner can read. Raises OSError.

    Whatever happens in the middle, there is the old file or the new one.
    """
    # Late, because most runs write nothing.
    import tempfile

    # A link stays one, and leads to the new file.
    path = path.resolve()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp makes a file that only its owner can read.
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def set_aside(path: Path) -> Path | None:
    """Move a broken file to the first free name beside it; None if that fails."""
    place = free_name(path)
    try:
        return path.rename(place)
    except OSError:
        return None


def keep_copy(path: Path, data: bytes) -> Path | None:
    """Keep ``data``, which ``path`` holds, under the first free name too; None if that fails."""
    place = free_name(path)
    try:
        replace_file(place, data)
    except OSError:
        return None
    return place


def free_name(path: Path) -> Path:
    """A name beside ``path`` that tells that something there was broken."""
    names = (path.with_name(f"{path.stem}.broken-{n}{path.suffix}") for n in itertools.count(1))
    return next(name for name in names if not name.exists())

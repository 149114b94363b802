# SPDX-License-Identifier: MIT
"""What is known of copies of the saved conversations and of a rescue, as values; reads no file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

SnapshotReason: TypeAlias = Literal["daily", "update", "restore", "manual"]
"""Why a copy was made: a day has passed; before an update or before another copy took its place;
or because the user wanted one."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One copy: ``taken_at`` in seconds since the epoch, ``size`` in bytes."""

    file: Path
    taken_at: float
    reason: SnapshotReason
    size: int


@dataclass(frozen=True, slots=True)
class SnapshotContents:
    """What is in a copy: how many, and the ``titles`` of the newest conversations.

    ``missing_conversations`` and ``missing_messages`` are there now, but not in the copy.
    """

    conversations: int
    messages: int
    titles: tuple[str, ...] = ()
    missing_conversations: int = 0
    missing_messages: int = 0


@dataclass(frozen=True, slots=True)
class Rescue:
    """What became of a damaged file, which lies at ``set_aside`` now.

    ``lost`` messages are known to have been there; the text of ``incomplete`` ones could be read
    in part only. ``from_snapshot`` is when the copy was taken that stands in for a file of which
    nothing could be read, None if what was in the file itself was saved.
    """

    set_aside: Path
    conversations: int
    messages: int
    incomplete: int = 0
    lost: int = 0
    from_snapshot: float | None = None

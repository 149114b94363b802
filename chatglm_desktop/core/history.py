# SPDX-License-Identifier: MIT
"""What is known of a long conversation without reading it whole; values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from chatglm_desktop.core.messages import Message


@dataclass(frozen=True, slots=True)
class History:
    """The active branch: its ``length``, and of its messages the newest.

    ``messages`` are those from position ``first`` (0 is the oldest) to the end, oldest first;
    ``leaf_id`` names the last message of the branch, None for an empty one.
    """

    conversation_id: str
    leaf_id: str | None = None
    length: int = 0
    first: int = 0
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The messages of the active branch that hold what was looked for.

    ``positions`` are where they stand, in order, ``counts`` how many times each one holds it.
    """

    positions: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()


class Prompt(NamedTuple):
    """A question of the active branch; ``text`` is the beginning of it, on one line.

    A tuple, as making 50,000 other objects takes 0.1 s.
    """

    position: int
    text: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """All that is needed to take back the deletion of ``message``.

    ``position`` is where it stood on the active branch, None if it stood elsewhere;
    ``child_ids`` are the messages that followed it; ``number`` orders it among its siblings.
    """

    conversation_id: str
    message: Message
    position: int | None
    child_ids: tuple[str, ...]
    number: int

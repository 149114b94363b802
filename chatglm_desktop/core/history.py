# SPDX-License-Identifier: MIT
"""What is known of a long conversation without reading it whole; values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from chatglm_desktop.core.messages import Message


@dataclass(frozen=True, slots=True)
class Versions:
    """The message is number ``index`` (from 0) of ``count`` that stand at its place.

    The others, and all that follows them, are ``hidden`` messages.
    """

    index: int
    count: int
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Aside:
    """What of a conversation is not to be seen on its active branch.

    ``versions`` are those of the branch's messages that have any, by id; ``beyond`` messages
    follow its end without being on it, ``removed`` ones were deleted and can be put back.
    """

    versions: Mapping[str, Versions] = field(default_factory=dict)
    beyond: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """The active branch: its ``length``, and of its messages the newest.

    ``messages`` are those from position ``first`` (0 is the oldest) to the end, oldest first;
    ``leaf_id`` names the last message of the branch, None for an empty one. ``aside`` is as far
    as it is known yet.
    """

    conversation_id: str
    leaf_id: str | None = None
    length: int = 0
    first: int = 0
    messages: tuple[Message, ...] = ()
    aside: Aside = Aside()

    @property
    def versions(self) -> Mapping[str, Versions]:
        """Which messages of the branch stand where there are others too."""
        return self.aside.versions


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

# SPDX-License-Identifier: MIT
"""What is searched for in all conversations, and what is found, as values; knows no index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from chatglm_desktop.core.messages import Role
from chatglm_desktop.core.search_terms import Term

SearchOrder: TypeAlias = Literal["newest", "relevance"]
Author: TypeAlias = Literal["me", "ai"]
Trait: TypeAlias = Literal["code", "file", "image", "thinking", "table", "link"]
"""What a message can have besides its words."""

Standing: TypeAlias = Literal["pinned", "archived"]
"""Where a conversation can stand."""

Place: TypeAlias = Literal["title", "text", "thinking"]


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """All of it has to be so; of several folders, or models, one is enough.

    ``terms`` are in one message, or in a title if nothing is asked of messages alone; ``titles``
    are in the title of its conversation. ``folders`` and ``models`` are parts of names. Times
    are in seconds since the epoch: from ``after`` on, and earlier than ``before``.
    """

    terms: tuple[Term, ...] = ()
    titles: tuple[Term, ...] = ()
    author: Author | None = None
    folders: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    traits: frozenset[Trait] = frozenset()
    standings: frozenset[Standing] = frozenset()
    after: float | None = None
    before: float | None = None

    def __bool__(self) -> bool:
        """Whether anything is searched for."""
        return self != _NOTHING

    @property
    def of_messages(self) -> bool:
        """Whether only messages can be what is searched for, and no title."""
        return bool(self.author or self.models or self.traits)


_NOTHING = SearchQuery()


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was found, or a title if there is no ``message_id``.

    ``created_at`` of a title is when its conversation was last changed. ``marks`` are (start,
    end) in characters of the ``snippet``, which is on one line. ``hidden`` messages are on
    another branch than the active one.
    """

    conversation_id: str
    message_id: str | None
    title: str
    role: Role | None
    created_at: float
    snippet: str
    marks: tuple[tuple[int, int], ...]
    place: Place
    hidden: bool = False
    archived: bool = False
    model: str = ""
    folder_id: str | None = None


@dataclass(frozen=True, slots=True)
class Indexing:
    """How far older messages have been made findable: ``remaining`` of about ``total``."""

    remaining: int
    total: int

    def __bool__(self) -> bool:
        """Whether some are still to do."""
        return self.remaining > 0

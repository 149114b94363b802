# SPDX-License-Identifier: MIT
"""Where the leaves of a message hold what is looked for; knows no pixels."""

from __future__ import annotations

from dataclasses import dataclass

from chatglm_desktop.core.fold import find_all
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.selection import PartKind, Position, Selection
from chatglm_desktop.transcript.texts import leaf_text


@dataclass(frozen=True, slots=True)
class Hit:
    """A match from ``start`` to ``end``, in characters of a leaf."""

    part: PartKind
    leaf: int
    start: int
    end: int

    def selection(self, index: int) -> Selection:
        """The match as something selected in the message at ``index``."""
        return Selection(
            Position(index, self.part, self.leaf, self.start),
            Position(index, self.part, self.leaf, self.end),
        )


def leaf_hits(item: Item, part: PartKind, leaf: int, folded_query: str) -> list[Hit]:
    """The matches of a leaf, in order."""
    text = leaf_text(item.leaves(part)[leaf], item.references(part))
    return [Hit(part, leaf, start, end) for start, end in find_all(text, folded_query)]


def hits(item: Item, folded_query: str) -> list[Hit]:
    """The matches of an open item, in the order in which they are shown, folded ones too."""
    return [
        hit
        for part in PartKind
        for leaf in range(len(item.leaves(part)))
        for hit in leaf_hits(item, part, leaf, folded_query)
    ]

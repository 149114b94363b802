# SPDX-License-Identifier: MIT
"""Where the leaves of a message hold what is looked for; knows no pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from chatglm_desktop.core.fold import find_all, fold
from chatglm_desktop.transcript.finding import Landing
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.selection import PartKind, Position, Selection
from chatglm_desktop.transcript.texts import leaf_text

_ROUND = 120
"""Characters round a match that tell it from others."""


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
    text = _shown(item, part, leaf)
    return [Hit(part, leaf, start, end) for start, end in find_all(text, folded_query)]


def hits(item: Item, folded_query: str) -> list[Hit]:
    """The matches of an open item, in the order in which they are shown, folded ones too."""
    return [
        hit
        for part in PartKind
        for leaf in range(len(item.leaves(part)))
        for hit in leaf_hits(item, part, leaf, folded_query)
    ]


def closest(item: Item, found: Sequence[Hit], landing: Landing) -> int:
    """Which of the matches ``found`` in an open item is meant, by its part and what is round it."""
    wanted = PartKind.REASONING if landing.thinking else PartKind.ANSWER
    before, after = _bare(landing.before)[::-1], _bare(landing.after)
    # A leaf may hold thousands of matches.
    leaves = {(hit.part, hit.leaf) for hit in found}
    texts = {(part, leaf): _shown(item, part, leaf) for part, leaf in leaves}

    def likeness(number: int) -> tuple[bool, int]:
        hit = found[number]
        text = texts[hit.part, hit.leaf]
        near_before = _bare(text[max(hit.start - _ROUND, 0) : hit.start])[::-1]
        near_after = _bare(text[hit.end : hit.end + _ROUND])
        return hit.part is wanted, _alike(before, near_before) + _alike(after, near_after)

    return max(range(len(found)), key=likeness)


def _shown(item: Item, part: PartKind, leaf: int) -> str:
    return leaf_text(item.leaves(part)[leaf], item.references(part))


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in pairs)


def _bare(text: str) -> str:
    """A text without what differs between its source and what is shown."""
    return "".join(character for character in fold(text) if character.isalnum())

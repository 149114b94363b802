# SPDX-License-Identifier: MIT
"""What is looked for, marked in the rows in view; finds nothing that is not there."""

from __future__ import annotations

from collections.abc import Sequence

from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.transcript.rows.row import Mark
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.leaves import Leaf
from chatglm_desktop.transcript.matching import Hit, leaf_hits
from chatglm_desktop.transcript.rows import Row, RowKind

_KEPT = 400


class Marks:
    """``query`` is folded, "" for none; ``current`` is the match that the user stepped to."""

    def __init__(self) -> None:
        self._query = ""
        self._current: tuple[int, Hit] | None = None
        self._known: dict[tuple[int, Row], tuple[Leaf, list[Hit]]] = {}

    @property
    def query(self) -> str:
        return self._query

    @property
    def current(self) -> tuple[int, Hit] | None:
        """The index of a message, and the match in it."""
        return self._current

    def look_for(self, query: str) -> None:
        """Mark something else; no match is current."""
        self._query = query
        self._current = None
        self._known.clear()

    def step_to(self, index: int, hit: Hit) -> None:
        """Let one match stand out."""
        self._current = index, hit

    def of(self, index: int, item: Item, row: Row, theme: Theme) -> Sequence[Mark]:
        """The marks of a row; only leaves have any."""
        if not self._query or row.kind is not RowKind.LEAF:
            return ()
        return [
            Mark(hit.start, hit.end, self._colour(index, hit, theme))
            for hit in self._hits(index, item, row)
        ]

    def _hits(self, index: int, item: Item, row: Row) -> list[Hit]:
        leaf = item.leaves(row.part)[row.leaf]
        known = self._known.get((index, row))
        if known is None or known[0] is not leaf:
            if len(self._known) >= _KEPT:
                self._known.clear()
            known = leaf, leaf_hits(item, row.part, row.leaf, self._query)
            self._known[index, row] = known
        return known[1]

    def _colour(self, index: int, hit: Hit, theme: Theme) -> str:
        return theme.mark_current if self._current == (index, hit) else theme.mark

# SPDX-License-Identifier: MIT
"""What the user chose for single rows, and how far they are scrolled sideways; lays out nothing.

It outlives layouts: a change of theme, width or text leaves it as it is.
"""

from __future__ import annotations

from typing import TypeAlias

from chatglm_desktop.gui.transcript.rows.sideways import Sideways
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.rows import Row

RowKey: TypeAlias = tuple[str, Row]


class RowStates:
    """Wrapped, expanded and scrolled rows by message id and row."""

    def __init__(self) -> None:
        self._wrapped: set[RowKey] = set()
        self._expanded: dict[RowKey, bool] = {}
        self._streamed: set[str] = set()
        self._sideways: dict[RowKey, Sideways] = {}

    def clear(self) -> None:
        self._wrapped.clear()
        self._expanded.clear()
        self._streamed.clear()
        self._sideways.clear()

    def watch(self, item: Item) -> None:
        """A row of ``item`` is in view: what was seen to arrive stays open when it ends."""
        if item.running:
            self._streamed.add(item.message.id)

    def wrapped(self, key: RowKey) -> bool:
        return key in self._wrapped

    def toggle_wrap(self, key: RowKey) -> None:
        self._wrapped ^= {key}

    def expanded(self, key: RowKey) -> bool:
        """Whether long code is shown whole: as the user chose, else if it was seen to arrive."""
        return self._expanded.get(key, key[0] in self._streamed)

    def set_expanded(self, key: RowKey, expanded: bool) -> None:
        self._expanded[key] = expanded

    def sideways(self, key: RowKey) -> Sideways:
        """How far a row is scrolled; rows that scroll together ask with the key of one."""
        return self._sideways.setdefault(key, Sideways())

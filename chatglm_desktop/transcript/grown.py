# SPDX-License-Identifier: MIT
"""Parses a message apart as far as one leaf of it may grow; knows no format and no display."""

from __future__ import annotations

from collections.abc import Generator

from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.rows import Row


def grown(item: Item, row: Row) -> Generator[None, None, Item]:
    """Returns ``item``, or one of the same message in which the block of ``row`` is all there.

    ``row`` is one of a leaf. Yields while it parses. ``item`` stays as it is.
    """
    if not _may_grow(item, row):
        return item
    apart = item.fresh()
    apart.open()
    while _may_grow(apart, row):
        apart.work()
        yield
    return apart


def _may_grow(item: Item, row: Row) -> bool:
    """Whether text waits that may belong to the block of ``row``."""
    if not item.pending:
        return False
    part = item.part(row.part)
    last = len(part.leaves) - 1
    return row.leaf >= last or part.block_of(row.leaf) == part.block_of(last)

# SPDX-License-Identifier: MIT
"""Moves conversations of a store to the trash and back, as the organiser does."""

from __future__ import annotations

from dataclasses import replace

from chatglm_desktop.store import Store


async def trash(store: Store, id: str, at: float | None) -> None:
    """Move a conversation to the trash at a time, or take it out for None."""
    (before,) = await store.arrangement.summaries([id])
    await store.arrangement.arrange([(before, replace(before, trashed_at=at))])


async def purge(store: Store, older_than: float) -> int:
    """Delete for good what was trashed earlier; how many conversations."""
    gone = await store.arrangement.trashed(older_than)
    await store.arrangement.delete_trashed(gone)
    return len(gone)

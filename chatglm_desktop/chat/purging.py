# SPDX-License-Identifier: MIT
"""Deletes for good what has lain in the trash for long; knows no SQL."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.core.listing import TRASH_KEPT

if TYPE_CHECKING:
    from chatglm_desktop.store import Store

log = logging.getLogger(__name__)


async def purge(store: Store, now: Callable[[], float]) -> None:
    """To be called at the start; ``now`` gives seconds since the epoch."""
    older_than = now() - TRASH_KEPT
    arrangement = store.arrangement
    try:
        ids = await arrangement.trashed(older_than)
        await arrangement.delete_trashed(ids)
        await arrangement.delete_trashed_folders(older_than)
        await store.tree.forget_removed(older_than)
    except StoreError as error:
        log.info("what is old stays in the trash: %s", error)
        return
    if ids:
        log.info("deleted %d conversations of the trash", len(ids))

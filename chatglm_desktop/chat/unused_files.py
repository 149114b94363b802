# SPDX-License-Identifier: MIT
"""Deletes files that nothing names any more; knows no folder and no SQL."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Protocol

from chatglm_desktop.core.errors import StoreError

if TYPE_CHECKING:
    from chatglm_desktop.store import Store

log = logging.getLogger(__name__)

KEPT = 24 * 3600.0
"""Seconds for which a file stays that is not named: its message may not be saved yet."""


class DatedFiles(Protocol):
    """Files by their digest; called in threads. Both raise OSError."""

    def digests(self, older_than: float) -> set[str]: ...

    def collect(self, named: Collection[str], older_than: float) -> int: ...


async def collect_unused(store: Store, files: DatedFiles, now: Callable[[], float]) -> int:
    """To be called at the start, before anything can be deleted that may be taken back.

    Returns how many files have gone. ``now`` gives seconds since the epoch.
    """
    older_than = now() - KEPT
    try:
        old = await asyncio.to_thread(files.digests, older_than)
        if not old:
            return 0
        named = await store.digests_in_use(old)
        count = await asyncio.to_thread(files.collect, named, older_than)
    except (OSError, StoreError) as error:
        log.info("unused files stay: %s", error)
        return 0
    if count:
        log.info("deleted %d unused files", count)
    return count

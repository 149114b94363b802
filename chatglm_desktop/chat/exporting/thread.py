# SPDX-License-Identifier: MIT
"""One thread for work that waits for the disk; knows not what is done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class WorkThread:
    """Runs jobs in order. A job that has begun is waited for even if its caller is cancelled."""

    def __init__(self, name: str) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    async def run(self, job: Callable[[], T]) -> T:
        """The result of ``job``, which may raise."""
        future = asyncio.get_running_loop().run_in_executor(self._executor, job)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            # Nothing may be taken away under the hands of the thread.
            await asyncio.wait((future,))
            raise

    def close(self) -> None:
        """End the thread, which has no job any more."""
        self._executor.shutdown(wait=True)

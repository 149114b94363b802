# SPDX-License-Identifier: MIT
"""One thread that runs jobs in the order they come; knows no SQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.store.failures import translated

T = TypeVar("T")


class Worker:
    """Owns the thread. A job that was handed over is run even if its caller is cancelled."""

    def __init__(self) -> None:
        # Late, for a quick start: the thread pool is first needed after the first paint.
        from concurrent.futures import ThreadPoolExecutor

        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")

    async def run(self, job: Callable[[], T]) -> T:
        """The result of ``job``. Raises StoreErrors instead of what SQLite raises."""
        import asyncio

        def translated_job() -> T:
            with translated():
                return job()

        try:
            future = self._executor.submit(translated_job)
        except RuntimeError as error:
            raise StoreError("the store is closed") from error
        return await asyncio.shield(asyncio.wrap_future(future))

    def close(self) -> None:
        """End the thread after the jobs that it has."""
        self._executor.shutdown(wait=True)

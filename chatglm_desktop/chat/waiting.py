# SPDX-License-Identifier: MIT
"""What a reply waits for, told to whoever watches; and the user's wish to wait no longer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from chatglm_desktop.core.status import Status


class Waiting:
    """The waiting of one reply: ``tell`` hears of every change of its status."""

    def __init__(self, tell: Callable[[Status], None]) -> None:
        self.tell = tell
        self._hurried = asyncio.Event()

    def hurry(self) -> None:
        """End a pause that is under way; does nothing while there is none."""
        self._hurried.set()

    async def pause(self, seconds: float) -> None:
        """Wait so long, or until :meth:`hurry`."""
        self._hurried.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._hurried.wait(), seconds)

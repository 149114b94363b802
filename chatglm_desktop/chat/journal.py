# SPDX-License-Identifier: MIT
"""Writes a running reply to the store while it arrives, a fraction of a second behind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from chatglm_desktop.core.deltas import Delta, Reasoning, Revision
from chatglm_desktop.core.journal import JournalEntry, JournalKind

DELAY = 0.2
"""Seconds that text may wait before it is written."""


class Journal:
    """Collects deltas and writes them in batches; at most one timer is under way.

    ``write`` saves the entries; ``spawn`` runs it as an owned task.
    """

    def __init__(
        self,
        write: Callable[[Sequence[JournalEntry]], Coroutine[Any, Any, None]],
        spawn: Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]],
        delay: float = DELAY,
    ) -> None:
        self._write = write
        self._spawn = spawn
        self._delay = delay
        self._pending: list[tuple[JournalKind, list[str]]] = []
        self._timer: asyncio.Handle | None = None
        self._writing: asyncio.Task[None] | None = None

    def note(self, delta: Delta) -> None:
        """Remember the text of ``delta``; it is written after the delay at the latest."""
        match delta:
            case str():
                self._append("text", delta)
            case Reasoning(text):
                self._append("reasoning", text)
            case Revision(text, "text"):
                self._pending.append(("reset-text", [text]))
            case Revision(text, _):
                self._pending.append(("reset-reasoning", [text]))
            case _:
                return
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._delay, self._flush)

    async def close(self) -> None:
        """Stop writing. What is pending is dropped: the final message holds it."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._pending.clear()
        if self._writing is not None:
            await asyncio.wait([self._writing])

    def _append(self, kind: JournalKind, text: str) -> None:
        if self._pending and self._pending[-1][0] == kind:
            self._pending[-1][1].append(text)
        else:
            self._pending.append((kind, [text]))

    def _flush(self) -> None:
        self._timer = None
        entries = [JournalEntry(kind, "".join(pieces)) for kind, pieces in self._pending]
        self._pending.clear()
        self._writing = self._spawn(self._write(entries))

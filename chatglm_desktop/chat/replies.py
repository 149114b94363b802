# SPDX-License-Identifier: MIT
"""The replies of one conversation that are on their way; saves nothing but them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from chatglm_desktop.chat.events import MessageEnded, SessionEvent, StatusChanged
from chatglm_desktop.chat.reply_run import ReplyRun

if TYPE_CHECKING:
    from chatglm_desktop.chat.active_branch import ActiveBranch
    from chatglm_desktop.chat.clock import Clock
    from chatglm_desktop.chat.service import Service
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.history import History
    from chatglm_desktop.core.messages import Message
    from chatglm_desktop.store import Store


class Replies:
    """``emit`` hears of all that comes, ``ended`` of each final version after that."""

    def __init__(
        self,
        branch: ActiveBranch,
        store: Store,
        tasks: Tasks,
        clock: Clock,
        *,
        emit: Callable[[SessionEvent], None],
        ended: Callable[[Message], None],
    ) -> None:
        self._branch = branch
        self._store = store
        self._tasks = tasks
        self._clock = clock
        self._emit = emit
        self._ended = ended
        self._runs: dict[str, ReplyRun] = {}
        self._owned: set[asyncio.Task[None]] = set()
        self._closing = False

    def __len__(self) -> int:
        return len(self._runs)

    def __contains__(self, message_id: str) -> bool:
        return message_id in self._runs

    def status(self, message_id: str | None) -> StatusChanged | None:
        """What a reply waits for, as it was last told; None for one that does not run."""
        run = self._runs.get(message_id or "")
        return None if run is None else run.status

    def newest(self, message: Message) -> Message:
        """``message`` with what has arrived so far, if it runs."""
        run = self._runs.get(message.id)
        return message if run is None else run.message

    def shown_in(self, history: History) -> History:
        """``history`` with what has arrived of its last message, if that runs."""
        run = self._runs.get(history.leaf_id or "")
        if run is None or not history.messages:
            return history
        *others, last = history.messages
        running = replace(run.message, parent_id=last.parent_id)
        return replace(history, messages=(*others, running))

    def hurry(self) -> None:
        """Try again at once where a reply waits for its next try."""
        for run in self._runs.values():
            run.hurry()

    def stop(self, message_id: str | None = None) -> None:
        """End one reply, or all; what arrived is kept."""
        for run in list(self._runs.values()):
            if message_id in (None, run.id):
                run.stop()

    def close(self) -> None:
        """End all, and from now on each as soon as it begins: its question is saved."""
        self._closing = True
        self.stop()

    def start(
        self, reply: Message, service: Service, saved: asyncio.Task[None], length: int
    ) -> None:
        """Ask for ``reply`` to the first ``length`` messages when all is ``saved``."""
        run = self._runs[reply.id] = ReplyRun(
            reply,
            service,
            store=self._store,
            tasks=self._tasks,
            emit=self._emit,
            tell=self._branch.tell,
            elapsed=self._clock.elapsed,
        )
        if self._closing:
            run.stop()
        branch = self._branch
        running = run.run(saved, branch.load, length, ended=self._end, write=branch.write)
        task = self._tasks.spawn(running, name=f"reply {reply.id}")
        self._owned.add(task)
        task.add_done_callback(self._owned.discard)

    async def settled(self) -> None:
        """Wait until none runs and all are saved."""
        while self._owned:
            await asyncio.wait(self._owned)

    def _end(self, final: Message) -> None:
        del self._runs[final.id]
        final = self._branch.put(final)
        self._emit(MessageEnded(final))
        self._ended(final)

# SPDX-License-Identifier: MIT
"""What can be taken back, and done again; knows not what it is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Protocol

from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.core.events import Signal

if TYPE_CHECKING:
    from chatglm_desktop.chat.tasks import Tasks

log = logging.getLogger(__name__)

MOST = 100
"""Steps that are remembered; trash and versions keep what they took away for longer."""


class Undoable(Protocol):
    """One step. Both ways return whether there was anything to do; they raise StoreErrors."""

    @property
    def kind(self) -> str:
        """What was done, in one word of the program."""
        ...

    async def undo(self) -> bool: ...

    async def redo(self) -> bool: ...


class UndoStack:
    """Runs steps and their undoing one after the other, in the order in which they were wanted.

    ``changed`` is emitted when :attr:`can_undo` or :attr:`can_redo` may have changed, ``undone``
    and ``redone`` with each step that was taken back or done again. ``tell`` hears what the store
    refused; the step then stays where it was.
    """

    def __init__(self, tasks: Tasks, tell: Callable[[StoreError], None]) -> None:
        self.changed: Signal[None] = Signal()
        self.undone: Signal[Undoable] = Signal()
        self.redone: Signal[Undoable] = Signal()
        self._tasks = tasks
        self._tell = tell
        self._done: list[Undoable] = []
        self._undone: list[Undoable] = []
        self._wanted: set[asyncio.Task[None]] = set()
        # Fair: whoever asks first is served first.
        self._turn = asyncio.Lock()

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back, or one under way that will be one."""
        return bool(self._done) or bool(self._wanted)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def push(self, step: Undoable) -> None:
        """Remember a step that was done just now; what was taken back cannot be redone any more."""
        self._undone.clear()
        self._done.append(step)
        del self._done[:-MOST]
        self.changed.emit(None)

    def run(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        """Run ``work`` after all that was wanted before; what the store refuses is told."""
        task = self._tasks.spawn(self._in_turn(work), name=name)
        self._wanted.add(task)
        task.add_done_callback(self._ended)
        self.changed.emit(None)
        return task

    def undo(self, step: Undoable | None = None) -> None:
        """Take back the latest step, or the given one if it is not taken back yet."""
        self.run(self._undo(step), "undo")

    def redo(self) -> None:
        """Do again what was taken back last."""
        self.run(self._redo(), "redo")

    async def settled(self) -> None:
        """Wait until all that was wanted has been done."""
        while self._wanted:
            await asyncio.wait(self._wanted)

    async def _in_turn(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            async with self._turn:
                await work
        except StoreError as error:
            log.info("not done: %s", error)
            self._tell(error)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._wanted.discard(task)
        self.changed.emit(None)

    async def _undo(self, wanted: Undoable | None) -> None:
        while self._done:
            if wanted is not None and wanted not in self._done:
                return
            step = self._done[-1] if wanted is None else wanted
            something = await step.undo()
            # Meanwhile it may have been forgotten for newer ones.
            if step in self._done:
                self._done.remove(step)
            if something:
                self._undone.append(step)
                self.undone.emit(step)
                return

    async def _redo(self) -> None:
        while self._undone:
            step = self._undone[-1]
            something = await step.redo()
            # Meanwhile a new step may have emptied the list.
            if step in self._undone:
                self._undone.remove(step)
            if something:
                self._done.append(step)
                self.redone.emit(step)
                return

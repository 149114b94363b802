# SPDX-License-Identifier: MIT
"""Keeps at most one model file in memory and says where it is served; knows no chat protocol."""

from __future__ import annotations

import asyncio
import importlib.util
import secrets
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from chatglm_desktop.core.errors import (
    ConnectionFailed,
    EmptyReply,
    EngineFailed,
    EngineMissing,
    EngineNotIncluded,
    IncompleteReply,
    ProtocolError,
    ServerNotRunning,
)
from chatglm_desktop.core.status import Loading, Queued, Status
from chatglm_desktop.providers.local import child
from chatglm_desktop.providers.local.model_file import ModelFile, open_model
from chatglm_desktop.providers.local.process import Child

Tell: TypeAlias = Callable[[Status], None]

_BREAKS = (ConnectionFailed, EmptyReply, IncompleteReply, ProtocolError, ServerNotRunning)
"""What a request ends with when its server dies."""
_END_TAKES = 2.0
"""Seconds in which a process that broke a connection is gone."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is served in the OpenAI protocol, to whom has the ``token``.

    ``context`` is the longest conversation in tokens.
    """

    base_url: str
    token: str = field(repr=False)
    model: str
    context: int


class Clock(Protocol):
    """What tells when a model was not used for long; a loop is one."""

    def time(self) -> float: ...

    def call_later(self, delay: float, callback: Callable[[], None]) -> asyncio.Handle: ...


def missing_engine() -> EngineMissing | None:
    """Why no model file can be run here; None if one can. Imports nothing."""
    if importlib.util.find_spec("xllamacpp") is not None:
        return None
    # pip cannot add anything to a frozen program.
    return EngineNotIncluded() if getattr(sys, "frozen", False) else EngineMissing()


class _Run:
    """One process with one model, and those who use it."""

    def __init__(self, file: ModelFile, command: Sequence[str], threads: int) -> None:
        self.file = file
        self.token = secrets.token_urlsafe(32)
        self.users = 0
        self.unused = asyncio.Event()
        self._share = 0.0
        self._tells: list[Tell] = []
        order = {
            "paths": [str(path) for path in file.paths],
            "name": file.name,
            "token": self.token,
            "context": file.context,
            "threads": threads,
        }
        self.child = Child(command, order, self._hear_share)

    async def endpoint(self, tell: Tell) -> Endpoint:
        """Wait until the model is there. Raises EngineFailed if it will not be."""
        child = self.child
        if not child.ready.done():
            self._tells.append(tell)
            tell(Loading(self.file.name, self._share))
            try:
                waits = (child.ready, child.ended)
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            finally:
                self._tells.remove(tell)
        if child.ended.done():
            raise self.failure()
        base_url = f"http://127.0.0.1:{child.ready.result()}/v1"
        return Endpoint(base_url, self.token, self.file.name, self.file.context)

    async def has_ended(self) -> bool:
        """Whether the process is gone, or just going."""
        await asyncio.wait((self.child.ended,), timeout=_END_TAKES)
        return self.child.ended.done()

    def failure(self) -> EngineFailed:
        words, details = self.child.ended.result()
        return EngineFailed(words, details=details)

    def _hear_share(self, share: float) -> None:
        self._share = share
        for tell in self._tells:
            tell(Loading(self.file.name, share))


class Engine:
    """Starts a process when a model is needed, and ends it when it was not for a while.

    One model is in memory at a time. Whoever wants another one waits until the replies of this
    one have ended; then it makes room. All that want the same file share one process, and after
    a crash the next one gets a new process. ``idle_seconds`` is asked when the last user has
    left. ``command`` starts a child as ``child.py`` describes it; ``threads`` is for how many
    processors, 0 for as many as are good. :meth:`close` ends the process.
    """

    def __init__(
        self,
        idle_seconds: Callable[[], float] = lambda: 900.0,
        command: Callable[[], Sequence[str]] = child.command,
        threads: int = 0,
        clock: Clock | None = None,
    ) -> None:
        self._clock = clock
        self._idle_seconds = idle_seconds
        self._command = command
        self._threads = threads
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._run: _Run | None = None
        self._closed = False
        self._idle_since = 0.0
        self._timer: asyncio.Handle | None = None

    @property
    def pid(self) -> int | None:
        """The number of the process that holds a model, None if there is none."""
        return self._run.child.pid if self._run and self._run.child.running else None

    @asynccontextmanager
    async def serving(self, path: str, tell: Tell | None = None) -> AsyncIterator[Endpoint]:
        """The model in the file at ``path``, in memory as long as the context lasts.

        ``tell`` is told what is waited for. Raises EngineMissing, the errors of ``open_model``,
        and EngineFailed, also in place of what a request met because the process died.
        """
        if (missing := missing_engine()) is not None:
            raise missing
        known = self._run.file if self._run else None
        file = await asyncio.to_thread(open_model, path, known)
        tell = tell or _tell_nobody
        run = await self._admit(file, tell)
        try:
            yield await run.endpoint(tell)
        except _BREAKS as error:
            if await run.has_ended():
                raise run.failure() from error
            raise
        finally:
            self._leave(run)

    async def close(self) -> None:
        """End the process, and take no more requests."""
        self._closed = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._run is not None:
            await self._run.child.stop()

    async def _admit(self, file: ModelFile, tell: Tell) -> _Run:
        """One more user of a process that holds ``file``, which may have to be started."""
        ahead = self._ahead(file)
        if ahead:
            tell(Queued(ahead))
        self._waiting += 1
        try:
            # In the order in which they came: nobody waits for ever.
            async with self._turn:
                run = await self._run_of(file)
                run.users += 1
                run.unused.clear()
                return run
        finally:
            self._waiting -= 1

    def _ahead(self, file: ModelFile) -> int:
        """How many go first: those before us, and who uses a model that has to make room."""
        run = self._run
        others = run.users if run is not None and run.file != file else 0
        return self._waiting + others

    async def _run_of(self, file: ModelFile) -> _Run:
        run = self._run
        if run is not None and not (run.child.running and run.file == file):
            await run.unused.wait()
            await run.child.stop()
            self._run = run = None
        if self._closed:
            raise EngineFailed(details="the engine is closed")
        if run is None:
            self._run = run = _Run(file, self._command(), self._threads)
        return run

    def _leave(self, run: _Run) -> None:
        run.users -= 1
        if run.users:
            return
        run.unused.set()
        if not run.child.ready.done():
            # Nobody waits for it any more.
            run.child.kill()
        elif run.child.running:
            self._idle_since = self._time().time()
            if self._timer is None:
                self._arm(self._idle_seconds())

    def _time(self) -> Clock:
        return self._clock or asyncio.get_running_loop()

    def _arm(self, delay: float) -> None:
        # One timer at a time, armed anew only when it fires: in a Qt loop a cancelled timer
        # stays until its time comes.
        self._timer = self._time().call_later(delay, self._stop_if_idle)

    def _stop_if_idle(self) -> None:
        self._timer = None
        run = self._run
        if run is None or run.users:
            return
        left = self._idle_since + self._idle_seconds() - self._time().time()
        if left > 0:
            self._arm(left)
        else:
            run.child.kill()


def _tell_nobody(status: Status) -> None:
    pass

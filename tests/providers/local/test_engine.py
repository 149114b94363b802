# SPDX-License-Identifier: MIT
"""One model in memory at a time, shared, restarted, and ended when nobody needs it."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chatglm_desktop.core.errors import (
    ConnectionFailed,
    ContextTooLong,
    EngineFailed,
    EngineMissing,
    EngineNotIncluded,
    NotAModelFile,
)
from chatglm_desktop.core.status import Loading, Queued, Status
from chatglm_desktop.providers.local import engine as engine_module
from chatglm_desktop.providers.local.engine import Endpoint, Engine, missing_engine
from tests.helpers.puppets import Puppet, Puppets
from tests.providers.local.conftest import MakeEngine

NAME = "GLM Edge 1.5b Chat"


class User:
    """Somebody who uses a model until told to leave."""

    def __init__(self, engine: Engine, path: str) -> None:
        self.told: asyncio.Queue[Status] = asyncio.Queue()
        self._served: asyncio.Future[Endpoint] = asyncio.get_running_loop().create_future()
        self._left = asyncio.Event()
        self._error: Exception | None = None
        self.task = asyncio.create_task(self._use(engine, path))

    async def _use(self, engine: Engine, path: str) -> None:
        async with engine.serving(path, self.told.put_nowait) as endpoint:
            self._served.set_result(endpoint)
            await self._left.wait()
            if self._error is not None:
                raise self._error

    async def served(self) -> Endpoint:
        done, _ = await asyncio.wait(
            (self._served, self.task), timeout=20, return_when=asyncio.FIRST_COMPLETED
        )
        assert done
        return self._served.result()

    async def hear(self) -> Status:
        return await asyncio.wait_for(self.told.get(), 20)

    async def leave(self, error: Exception | None = None) -> None:
        self._error = error
        self._left.set()
        await asyncio.wait_for(self.task, 20)

    async def cancel(self) -> None:
        self.task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await self.task


class FakeClock:
    """Time passes when the test says so."""

    def __init__(self) -> None:
        self.now = 100.0
        self.timers: list[tuple[float, Callable[[], None]]] = []

    def time(self) -> float:
        return self.now

    def call_later(self, delay: float, callback: Callable[[], None]) -> asyncio.Handle:
        self.timers.append((self.now + delay, callback))
        loop = asyncio.get_running_loop()
        return asyncio.Handle(callback, (), loop)

    def advance(self, seconds: float) -> None:
        self.now += seconds
        due = [timer for timer in self.timers if timer[0] <= self.now]
        self.timers = [timer for timer in self.timers if timer[0] > self.now]
        for _, callback in due:
            callback()


async def start(engine: Engine, stage: Puppets, path: str) -> tuple[User, Puppet]:
    user = User(engine, path)
    puppet = await stage.ready()
    await user.served()
    return user, puppet


async def test_a_user_hears_how_far_the_model_is(
    stage: Puppets, make_engine: MakeEngine, edge: str
) -> None:
    engine = make_engine(command=stage.command, threads=3)
    assert engine.pid is None
    user = User(engine, edge)
    puppet = await stage.next()
    assert await user.hear() == Loading(NAME, 0.0)
    puppet.report(loading=0.5)
    assert await user.hear() == Loading(NAME, 0.5)
    puppet.report(ready=4711)
    endpoint = await user.served()
    assert (endpoint.base_url, endpoint.model) == ("http://127.0.0.1:4711/v1", NAME)
    assert engine.pid == puppet.pid
    assert puppet.order == {
        "paths": [edge],
        "name": NAME,
        "token": endpoint.token,
        "context": 8192,
        "threads": 3,
    }
    assert len(endpoint.token) > 30
    assert endpoint.token not in repr(endpoint)
    await user.leave()


async def test_all_that_want_a_file_share_one_process(
    stage: Puppets, make_engine: MakeEngine, edge: str
) -> None:
    engine = make_engine(command=stage.command)
    first = User(engine, edge)
    puppet = await stage.next()
    puppet.report(loading=0.25)
    assert [await first.hear(), await first.hear()] == [Loading(NAME, 0.0), Loading(NAME, 0.25)]
    second = User(engine, edge)
    assert await second.hear() == Loading(NAME, 0.25)
    puppet.report(ready=1)
    assert await first.served() == await second.served()
    third = User(engine, edge)
    assert await third.served() == await first.served()
    assert third.told.empty()
    assert stage.started.empty()
    for user in (first, second, third):
        await user.leave()


async def test_a_crash_in_use_is_told_with_the_last_words_and_mended_by_the_next(
    stage: Puppets, make_engine: MakeEngine, edge: str
) -> None:
    engine = make_engine(command=stage.command)
    user, puppet = await start(engine, stage, edge)
    puppet.complain("out of memory")
    puppet.exit(7)
    with pytest.raises(EngineFailed) as caught:
        await user.leave(ConnectionFailed("reset"))
    assert caught.value.words == "out of memory"
    assert "code 7" in caught.value.details
    assert isinstance(caught.value.__cause__, ConnectionFailed)
    again, second = await start(engine, stage, edge)
    assert second.pid != puppet.pid
    await again.leave()


async def test_a_crash_while_loading_fails_all_that_wait(
    stage: Puppets, make_engine: MakeEngine, edge: str
) -> None:
    engine = make_engine(command=stage.command)
    users = [User(engine, edge), User(engine, edge)]
    puppet = await stage.next()
    for user in users:
        await user.hear()
    puppet.complain("no such tensor")
    puppet.exit(1)
    for user in users:
        with pytest.raises(EngineFailed, match="no such tensor"):
            await user.leave()


async def test_what_a_living_server_refuses_stays_as_it_is(
    stage: Puppets, make_engine: MakeEngine, edge: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_END_TAKES", 0.01)
    engine = make_engine(command=stage.command)
    user, _ = await start(engine, stage, edge)
    with pytest.raises(ContextTooLong):
        await user.leave(ContextTooLong())
    again = User(engine, edge)
    await again.served()
    with pytest.raises(ConnectionFailed):
        await again.leave(ConnectionFailed())
    assert engine.pid is not None


async def test_nobody_left_to_wait_ends_the_loading(
    stage: Puppets, make_engine: MakeEngine, edge: str
) -> None:
    engine = make_engine(command=stage.command)
    first, second = User(engine, edge), User(engine, edge)
    puppet = await stage.next()
    for user in (first, second):
        await user.hear()
    await first.cancel()
    puppet.report(loading=0.5)
    assert await second.hear() == Loading(NAME, 0.5)
    await second.cancel()
    await puppet.gone()
    again, _ = await start(engine, stage, edge)
    await again.leave()


async def test_an_unused_model_leaves_the_memory(
    stage: Puppets, make_engine: MakeEngine, edge: str
) -> None:
    clock = FakeClock()
    engine = make_engine(lambda: 60.0, stage.command, clock=clock)
    user, puppet = await start(engine, stage, edge)
    clock.advance(1000)
    await user.leave()
    clock.advance(50)
    again = User(engine, edge)
    await again.served()
    await again.leave()
    assert len(clock.timers) == 1
    clock.advance(50)
    assert engine.pid == puppet.pid
    clock.advance(10)
    await puppet.gone()
    assert engine.pid is None
    assert clock.timers == []


async def test_a_model_in_use_is_not_idle(
    stage: Puppets, make_engine: MakeEngine, edge: str
) -> None:
    clock = FakeClock()
    engine = make_engine(lambda: 60.0, stage.command, clock=clock)
    user, puppet = await start(engine, stage, edge)
    await user.leave()
    again = User(engine, edge)
    await again.served()
    clock.advance(3600)
    assert engine.pid == puppet.pid
    await again.leave()
    assert len(clock.timers) == 1


async def test_the_loops_own_time_is_the_usual_one(
    stage: Puppets, make_engine: MakeEngine, edge: str
) -> None:
    engine = make_engine(lambda: 0.0, stage.command)
    user, puppet = await start(engine, stage, edge)
    await user.leave()
    await puppet.gone()


async def test_a_crash_of_an_idle_model_is_no_ones_business(
    stage: Puppets, make_engine: MakeEngine, edge: str
) -> None:
    clock = FakeClock()
    engine = make_engine(lambda: 60.0, stage.command, clock=clock)
    user, puppet = await start(engine, stage, edge)
    await user.leave()
    puppet.exit(1)
    await puppet.gone()
    clock.advance(60)
    again, second = await start(engine, stage, edge)
    assert engine.pid == second.pid
    await again.leave()


async def test_another_model_waits_until_the_first_may_make_room(
    stage: Puppets, make_engine: MakeEngine, edge: str, other: str
) -> None:
    engine = make_engine(command=stage.command)
    first, puppet = await start(engine, stage, edge)
    second = User(engine, other)
    assert await second.hear() == Queued(1)
    third = User(engine, edge)
    assert await third.hear() == Queued(1)
    await first.leave()
    await puppet.gone()
    successor = await stage.ready()
    assert successor.order["name"] == "Other"
    await second.served()
    assert stage.started.empty()
    await second.leave()
    await successor.gone()
    assert (await stage.ready()).order["name"] == NAME
    await third.served()
    await third.leave()


async def test_who_gives_up_waiting_for_another_model_lets_the_next_one_pass(
    stage: Puppets, make_engine: MakeEngine, edge: str, other: str
) -> None:
    engine = make_engine(command=stage.command)
    first, _ = await start(engine, stage, edge)
    second = User(engine, other)
    assert await second.hear() == Queued(1)
    third = User(engine, edge)
    assert await third.hear() == Queued(1)
    await second.cancel()
    await third.served()
    await third.leave()
    await first.leave()
    assert stage.started.empty()


async def test_a_file_that_has_changed_is_loaded_anew(
    stage: Puppets, make_engine: MakeEngine, edge: str, other: str
) -> None:
    engine = make_engine(command=stage.command)
    user, puppet = await start(engine, stage, edge)
    await user.leave()
    os.replace(other, edge)  # noqa: PTH105
    again, successor = await start(engine, stage, edge)
    assert successor.order["name"] == "Other"
    await puppet.gone()
    await again.leave()


async def test_a_closed_engine_ends_its_process_and_serves_nobody(
    stage: Puppets, make_engine: MakeEngine, edge: str, other: str
) -> None:
    engine = make_engine(command=stage.command)
    idle, puppet = await start(engine, stage, edge)
    await idle.leave()
    user = User(engine, edge)
    await user.served()
    waiting = User(engine, other)
    await waiting.hear()
    await engine.close()
    await puppet.gone()
    with pytest.raises(EngineFailed):
        await user.leave(ConnectionFailed())
    with pytest.raises(EngineFailed):
        await waiting.leave()
    await engine.close()


async def test_a_wrong_file_starts_nothing(
    stage: Puppets, make_engine: MakeEngine, tmp_path: Path
) -> None:
    file = tmp_path / "notes.gguf"
    file.write_text("no model")
    engine = make_engine(command=stage.command)
    with pytest.raises(NotAModelFile):
        async with engine.serving(str(file)):
            raise AssertionError("it is served")
    assert engine.pid is None


async def test_a_program_that_cannot_be_started_is_named(
    make_engine: MakeEngine, edge: str, tmp_path: Path
) -> None:
    engine = make_engine(command=lambda: [str(tmp_path / "gone")])
    with pytest.raises(EngineFailed, match="gone"):
        async with engine.serving(edge):
            raise AssertionError("it is served")


async def test_without_the_engine_its_install_line_is_told(
    make_engine: MakeEngine, edge: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert missing_engine() is None
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(EngineMissing) as caught:
        async with make_engine().serving(edge):
            raise AssertionError("it is served")
    assert "pip install chatglm-desktop[local]" in caught.value.hint
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert isinstance(missing_engine(), EngineNotIncluded)

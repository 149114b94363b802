# SPDX-License-Identifier: MIT
"""Replies of the real engine, with a small model."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
import pytest_asyncio

from chatglm_desktop.core.deltas import Delta, FinishReason, Usage
from chatglm_desktop.core.errors import (
    ChatError,
    ContextTooLong,
    EngineFailed,
    ModelFileUnreadable,
    NoModelChosen,
)
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.status import Asking, Loading, Status
from chatglm_desktop.providers.base import AsyncResult
from chatglm_desktop.providers.local import Endpoint, Engine, LocalGGUF

pytestmark = [pytest.mark.engine, pytest.mark.asyncio(loop_scope="module")]
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

SHORT = Generation(temperature=0.0, max_tokens=8)
LONG = Generation(temperature=1.0, max_tokens=2000)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine() -> AsyncIterator[Engine]:
    """One for all tests, so that the model is loaded seldom."""
    # Its thread is there before any test looks for threads that are left behind.
    executor = ThreadPoolExecutor(1)
    executor.submit(int).result()
    asyncio.get_running_loop().set_default_executor(executor)
    engine = Engine(threads=2)
    yield engine
    await engine.close()


def ask(path: str, question: str = "Tell me a story.", **kwargs: Any) -> aclosing[AsyncResult]:
    kwargs.setdefault("generation", SHORT)
    messages = [{"role": "user", "content": question}]
    return aclosing(LocalGGUF.create_async_generator(path, messages, **kwargs))  # type: ignore[arg-type]


async def answer(path: str, **kwargs: Any) -> list[Delta]:
    async with asyncio.timeout(60), ask(path, **kwargs) as deltas:
        return [delta async for delta in deltas]


async def failure(path: str, **kwargs: Any) -> ChatError:
    with pytest.raises(ChatError) as caught:
        await answer(path, **kwargs)
    return caught.value


def text(deltas: list[Delta]) -> str:
    return "".join(delta for delta in deltas if isinstance(delta, str))


async def status(endpoint: Endpoint, token: str) -> int:
    """What the server answers to somebody with this token."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(f"{endpoint.base_url}/models") as response,
    ):
        return response.status


async def test_a_model_file_answers(engine: Engine, gemma: str) -> None:
    told: list[Status] = []
    deltas = await answer(gemma, engine=engine, tell=told.append)
    assert text(deltas)
    assert isinstance(deltas[-1], FinishReason)
    (usage,) = [delta for delta in deltas if isinstance(delta, Usage)]
    assert usage.completion_tokens == 8
    shares = [status.share for status in told if isinstance(status, Loading)]
    assert shares == sorted(shares, key=lambda share: share or 0.0)
    assert shares[-1] == 0.9
    assert told[0] == Loading("Gemma 3 270m", 0.0)
    assert told[-1] == Asking()


async def test_only_who_has_the_token_is_served(engine: Engine, gemma: str) -> None:
    async with engine.serving(gemma) as endpoint:
        assert await status(endpoint, endpoint.token) == 200
        assert await status(endpoint, "wrong") == 401
        assert await status(endpoint, "") == 401
        assert urlsplit(endpoint.base_url).hostname == "127.0.0.1"


@LINUX
async def test_nothing_secret_is_seen_in_the_list_of_processes(engine: Engine, gemma: str) -> None:
    async with engine.serving(gemma) as endpoint:
        shown = Path(f"/proc/{engine.pid}/cmdline").read_text()  # noqa: ASYNC240
        assert "child.py" in shown
        assert endpoint.token not in shown
        assert gemma not in shown


async def test_two_requests_at_once_share_one_process(engine: Engine, gemma: str) -> None:
    await answer(gemma, engine=engine)
    before = engine.pid
    answers = await asyncio.gather(answer(gemma, engine=engine), answer(gemma, engine=engine))
    assert all(map(text, answers))
    assert engine.pid == before


async def test_a_reply_that_is_stopped_makes_way_for_the_next(engine: Engine, gemma: str) -> None:
    async with asyncio.timeout(60), ask(gemma, engine=engine, generation=LONG) as deltas:
        async for delta in deltas:
            if isinstance(delta, str):
                break
    before = engine.pid
    assert text(await answer(gemma, engine=engine))
    assert engine.pid == before


async def test_a_conversation_that_is_too_long_says_so(engine: Engine, gemma: str) -> None:
    error = await failure(gemma, engine=engine, question="tree " * 20_000)
    assert isinstance(error, ContextTooLong)
    assert engine.pid is not None


@POSIX
async def test_a_crash_in_mid_reply_is_told_and_mended(engine: Engine, gemma: str) -> None:
    pids: list[int] = []

    async def reply() -> None:
        async with asyncio.timeout(60), ask(gemma, engine=engine, generation=LONG) as deltas:
            async for delta in deltas:
                if isinstance(delta, str) and not pids:
                    assert engine.pid is not None
                    pids.append(engine.pid)
                    os.kill(engine.pid, signal.SIGKILL)

    with pytest.raises(EngineFailed, match="signal 9"):
        await reply()
    assert text(await answer(gemma, engine=engine))
    assert engine.pid not in (None, *pids)


async def test_what_only_the_engine_finds_wrong_is_told_in_its_words(
    gemma: str, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.gguf"
    data = Path(gemma).read_bytes()  # noqa: ASYNC240
    broken.write_bytes(data.replace(b"gemma3", b"gemma?"))
    error = await failure(str(broken))
    assert isinstance(error, EngineFailed)
    assert "gemma?" in error.words
    assert "unknown model architecture" in error.words


async def test_a_file_must_be_chosen_and_be_there(tmp_path: Path) -> None:
    assert isinstance(await failure(""), NoModelChosen)
    assert isinstance(await failure(str(tmp_path / "gone.gguf")), ModelFileUnreadable)


async def test_unused_it_leaves_memory_and_port(gemma: str) -> None:
    engine = Engine(lambda: 0.0, threads=2)
    async with engine.serving(gemma) as endpoint:
        address = urlsplit(endpoint.base_url)
    await engine.close()
    assert address.port is not None
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", address.port)).close()

# SPDX-License-Identifier: MIT
"""A provider whose reply the test dictates, a real store in a folder of its own, a library."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path
from time import time

import pytest
import pytest_asyncio

from chatglm_desktop.chat.conversations import Library
from chatglm_desktop.chat.organiser import Organiser
from chatglm_desktop.chat.service import ReadyProvider, Service, ServiceFor
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.deltas import Delta
from chatglm_desktop.core.provider import RequestMessage
from chatglm_desktop.store import Store


class DictatedProvider:
    """Yields what the test says; an exception said is raised, None ends the reply."""

    supports_system_message = False
    supports_message_history = True
    default_model = "dictated"

    def __init__(self) -> None:
        self.models = ["dictated"]
        self.requests: list[list[RequestMessage]] = []
        self.closed = 0
        self._said: asyncio.Queue[Delta | Exception | None] = asyncio.Queue()

    def say(self, *deltas: Delta | Exception | None) -> None:
        for delta in deltas:
            self._said.put_nowait(delta)

    async def create_async_generator(
        self,
        model: str,
        messages: list[RequestMessage],
        proxy: str | None = None,
        **kwargs: object,
    ) -> AsyncGenerator[Delta, None]:
        self.requests.append(messages)
        try:
            while (said := await self._said.get()) is not None:
                if isinstance(said, Exception):
                    raise said
                yield said
        finally:
            self.closed += 1


@pytest.fixture
def provider() -> DictatedProvider:
    return DictatedProvider()


@pytest.fixture
def service(provider: DictatedProvider) -> ServiceFor:
    """The same service however a conversation is set up."""

    async def prepare() -> ReadyProvider:
        return ReadyProvider(provider)

    return lambda setup: Service("Dictated", prepare)


@pytest_asyncio.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await Store.open(tmp_path / "data" / "conversations.db")
    yield opened
    await opened.close()


@pytest.fixture
def bugs() -> list[BaseException]:
    """What the owner of the tasks was told of."""
    return []


@pytest_asyncio.fixture
async def tasks(bugs: list[BaseException]) -> AsyncIterator[Tasks]:
    owner = Tasks(bugs.append)
    yield owner
    await owner.finish()


@pytest.fixture
def library(store: Store, service: ServiceFor, tasks: Tasks) -> Library:
    return Library(store, service, tasks)


@pytest.fixture
def organiser(library: Library, store: Store) -> Organiser:
    return Organiser(library, store, time)

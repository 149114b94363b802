# SPDX-License-Identifier: MIT
"""A real client for the demo server, with a reader of its own for the event stream."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import aiohttp
import pytest

from chatglm_desktop.demo import DemoServer

Event = dict[str, Any]
Body = dict[str, Any]


class Client:
    """Asks a demo server over its socket."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    @staticmethod
    def body(question: str = "Hello", **changes: Any) -> Body:
        body: Body = {
            "assistant_id": "65940acff94777010aa6b796",
            "conversation_id": "",
            "meta_data": {"input_question_type": "xxxx", "platform": "pc"},
            "messages": [{"role": "user", "content": [{"type": "text", "text": question}]}],
        }
        return {key: value for key, value in (body | changes).items() if value is not None}

    async def post(
        self, url: str, question: str = "Hello", **changes: Any
    ) -> tuple[int, str, bytes]:
        """Status, content type and whole body."""
        async with self.session.post(url, json=self.body(question, **changes)) as response:
            return response.status, response.content_type, await response.read()

    async def events(self, url: str, question: str = "Hello", **changes: Any) -> list[Event]:
        status, content_type, data = await self.post(url, question, **changes)
        assert (status, content_type) == (200, "text/event-stream")
        return self.parse(data)

    async def text(self, url: str, question: str = "Hello", **changes: Any) -> str:
        """The answer's text, read from the frames that end a segment."""
        return self.final(await self.events(url, question, **changes), "text")

    @staticmethod
    def parse(data: bytes) -> list[Event]:
        """The events of a whole stream, which must be framed as the service frames them."""
        blocks = data.decode().split("\n\n")
        assert blocks.pop() == ""
        events: list[Event] = []
        for block in blocks:
            head, payload = block.split("\n", 1)
            assert head == "event:message"
            assert payload.startswith("data:  ")
            events.append(json.loads(payload.removeprefix("data:  ")))
        return events

    @staticmethod
    def items(events: list[Event], kind: str) -> list[tuple[str, str, Event]]:
        """(logic id, part status, item) of every content item of ``kind``."""
        return [
            (part["logic_id"], part["status"], item)
            for event in events
            for part in event["parts"] or ()
            for item in part["content"] or ()
            if item["type"] == kind
        ]

    @staticmethod
    def final(events: list[Event], kind: str) -> str:
        """What the ended segments of ``kind`` hold, joined in order."""
        key = "content" if kind == "execution_output" else kind
        ended = {
            logic_id: item[key]
            for logic_id, status, item in Client.items(events, kind)
            if status == "finish"
        }
        return "".join(ended.values())


StartServer = Callable[..., AbstractAsyncContextManager[DemoServer]]


@asynccontextmanager
async def running(*args: Any, **kwargs: Any) -> AsyncIterator[DemoServer]:
    server = DemoServer(*args, **kwargs)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        yield Client(session)


@pytest.fixture
async def server() -> AsyncIterator[DemoServer]:
    """A server that does not wait."""
    async with running(pace=0) as server:
        yield server


@pytest.fixture
def start_server() -> StartServer:
    return running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        yield session

# SPDX-License-Identifier: MIT
"""A reply that has to wait: in line, or for a service that refuses for the moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence

import pytest

from chatglm_desktop.chat.lanes import Lane
from chatglm_desktop.chat.prompt import Turn
from chatglm_desktop.chat.retries import Backoff
from chatglm_desktop.chat.service import ReadyProvider, Service
from chatglm_desktop.chat.waiting import Waiting
from chatglm_desktop.core.deltas import ConversationRef, Delta, FinishReason
from chatglm_desktop.core.errors import ChatError, NoBalance, ProviderUnavailable, RateLimited
from chatglm_desktop.core.generation import Abilities, Generation
from chatglm_desktop.core.messages import Message, Role, TextPart
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.core.provider import RequestMessage
from chatglm_desktop.core.status import Asking, Queued, Retrying, Status

QUESTION = Message("q", Role.USER, (TextPart("Hi"),), 0.0)
QUICK = Backoff(attempts=3, first=0.001, chance=lambda: 0.0)


class Server:
    """Answers each request with the next of ``answers``; an error among the deltas is raised."""

    supports_system_message = True
    supports_message_history = True
    default_model = "m"
    models: list[str] = []  # noqa: RUF012 # the shape of the contract

    def __init__(self, *answers: list[Delta | ChatError]) -> None:
        self._answers = list(answers)
        self.requests: list[list[RequestMessage]] = []
        self.keywords: list[dict[str, object]] = []

    async def create_async_generator(
        self,
        model: str,
        messages: list[RequestMessage],
        proxy: str | None = None,
        **kwargs: object,
    ) -> AsyncIterator[Delta]:
        self.requests.append(messages)
        self.keywords.append(kwargs)
        for said in self._answers.pop(0):
            if isinstance(said, ChatError):
                raise said
            yield said


class Listener:
    def __init__(self) -> None:
        self.heard: list[Status] = []
        self.waiting = Waiting(self.heard.append)

    async def ask(self, service: Service) -> list[Delta]:
        return [delta async for delta in service.stream([QUESTION], self.waiting)]


def serve(server: Server, **values: object) -> Service:
    async def prepare() -> ReadyProvider:
        return ReadyProvider(server, "m")

    return Service("S", prepare, **values)  # type: ignore[arg-type] # named by each test


@pytest.fixture
def listener() -> Listener:
    return Listener()


async def test_what_is_refused_for_the_moment_is_asked_for_again(listener: Listener) -> None:
    server = Server(
        [RateLimited("slow down", code="1302")],
        [ConversationRef("c"), ProviderUnavailable()],
        ["Hello", FinishReason("stop")],
    )
    deltas = await listener.ask(serve(server, backoff=QUICK, elapsed=lambda: 50.0))
    assert deltas == [ConversationRef("c"), "Hello", FinishReason("stop")]
    first, retry, second, again, third = listener.heard
    assert first == second == third == Asking()
    assert retry == Retrying(
        RateLimited("slow down", code="1302").failure, at=50.001, attempt=2, attempts=3
    )
    assert isinstance(again, Retrying)
    assert again.attempt == 3


async def test_nothing_is_asked_again_once_text_has_come(listener: Listener) -> None:
    server = Server(["Hel", ProviderUnavailable("overloaded")], ["Hello"])
    with pytest.raises(ProviderUnavailable, match="overloaded"):
        await listener.ask(serve(server, backoff=QUICK))
    assert len(server.requests) == 1


async def test_what_will_not_pass_fails_at_once(listener: Listener) -> None:
    server = Server([NoBalance("充值")])
    with pytest.raises(NoBalance):
        await listener.ask(serve(server, backoff=QUICK))
    assert listener.heard == [Asking()]


async def test_attempts_come_to_an_end(listener: Listener) -> None:
    server = Server([RateLimited()], [RateLimited()], [RateLimited()])
    with pytest.raises(RateLimited):
        await listener.ask(serve(server, backoff=QUICK))
    assert len(server.requests) == 3


async def test_a_long_pause_ends_when_the_user_wants_it(listener: Listener) -> None:
    server = Server([RateLimited()], ["Hello"])
    endless = Backoff(first=10_000.0, longest=10_000.0)
    asking = asyncio.create_task(listener.ask(serve(server, backoff=endless)))
    await _until(lambda: len(listener.heard) == 2)
    listener.waiting.hurry()
    assert await asking == ["Hello"]


async def test_requests_with_one_key_wait_for_each_other(listener: Listener) -> None:
    lane = Lane(1)
    server = Server(["Hello"])
    held = asyncio.Event()

    async def hold() -> None:
        async with lane.place(lambda ahead: None):
            await held.wait()

    holder = asyncio.create_task(hold())
    asking = asyncio.create_task(listener.ask(serve(server, lane=lane)))
    await _until(lambda: listener.heard == [Queued(1)])
    held.set()
    assert await asking == ["Hello"]
    assert listener.heard == [Queued(1), Asking()]
    await holder


async def test_only_options_that_the_service_takes_are_sent(listener: Listener) -> None:
    server = Server(["Hello"])
    generation = Generation("Be brief.", temperature=0.5, web_search=True)
    able = Abilities(frozenset({"system_prompt", "temperature"}))
    await listener.ask(serve(server, generation=generation, abilities=able))
    assert server.requests == [
        [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}]
    ]
    assert server.keywords[0]["generation"] == Generation("Be brief.", temperature=0.5)


async def test_messages_are_read_as_the_service_takes_them(listener: Listener) -> None:
    async def shout(branch: Sequence[Message], abilities: Abilities) -> Sequence[Turn]:
        return [Turn(message.role, message.text.upper()) for message in branch]

    server = Server(["Hello"])
    await listener.ask(serve(server, read=shout))
    assert server.requests == [[{"role": "user", "content": "HI"}]]


def test_the_room_is_that_of_the_model() -> None:
    assert serve(Server(), model=ModelInfo("m", context=1000)).room == 750
    assert serve(Server()).room == 0


async def _until(there: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not there():  # noqa: ASYNC110
            await asyncio.sleep(0)

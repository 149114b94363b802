# SPDX-License-Identifier: MIT
"""Every chat-completion fixture over a real socket: whole, cut at every byte, dropped."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from chatglm_desktop.core.deltas import Delta
from chatglm_desktop.core.errors import (
    ChatError,
    ConnectionFailed,
    IncompleteReply,
    ServerNotRunning,
    TimedOut,
    WrongAddress,
)
from chatglm_desktop.providers import OpenAICompatible
from chatglm_desktop.providers.http import Patience
from chatglm_desktop.providers.openai_chunks import ChatReply
from chatglm_desktop.providers.openai_errors import Asked
from chatglm_desktop.providers.sse import SseDecoder
from tests.helpers.openai_cases import EVENT_STREAM, ChatCase, Outcome, chat_cases, outcome_of

if TYPE_CHECKING:
    from tests.providers.conftest import GuestServer

# As for the guest service: a request cuts at every 48th byte, 48 requests cut everywhere.
STRIDE = 48

every_case = pytest.mark.parametrize("chat", chat_cases(), ids=lambda case: case.name)
every_stream = pytest.mark.parametrize(
    "chat",
    [case for case in chat_cases() if case.media_type == EVENT_STREAM],
    ids=lambda case: case.name,
)


def play(server: GuestServer, chat: ChatCase, pieces: Iterable[bytes]) -> str:
    headers = {"Content-Type": chat.media_type}
    return server.play(*filter(None, pieces), status=chat.status, headers=headers)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_what_is_said_goes_to_no_address_that_nobody_has_named(
    server: GuestServer, status: int
) -> None:
    base = server.play(status=status, headers={"Location": "http://a..b/v1/chat/completions"})
    assert (await ask(base)).error is WrongAddress


async def ask(base: str, **extras: Any) -> Outcome:
    deltas: list[Delta] = []
    error: ChatError | None = None
    try:
        async for delta in OpenAICompatible.create_async_generator(
            "m", [{"role": "user", "content": "Hi"}], api_endpoint=base, **extras
        ):
            deltas.append(delta)
    except ChatError as raised:
        error = raised
        assert error.host == base.split("/")[2]
    return outcome_of(deltas, error)


@every_case
async def test_whole(chat: ChatCase, server: GuestServer) -> None:
    assert await ask(play(server, chat, [chat.body])) == chat.outcome


@every_case
async def test_one_event_at_a_time(chat: ChatCase, server: GuestServer) -> None:
    assert await ask(play(server, chat, chat.frames)) == chat.outcome


@every_case
async def test_every_byte_its_own_piece(chat: ChatCase, server: GuestServer) -> None:
    pieces = [bytes([byte]) for byte in chat.body]
    assert await ask(play(server, chat, pieces)) == chat.outcome


@every_case
async def test_cut_at_every_byte(chat: ChatCase, server: GuestServer) -> None:
    body = chat.body
    ways = [[0, *range(offset, len(body), STRIDE), len(body)] for offset in range(1, STRIDE + 1)]
    async with aiohttp.ClientSession() as session:
        bases = [play(server, chat, [body[a:b] for a, b in pairwise(way)]) for way in ways]
        outcomes = await asyncio.gather(*(ask(base, session=session) for base in bases))
    assert set(outcomes) == {chat.outcome}


@every_stream
async def test_line_ends_of_windows_and_none_at_the_end(
    chat: ChatCase, server: GuestServer
) -> None:
    body = b"\xef\xbb\xbf" + chat.body.rstrip(b"\n").replace(b"\n", b"\r\n")
    if chat.name == "o15_glued":
        # A chunk that was cut off ends with its line here too.
        assert b"{\r\ndata:" in body
    assert await ask(play(server, chat, [body])) == chat.outcome


@every_stream
async def test_dropped_at_every_event(chat: ChatCase, server: GuestServer) -> None:
    for count in range(len(chat.frames)):
        frames = chat.frames[:count]
        outcome = await ask(server.play(*frames, drop=True))
        assert outcome == expected_of_a_drop(frames), f"after {count} events"


def expected_of_a_drop(frames: tuple[bytes, ...]) -> Outcome:
    """All that the whole frames hold, then an error unless the text had ended."""
    reply, decoder = ChatReply(Asked("")), SseDecoder()
    deltas: list[Delta] = []
    try:
        for frame in frames:
            for event in decoder.feed(frame):
                deltas.extend(reply.fold(event))
    except ChatError as raised:
        return outcome_of(deltas, raised)
    if reply.has_reason or reply.finished:
        return outcome_of([*deltas, *reply.end()])
    deltas += held_back(reply)
    so_far = outcome_of(deltas)
    has_content = so_far.text or so_far.reasoning
    return outcome_of(deltas, IncompleteReply() if has_content else ConnectionFailed())


def held_back(reply: ChatReply) -> list[Delta]:
    """What might have become a tag and is text after all."""
    left: list[Delta] = []
    with suppress(ChatError):
        for delta in reply.end(ConnectionFailed()):
            left.append(delta)
    return left


async def test_comments_alone_do_not_count_as_an_answer(server: GuestServer) -> None:
    base = server.play(b": keep-alive\n\n", endless=True)
    patience = Patience(first_event=0.05, silence=0.05)
    outcome = await ask(base, patience=patience)
    assert outcome.error is not None
    assert issubclass(outcome.error, TimedOut)


async def test_a_stall_in_the_middle_keeps_what_came(server: GuestServer) -> None:
    chunk = b'data: {"choices":[{"delta":{"content":"Half"}}]}\n\n'
    outcome = await ask(server.play(chunk, endless=True), timeout=0.1)
    assert outcome.text == "Half"
    assert outcome.error is not None
    assert issubclass(outcome.error, TimedOut)


async def test_a_server_that_does_not_hang_up_is_not_waited_for(
    server: GuestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatglm_desktop.providers.openai_compatible._GRACE", 0.02)
    chunk = b'data: {"choices":[{"delta":{"content":"All"},"finish_reason":"stop"}]}\n\n'
    outcome = await ask(server.play(chunk, endless=True))
    assert outcome == Outcome("All", finish=("stop",))


async def test_where_nobody_listens_the_server_is_not_running(
    unused_tcp_port: int, server: GuestServer
) -> None:
    for host in ("localhost", "127.0.0.1"):
        outcome = await ask(f"http://{host}:{unused_tcp_port}/v1")
        assert outcome == Outcome(error=ServerNotRunning)


async def test_unreadable_chunks_are_logged_once_with_their_number(
    server: GuestServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "chatglm_desktop")
    chat = next(case for case in chat_cases() if case.name == "o15_glued")
    assert await ask(play(server, chat, [chat.body])) == chat.outcome
    assert caplog.messages == ["skipped 2 chunks that were no JSON objects"]


async def test_unreadable_chunks_alone_are_an_error(server: GuestServer) -> None:
    outcome = await ask(server.play(b"data: {\n\ndata: []\n\ndata: [DONE]\n\n"))
    assert replace(outcome, error=None) == Outcome()
    assert outcome.error is not None
    assert outcome.error.__name__ == "ProtocolError"

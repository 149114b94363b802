# SPDX-License-Identifier: MIT
"""Every guest fixture over a real socket: whole, cut at every byte, dropped at every event."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from chatglm_desktop.core.deltas import Delta
from chatglm_desktop.core.errors import ChatError, ConnectionFailed, IncompleteReply
from chatglm_desktop.providers import ChatGLM
from chatglm_desktop.providers.guest_events import GuestReply
from chatglm_desktop.providers.sse import SseDecoder

if TYPE_CHECKING:
    from tests.providers.conftest import GuestCase, GuestServer, Outcome

Folded = Callable[..., "Outcome"]

# Requests that are under way at the same time, and the distance of their cuts: a request
# cuts at every 48th byte, so 48 requests cut everywhere.
STRIDE = 48
SMALL = 1000


async def ask(url: str, folded: Folded, **extras: Any) -> Outcome:
    deltas: list[Delta] = []
    error: ChatError | None = None
    try:
        async for delta in ChatGLM.create_async_generator(
            "", [{"role": "user", "content": "Hi"}], api_endpoint=url, **extras
        ):
            deltas.append(delta)
    except ChatError as raised:
        error = raised
    return folded(deltas, error)


def strides(body: bytes, offset: int) -> list[bytes]:
    bounds = [0, *range(offset, len(body), STRIDE), len(body)]
    return [body[a:b] for a, b in pairwise(bounds)]


async def test_whole(case: GuestCase, server: GuestServer, folded: Folded) -> None:
    assert await ask(server.play_case(case, [case.body]), folded) == case.outcome


async def test_one_event_at_a_time(case: GuestCase, server: GuestServer, folded: Folded) -> None:
    assert await ask(server.play_case(case), folded) == case.outcome


async def test_every_byte_its_own_piece(
    case: GuestCase, server: GuestServer, folded: Folded
) -> None:
    size = 1 if len(case.body) < 100_000 else 1000
    body = case.body
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    assert await ask(server.play_case(case, pieces), folded) == case.outcome


async def test_cut_at_every_byte(case: GuestCase, server: GuestServer, folded: Folded) -> None:
    if len(case.body) > 100_000:
        body, offsets = case.body, range(100_000, 600_000, 100_000)
        ways = [[body[:offset], body[offset:]] for offset in offsets]
    else:
        ways = [strides(case.body, offset) for offset in range(1, STRIDE + 1)]
    if len(case.body) < SMALL:
        # Here also each cut alone.
        ways += [[case.body[:at], case.body[at:]] for at in range(1, len(case.body))]
    async with aiohttp.ClientSession() as session:
        urls = [server.play_case(case, pieces) for pieces in ways]
        outcomes = await asyncio.gather(*(ask(url, folded, session=session) for url in urls))
    assert set(outcomes) == {case.outcome}


async def test_dropped_at_every_event(
    stream_case: GuestCase, server: GuestServer, folded: Folded
) -> None:
    for count in range(len(stream_case.frames)):
        frames = stream_case.frames[:count]
        outcome = await ask(server.play(*frames, drop=True), folded)
        assert outcome == expected_of_a_drop(frames, folded), f"after {count} events"


def expected_of_a_drop(frames: tuple[bytes, ...], folded: Folded) -> Outcome:
    """All that the whole frames hold, then an error unless the reply had ended."""
    reply, decoder = GuestReply(), SseDecoder()
    deltas: list[Delta] = []
    try:
        for frame in frames:
            for event in decoder.feed(frame):
                deltas.extend(reply.fold(event.data))
    except ChatError as raised:
        return folded(deltas, raised)
    outcome = folded(deltas)
    if reply.finished:
        return outcome
    has_content = outcome.text or outcome.reasoning or outcome.images
    return folded(deltas, IncompleteReply() if has_content else ConnectionFailed())


async def test_a_drop_in_the_middle_of_an_event_keeps_what_came_before(
    stream_case: GuestCase, server: GuestServer, folded: Folded
) -> None:
    *before, last = stream_case.frames
    url = server.play(*before, last[: len(last) // 2], drop=True)
    assert await ask(url, folded) == expected_of_a_drop(tuple(before), folded)


async def test_the_server_of_these_tests_really_cuts(server: GuestServer) -> None:
    url = server.play(*(bytes([byte]) for byte in b"one byte at a time"))
    async with aiohttp.ClientSession() as session, session.post(url, json={}) as response:
        chunks = [chunk async for chunk in response.content.iter_any()]
    assert b"".join(chunks) == b"one byte at a time"
    assert len(chunks) == 18


async def test_unreadable_events_are_logged_once_with_their_number(
    server: GuestServer, folded: Folded, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "chatglm_desktop")
    bad = b"data: {\n\n"
    good = b'data: {"parts":[{"content":[{"type":"text","text":"x"}]}],"status":"finish"}\n\n'
    outcome = await ask(server.play(bad, bad, good), folded)
    assert (outcome.text, outcome.finish) == ("x", ("stop",))
    assert caplog.messages == ["skipped 2 events that were no JSON objects"]

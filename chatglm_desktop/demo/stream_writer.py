# SPDX-License-Identifier: MIT
"""Writes one answer's bytes to one client, at a pace; knows no protocol."""

from __future__ import annotations

import asyncio

from aiohttp import web

_EVENTS_PER_TURN = 16


class StreamWriter:
    """Sends an event stream piece by piece, or one body instead.

    ``question`` is the last question of the request. Times are in seconds and are multiplied
    by ``pace``; with 0 nothing waits. ``over`` is set once the answer is finished or ended
    here, or the client is gone; then whatever sends raises ConnectionError.
    """

    def __init__(self, request: web.Request, *, question: str, pace: float = 1.0) -> None:
        self.question = question
        self.pace = pace
        self.over = asyncio.Event()
        self._request = request
        self._response: web.StreamResponse | None = None
        self._sent = 0
        self._due: float | None = None

    @property
    def response(self) -> web.StreamResponse | None:
        """The response, once something was sent."""
        return self._response

    def end(self) -> None:
        """Let the stream end here, without the service's own end of the answer."""
        self.over.set()

    async def raw(self, data: bytes) -> None:
        """Send bytes of an event stream as they are."""
        if self._response is None:
            self._response = web.StreamResponse(headers={"Cache-Control": "no-cache"})
            self._response.content_type = "text/event-stream"
            self._response.charset = "utf-8"
            await self._response.prepare(self._request)
        await self._response.write(data)
        self._sent += 1
        if self._sent % _EVENTS_PER_TURN == 0:
            # Writing does not suspend while the socket takes it; others share this loop.
            await asyncio.sleep(0)

    async def respond(self, status: int, content_type: str, body: bytes) -> None:
        """Answer with one body instead of a stream."""
        self._response = web.Response(status=status, body=body, content_type=content_type)
        await self._response.prepare(self._request)
        await self._response.write_eof()

    async def pause(self, seconds: float) -> None:
        """Send nothing for a while."""
        self._due = None
        if self.pace:
            await asyncio.sleep(seconds * self.pace)

    async def tick(self, seconds: float) -> None:
        """Wait until ``seconds`` after the last tick; late ticks are made good."""
        if not self.pace:
            return
        now = asyncio.get_running_loop().time()
        self._due = (now if self._due is None else self._due) + seconds * self.pace
        if self._due > now:
            await asyncio.sleep(self._due - now)

    def abort(self) -> None:
        """Drop the connection at once, in the middle of whatever it is in."""
        if self._request.transport is not None:
            self._request.transport.abort()
        self.over.set()

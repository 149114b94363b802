# SPDX-License-Identifier: MIT
"""Writes one chat completion to one client, in a dialect; knows no scenario."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from aiohttp import web

from chatglm_desktop.demo.chunks import DONE, Chunks, encode
from chatglm_desktop.demo.content import fragments
from chatglm_desktop.demo.dialect_errors import Problem, broken_stream, refusal
from chatglm_desktop.demo.dialects import Dialect, counts, thinks
from chatglm_desktop.demo.stream_writer import StreamWriter


class ChatWriter(StreamWriter):
    """Sends what a script says. ``body`` is the request, ``attempt`` counts those with its words.

    As a model does, it ends with the reason ``length`` when it has sent as many fragments as
    ``max_tokens`` allows; ``over`` is set then.
    """

    def __init__(
        self,
        request: web.Request,
        dialect: Dialect,
        body: Mapping[str, Any],
        *,
        question: str,
        pace: float = 1.0,
        attempt: int = 1,
    ) -> None:
        super().__init__(request, question=question, pace=pace)
        self.dialect = dialect
        self.body = body
        self.attempt = attempt
        self.model = str(body.get("model") or dialect.models[0]["id"])
        self._chunks = Chunks(
            dialect,
            self.model,
            counted=counts(dialect, body),
            prompt_tokens=len(str(body["messages"])) // 4,
        )
        most = body.get("max_tokens")
        self._left = most if isinstance(most, int) else None

    @property
    def thinks(self) -> bool:
        """Whether the request wants thoughts."""
        return thinks(self.dialect, self.body)

    async def thought(self, text: str) -> None:
        """Send one fragment of thinking, if that is wanted."""
        if self.thinks and await self._may_go_on():
            await self._send(self._chunks.thought(text))

    async def text(self, text: str) -> None:
        """Send one fragment of the answer."""
        if await self._may_go_on():
            await self._send(self._chunks.text(text))

    async def stream_thoughts(self, text: str, *, per_second: float) -> None:
        """Think ``text`` in fragments, so many in a second."""
        if self.thinks:
            for fragment in fragments(text):
                await self.thought(fragment)
                await self.tick(1 / per_second)

    async def stream(self, text: str, *, per_second: float) -> None:
        """Say ``text`` in fragments, so many in a second."""
        for fragment in fragments(text):
            if self.over.is_set():
                return
            await self.text(fragment)
            await self.tick(1 / per_second)

    async def extra(self, **fields: Any) -> None:
        """Send a chunk with fields beside its choices."""
        await self._send(self._chunks.extra(**fields))

    async def delta(self, **fields: Any) -> None:
        """Send a chunk whose delta has these fields."""
        await self._send(self._chunks.delta(**fields))

    async def comment(self) -> None:
        """Send what keeps a connection open and means nothing."""
        await self.raw(f"{self.dialect.comment or ': ping'}\n\n".encode())

    async def finish(self, reason: str = "stop", *, done: bool = True) -> None:
        """Send why the text ends, the count and the mark of the end, unless that is done."""
        if self.over.is_set():
            return
        await self._send(self._chunks.end(reason))
        if done:
            await self.raw(DONE)
        self.over.set()

    async def fail(self) -> None:
        """Say that the answer cannot go on."""
        await self.raw(broken_stream(self.dialect.name))
        self.over.set()

    async def refuse(self, problem: Problem) -> None:
        """Answer with an error instead of a stream."""
        refused = refusal(self.dialect.name, problem, self.model)
        await self.respond(refused.status, refused.content_type, refused.body)

    async def _may_go_on(self) -> bool:
        if self._left is not None:
            if self._left <= 0:
                await self.finish("length")
                return False
            self._left -= 1
        return True

    async def _send(self, chunks: Iterable[Mapping[str, Any]]) -> None:
        for chunk in chunks:
            await self.raw(encode(chunk))

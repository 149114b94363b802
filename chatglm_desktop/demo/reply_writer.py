# SPDX-License-Identifier: MIT
"""Writes one answer of the guest service to one client; knows frames, but no scenario."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aiohttp import web

from chatglm_desktop.demo.content import fragments
from chatglm_desktop.demo.frames import Dialect, Event, Frames, SegmentKind, Status, encode
from chatglm_desktop.demo.stream_writer import StreamWriter


class ReplyWriter(StreamWriter):
    """Sends what a script says: text fragment by fragment, whole events, or raw bytes."""

    def __init__(
        self,
        request: web.Request,
        *,
        question: str,
        assistant_id: str,
        conversation_id: str = "",
        pace: float = 1.0,
        dialect: Dialect = "delta",
    ) -> None:
        super().__init__(request, question=question, pace=pace)
        self.conversation_id = conversation_id
        self._assistant_id = assistant_id
        self._frames = self._new_frames(dialect)
        self._started = False

    def address(self, path: str) -> str:
        """The web address of a file ``path`` of this server."""
        token = self._request.path.split("/")[1]
        return str(self._request.url.origin() / token / path)

    def use_dialect(self, dialect: Dialect) -> None:
        """Speak ``dialect`` from the first event on."""
        self._frames = self._new_frames(dialect)

    async def text(self, text: str) -> None:
        """Send one fragment of answer text."""
        await self.fragment("text", text)

    async def think(self, text: str) -> None:
        """Send one fragment of thinking text."""
        await self.fragment("think", text)

    async def fragment(self, kind: SegmentKind, text: str) -> None:
        """Send one fragment; another kind than before ends the open segment and begins one."""
        await self.start()
        await self._send_all(self._frames.fragment(kind, text))

    async def stream(self, kind: SegmentKind, text: str, *, per_second: float) -> None:
        """Send ``text`` in fragments like a model's tokens, so many in a second."""
        for fragment in fragments(text):
            await self.fragment(kind, fragment)
            await self.tick(1 / per_second)

    async def part(
        self,
        content: Sequence[Event] | None,
        *,
        status: Status = "finish",
        meta_data: Mapping[str, Any] | None = None,
        logic_id: str = "",
    ) -> None:
        """Send an event with one part of these content items, after ending the open segment."""
        await self.close_segment()
        part = self._frames.part(content, status=status, meta_data=meta_data, logic_id=logic_id)
        await self.send(self._frames.event([part]))

    async def event(
        self,
        parts: Sequence[Event] | None = (),
        *,
        status: Status = "init",
        last_error: Mapping[str, Any] | None = None,
    ) -> None:
        """Send an event with these parts."""
        await self.start()
        await self.send(self._frames.event(parts, status=status, last_error=last_error))

    async def start(self) -> None:
        """Send the first event, unless that is done."""
        if not self._started:
            self._started = True
            await self.send(self._frames.start())

    async def close_segment(self) -> None:
        """Send the event that ends the open segment."""
        await self.start()
        await self._send_all(self._frames.close())

    async def finish(self) -> None:
        """Send the end of the answer, twice, as the service does."""
        await self.start()
        await self._send_all(self._frames.finish())
        self.over.set()

    async def send(self, event: Mapping[str, Any]) -> None:
        """Send one event as it is."""
        await self.raw(encode(event))

    async def _send_all(self, events: Iterable[Mapping[str, Any]]) -> None:
        for event in events:
            await self.send(event)

    def _new_frames(self, dialect: Dialect) -> Frames:
        frames = Frames(
            assistant_id=self._assistant_id,
            conversation_id=self.conversation_id,
            dialect=dialect,
        )
        self.conversation_id = frames.conversation_id
        return frames

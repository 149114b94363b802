# SPDX-License-Identifier: MIT
"""The loopback HTTP server of the demo: checks requests and lets a scenario answer them."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from chatglm_desktop.demo.content import last_question
from chatglm_desktop.demo.drawing import DRAWINGS, png
from chatglm_desktop.demo.loopback import Loopback
from chatglm_desktop.demo.refusals import REFUSALS, Refusal, validation_error
from chatglm_desktop.demo.reply_writer import ReplyWriter
from chatglm_desktop.demo.scenarios import (
    PICTURES,
    SCENARIOS,
    ReplyScript,
    asked_scenario,
    list_scenarios,
)

PATH = "/chatglm/mainchat-api/guest/stream"

_REQUIRED_FIELDS = ("assistant_id", "conversation_id", "meta_data")
_ASSISTANT_ID = re.compile(r"[0-9a-f]{24}")
_REQUESTS_KEPT = 100


@dataclass(frozen=True, slots=True, eq=False)
class DemoRequest:
    """A request that passed the checks; ``writer`` answers it, ``ended`` is set after that."""

    headers: Mapping[str, str]
    body: Mapping[str, Any]
    writer: ReplyWriter
    ended: asyncio.Event = field(default_factory=asyncio.Event)


class DemoServer:
    """Checks requests and lets a scenario answer them.

    ``scenario`` is played unless the URL's query (``?scenario=NAME``) or a line ``/demo NAME``
    in the question names another; ``script``, if set, answers everything instead. ``pace``
    multiplies all waiting: 1 is realistic, 0 is as fast as possible. ``requests`` receives every
    request that passed the checks (the newest 100 are kept). Raises ValueError for an unknown
    scenario.
    """

    def __init__(
        self,
        scenario: str | None = None,
        pace: float = 1.0,
        *,
        port: int = 0,
        script: ReplyScript | None = None,
    ) -> None:
        if scenario is not None and scenario not in SCENARIOS:
            raise ValueError(f"unknown scenario {scenario!r}")
        self.pace = pace
        self.script = script
        self.requests: asyncio.Queue[DemoRequest] = asyncio.Queue(_REQUESTS_KEPT)
        self._scenario = scenario or "answer"
        self._loopback = Loopback(self._handle, port)
        # Other programs of this computer reach the port too, but do not know this.
        self._token = secrets.token_urlsafe(16)
        self._conversation_ids: set[str] = set()

    @property
    def url(self) -> str:
        """The endpoint's full URL. Raises RuntimeError while the server is not running."""
        return f"{self._loopback.origin}/{self._token}{PATH}"

    def url_for(self, scenario: str) -> str:
        """The endpoint's URL that plays ``scenario``, whatever this server plays by default."""
        return f"{self.url}?scenario={scenario}"

    async def start(self) -> None:
        """Begin to listen. Raises OSError if the port is taken."""
        await self._loopback.start()

    async def stop(self) -> None:
        """Drop running answers and close the socket; may be called twice."""
        await self._loopback.stop()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        token, _, path = request.path.removeprefix("/").partition("/")
        if not secrets.compare_digest(token.encode(), self._token.encode()):
            return web.Response(status=403, text="This demo server belongs to another program.\n")
        if f"/{path}" != PATH:
            return await _picture(path)
        if request.method != "POST":
            return web.Response(status=405, headers={"Allow": "POST"})
        body = await _read_body(request)
        refusal = self._check(body)
        if refusal is not None:
            return _refused(refusal)
        question = last_question(_user_text(body["messages"]))
        script = self._choose_script(request, question)
        if script is None:
            return web.json_response({"status": 400, "message": "unknown scenario"}, status=400)
        return await self._answer(request, body, question, script)

    def _check(self, body: Any) -> Refusal | None:
        """How the service refuses this body, or None if it does not."""
        if not isinstance(body, dict):
            return validation_error([[name] for name in (*_REQUIRED_FIELDS, "messages")])
        missing: list[list[str | int]] = [[name] for name in _REQUIRED_FIELDS if name not in body]
        missing += _missing_in_messages(body.get("messages"))
        if missing:
            return validation_error(missing)
        if not _ASSISTANT_ID.fullmatch(str(body["assistant_id"])):
            return REFUSALS["unknown-assistant"]
        if body["conversation_id"] and body["conversation_id"] not in self._conversation_ids:
            return REFUSALS["empty"]
        return None

    def _choose_script(self, request: web.Request, question: str) -> ReplyScript | None:
        if self.script is not None:
            return self.script
        name = asked_scenario(question)
        if name is not None:
            return SCENARIOS[name].play if name in SCENARIOS else list_scenarios
        name = request.query.get("scenario", self._scenario)
        return SCENARIOS[name].play if name in SCENARIOS else None

    async def _answer(
        self,
        request: web.Request,
        body: Mapping[str, Any],
        question: str,
        script: ReplyScript,
    ) -> web.StreamResponse:
        writer = ReplyWriter(
            request,
            question=question,
            assistant_id=body["assistant_id"],
            conversation_id=body["conversation_id"],
            pace=self.pace,
        )
        self._conversation_ids.add(writer.conversation_id)
        demo_request = DemoRequest(request.headers, body, writer)
        if self.requests.full():
            self.requests.get_nowait()
        self.requests.put_nowait(demo_request)
        try:
            with self._loopback.answering():
                await script(writer)
        finally:
            writer.over.set()
            demo_request.ended.set()
        return _refused(REFUSALS["empty"]) if writer.response is None else writer.response


async def _picture(path: str) -> web.Response:
    name = path.removeprefix(PICTURES).removesuffix(".png")
    if path != f"{PICTURES}{name}.png" or name not in DRAWINGS:
        return web.Response(status=404, text="The demo has one endpoint, and its pictures.\n")
    # Drawn in a thread: the demo may run inside the window's process.
    body = await asyncio.to_thread(png, DRAWINGS[name])
    return web.Response(body=body, content_type="image/png")


async def _read_body(request: web.Request) -> Any:
    try:
        return json.loads(await request.read())
    except ValueError:
        return None


def _refused(refusal: Refusal) -> web.Response:
    return web.Response(status=refusal.status, body=refusal.body, content_type=refusal.content_type)


def _missing_in_messages(messages: Any) -> list[list[str | int]]:
    """The paths of the fields that ``messages`` lacks."""
    if not isinstance(messages, list) or not messages:
        return [["messages"]]
    missing: list[list[str | int]] = []
    for index, message in enumerate(messages):
        fields = message if isinstance(message, dict) else {}
        missing += [["messages", index, name] for name in ("role", "content") if name not in fields]
    return missing


def _user_text(messages: list[dict[str, Any]]) -> str:
    """The text of the last user message."""
    contents = [message["content"] for message in messages if message["role"] == "user"]
    content = contents[-1] if contents else ""
    if isinstance(content, str):
        return content
    items = [item for item in content if isinstance(item, dict)]
    return "".join(str(item.get("text", "")) for item in items)

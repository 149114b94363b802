# SPDX-License-Identifier: MIT
"""A loopback server of chat completions in the dialect of one kind of server."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from chatglm_desktop.demo.chat_scenarios import ChatScript, list_chat_scenarios, scenarios_of
from chatglm_desktop.demo.chat_writer import ChatWriter
from chatglm_desktop.demo.content import last_question
from chatglm_desktop.demo.dialect_checks import fault, user_text
from chatglm_desktop.demo.dialect_errors import Problem, refusal
from chatglm_desktop.demo.dialects import DIALECTS, KEY
from chatglm_desktop.demo.file_reader import FileShelf
from chatglm_desktop.demo.loopback import Handler, Loopback
from chatglm_desktop.demo.scenarios import asked_scenario

_REQUESTS_KEPT = 100


@dataclass(frozen=True, slots=True, eq=False)
class ChatRequest:
    """A request for a reply; ``writer`` answers it, ``ended`` is set after that."""

    headers: Mapping[str, str]
    body: Mapping[str, Any]
    writer: ChatWriter
    ended: asyncio.Event = field(default_factory=asyncio.Event)


class DialectServer:
    """Speaks as one kind of server does: ``glm``, ``ollama``, ``lm-studio``, ``llama-cpp``,
    ``vllm``, ``sglang``, ``openrouter`` or ``deepseek``.

    ``scenario`` is played unless a line ``/demo NAME`` in the question names another; ``script``,
    if set, answers everything instead. ``pace`` multiplies all waiting; 0 is as fast as possible.
    ``key`` is what it takes for a key; "" is none, as is usual for servers on one's own computer.
    ``requests`` receives every request that passed the checks (the newest 100 are kept). Raises
    ValueError for an unknown kind or scenario.
    """

    def __init__(
        self,
        dialect: str = "glm",
        scenario: str = "answer",
        pace: float = 1.0,
        *,
        port: int = 0,
        key: str | None = None,
        script: ChatScript | None = None,
    ) -> None:
        if dialect not in DIALECTS:
            raise ValueError(f"unknown dialect {dialect!r}")
        self._scenarios = scenarios_of(dialect)
        if scenario not in self._scenarios:
            raise ValueError(f"unknown scenario {scenario!r} of {dialect}")
        self.pace = pace
        self.script = script
        self.requests: asyncio.Queue[ChatRequest] = asyncio.Queue(_REQUESTS_KEPT)
        self._dialect = DIALECTS[dialect]
        self.key = (KEY if self._dialect.wants_key else "") if key is None else key
        self._scenario = scenario
        self._loopback = Loopback(self._handle, port)
        self._attempts: Counter[str] = Counter()
        self._files = FileShelf()

    @property
    def url(self) -> str:
        """The base address. Raises RuntimeError while the server is not running."""
        return f"{self._loopback.origin}{self._dialect.path}"

    async def start(self) -> None:
        """Begin to listen. Raises OSError if the port is taken."""
        await self._loopback.start()

    async def stop(self) -> None:
        """Drop running answers and close the socket; may be called twice."""
        await self._loopback.stop()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix(self._dialect.path)
        route = self._route(request.method, path)
        if route is None or not request.path.startswith(self._dialect.path):
            return self._refused("path")
        is_open = path == "/models" and self._dialect.listed_openly
        if not is_open and not self._is_known(request):
            return self._refused("key")
        return await route(request)

    def _route(self, method: str, path: str) -> Handler | None:
        if self._dialect.name == "glm" and path.startswith("/files"):
            return self._file
        routes: Mapping[tuple[str, str], Handler] = {
            ("GET", "/models"): self._list,
            ("POST", "/chat/completions"): self._complete,
        }
        return routes.get((method, path))

    async def _list(self, request: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": self._dialect.models})

    async def _file(self, request: web.Request) -> web.Response:
        path = request.path.removeprefix(self._dialect.path)
        return await self._files.answer(request, path) or self._refused("path")

    def _is_known(self, request: web.Request) -> bool:
        return not self.key or request.headers.get("Authorization") == f"Bearer {self.key}"

    def _refused(self, problem: Problem, model: str = "") -> web.Response:
        refused = refusal(self._dialect.name, problem, model)
        return web.Response(
            status=refused.status, body=refused.body, content_type=refused.content_type
        )

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        try:
            body = json.loads(await request.read())
        except ValueError:
            body = None
        problem = fault(self._dialect, body)
        if problem is not None:
            model = body.get("model") if isinstance(body, dict) else ""
            return self._refused(problem, str(model))
        question = last_question(user_text(body["messages"]))
        self._attempts[question] += 1
        writer = ChatWriter(
            request,
            self._dialect,
            body,
            question=question,
            pace=self.pace,
            attempt=self._attempts[question],
        )
        return await self._answer(ChatRequest(request.headers, body, writer))

    async def _answer(self, asked: ChatRequest) -> web.StreamResponse:
        if self.requests.full():
            self.requests.get_nowait()
        self.requests.put_nowait(asked)
        try:
            with self._loopback.answering():
                await self._script(asked.writer.question)(asked.writer)
        finally:
            asked.writer.over.set()
            asked.ended.set()
        # A script that sends nothing at all answers with an empty stream.
        return asked.writer.response or web.Response(content_type="text/event-stream")

    def _script(self, question: str) -> ChatScript:
        if self.script is not None:
            return self.script
        name = asked_scenario(question)
        if name is None:
            return self._scenarios[self._scenario].play
        return self._scenarios[name].play if name in self._scenarios else list_chat_scenarios

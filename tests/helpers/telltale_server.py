# SPDX-License-Identifier: MIT
"""A chat-completion server that repeats every secret it was told, wherever it can."""

from __future__ import annotations

import asyncio
import json
from types import TracebackType

from aiohttp import web


class TelltaleServer:
    """What it does depends on the last question: see :meth:`_answer`.

    ``keys`` are those that it was asked with; ``asked`` is set when it holds a request.
    """

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.asked = asyncio.Event()
        self.url = ""
        self.port = 0
        self._over = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> TelltaleServer:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._answer)
        app.router.add_get("/v1/models", self._refuse)
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{self.port}/v1"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._runner is not None
        self._over.set()
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        key = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.keys.append(key)
        question = str((await request.json())["messages"][-1]["content"])
        match question.split(maxsplit=1)[0]:
            case "refuse":
                return await self._refuse(request)
            case "page":
                html = f"<html><title>{key}</title><body>{key}</body></html>"
                return web.Response(status=404, text=html, content_type="text/html")
            case "plain":
                return web.Response(status=400, text=f"no luck with {key}")
            case "hold":
                self.asked.set()
                await self._over.wait()
        return await self._stream(request, key, question.split(maxsplit=1)[0])

    async def _refuse(self, request: web.Request) -> web.StreamResponse:
        told = request.headers.get("Authorization", "")
        error = {"message": f"Incorrect API key provided: {told}", "code": told, "type": told}
        return web.json_response({"error": error}, status=401, headers={"X-Request-Id": told})

    async def _stream(self, request: web.Request, key: str, way: str) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(_event({"choices": [{"delta": {"content": "Half a reply"}}]}))
        match way:
            case "drop":
                assert request.transport is not None
                request.transport.abort()
            case "late":
                await response.write(_event({"error": {"message": f"lost {key}", "code": key}}))
            case "garble":
                await response.write(b"data: {" + key.encode() + b"\n\n")
                await response.write(b"data: [DONE]\n\n")
            case _:
                await response.write(b"data: [DONE]\n\n")
        return response


def _event(payload: object) -> bytes:
    return b"data: " + json.dumps(payload).encode() + b"\n\n"

# SPDX-License-Identifier: MIT
"""A small host of the GLM API on loopback: knows some keys, lists models, streams an answer."""

from __future__ import annotations

import json

from aiohttp import web


class GlmHost:
    """Answers those who have one of ``keys``, others get 401; notes every key that it was shown."""

    def __init__(self, *keys: str, answer: str = "Hello from GLM.") -> None:
        self.keys = set(keys)
        self.answer = answer
        self.seen: list[str] = []
        self.models: list[str] = []
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/models", self._list)
        app.router.add_post("/chat/completions", self._chat)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port: int = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}"

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def _refusal(self, request: web.Request) -> web.Response | None:
        key = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.seen.append(key)
        if key in self.keys or (not self.keys and not key):
            return None
        body = {"error": {"code": "1002", "message": "Authorization Token 非法"}}
        return web.json_response(body, status=401)

    async def _list(self, request: web.Request) -> web.Response:
        ids = self.models or ["glm-4.7-flash"]
        data = [{"id": id, "object": "model", "owned_by": "z-ai"} for id in ids]
        return self._refusal(request) or web.json_response({"object": "list", "data": data})

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        if (refusal := self._refusal(request)) is not None:
            return refusal
        model = (await request.json())["model"]
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for word in self.answer.split(" "):
            await self._send(response, model, {"content": f"{word} "})
        await self._send(response, model, {"content": ""}, finish="stop")
        await response.write(b"data: [DONE]\n\n")
        return response

    async def _send(
        self, response: web.StreamResponse, model: str, delta: dict[str, str], finish: str = ""
    ) -> None:
        choice: dict[str, object] = {"index": 0, "delta": {"role": "assistant", **delta}}
        chunk: dict[str, object] = {"id": "1", "model": model, "choices": [choice]}
        if finish:
            choice["finish_reason"] = finish
            chunk["usage"] = {"prompt_tokens": 8, "completion_tokens": 12, "total_tokens": 20}
        await response.write(f"data: {json.dumps(chunk)}\n\n".encode())

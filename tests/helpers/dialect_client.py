# SPDX-License-Identifier: MIT
"""Asks a demo server of chat completions over its socket, and reads what it streams."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from chatglm_desktop.demo.dialects import DIALECTS
from chatglm_desktop.demo.openai_server import DialectServer

Chunk = dict[str, Any]


@asynccontextmanager
async def running(name: str, *args: Any, **kwargs: Any) -> AsyncIterator[DialectServer]:
    server = DialectServer(name, *args, **{"pace": 0} | kwargs)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


def body_for(name: str, question: str = "Hello", **changes: Any) -> dict[str, Any]:
    body = {
        "model": DIALECTS[name].models[0]["id"],
        "messages": [{"role": "user", "content": question}],
        "stream": True,
    }
    return {key: value for key, value in (body | changes).items() if value is not None}


async def post(
    session: aiohttp.ClientSession, server: DialectServer, body: Any, key: str | None = None
) -> tuple[int, str]:
    """Status and whole body of a request for a reply."""
    headers = {"Authorization": f"Bearer {server.key if key is None else key}"}
    url = f"{server.url}/chat/completions"
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with session.post(url, data=data, headers=headers) as response:
        return response.status, await response.text()


def chunks(text: str) -> list[Chunk]:
    """What a whole stream holds, without comments and the mark of the end."""
    events = [line[6:] for line in text.split("\n") if line.startswith("data: ")]
    return [json.loads(event) for event in events if event != "[DONE]"]


def deltas(text: str) -> list[Chunk]:
    return [choice["delta"] for chunk in chunks(text) for choice in chunk["choices"]]


def said(text: str) -> str:
    return "".join(delta.get("content") or "" for delta in deltas(text))

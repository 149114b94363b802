# SPDX-License-Identifier: MIT
"""The chunks of one chat completion in a server's dialect; knows neither scenarios nor sockets."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from chatglm_desktop.demo.dialects import Dialect

DONE = b"data: [DONE]\n\n"


def encode(chunk: Mapping[str, Any]) -> bytes:
    """``chunk`` as all of them frame it."""
    return f"data: {json.dumps(chunk, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()


class Chunks:
    """Builds the chunks of one answer: thoughts, then text, then the end.

    ``counted``: the answer ends with a count of tokens. Here a fragment counts as one.
    """

    def __init__(self, dialect: Dialect, model: str, *, counted: bool, prompt_tokens: int) -> None:
        self._dialect = dialect
        self._model = model
        self._counted = counted
        self._prompt_tokens = prompt_tokens
        self._made = 0
        self._id = f"chatcmpl-{uuid.uuid4().hex[:24]}"
        self._began = False
        self._thinking = False

    def thought(self, text: str) -> Iterator[Mapping[str, Any]]:
        """A fragment of thinking."""
        yield from self._begin()
        self._made += 1
        if self._dialect.thoughts == "tags":
            opening = "" if self._thinking else "<think>\n"
            self._thinking = True
            yield self._chunk({"content": opening + text})
            return
        delta: dict[str, Any] = {self._dialect.thoughts: text}
        match self._dialect.name:
            case "ollama":
                delta["content"] = ""
            case "openrouter":
                detail = {"type": "reasoning.text", "text": text, "format": "unknown", "index": 0}
                delta |= {"content": "", "reasoning_details": [detail]}
            case "deepseek":
                delta["content"] = None
            case _:
                pass
        yield self._chunk(delta)

    def text(self, text: str) -> Iterator[Mapping[str, Any]]:
        """A fragment of the answer."""
        yield from self._begin()
        self._made += 1
        delta: dict[str, Any] = {"content": text}
        if self._thinking:
            self._thinking = False
            delta["content"] = f"\n</think>\n\n{text}"
        match self._dialect.name:
            case "deepseek":
                delta["reasoning_content"] = None
            case "openrouter":
                delta["reasoning"] = None
            case _:
                pass
        yield self._chunk(delta)

    def extra(self, **fields: Any) -> Iterator[Mapping[str, Any]]:
        """A chunk with fields beside the choices, and no text."""
        yield from self._begin()
        yield self._chunk({"content": ""}) | fields

    def delta(self, **fields: Any) -> Iterator[Mapping[str, Any]]:
        """A chunk whose delta has these fields."""
        yield from self._begin()
        yield self._chunk(fields)

    def end(self, reason: str) -> Iterator[Mapping[str, Any]]:
        """Why the text ends, and the count."""
        yield from self._begin()
        last = self._chunk({"content": ""} if self._dialect.role_on_every_delta else {}, reason)
        if self._dialect.usage == "last":
            yield last | {"usage": self._usage()}
            return
        yield last
        if self._counted:
            count = self._chunk({}) | {"choices": [], "usage": self._usage()}
            yield {**count, **self._timings()}

    def _begin(self) -> Iterator[Mapping[str, Any]]:
        """The chunk that brings the role alone."""
        if self._began:
            return
        self._began = True
        match self._dialect.first:
            case "null":
                yield self._chunk({"role": "assistant", "content": None})
            case "empty":
                yield self._chunk({"role": "assistant", "content": ""})
            case "":
                pass
            case _:
                assert_never(self._dialect.first)

    def _chunk(self, delta: Mapping[str, Any], reason: str | None = None) -> dict[str, Any]:
        role = {"role": "assistant"} if self._dialect.role_on_every_delta else {}
        choice: dict[str, Any] = {"index": 0, "delta": {**role, **delta}}
        if reason is not None or self._dialect.name != "glm":
            choice["finish_reason"] = reason
        return {
            "id": self._id,
            "object": "chat.completion.chunk",
            "created": int(time.time()),
            "model": self._model,
            "choices": [choice],
        }

    def _usage(self) -> Mapping[str, Any]:
        usage: dict[str, Any] = {
            "prompt_tokens": self._prompt_tokens,
            "completion_tokens": self._made,
            "total_tokens": self._prompt_tokens + self._made,
        }
        if self._dialect.name == "deepseek":
            usage |= {"prompt_cache_hit_tokens": 0, "prompt_cache_miss_tokens": self._prompt_tokens}
        else:
            usage["prompt_tokens_details"] = {"cached_tokens": 0}
        return usage

    def _timings(self) -> Mapping[str, Any]:
        if self._dialect.name != "llama-cpp":
            return {}
        counts = {"prompt_n": self._prompt_tokens, "predicted_n": self._made}
        return {"timings": counts | {"predicted_per_second": 40.0}}

# SPDX-License-Identifier: MIT
"""Writes the body of a chat completion in each server's dialect; knows no transport."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from chatglm_desktop.core.errors import FileRefused
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.provider import RequestFile, RequestMessage
from chatglm_desktop.providers.payload import JsonObject

ThinkingSwitch: TypeAlias = Literal["none", "type", "effort", "template", "reasoning"]
SearchSwitch: TypeAlias = Literal["none", "glm", "openrouter"]

_COMMON_PICTURES = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})


@dataclass(frozen=True, slots=True)
class Dialect:
    """Where one kind of server differs from the others.

    ``asks_usage``: it counts tokens only if it is asked to. ``picture_bytes`` is the most that one
    picture may have, 0 for no limit of its own. ``needs_model``: it does not choose one itself.
    """

    thinking: ThinkingSwitch = "none"
    search: SearchSwitch = "none"
    asks_usage: bool = True
    temperature_most: float = 2.0
    stops_most: int = 4
    pictures: frozenset[str] = _COMMON_PICTURES
    picture_bytes: int = 0
    needs_model: bool = True


_GLM = Dialect(
    "type",
    "glm",
    asks_usage=False,
    temperature_most=1.0,
    stops_most=1,
    pictures=frozenset({"image/png", "image/jpeg"}),
    picture_bytes=5_000_000,
)
_TEMPLATE = Dialect("template")
_OWN_MODEL = Dialect("template", needs_model=False)
_OTHER = Dialect()

DIALECTS: Mapping[str, Dialect] = {
    "bigmodel": _GLM,
    "zai": _GLM,
    "bigmodel-coding": _GLM,
    "zai-coding": _GLM,
    "ollama": Dialect("effort", pictures=frozenset({"image/png", "image/jpeg", "image/webp"})),
    "lm-studio": Dialect(needs_model=False),
    "llama-cpp": _OWN_MODEL,
    "local": _OWN_MODEL,
    "vllm": _TEMPLATE,
    "sglang": _TEMPLATE,
    "openrouter": Dialect("reasoning", "openrouter", asks_usage=False),
    "deepseek": Dialect("type", asks_usage=False),
}
"""By the id of the preset (core.accounts)."""


def dialect_of(preset: str) -> Dialect:
    """How to speak to a server of this preset; as OpenAI does to one that is not known."""
    return DIALECTS.get(preset, _OTHER)


def chat_body(
    model: str,
    messages: Sequence[RequestMessage],
    generation: Generation,
    dialect: Dialect,
    *,
    host: str = "",
) -> JsonObject:
    """The body of a request for a streamed reply.

    The system prompt is one of ``messages``, if there is one. Raises FileRefused for a file that
    this kind of server does not read.
    """
    body: JsonObject = {
        "messages": [_message(message, dialect) for message in messages],
        "stream": True,
    }
    if model:
        body["model"] = model
    if dialect.asks_usage:
        body["stream_options"] = {"include_usage": True}
    if generation.temperature is not None:
        body["temperature"] = min(generation.temperature, dialect.temperature_most)
    if generation.top_p is not None:
        body["top_p"] = generation.top_p
    if generation.max_tokens is not None:
        body["max_tokens"] = generation.max_tokens
    if generation.stop:
        body["stop"] = list(generation.stop[: dialect.stops_most])
    return body | _thinking(generation, dialect.thinking) | _search(generation, dialect, host)


def _thinking(generation: Generation, switch: ThinkingSwitch) -> JsonObject:
    """How much is thought, in the words of the server; nothing if that is left to it."""
    thinking, effort = generation.thinking, generation.effort
    if switch == "none" or (thinking is None and effort is None):
        return {}
    thinks = thinking != "off"
    match switch:
        case "type":
            fields: JsonObject = {}
            if thinking is not None:
                fields["thinking"] = {"type": "enabled" if thinks else "disabled"}
            if thinks and effort is not None:
                fields["reasoning_effort"] = effort
            return fields
        case "effort":
            return {"reasoning_effort": (effort or "medium") if thinks else "none"}
        case "template":
            return {"chat_template_kwargs": {"enable_thinking": thinks}}
        case "reasoning":
            if thinks and effort is not None:
                return {"reasoning": {"effort": effort}}
            return {"reasoning": {"enabled": thinks}}
        case _:
            assert_never(switch)


def _search(generation: Generation, dialect: Dialect, host: str) -> JsonObject:
    if not generation.web_search:
        return {}
    match dialect.search:
        case "none":
            return {}
        case "glm":
            engine = "search_pro_jina" if host.endswith("z.ai") else "search_std"
            search = {"enable": True, "search_engine": engine, "search_result": True}
            return {"tools": [{"type": "web_search", "web_search": search}]}
        case "openrouter":
            return {"plugins": [{"id": "web"}]}
        case _:
            assert_never(dialect.search)


def _message(message: RequestMessage, dialect: Dialect) -> JsonObject:
    files = message.get("files", ())
    if not files:
        return {"role": message["role"], "content": message["content"]}
    parts = [_picture(file, dialect) for file in files]
    if message["content"]:
        parts.insert(0, {"type": "text", "text": message["content"]})
    return {"role": message["role"], "content": parts}


def _picture(file: RequestFile, dialect: Dialect) -> JsonObject:
    if file.media_type not in dialect.pictures:
        raise FileRefused(f"{file.name}: {file.media_type}")
    if 0 < dialect.picture_bytes < len(file.data):
        most = dialect.picture_bytes // 1_000_000
        raise FileRefused(f"{file.name}: > {most} MB")
    data = base64.b64encode(file.data).decode("ascii")
    return {"type": "image_url", "image_url": {"url": f"data:{file.media_type};base64,{data}"}}

# SPDX-License-Identifier: MIT
"""How servers of chat completions differ from each other, as data; knows no sockets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, assert_never

ThoughtPlace: TypeAlias = Literal["reasoning_content", "reasoning", "tags"]
UsagePlace: TypeAlias = Literal["last", "extra", "asked"]
FirstDelta: TypeAlias = Literal["", "null", "empty"]
ThinkingField: TypeAlias = Literal["thinking", "effort", "template", "reasoning", "always"]

KEY = "demo.key"
"""What the servers take for a key that want one."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One kind of server.

    Usage comes with the ``last`` chunk of text, in an ``extra`` chunk without choices, or in
    such a one only if it was ``asked`` for. ``first`` is what the content of a first delta is
    that brings the role only. ``listed_openly``: the models are listed without a key.
    """

    name: str
    path: str
    models: tuple[Mapping[str, Any], ...]
    wants_key: bool = False
    listed_openly: bool = False
    any_model: bool = False
    thoughts: ThoughtPlace = "reasoning_content"
    thinking: ThinkingField = "always"
    usage: UsagePlace = "asked"
    first: FirstDelta = ""
    role_on_every_delta: bool = False
    comment: str = ""


def _entries(owner: str, *names: str, **more: Any) -> tuple[Mapping[str, Any], ...]:
    entry = {"object": "model", "created": 1767322800, "owned_by": owner}
    return tuple({"id": name, **entry, **more} for name in names)


_ROUTED = {
    "name": "Z.AI: GLM 4.6V",
    "context_length": 131072,
    "architecture": {"input_modalities": ["text", "image"]},
    "pricing": {"prompt": "0.0000003", "completion": "0.0000009"},
    "top_provider": {"max_completion_tokens": 24000},
    "supported_parameters": ["reasoning", "temperature", "max_tokens"],
}

_DIALECTS = (
    Dialect(
        "glm",
        "/api/paas/v4",
        # As the real list, it lacks the free models, which answer all the same.
        _entries("z-ai", "glm-4.5", "glm-4.6", "glm-4.7", "glm-5.3"),
        wants_key=True,
        thinking="thinking",
        usage="last",
        role_on_every_delta=True,
    ),
    Dialect(
        "ollama",
        "/v1",
        _entries("library", "glm4:9b", "qwen3:4b"),
        thoughts="reasoning",
        thinking="effort",
        role_on_every_delta=True,
    ),
    Dialect(
        "lm-studio",
        "/v1",
        _entries("organization_owner", "glm-edge-4b", "text-embedding-nomic-embed-text-v1.5"),
        thoughts="tags",
    ),
    Dialect(
        "llama-cpp",
        "/v1",
        _entries(
            "llamacpp",
            "/models/glm-edge-1.5b-chat.Q4_K_M.gguf",
            meta={"n_ctx_train": 8192, "n_params": 1_593_427_968, "size": 935_329_792},
        ),
        any_model=True,
        thinking="template",
        first="null",
    ),
    Dialect(
        "vllm",
        "/v1",
        _entries("vllm", "zai-org/GLM-4.5-Air", max_model_len=32768),
        thoughts="reasoning",
        thinking="template",
        first="empty",
    ),
    Dialect(
        "sglang",
        "/v1",
        _entries("sglang", "zai-org/GLM-4.6", max_model_len=202752),
        thinking="template",
        first="empty",
    ),
    Dialect(
        "openrouter",
        "/api/v1",
        (
            {"id": "z-ai/glm-4.6v", "created": 1767322800, **_ROUTED},
            {
                "id": "z-ai/glm-4.5-air:free",
                "name": "Z.AI: GLM 4.5 Air (free)",
                "context_length": 131072,
                "pricing": {"prompt": "0", "completion": "0"},
            },
        ),
        wants_key=True,
        listed_openly=True,
        thoughts="reasoning",
        thinking="reasoning",
        usage="extra",
        first="empty",
        comment=": OPENROUTER PROCESSING",
    ),
    Dialect(
        "deepseek",
        "",
        _entries("deepseek", "deepseek-chat", "deepseek-reasoner"),
        wants_key=True,
        thinking="thinking",
        usage="last",
        first="null",
        comment=": keep-alive",
    ),
)
DIALECTS: Mapping[str, Dialect] = {dialect.name: dialect for dialect in _DIALECTS}
"""By the name of the kind of server."""

GLM_UNLISTED = (
    "glm-4.7-flash",
    "glm-4.6v-flash",
    "glm-4.5-flash",
    "glm-4.6v",
    "glm-5.2",
    "glm-5.3-flash",
)
"""Models of the official API that its own list does not name."""

READ_PICTURES = ("glm-4.6v", "glm-4.6v-flash", "glm-5.3-flash", "glm-4.5v")
ALWAYS_THINK = ("glm-5.3", "glm-5.3-flash")


def thinks(dialect: Dialect, body: Mapping[str, Any]) -> bool:
    """Whether this request is thought about."""
    match dialect.thinking:
        case "thinking":
            return _field(body, "thinking").get("type") != "disabled"
        case "effort":
            return body.get("reasoning_effort") != "none"
        case "template":
            return _field(body, "chat_template_kwargs").get("enable_thinking") is not False
        case "reasoning":
            return _field(body, "reasoning").get("enabled") is not False
        case "always":
            return True
        case _:
            assert_never(dialect.thinking)


def counts(dialect: Dialect, body: Mapping[str, Any]) -> bool:
    """Whether this request is answered with a count of tokens."""
    asked = _field(body, "stream_options").get("include_usage") is True
    return asked or dialect.usage != "asked"


def _field(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name)
    return value if isinstance(value, dict) else {}

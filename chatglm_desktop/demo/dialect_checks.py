# SPDX-License-Identifier: MIT
"""What is wrong with a request, as each kind of server sees it; knows no sockets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chatglm_desktop.demo.dialect_errors import Problem
from chatglm_desktop.demo.dialects import ALWAYS_THINK, GLM_UNLISTED, READ_PICTURES, Dialect


def fault(dialect: Dialect, body: Any) -> Problem | None:
    """Why the server refuses this body; None if it does not."""
    messages = body.get("messages") if isinstance(body, dict) else None
    if not isinstance(messages, list) or not messages or not all(map(_is_message, messages)):
        return "parameter"
    model = str(body.get("model") or "")
    if not dialect.any_model and model not in _models(dialect):
        return "model"
    if dialect.name == "glm":
        return _glm_fault(body, model)
    if dialect.name in ("ollama", "lm-studio") and not all(
        picture.startswith("data:") for picture in _pictures(messages)
    ):
        return "parameter"
    return None


def user_text(messages: list[Mapping[str, Any]]) -> str:
    """The text of the last user message."""
    contents = [message["content"] for message in messages if message["role"] == "user"]
    content = contents[-1] if contents else ""
    return content if isinstance(content, str) else "".join(_texts(content))


def _glm_fault(body: Mapping[str, Any], model: str) -> Problem | None:
    """What the official API is strict about."""
    roles = {message["role"] for message in body["messages"]}
    thinking = body.get("thinking")
    allowed = (
        0 <= body.get("temperature", 1) <= 1
        and 0.01 <= body.get("top_p", 1) <= 1
        and 1 <= body.get("max_tokens", 1) <= 131_072
        and len(body.get("stop", ())) <= 1
        and roles & {"user", "tool"}
        and not (thinking == {"type": "disabled"} and model in ALWAYS_THINK)
        and (model in READ_PICTURES or not any(True for _ in _pictures(body["messages"])))
    )
    return None if allowed else "parameter"


def _models(dialect: Dialect) -> set[str]:
    unlisted = GLM_UNLISTED if dialect.name == "glm" else ()
    return {*(str(model["id"]) for model in dialect.models), *unlisted}


def _is_message(message: Any) -> bool:
    return (
        isinstance(message, dict)
        and message.get("role") in ("system", "user", "assistant", "tool")
        and isinstance(message.get("content"), str | list)
    )


def _texts(content: list[Any]) -> Iterator[str]:
    for part in content:
        if isinstance(part, dict) and part.get("type") == "text":
            yield str(part.get("text", ""))


def _pictures(messages: list[Mapping[str, Any]]) -> Iterator[str]:
    """The addresses of all pictures."""
    for message in messages:
        content = message["content"] if isinstance(message["content"], list) else []
        for part in content:
            if isinstance(part, dict) and part.get("type") == "image_url":
                yield str(part["image_url"]["url"])

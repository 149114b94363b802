# SPDX-License-Identifier: MIT
"""How servers of chat completions refuse, each in its own shape; knows no sockets."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

from chatglm_desktop.demo.refusals import Refusal

Problem: TypeAlias = Literal[
    "key",
    "model",
    "context",
    "parameter",
    "path",
    "balance",
    "rate",
    "overloaded",
    "plan",
    "sensitive",
    "loading",
]

HELP: Mapping[Problem, str] = {
    "key": "the key is not accepted",
    "model": "the model is unknown",
    "context": "the conversation is too long",
    "parameter": "a value is not allowed",
    "path": "there is nothing at this address",
    "balance": "the account has no money left",
    "rate": "too many requests",
    "overloaded": "the service is overloaded",
    "plan": "a limit of the plan is reached",
    "sensitive": "the question is not allowed",
    "loading": "the model is still being loaded",
}

_Shape: TypeAlias = Callable[[int, str, str, str], Mapping[str, Any]]
"""What makes a body of a status, a message, a type and a code."""


def _open_ai(status: int, message: str, type: str, code: str) -> Mapping[str, Any]:
    return {"error": {"message": message, "type": type, "param": None, "code": code or None}}


def _glm(status: int, message: str, type: str, code: str) -> Mapping[str, Any]:
    return {"error": {"code": code, "message": message}}


def _numbered(status: int, message: str, type: str, code: str) -> Mapping[str, Any]:
    return {"error": {"code": status, "message": message, "type": type}}


def _vllm(status: int, message: str, type: str, code: str) -> Mapping[str, Any]:
    if status == 401:
        return {"error": "Unauthorized"}
    return {"error": {"message": message, "type": type, "param": None, "code": status}}


def _flat(status: int, message: str, type: str, code: str) -> Mapping[str, Any]:
    if status == 401:
        return {"error": "Unauthorized"}
    body = {"object": "error", "message": message, "type": type, "param": None, "code": status}
    return {"detail": "Not Found"} if status == 404 and not type else body


def _openrouter(status: int, message: str, type: str, code: str) -> Mapping[str, Any]:
    return {"error": {"message": message, "code": status}}


SHAPES: Mapping[str, _Shape] = {
    "glm": _glm,
    "ollama": _open_ai,
    "lm-studio": _open_ai,
    "llama-cpp": _numbered,
    "vllm": _vllm,
    "sglang": _flat,
    "openrouter": _openrouter,
    "deepseek": _open_ai,
}

_Case: TypeAlias = tuple[int, str, str, str]
"""A status, a message (with the ``{model}`` asked for), a type and a code."""

_LONG = "This model's maximum context length is 32768 tokens. However, you requested more."
_CASES: Mapping[str, Mapping[Problem, _Case]] = {
    "glm": {
        "key": (401, "身份验证失败。", "", "1000"),
        "model": (400, "模型不存在，请检查模型代码。", "", "1211"),
        "context": (400, "Prompt 超长", "", "1261"),
        "parameter": (400, "API 调用参数有误，请检查文档。", "", "1210"),
        "path": (404, "Not Found", "", "404"),
        "balance": (429, "余额不足或无可用资源包,请充值。", "", "1113"),
        "rate": (429, "您的账户已达到速率限制，请您控制请求频率", "", "1302"),
        "overloaded": (429, "该模型当前访问量过大，请您稍后再试", "", "1305"),
        "plan": (429, "已达到使用上限，限额将在 2026-01-02 03:04:05 重置。", "", "1308"),
        "sensitive": (400, "系统检测到输入或生成内容可能包含敏感内容", "", "1301"),
    },
    "ollama": {
        "key": (401, "unauthorized", "authentication_error", ""),
        "model": (404, 'model "{model}" not found, try pulling it first', "not_found_error", ""),
        "context": (400, "the input exceeds the context length", "invalid_request_error", ""),
        "parameter": (400, "invalid message content type", "invalid_request_error", ""),
        "path": (404, "404 page not found", "", ""),
    },
    "lm-studio": {
        "key": (401, "An LM Studio API token is required", "invalid_request_error", ""),
        "model": (
            404,
            'Model "{model}" was not found',
            "invalid_request_error",
            "model_not_found",
        ),
        "context": (
            400,
            "The number of tokens to keep is greater than the context length",
            "invalid_request_error",
            "",
        ),
        "parameter": (400, "'messages' field is required", "invalid_request_error", ""),
        "path": (404, "Unexpected endpoint or method.", "", ""),
    },
    "llama-cpp": {
        "key": (401, "Invalid API Key", "authentication_error", ""),
        "context": (
            400,
            "the request exceeds the available context size, try increasing it",
            "exceed_context_size_error",
            "",
        ),
        "parameter": (400, "'messages' is required", "invalid_request_error", ""),
        "path": (404, "File Not Found", "not_found_error", ""),
        "loading": (503, "Loading model", "unavailable_error", ""),
    },
    "vllm": {
        "key": (401, "", "", ""),
        "model": (404, "The model `{model}` does not exist.", "NotFoundError", ""),
        "context": (400, _LONG, "BadRequestError", ""),
        "parameter": (400, "Field required: messages", "BadRequestError", ""),
        "path": (404, "Not Found", "", ""),
    },
    "sglang": {
        "key": (401, "", "", ""),
        "model": (404, "The model `{model}` does not exist.", "NotFoundError", ""),
        "context": (400, _LONG, "BadRequestError", ""),
        "parameter": (400, "Field required: messages", "BadRequestError", ""),
        "path": (404, "", "", ""),
    },
    "openrouter": {
        "key": (401, "No auth credentials found", "", ""),
        "model": (400, "{model} is not a valid model ID", "", ""),
        "context": (400, "This endpoint's maximum context length is 131072 tokens.", "", ""),
        "parameter": (400, "Input required: specify messages", "", ""),
        "path": (404, "Not Found", "", ""),
        "balance": (402, "This request requires more credits", "", ""),
        "rate": (429, "Rate limit exceeded: free-models-per-min", "", ""),
        "overloaded": (502, "Provider returned error", "", ""),
        "sensitive": (403, "The input was flagged by moderation", "", ""),
    },
    "deepseek": {
        "key": (
            401,
            "Authentication Fails, Your api key is invalid",
            "authentication_error",
            "invalid_request_error",
        ),
        "model": (400, "Model Not Exist", "invalid_request_error", "invalid_request_error"),
        "context": (400, _LONG, "invalid_request_error", "invalid_request_error"),
        "parameter": (422, "Failed to deserialize", "invalid_request_error", ""),
        "path": (404, "Not Found", "", ""),
        "balance": (402, "Insufficient Balance", "unknown_error", "invalid_request_error"),
        "rate": (429, "Rate limit reached", "rate_limit_error", ""),
        "overloaded": (503, "Service is too busy", "service_unavailable_error", ""),
    },
}


def problems(dialect: str) -> tuple[Problem, ...]:
    """What this kind of server can refuse for."""
    return tuple(_CASES[dialect])


def refusal(dialect: str, problem: Problem, model: str = "") -> Refusal:
    """How this kind of server refuses for this reason."""
    status, message, type, code = _CASES[dialect][problem]
    payload = SHAPES[dialect](status, message.replace("{model}", model), type, code)
    body = json.dumps(payload, ensure_ascii=False).encode()
    return Refusal(HELP[problem], status, body)


def broken_stream(dialect: str) -> bytes:
    """How this kind of server says in a stream that it cannot go on."""
    message = "the model crashed (a demo)"
    if dialect == "lm-studio":
        payload: Mapping[str, Any] = {"error": {"message": message}, "message": message}
        return b"event: error\n" + _data(payload)
    if dialect == "openrouter":
        choice = {"index": 0, "delta": {"content": ""}, "finish_reason": "error"}
        error = {"code": 502, "message": message, "metadata": {"provider_name": "Demo"}}
        return _data({"id": "gen-demo", "error": error, "choices": [choice]})
    body = _data(SHAPES[dialect](500, message, "server_error", "500"))
    # One that fails says that it is done, too.
    return body + b"data: [DONE]\n\n" if dialect == "vllm" else body


def _data(payload: Mapping[str, Any]) -> bytes:
    return b"data: " + json.dumps(payload, ensure_ascii=False).encode() + b"\n\n"

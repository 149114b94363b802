# SPDX-License-Identifier: MIT
"""How the guest service refuses, as bodies instead of a stream; knows no sockets.

The words are the service's own where they are known publicly.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """A whole answer without a stream."""

    help: str
    status: int
    body: bytes
    content_type: str = "application/json"


def _envelope(help: str, http_status: int, status: int, message: str | None = None) -> Refusal:
    body: dict[str, object] = {"status": status, "result": None}
    if message is not None:
        body["message"] = message
    return Refusal(help, http_status, json.dumps(body, ensure_ascii=False).encode())


def validation_error(missing: Sequence[Sequence[str | int]]) -> Refusal:
    """The refusal of a request without these fields, each named by its path."""
    params = [
        {"loc": list(path), "msg": "field required", "type": "value_error.missing"}
        for path in missing
    ]
    body = json.dumps({"validation_error": {"body_params": params}})
    return Refusal("a required field is missing", 422, body.encode())


_FIREWALL_PAGE = """\
<!DOCTYPE html>
<html><head><title>403 Forbidden</title></head>
<body><h1>Blocked by the web firewall</h1><p>This page is part of the demo.</p></body></html>
"""

REFUSALS: Mapping[str, Refusal] = {
    "quota": _envelope(
        "the guest quota is used up", 200, 500, "您已多次体验过对话, 请登录后继续使用"
    ),
    "unknown-assistant": _envelope("the assistant is unknown", 200, 0),
    "empty": Refusal("a stream without a single byte", 200, b"", "text/event-stream"),
    "validation": validation_error([["assistant_id"]]),
    "unauthorized": _envelope("the service wants a login", 401, 40102, "unauthorized user(40102)"),
    "busy": _envelope("another reply is still running", 429, 10061, "请等待其他对话生成完毕"),
    "throttled": _envelope("too many requests", 429, 429, "请求过于频繁"),
    "rejected": _envelope("the signature or token is rejected", 400, 400, "bad request"),
    "firewall": Refusal(
        "a firewall answers with a web page", 403, _FIREWALL_PAGE.encode(), "text/html"
    ),
    "queued": _envelope("waiting in a queue", 200, 500, "排队中"),
    "peak": _envelope("peak hours", 200, 500, "高峰期，请稍后再试"),
    "members": _envelope("for members only", 200, 500, "开通会员后继续使用"),
    "server-busy": _envelope("the server is overloaded", 503, 503, "Server busy"),
}

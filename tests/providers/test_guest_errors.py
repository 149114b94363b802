# SPDX-License-Identifier: MIT
from __future__ import annotations

import json

import aiohttp
import pytest
from yarl import URL

from chatglm_desktop.core.errors import (
    AccessDenied,
    AuthFailed,
    Busy,
    ChatError,
    EmptyReply,
    InvalidRequest,
    ProtocolError,
    ProviderUnavailable,
    ProxyLoginRefused,
    QuotaExceeded,
    RateLimited,
    TimedOut,
    error_kind,
)
from chatglm_desktop.providers.errors import Refusal
from chatglm_desktop.providers.guest_errors import refusal

QUOTA = "您已多次体验过对话, 请登录后继续使用"
BUSY = "请等待其他对话生成完毕"
UNAUTHORIZED = "unauthorized user(40102)"
MISSING = {
    "validation_error": {
        "body_params": [{"loc": ["assistant_id"], "msg": "field required", "type": "missing"}]
    }
}
DETAIL = {"detail": [{"loc": ["body", 0], "msg": "bad"}, {"msg": "worse"}, 3]}


def error_of(status: int, body: object, media_type: str = "application/json") -> ChatError:
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return refusal(Refusal(status, URL("http://localhost/x"), media_type, text))


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        (200, {"status": 500, "message": QUOTA}, QuotaExceeded, QUOTA),
        (200, {"status": 500, "message": "请登录"}, QuotaExceeded, "请登录"),
        (401, {"message": "请登录"}, AuthFailed, "请登录"),
        (200, {"code": 401, "message": "请登录"}, AuthFailed, "请登录"),
        (200, {"status": 0, "result": None}, InvalidRequest, ""),
        (200, {"status": 0, "result": {"a": 1}}, ProtocolError, ""),
        (200, {}, ProtocolError, ""),
        (200, "", EmptyReply, ""),
        (200, " \n", EmptyReply, ""),
        (200, MISSING, InvalidRequest, "assistant_id: field required"),
        (422, MISSING, InvalidRequest, "assistant_id: field required"),
        (422, DETAIL, InvalidRequest, "body.0: bad; worse"),
        (400, {"detail": "too long"}, InvalidRequest, "too long"),
        (400, {"error": {"message": "odd"}}, InvalidRequest, "odd"),
        (400, {"error": "odd"}, InvalidRequest, "odd"),
        (400, {"err_msg": " a  \n b "}, InvalidRequest, "a b"),
        (200, {"status": 40102, "message": UNAUTHORIZED}, AuthFailed, UNAUTHORIZED),
        (401, {"status": 40102}, AuthFailed, ""),
        (401, "", AuthFailed, ""),
        (429, {"status": 10061, "message": BUSY}, Busy, BUSY),
        (200, {"message": BUSY}, Busy, BUSY),
        (200, {"code": "10061"}, Busy, ""),
        (429, {"message": "请求过于频繁"}, RateLimited, "请求过于频繁"),
        (200, {"status": 1, "message": "请求过于频繁"}, RateLimited, "请求过于频繁"),
        (429, "", RateLimited, ""),
        (400, {"message": "Bad Request"}, AccessDenied, "Bad Request"),
        (200, {"status": 400, "message": "bad request"}, AccessDenied, "bad request"),
        (403, "", AccessDenied, ""),
        (200, {"message": "排队中"}, ProviderUnavailable, "排队中"),
        (200, {"message": "现在是高峰期"}, ProviderUnavailable, "现在是高峰期"),
        (200, {"message": "Server busy, try later"}, ProviderUnavailable, "Server busy, try later"),
        (200, {"message": "开通会员"}, QuotaExceeded, "开通会员"),
        (503, {"message": "down"}, ProviderUnavailable, "down"),
        (200, {"status": 500, "message": "oops"}, ProviderUnavailable, "oops"),
        (200, {"status": 10025, "message": "odd"}, InvalidRequest, "odd"),
        (200, {"status": 10025}, InvalidRequest, ""),
        (402, "", QuotaExceeded, ""),
        (404, "", InvalidRequest, ""),
        (407, "", ProxyLoginRefused, ""),
        (408, "", TimedOut, ""),
        (200, "[]", ProtocolError, "[]"),
        (200, "Server busy", ProviderUnavailable, "Server busy"),
        (200, "hello " * 100, ProtocolError, ("hello " * 100)[:300]),
    ],
)  # fmt: skip
def test_every_refusal_has_its_own_kind(
    status: int, body: object, kind: type[ChatError], words: str
) -> None:
    error = error_of(status, body)
    assert error_kind(type(error)) is kind
    assert error.words == words
    assert error.http_status == status
    assert error.details.startswith(f"HTTP {status}, application/json: ")
    assert isinstance(error, aiohttp.ClientResponseError) == (status >= 400)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(200, AccessDenied), (403, AccessDenied), (404, InvalidRequest), (502, ProviderUnavailable)],
)
@pytest.mark.parametrize("media_type", ["text/html", ""])
def test_a_web_page_is_never_quoted(status: int, kind: type[ChatError], media_type: str) -> None:
    error = error_of(status, "<html>bad request 登录</html>", media_type)
    assert error_kind(type(error)) is kind
    assert error.words == ""
    assert str(error) == kind.summary

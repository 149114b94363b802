# SPDX-License-Identifier: MIT
from __future__ import annotations

import json
from typing import Any

import pytest
from yarl import URL

from chatglm_desktop.core.errors import (
    AccessDenied,
    AccountRefused,
    ChatError,
    ContentFiltered,
    ContextTooLong,
    EmptyReply,
    FileRefused,
    InvalidRequest,
    KeyMissing,
    KeyRejected,
    LimitReached,
    ModelNotFound,
    NoBalance,
    ProtocolError,
    ProviderUnavailable,
    RateLimited,
    TimedOut,
    WrongAddress,
    error_kind,
    error_kinds,
)
from chatglm_desktop.providers.errors import Refusal
from chatglm_desktop.providers.openai_codes import GLM_CODES
from chatglm_desktop.providers.openai_errors import Asked, refusal

KEY = "abc123.secret456"
ASKED = Asked("https://api.z.ai/api/paas/v4", KEY)
PAGE = "<!DOCTYPE html><html><body>nginx</body></html>"


def refused(status: int, body: Any, media_type: str = "application/json") -> ChatError:
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return refusal(Refusal(status, URL(ASKED.base), media_type, text, 3.0), ASKED)


def glm(code: object, status: int = 429, words: str = "请检查") -> ChatError:
    return refused(status, {"error": {"code": code, "message": words}})


# As the table of the official API has it, and whether a later try can help.
RETRIED = {"1120", "1200", "1230", "1234", "1302", "1303", "1305", "1312"}


@pytest.mark.parametrize("code", GLM_CODES)
def test_the_services_code_decides_and_not_the_status(code: str) -> None:
    for status in (200, 400, 429, 500):
        error = glm(code, status)
        assert error_kind(type(error)) is GLM_CODES[code]
        assert error.retryable is (code in RETRIED)
        told = (error.words, error.service_code, error.host, error.http_status)
        assert told == ("请检查", code, "api.z.ai", status)
        assert error.retry_after == 3.0


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("1000", KeyRejected),
        ("1113", NoBalance),
        ("1211", ModelNotFound),
        ("1261", ContextTooLong),
        ("1301", ContentFiltered),
        ("1302", RateLimited),
        ("1305", ProviderUnavailable),
        ("1308", LimitReached),
        ("1311", AccountRefused),
        (1113, NoBalance),
        ("401", KeyRejected),
        (401, KeyRejected),
        (402, NoBalance),
        (403, AccountRefused),
        (429, RateLimited),
        (502, ProviderUnavailable),
        ("500", ProviderUnavailable),
    ],
)
def test_codes_come_as_text_and_as_numbers(code: object, kind: type[ChatError]) -> None:
    error = glm(code)
    assert type(error) is kind
    assert error.service_code == str(code)


def test_an_unknown_code_of_the_service_is_shown_and_not_tried_again() -> None:
    error = glm("1399")
    assert type(error) is ChatError
    assert not error.retryable
    assert str(error) == "Something went wrong. (请检查 (1399))"


def test_a_429_without_a_code_is_a_rate() -> None:
    assert type(refused(429, {"error": {"message": "slow down", "code": None}})) is RateLimited
    assert type(refused(429, "slow down", "text/plain")) is RateLimited


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        (401, {"error": {"message": "no", "type": "x", "code": None}}, KeyRejected, "no"),
        (400, {"error": {"code": "invalid_api_key", "message": "no"}}, KeyRejected, "no"),
        (429, {"error": {"type": "insufficient_quota", "message": "no"}}, NoBalance, "no"),
        (402, {"error": {"message": "Insufficient Balance"}}, NoBalance, "Insufficient Balance"),
        (404, {"error": "model 'x' not found"}, ModelNotFound, "model 'x' not found"),
        (400, {"error": {"message": "Model Not Exist"}}, ModelNotFound, "Model Not Exist"),
        (400, {"error": {"message": "模型不存在"}}, ModelNotFound, "模型不存在"),
        (404, {"detail": "Not Found"}, WrongAddress, "Not Found"),
        (404, "404 page not found", WrongAddress, "404 page not found"),
        (405, {}, WrongAddress, ""),
        (
            200,
            {"error": "Unexpected endpoint or method. (POST /x)"},
            WrongAddress,
            "Unexpected endpoint or method. (POST /x)",
        ),
        (408, {}, TimedOut, ""),
        (413, {}, ContextTooLong, ""),
        (434, {}, AccountRefused, ""),
        (435, {}, FileRefused, ""),
        (
            400,
            {"error": {"code": 400, "message": "too big", "type": "exceed_context_size_error"}},
            ContextTooLong,
            "too big",
        ),
        (
            400,
            {"object": "error", "message": "This model's maximum context length is 8192 tokens."},
            ContextTooLong,
            "This model's maximum context length is 8192 tokens.",
        ),
        (
            503,
            {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}},
            ProviderUnavailable,
            "Loading model",
        ),
        (
            500,
            {"error": {"message": "image input is not supported - hint: mmproj"}},
            FileRefused,
            "image input is not supported - hint: mmproj",
        ),
        (
            422,
            {"detail": [{"loc": ["body", "model"], "msg": "missing"}, {"msg": "b"}, 7]},
            InvalidRequest,
            "body.model: missing; b",
        ),
        (
            429,
            {"error": {"code": 429, "message": "Provider error", "metadata": {"raw": "upstream"}}},
            RateLimited,
            "Provider error: upstream",
        ),
        (
            400,
            {"error": {"message": {"a": 1}}, "message": " said  here "},
            InvalidRequest,
            "said here",
        ),
        (200, {"id": "x"}, ProtocolError, ""),
        (200, {"error": {"message": "no"}}, InvalidRequest, "no"),
        (200, "hello", ProtocolError, "hello"),
        (200, " ", EmptyReply, ""),
        (418, {"code": True}, InvalidRequest, ""),
    ],
)
def test_each_shape_of_a_body(status: int, body: Any, kind: type[ChatError], words: str) -> None:
    error = refused(status, body)
    assert (type(error), error.words) == (kind, words)
    assert error.host == "api.z.ai"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, WrongAddress),
        (404, WrongAddress),
        (403, AccessDenied),
        (429, AccessDenied),
        (502, ProviderUnavailable),
    ],
)
def test_a_web_page_is_not_quoted(status: int, kind: type[ChatError]) -> None:
    for media_type in ("text/html", ""):
        error = refused(status, PAGE, media_type)
        assert (type(error), error.words) == (kind, "")


def test_a_rejected_key_names_the_host_and_never_the_key() -> None:
    body = {"error": {"message": f"Incorrect API key provided: {KEY}.", "code": KEY}}
    error = refused(401, body)
    assert str(error) == (
        "api.z.ai does not accept the API key. (Incorrect API key provided: …. (…))"
    )
    assert KEY not in f"{error!r} {vars(error)} {error.failure} {ASKED!r}"


def test_where_no_key_was_sent_none_is_rejected() -> None:
    answer = Refusal(401, URL(ASKED.base), "application/json", '{"error": {"message": "no"}}', None)
    error = refusal(answer, Asked(ASKED.base))
    assert isinstance(error, KeyMissing)
    assert str(error) == "api.z.ai asks for an API key. (no)"


def test_a_long_body_is_cut() -> None:
    assert len(refused(400, "x" * 5000, "text/plain").words) == 300


@pytest.mark.parametrize(
    ("base", "host"),
    [
        ("https://api.z.ai/api/paas/v4", "api.z.ai"),
        ("http://localhost:11434/v1", "localhost:11434"),
        ("http://[::1]:8080/v1", "[::1]:8080"),
        ("http://me:secret@192.168.0.7/v1", "192.168.0.7"),
        ("nonsense", ""),
        ("http://[", ""),
    ],
)
def test_who_is_asked(base: str, host: str) -> None:
    asked = Asked(base)
    assert asked.host == host
    assert asked.hide("text") == "text"


def test_every_kind_of_the_tables_is_one_of_the_tree() -> None:
    assert {*GLM_CODES.values()} <= {*error_kinds()}

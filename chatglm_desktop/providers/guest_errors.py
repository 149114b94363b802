# SPDX-License-Identifier: MIT
"""What the guest service's refusals and error frames mean; knows no transport."""

from __future__ import annotations

from chatglm_desktop.core.errors import (
    AccessDenied,
    AuthFailed,
    Busy,
    ChatError,
    ContentFiltered,
    EmptyReply,
    InvalidRequest,
    ProtocolError,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
)
from chatglm_desktop.providers.errors import Refusal, refusal_error, status_kind
from chatglm_desktop.providers.payload import (
    JsonObject,
    as_number,
    as_object,
    as_objects,
    as_text,
    parse_object,
)

_MAX_WORDS = 300

_CODE_KINDS: dict[int, type[ChatError]] = {10061: Busy, 40102: AuthFailed}

# A status such as 500 comes with all of them, so the words decide first. "Members only" is a
# matter of quota: a login alone does not help, and a key of one's own does.
_WORD_KINDS: tuple[tuple[str, type[ChatError]], ...] = (
    ("体验", QuotaExceeded),
    ("开通会员", QuotaExceeded),
    ("请等待其他对话", Busy),
    ("请求过于频繁", RateLimited),
    ("排队中", ProviderUnavailable),
    ("高峰期", ProviderUnavailable),
    ("访问人数过多", ProviderUnavailable),
    ("server busy", ProviderUnavailable),
    ("bad request", AccessDenied),
)
_LOGIN = "登录"


def refusal(answer: Refusal) -> ChatError:
    """The error for an answer that is no event stream."""
    payload = parse_object(answer.body)
    is_page = answer.media_type == "text/html" or answer.body.lstrip().startswith("<")
    spoken = "" if is_page else _tidy(answer.body)
    words = spoken if payload is None else _words(payload)
    code = None if payload is None else _code(payload)
    kind = _kind(answer.status, code, words)
    if kind is None:
        kind = _kind_of_success(answer.body, payload, words, code, is_page=is_page)
    return refusal_error(kind, answer, words)


def stream_error(last_error: object) -> ChatError | None:
    """The error that a frame's ``last_error`` holds; None if it is empty.

    Its numbers are not those of the official API (1301 is an overload here), so the words
    decide, and an unknown error is one of the service.
    """
    if not last_error:
        return None
    error = {"message": last_error} if isinstance(last_error, str) else as_object(last_error)
    intervention = _tidy(as_text(error.get("intervene_text")))
    if intervention:
        return ContentFiltered(intervention)
    words, code = _words(error), _telling_code(error)
    if not words and code is None:
        return None
    kind = _kind(0, as_number(code), words) or ProviderUnavailable
    return kind(words, details=f"last_error {_named(code)}")


def envelope_error(event: JsonObject) -> ChatError | None:
    """The error of a JSON envelope that came as an event; None if ``event`` is none."""
    if "parts" in event:
        return None
    code = _code({"status": event.get("status"), "code": event.get("code")})
    if not code:
        return None
    words = _words(event)
    return (_kind(0, code, words) or InvalidRequest)(words, details=f"code {code}")


def _kind(status: int, code: int | None, words: str) -> type[ChatError] | None:
    """What a status, the service's own code or its words stand for; None if nothing is wrong."""
    if code in _CODE_KINDS:
        return _CODE_KINDS[code]
    lowered = words.lower()
    for part, kind in _WORD_KINDS:
        if part in lowered:
            return kind
    if code != 401 and status != 401 and _LOGIN in words:
        return QuotaExceeded
    # The service's own numbers reach far beyond those of HTTP.
    return status_kind(status) or (status_kind(code) if code and code < 600 else None)


def _kind_of_success(
    body: str, payload: JsonObject | None, words: str, code: int | None, *, is_page: bool
) -> type[ChatError]:
    """What is wrong with an answer that the service itself does not call an error."""
    if not body.strip():
        # By the record this means a conversation id that the service does not know.
        return EmptyReply
    if is_page:
        return AccessDenied
    if payload is None:
        return ProtocolError
    unknown_assistant = code == 0 and payload.get("result") is None
    if words or code or unknown_assistant:
        return InvalidRequest
    return ProtocolError


def _code(payload: JsonObject) -> int | None:
    numbers = (as_number(payload.get(key)) for key in ("status", "code", "error_code"))
    return next((number for number in numbers if number is not None), None)


def _telling_code(error: JsonObject) -> object:
    """The first code that is neither absent, empty nor 0; a word such as "E12" is one too."""
    codes = (error.get(key) for key in ("code", "error_code"))
    return next((code for code in codes if code and as_number(code) != 0), None)


def _named(code: object) -> str:
    if code is None:
        return "without a code"
    number = as_number(code)
    return f"code {code!r:.{_MAX_WORDS}}" if number is None else f"code {number}"


def _words(payload: JsonObject) -> str:
    """The service's own words, wherever it has put them; an empty string if nowhere."""
    for value in (
        payload.get("message"),
        payload.get("err_msg"),
        as_object(payload.get("error")).get("message"),
        payload.get("error"),
        payload.get("detail"),
    ):
        if words := _tidy(as_text(value)):
            return words
    faults = [
        fault
        for group in as_object(payload.get("validation_error")).values()
        for fault in as_objects(group)
    ]
    told = (_fault(fault) for fault in faults or as_objects(payload.get("detail")))
    return _tidy("; ".join(filter(None, told)))


def _fault(fault: JsonObject) -> str:
    place = fault.get("loc")
    names = [str(name) for name in place] if isinstance(place, list) else []
    return ": ".join(filter(None, (".".join(names), as_text(fault.get("msg")))))


def _tidy(words: str) -> str:
    return " ".join(words.split())[:_MAX_WORDS]

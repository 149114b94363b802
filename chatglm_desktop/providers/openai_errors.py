# SPDX-License-Identifier: MIT
"""What refusals and error frames of chat-completion services mean; knows no stream."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from chatglm_desktop.core.errors import (
    AccessDenied,
    ChatError,
    EmptyReply,
    InvalidRequest,
    KeyMissing,
    KeyRejected,
    ModelNotFound,
    NotConfigured,
    ProtocolError,
    ProviderUnavailable,
    WrongAddress,
)
from chatglm_desktop.providers.errors import Refusal, host_of
from chatglm_desktop.providers.openai_codes import (
    GLM_CODES,
    MODEL_WORDS,
    NAMED_CODES,
    STATUSES,
    WORDS,
)
from chatglm_desktop.providers.payload import (
    JsonObject,
    as_number,
    as_object,
    as_objects,
    as_text,
    parse_object,
)

PATH = "/chat/completions"

_MAX_WORDS = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked: the base address of an API; and with which key, which no error may tell."""

    base: str = field(repr=False)
    key: str = field(default="", repr=False)

    @classmethod
    def at(cls, address: str, key: str = "") -> Asked:
        """As a person enters both: with spaces, a slash at the end, or the whole address.

        Raises ChatErrors for what cannot be used.
        """
        asked = cls(address.strip().rstrip("/").removesuffix(PATH), key.strip())
        if not asked.base:
            raise NotConfigured("The address of the server is missing.")
        if not (asked.key.isascii() and asked.key.isprintable()):
            raise KeyRejected("The key holds characters that no key has.", host=asked.host)
        return asked

    @property
    def host(self) -> str:
        """As errors name it; "" for an address that is none."""
        return host_of(self.base)

    def hide(self, text: str) -> str:
        """``text`` without the key, which some services repeat when they refuse it."""
        return text.replace(self.key, "…") if self.key else text


@dataclass(frozen=True, slots=True)
class _Said:
    """What a service says of an error: its words, its code, and a second name of its kind."""

    words: str = ""
    code: str = ""
    type: str = ""

    @classmethod
    def read(cls, payload: JsonObject, asked: Asked) -> _Said:
        error = as_object(payload.get("error"))
        code = next((c for c in (error.get("code"), payload.get("code")) if c is not None), "")
        return cls(
            words=_tidy(asked.hide(_words(payload, error))),
            code=_tidy(asked.hide(str(code))) if isinstance(code, str | int) else "",
            type=as_text(error.get("type")) or as_text(payload.get("type")),
        )


def refusal(answer: Refusal, asked: Asked) -> ChatError:
    """The error for an answer that is not what was asked for."""
    answer = replace(answer, body=asked.hide(answer.body))
    payload = parse_object(answer.body)
    is_page = answer.media_type == "text/html" or answer.body.lstrip().startswith("<")
    if payload is not None:
        said = _Said.read(payload, asked)
    else:
        said = _Said("" if is_page else _tidy(answer.body))
    kind = _kind(answer.status, said)
    if is_page:
        kind = _kind_of_page(answer.status)
    elif kind is None:
        kind = _kind_of_success(answer.body, payload)
    if kind is KeyRejected and not asked.key:
        kind = KeyMissing
    return kind(
        said.words,
        http_status=answer.status,
        details=answer.details,
        retry_after=answer.retry_after,
        host=asked.host,
        code=said.code,
    )


def stream_error(data: str, asked: Asked) -> ChatError:
    """The error that the data of an event holds, which is known to be one."""
    payload = parse_object(data)
    return payload_error({"message": data} if payload is None else payload, asked)


def payload_error(payload: JsonObject, asked: Asked) -> ChatError:
    """The error that a chunk holds, which is known to be one."""
    said = _Said.read(payload, asked)
    kind = _kind(0, said) or ProviderUnavailable
    details = f"in the stream: {said.type or 'error'}"
    return kind(said.words, details=asked.hide(details), host=asked.host, code=said.code)


def is_error(payload: JsonObject) -> bool:
    """Whether a chunk is, or holds, an error."""
    if payload.get("error") or payload.get("object") == "error":
        return True
    if "choices" in payload:
        return False
    return bool(payload.get("detail") or (payload.get("message") and payload.get("code")))


def _kind(status: int, said: _Said) -> type[ChatError] | None:
    """What the service's own code, its words or the status stand for; None if nothing does."""
    for code in (said.code, said.type):
        if kind := GLM_CODES.get(code) or NAMED_CODES.get(code):
            return kind
    lowered = said.words.lower()
    for part, kind in WORDS:
        if part in lowered:
            return kind
    if ("model" in lowered or "模型" in lowered) and any(w in lowered for w in MODEL_WORDS):
        return ModelNotFound
    number = as_number(said.code) or 0
    if number >= 600 and status == 429:
        # Some of those mean that waiting does not help: nothing is tried again unasked.
        return ChatError
    return _kind_of_status(number) or _kind_of_status(status)


def _kind_of_status(status: int) -> type[ChatError] | None:
    if status in STATUSES:
        return STATUSES[status]
    if status in (404, 405) or 300 <= status < 400:
        return WrongAddress
    if 500 <= status < 600:
        return ProviderUnavailable
    return InvalidRequest if 400 <= status < 500 else None


def _kind_of_page(status: int) -> type[ChatError]:
    """What is wrong if a web page answers."""
    if status >= 500:
        return ProviderUnavailable
    return AccessDenied if status in (403, 429) else WrongAddress


def _kind_of_success(body: str, payload: JsonObject | None) -> type[ChatError]:
    """What is wrong with an answer that the service itself gives no number."""
    if not body.strip():
        return EmptyReply
    return InvalidRequest if payload is not None and is_error(payload) else ProtocolError


def _words(payload: JsonObject, error: JsonObject) -> str:
    """The service's own words, wherever it has put them; an empty string if nowhere."""
    told = (
        as_text(error.get("message")),
        as_text(payload.get("error")),
        as_text(payload.get("message")),
        as_text(payload.get("detail")),
        "; ".join(filter(None, map(_fault, as_objects(payload.get("detail"))))),
    )
    words = next(filter(None, map(str.strip, told)), "")
    # A service that passes requests on repeats here what it was told.
    raw = as_text(as_object(error.get("metadata")).get("raw"))
    return f"{words}: {raw}" if raw else words


def _fault(fault: JsonObject) -> str:
    place = fault.get("loc")
    names = [str(name) for name in place] if isinstance(place, list) else []
    return ": ".join(filter(None, (".".join(names), as_text(fault.get("msg")))))


def _tidy(words: str) -> str:
    return " ".join(words.split())[:_MAX_WORDS]

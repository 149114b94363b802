# SPDX-License-Identifier: MIT
"""Answers of chat-completion services, O1 to O15, and what a reader ends up with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatglm_desktop.core import errors
from chatglm_desktop.core.deltas import (
    Delta,
    FinishReason,
    Reasoning,
    Revision,
    Source,
    Sources,
    Usage,
)

DATA = Path(__file__).parent.parent / "data" / "openai"
EVENT_STREAM = "text/event-stream"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A reply as a consumer ends up with it."""

    text: str = ""
    reasoning: str = ""
    sources: tuple[Source, ...] = ()
    usage: Usage | None = None
    finish: tuple[str, ...] = ()
    error: type[errors.ChatError] | None = None
    words: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class ChatCase:
    """One answer of a service: ``frames`` are its bytes, one event each."""

    name: str
    frames: tuple[bytes, ...]
    outcome: Outcome
    status: int = 200
    media_type: str = EVENT_STREAM

    @property
    def body(self) -> bytes:
        return b"".join(self.frames)


def outcome_of(deltas: Iterable[Delta], error: errors.ChatError | None = None) -> Outcome:
    """What ``deltas`` amount to, followed by ``error``."""
    text = reasoning = ""
    sources: tuple[Source, ...] = ()
    usage: Usage | None = None
    finish: list[str] = []
    for delta in deltas:
        match delta:
            case str():
                text += delta
            case Reasoning(added):
                reasoning += added
            case Revision(whole, "text"):
                text = whole
            case Revision(whole, _):
                reasoning = whole
            case Sources(found):
                sources = found
            case Usage():
                usage = delta
            case FinishReason(reason):
                finish.append(reason)
            case _:
                raise AssertionError(f"a chat completion cannot cause {delta}")
    if error is None:
        return Outcome(text, reasoning, sources, usage, tuple(finish))
    kind = errors.error_kind(type(error))
    told = (error.words, error.service_code)
    return Outcome(text, reasoning, sources, usage, tuple(finish), kind, *told)


def _stream(name: str, **expected: Any) -> ChatCase:
    if "error" not in expected:
        expected.setdefault("finish", ("stop",))
    # A checkout may have changed the line ends.
    body = (DATA / f"{name}.sse").read_bytes().replace(b"\r\n", b"\n")
    frames = tuple(frame + b"\n\n" for frame in body.split(b"\n\n")[:-1])
    return ChatCase(name, frames, Outcome(**expected))


def _answer(
    name: str, status: int, error: type[errors.ChatError], words: str = "", code: str = ""
) -> ChatCase:
    body = (DATA / name).read_bytes()
    media_type = "text/html" if name.endswith("html") else "application/json"
    outcome = Outcome(error=error, words=words, code=code)
    return ChatCase(name, (body,), outcome, status, media_type)


def chat_cases() -> list[ChatCase]:
    """O1 to O15, without the silence of O4."""
    usage = Usage(8, 12, 3)
    template = "Error rendering prompt with jinja template"
    site = "https://example.org"
    return [
        _stream(
            "o01_glm",
            text="It rains[ref_1]，世界🌏",
            reasoning="Let me see.",
            sources=(
                Source(f"{site}/rain", "Rain", "It rains.", "ref_1"),
                Source(f"{site}/snow", "Snow", "It snows.", "ref_2"),
            ),
            usage=usage,
        ),
        _stream("o02_usage_chunk", text="Hello", usage=Usage(5, 2)),
        _stream("o03_odd_choices", text="Fine."),
        _stream("o04_comments", text="Hello"),
        _stream(
            "o05_openrouter_error",
            text="I would",
            error=errors.ProviderUnavailable,
            words="Provider returned error: upstream overloaded",
            code="502",
        ),
        _stream("o06_event_error", error=errors.ProviderUnavailable, words=template),
        _stream(
            "o07_error_field",
            error=errors.ProviderUnavailable,
            words="context shift is disabled",
            code="500",
        ),
        _stream("o08_no_done", text="All of it."),
        _stream("o08_no_end", text="The end is mis", error=errors.IncompleteReply),
        _stream("o08_done_only", text="Done."),
        _stream("o09_both_keys", text="Yes.", reasoning="Hm, yes."),
        _stream("o10_think_tag", text="Hello", reasoning="Hm. "),
        _stream("o10_missing_tag", text="Hello", reasoning="Hm. Well.\n"),
        _stream("o10_box", text="42", reasoning="Hm", usage=usage),
        _stream("o11_tool_calls", text="Let me look.", usage=usage, finish=("tool_calls",)),
        _stream("o12_sensitive", text="I would say", usage=usage, error=errors.ContentFiltered),
        _stream("o12_network_error", error=errors.ProviderUnavailable),
        _stream("o12_network_error_later", text="Half of", error=errors.IncompleteReply),
        _stream("o12_too_long", error=errors.ContextTooLong),
        _stream("o12_length", text="Cut at", usage=usage, finish=("length",)),
        _answer(
            "o13_no_balance.json",
            429,
            errors.NoBalance,
            "余额不足或无可用资源包,请充值。",
            "1113",
        ),
        _answer(
            "o13_rate.json",
            429,
            errors.RateLimited,
            "您的账户已达到速率限制，请您控制请求频率",
            "1302",
        ),
        _answer(
            "o14_string.json",
            404,
            errors.ModelNotFound,
            "model 'x' not found, try pulling it first",
        ),
        _answer("o14_detail.json", 422, errors.InvalidRequest, "body.messages: Field required"),
        _answer("o14_gateway.html", 502, errors.ProviderUnavailable),
        _answer(
            "o14_in_200.json",
            200,
            errors.ProviderUnavailable,
            "该模型当前访问量过大，请您稍后再试",
            "1305",
        ),
        _stream("o15_glued", text="Still here.", usage=usage),
    ]

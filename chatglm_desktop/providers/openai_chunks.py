# SPDX-License-Identifier: MIT
"""Turns the events of one chat completion into deltas; knows no transport."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chatglm_desktop.core.deltas import Delta, FinishReason, Reasoning, Usage
from chatglm_desktop.core.errors import (
    ChatError,
    ConnectionFailed,
    ContentFiltered,
    ContextTooLong,
    EmptyReply,
    IncompleteReply,
    ProtocolError,
    ProviderUnavailable,
)
from chatglm_desktop.providers.openai_errors import Asked, is_error, payload_error, stream_error
from chatglm_desktop.providers.openai_sources import FoundPages
from chatglm_desktop.providers.payload import (
    JsonObject,
    as_number,
    as_object,
    as_objects,
    as_text,
    parse_object,
)
from chatglm_desktop.providers.sse import ServerEvent
from chatglm_desktop.providers.think_tags import Passage, ThinkTags

_DONE = "[DONE]"
# A chunk that was cut off has the next one glued to it, with or without a line end between.
_SEAM = re.compile(r"\n|data:\s*(?=\{|\[DONE\])")
_FAILED = ("network_error", "insufficient_system_resource", "error")
_FILTERED = ("sensitive", "content_filter")
_TOO_LONG = "model_context_window_exceeded"


class ChatReply:
    """One reply: fold its events in order until :attr:`finished` or the stream ends; then `end`."""

    def __init__(self, asked: Asked) -> None:
        self.finished = False
        self.unreadable_chunks = 0
        self._asked = asked
        self._tags = ThinkTags()
        self._pages = FoundPages()
        self._usage: Usage | None = None
        self._has_content = False
        self._reason = ""

    @property
    def has_reason(self) -> bool:
        """Whether the service said why the text ends, so that only counts can follow."""
        return bool(self._reason)

    def fold(self, event: ServerEvent) -> Iterator[Delta]:
        """Yield what ``event`` adds; raises the ChatError that it tells of.

        Chunks that cannot be read are counted and skipped.
        """
        if self.finished or not event.data.strip():
            return
        if event.name == "error":
            yield from self._said(self._tags.close())
            raise stream_error(event.data, self._asked)
        chunk = parse_object(event.data)
        if chunk is not None:
            yield from self._fold_chunk(chunk)
            return
        for piece in filter(None, map(str.strip, _SEAM.split(event.data))):
            if piece == _DONE:
                self.finished = True
                return
            chunk = parse_object(piece)
            if chunk is None:
                self.unreadable_chunks += 1
            else:
                yield from self._fold_chunk(chunk)

    def end(self, cause: ChatError | None = None) -> Iterator[Delta]:
        """Yield what is left and the finish; raises the error of a reply that is not complete.

        ``cause`` is what ended the stream, if it did not end by itself.
        """
        yield from self._said(self._tags.close())
        if not (self.finished or self._reason):
            error = self._broken_off(cause)
            if error is cause:
                raise error
            raise error from cause
        if not self._has_content and self._reason != "length":
            raise self._nothing(f"the reply ended with {self._reason or 'nothing'}")
        yield FinishReason(self._reason or "stop")

    def _fold_chunk(self, chunk: JsonObject) -> Iterator[Delta]:
        choice = next(iter(as_objects(chunk.get("choices"))), {})
        message = as_object(choice.get("delta")) or as_object(choice.get("message"))
        # Some send both, with the same text.
        thought = as_text(message.get("reasoning_content")) or as_text(message.get("reasoning"))
        if thought:
            self._tags.thought_elsewhere()
            yield from self._said([Reasoning(thought)])
        if content := _content(message.get("content")):
            yield from self._said(self._tags.feed(content))
        if (sources := self._pages.take(chunk, message)) is not None:
            yield sources
        yield from self._count(chunk)
        error = payload_error(chunk, self._asked) if is_error(chunk) else None
        reason = as_text(choice.get("finish_reason"))
        if error is not None or reason:
            yield from self._said(self._tags.close())
        if error is not None:
            raise error
        self._take_reason(reason)

    def _take_reason(self, reason: str) -> None:
        details = f"finish_reason {reason}"
        host = self._asked.host
        if reason in _FILTERED:
            raise ContentFiltered(details=details, host=host)
        if reason == _TOO_LONG:
            raise ContextTooLong(details=details, host=host)
        if reason in _FAILED:
            kind = IncompleteReply if self._has_content else ProviderUnavailable
            raise kind(details=details, host=host)
        self._reason = reason or self._reason

    def _count(self, chunk: JsonObject) -> Iterator[Delta]:
        usage = _usage(chunk)
        if usage is not None and usage != self._usage:
            self._usage = usage
            yield usage

    def _said(self, passages: Iterable[Passage]) -> Iterator[Delta]:
        for passage in passages:
            self._has_content = True
            yield passage

    def _broken_off(self, cause: ChatError | None) -> ChatError:
        details = cause.details if cause else "the stream ended without a finish_reason"
        if self._has_content and (cause is None or isinstance(cause, ConnectionFailed)):
            return IncompleteReply(details=details, host=self._asked.host)
        return cause or self._nothing(details)

    def _nothing(self, details: str) -> ChatError:
        host = self._asked.host
        if self.unreadable_chunks:
            details = f"{self.unreadable_chunks} chunks were not readable"
            return ProtocolError(details=details, host=host)
        return EmptyReply(details=details, host=host)


def _content(value: object) -> str:
    """The text of a message; some send it in parts."""
    if isinstance(value, list):
        return "".join(as_text(part.get("text")) for part in as_objects(value))
    return as_text(value)


def _usage(chunk: JsonObject) -> Usage | None:
    usage = as_object(chunk.get("usage"))
    if usage:
        details = as_object(usage.get("prompt_tokens_details"))
        cached = as_number(details.get("cached_tokens"))
        return Usage(
            as_number(usage.get("prompt_tokens")) or 0,
            as_number(usage.get("completion_tokens")) or 0,
            cached or as_number(usage.get("prompt_cache_hit_tokens")) or 0,
        )
    timings = as_object(chunk.get("timings"))
    fresh, made = as_number(timings.get("prompt_n")), as_number(timings.get("predicted_n"))
    if fresh is None or made is None:
        return None
    cached = as_number(timings.get("cache_n")) or 0
    return Usage(fresh + cached, made, cached)

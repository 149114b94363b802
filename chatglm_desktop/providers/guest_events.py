# SPDX-License-Identifier: MIT
"""Turns the events of one guest reply into deltas; knows no transport."""

from __future__ import annotations

import logging
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from chatglm_desktop.core.deltas import (
    ConversationRef,
    Delta,
    FinishReason,
)
from chatglm_desktop.core.errors import (
    ChatError,
    ContentFiltered,
    EmptyReply,
    IncompleteReply,
    ProtocolError,
    ProviderUnavailable,
)
from chatglm_desktop.providers.guest_errors import envelope_error, stream_error
from chatglm_desktop.providers.guest_parts import Album, References
from chatglm_desktop.providers.payload import (
    JsonObject,
    as_object,
    as_objects,
    as_text,
    parse_object,
)
from chatglm_desktop.providers.reply_text import ReplyText, Style

log = logging.getLogger(__name__)

# Where the text of a content item is, and how it is displayed.
_ANSWER_ITEMS: dict[str, tuple[str, Style]] = {
    "text": ("text", "plain"),
    "code": ("code", "code"),
    "execution_output": ("content", "output"),
}


@dataclass(frozen=True, slots=True)
class _Part:
    key: Hashable
    items: list[JsonObject]
    meta_data: JsonObject
    finished: bool
    failed: bool


class GuestReply:
    """One reply: fold its events in order, until :attr:`finished` or the stream ends.

    A part is known by its ``logic_id``, because an event holds only the parts it changes.
    """

    def __init__(self) -> None:
        self.finished = False
        self.has_content = False
        self.unreadable_events = 0
        self._referred = False
        self._failed_without_words = False
        self._answer = ReplyText("text")
        self._thinking = ReplyText("reasoning")
        self._album = Album()
        self._references = References()
        self._unknown_types: set[str] = set()

    def fold(self, data: str) -> Iterator[Delta]:
        """Yield what the event with this ``data`` adds; raises the ChatError that it tells of.

        Data that is no JSON object is counted and skipped.
        """
        if self.finished or not data.strip():
            return
        event = parse_object(data)
        if event is None:
            self.unreadable_events += 1
            return
        yield from self._refer(event)
        status = event.get("status")
        for part in _parts(event, finished=status == "finish"):
            self._take_part(part)
        yield from self._changes()
        error = stream_error(event.get("last_error")) or envelope_error(event)
        if status == "intervene" and not isinstance(error, ContentFiltered):
            error = ContentFiltered(error.words if error else "")
        if error is not None:
            raise error
        # An error without any payload was seen in answers that went on.
        self._failed_without_words = status == "error"
        if status == "finish":
            yield from self._finish()

    def broken_off(self, cause: ChatError | None = None) -> ChatError:
        """The error of a stream that ended, because of ``cause`` if given, before the reply did."""
        details = cause.details if cause else "the stream ended without a finish"
        if self.has_content:
            return IncompleteReply(details=details)
        if cause is not None:
            return cause
        if self._failed_without_words:
            return ProviderUnavailable(details="status error without a last_error")
        return self._nothing(details)

    def _finish(self) -> Iterator[Delta]:
        self._answer.close()
        yield from self._changes()
        if not self.has_content:
            raise self._nothing("the reply finished without any content")
        self.finished = True
        yield FinishReason("stop")

    def _nothing(self, details: str) -> ChatError:
        if self.unreadable_events:
            return ProtocolError(details=f"{self.unreadable_events} events were not readable")
        return EmptyReply(details=details)

    def _refer(self, event: JsonObject) -> Iterator[Delta]:
        conversation_id = as_text(event.get("conversation_id"))
        if conversation_id and not self._referred:
            self._referred = True
            yield ConversationRef(conversation_id)

    def _take_part(self, part: _Part) -> None:
        for index, item in enumerate(part.items):
            kind = as_text(item.get("type"))
            match kind:
                case "text" | "code" | "execution_output":
                    field, style = _ANSWER_ITEMS[kind]
                    self._add_text(self._answer, part, index, style, item.get(field))
                case "think":
                    self._add_text(self._thinking, part, index, "plain", item.get("think"))
                case "image":
                    self._album.add(part.key, index, item)
                case "quote_result" if part.finished:
                    self._references.add_quotes(part.key, part.meta_data)
                case "tool_result":
                    self._references.add_results(part.key, part.meta_data)
                case "quote_result" | "tool_calls" | "one_to_more_finish" | "file" | "":
                    pass
                case _:
                    self._note_unknown(kind, item)

    def _add_text(
        self, text: ReplyText, part: _Part, index: int, style: Style, value: object
    ) -> None:
        key = (part.key, index, style)
        fragment = as_text(value)
        # The last frame of a part that failed may repeat it all, as that of a finished one does.
        repeats = part.failed and fragment.startswith(text.segment(key, style).text)
        text.add(key, style, fragment, whole=part.finished or repeats)

    def _note_unknown(self, kind: str, item: JsonObject) -> None:
        if kind not in self._unknown_types:
            self._unknown_types.add(kind)
            log.debug("content of the unknown type %r is not shown: %.1000r", kind, item)

    def _changes(self) -> Iterator[Delta]:
        for text in (self._thinking, self._answer):
            if (change := text.take()) is not None:
                self.has_content = True
                yield change
        if (images := self._album.take()) is not None:
            self.has_content = True
            yield images
        if (sources := self._references.take()) is not None:
            yield sources


def _parts(event: JsonObject, *, finished: bool) -> Iterator[_Part]:
    for index, part in enumerate(as_objects(event.get("parts"))):
        status = part.get("status")
        yield _Part(
            key=as_text(part.get("logic_id")) or as_text(part.get("id")) or index,
            items=as_objects(part.get("content")),
            meta_data=as_object(part.get("meta_data")),
            finished=finished or status == "finish",
            failed=status == "error",
        )

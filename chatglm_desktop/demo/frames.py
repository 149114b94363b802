# SPDX-License-Identifier: MIT
"""The guest service's events, in both of its dialects; knows neither scenarios nor sockets."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any, Literal, TypeAlias

Dialect: TypeAlias = Literal["delta", "snapshot"]
SegmentKind: TypeAlias = Literal["text", "think", "code", "execution_output"]
Status: TypeAlias = Literal["init", "finish", "intervene", "error", ""]
Event: TypeAlias = dict[str, Any]

MODEL = "demo_script"

_PAYLOAD_KEYS: Mapping[SegmentKind, str] = {
    "text": "text",
    "think": "think",
    "code": "code",
    "execution_output": "content",
}
_BEIJING = timezone(timedelta(hours=8))


def encode(event: Mapping[str, Any]) -> bytes:
    """``event`` as the service frames it: an event line, and two blanks after ``data:``."""
    data = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    return f"event:message\ndata:  {data}\n\n".encode()


def new_id() -> str:
    """A fresh id of 24 hex digits, the form of all of the service's ids."""
    return uuid.uuid4().hex[:24]


class Frames:
    """Builds the events of one answer, segment after segment.

    In the dialect ``"delta"`` an event of a running segment holds the new fragment only, in
    ``"snapshot"`` all of the segment so far; the frame that ends a segment holds all of it in
    both.
    """

    def __init__(
        self,
        *,
        assistant_id: str,
        conversation_id: str = "",
        dialect: Dialect = "delta",
        now: datetime | None = None,
    ) -> None:
        self.conversation_id = conversation_id or new_id()
        self._id = new_id()
        self._assistant_id = assistant_id
        self._dialect = dialect
        self._created_at = (now or datetime.now(_BEIJING)).strftime("%Y-%m-%d %H:%M:%S")
        self._kind: SegmentKind | None = None
        self._logic_id = ""
        self._fragments: list[str] = []
        self._last_parts: list[Event] = []

    def start(self) -> Event:
        """The first event, which has no parts."""
        return self.event([])

    def fragment(self, kind: SegmentKind, text: str) -> list[Event]:
        """New text of ``kind``; ends the open segment first when that is of another kind."""
        events = [] if kind == self._kind else self.close()
        if self._kind is None:
            self._kind = kind
            self._logic_id = str(uuid.uuid4())
        self._fragments.append(text)
        content = text if self._dialect == "delta" else "".join(self._fragments)
        events.append(self.event([self._segment(kind, content, "init")]))
        return events

    def close(self) -> list[Event]:
        """The event that ends the open segment, or nothing if none is open."""
        if self._kind is None:
            return []
        self._last_parts = [self._segment(self._kind, "".join(self._fragments), "finish")]
        self._kind = None
        self._fragments = []
        return [self.event(self._last_parts)]

    def finish(self) -> list[Event]:
        """The last events: the end of the open segment, then the end of all, twice."""
        return [*self.close(), *[self.event(self._last_parts, status="finish")] * 2]

    def event(
        self,
        parts: Sequence[Event] | None,
        *,
        status: Status = "init",
        last_error: Mapping[str, Any] | None = None,
    ) -> Event:
        """An event with these ``parts`` (None is sent as ``null``)."""
        return {
            "id": self._id,
            "conversation_id": self.conversation_id,
            "assistant_id": self._assistant_id,
            "parts": None if parts is None else list(parts),
            "created_at": self._created_at,
            "meta_data": {
                "input_question_type": "xxxx",
                "if_plus_model": False,
                "plus_model_available": False,
                "if_increase_push": self._dialect == "delta",
            },
            "status": status,
            "last_error": dict(last_error or {}),
        }

    def part(
        self,
        content: Sequence[Event] | None,
        *,
        status: Status = "finish",
        role: Literal["assistant", "tool"] = "assistant",
        meta_data: Mapping[str, Any] | None = None,
        logic_id: str = "",
    ) -> Event:
        """One part with the given content items, a segment of its own by default."""
        return {
            "id": self._id,
            "logic_id": logic_id or str(uuid.uuid4()),
            "role": role,
            "content": None if content is None else list(content),
            "model": MODEL,
            "recipient": "all",
            "created_at": self._created_at,
            "meta_data": dict(meta_data or {}),
            "status": status,
        }

    def _segment(self, kind: SegmentKind, text: str, status: Status) -> Event:
        meta_data = {"show_type": "mc_tool_think2"} if kind == "think" else {}
        item = {"type": kind, _PAYLOAD_KEYS[kind]: text}
        return self.part([item], status=status, meta_data=meta_data, logic_id=self._logic_id)

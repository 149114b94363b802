# SPDX-License-Identifier: MIT
"""Server-sent events, bytes in and events out; knows no socket and no meaning of the data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chatglm_desktop.core.errors import ProtocolError

MAX_EVENT_BYTES = 16 * 1024 * 1024

_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(rb"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """One event; ``name`` is empty unless the stream gave one."""

    data: str
    name: str = ""


class SseDecoder:
    """Incremental decoder after the WHATWG rules, with three departures for one-shot streams.

    An event that the end of the stream cuts off is handed out (its reader decides whether
    it is whole), ``id`` and ``retry`` are ignored, because a POST is never resumed, and a line
    with the field ``error``, which some servers write, is an event of that name by itself.
    The cost is linear in the bytes, however they are cut.
    """

    def __init__(self, max_event_bytes: int = MAX_EVENT_BYTES) -> None:
        self._max = max_event_bytes
        self._line = bytearray()
        self._data: list[str] = []
        self._data_bytes = 0
        self._name = ""
        self._first_line = True
        self._skip_lf = False

    def feed(self, chunk: bytes) -> Iterator[ServerEvent]:
        """Yield the events that ``chunk`` completes; it must be iterated to its end.

        Raises ProtocolError when one event grows beyond the limit.
        """
        start = 0
        if self._skip_lf and chunk:
            # The line already ended at the CR that closed the previous chunk.
            self._skip_lf = False
            start = 1 if chunk.startswith(b"\n") else 0
        for end in _LINE_END.finditer(chunk, start):
            self._extend(chunk[start : end.start()])
            start = end.end()
            self._skip_lf = start == len(chunk) and end[0] == b"\r"
            yield from self._end_line()
        self._extend(chunk[start:])

    def close(self) -> Iterator[ServerEvent]:
        """Yield the event that the end of the stream leaves unterminated, if any."""
        yield from self._end_line()
        yield from self._dispatch()

    def _extend(self, piece: bytes) -> None:
        self._line += piece
        if self._data_bytes + len(self._line) > self._max:
            raise ProtocolError(details=f"one event is larger than {self._max} bytes")

    def _end_line(self) -> Iterator[ServerEvent]:
        line = bytes(self._line)
        self._line.clear()
        if self._first_line:
            self._first_line = False
            line = line.removeprefix(_BOM)
        if not line:
            yield from self._dispatch()
            return
        field, _, value = line.partition(b":")
        text = value.removeprefix(b" ").decode("utf-8", "replace")
        match field:
            case b"data":
                self._data.append(text)
                self._data_bytes += len(line)
            case b"event":
                self._name = text
            case b"error":
                yield ServerEvent(text, "error")
            case _:
                # A comment (its field name is empty) or a field without a use here.
                pass

    def _dispatch(self) -> Iterator[ServerEvent]:
        if self._data:
            yield ServerEvent("\n".join(self._data), self._name)
        self._data = []
        self._data_bytes = 0
        self._name = ""

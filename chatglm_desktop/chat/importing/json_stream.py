# SPDX-License-Identifier: MIT
"""Reads a JSON file of any length a value at a time; knows nothing of what the values mean."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator
from json import JSONDecodeError
from typing import Any, Protocol

from chatglm_desktop.core.errors import ExportDamaged, ExportTooLarge, NotAnExport

CHUNK = 1 << 20
"""Bytes that are read at once."""

MOST_VALUE = 256 << 20
"""Characters of one value that is read as a whole."""

_NEAR_THE_END = 64
"""An error that stands so near the end of what was read may come from the cut."""

_SPACE = " \t\n\r"


class Readable(Protocol):
    def read(self, count: int, /) -> bytes: ...


class JsonStream:
    """A cursor in the JSON text of ``file``. All methods raise ExportDamaged and ExportTooLarge.

    ``on_read`` hears of the bytes as they are read; ``chunk`` is how many those are at once.
    """

    def __init__(self, file: Readable, on_read: Callable[[int], None], chunk: int = CHUNK) -> None:
        self._file = file
        self._on_read = on_read
        self._chunk = chunk
        # A signature at the beginning is left out.
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder(strict=False)
        self._text = ""
        self._at = 0
        self._ended = False
        self._waiting = False

    def peek(self) -> str:
        """The first character of what comes next; "" at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text) or not self._fill():
                return self._text[self._at : self._at + 1]

    def value(self) -> Any:
        """The whole next value."""
        self.peek()
        while True:
            value, end = self._decoded()
            # A number at the very end of what was read may go on.
            if end is not None and (
                not isinstance(value, int | float)
                or len(self._text) - end >= _NEAR_THE_END
                or self._ended
            ):
                self._at = end
                self._waiting = False
                return value
            if len(self._text) - self._at > MOST_VALUE:
                raise ExportTooLarge(details="one value is too long")
            self._fill()

    def elements(self) -> Iterator[None]:
        """One step for each element of an array; what the caller does not read is passed over."""
        self._take("[")
        yield from self._steps("]")

    def members(self) -> Iterator[str]:
        """The key of each member of an object; as :meth:`elements`."""
        self._take("{")
        for _ in self._steps("}"):
            self._waiting = False
            key = self.value()
            if not isinstance(key, str):
                raise ExportDamaged(details="a key is no text")
            self._take(":")
            self._waiting = True
            yield key
            self._pass_over()

    def finish(self) -> None:
        """Make sure that nothing follows."""
        if self.peek():
            raise ExportDamaged(details="something follows the end")

    def _steps(self, end: str) -> Iterator[None]:
        if self.peek() != end:
            while True:
                self._waiting = True
                yield
                self._pass_over()
                if self.peek() != ",":
                    break
                self._at += 1
        self._take(end)
        self._waiting = False

    def _pass_over(self) -> None:
        if self._waiting:
            self.value()

    def _take(self, character: str) -> None:
        if self.peek() != character:
            raise ExportDamaged(details=f"{character} is missing")
        self._at += 1
        self._waiting = False

    def _decoded(self) -> tuple[Any, int | None]:
        """The next value and where it ends; no end if more must be read first."""
        try:
            return self._json.raw_decode(self._text, self._at)
        except JSONDecodeError as error:
            cut = error.pos >= len(self._text) - _NEAR_THE_END or error.msg.startswith(
                "Unterminated string"
            )
            if self._ended or not cut:
                raise ExportDamaged(details=error.msg) from error
            return None, None
        except RecursionError as error:
            raise ExportDamaged(details="the values are nested too deeply") from error
        except ValueError as error:
            # A number with thousands of digits.
            raise ExportDamaged(details="a number is too long") from error

    def _fill(self) -> bool:
        """Read on, at least as much as waits already; false at the end."""
        if self._ended:
            return False
        rest = self._text[self._at :]
        data = self._file.read(max(self._chunk, len(rest)))
        self._ended = not data
        self._on_read(len(data))
        try:
            more = self._decoder.decode(data, final=self._ended)
        except UnicodeDecodeError as error:
            raise NotAnExport(details="the file is no text") from error
        self._text = rest + more
        self._at = 0
        return True

# SPDX-License-Identifier: MIT
"""Joins the segments of a reply to one Markdown text and says how it changed; knows no events."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Literal, TypeAlias, assert_never

from chatglm_desktop.core.deltas import Reasoning, Revision, StreamKind
from chatglm_desktop.providers.merge import Segment

Style: TypeAlias = Literal["plain", "code", "output"]

_BACKTICKS = re.compile("`+")


class _Passage:
    """A segment as it is displayed: as it is, or in a fence longer than any inside it."""

    def __init__(self, style: Style) -> None:
        self.segment = Segment()
        self._style = style
        self._longest = 2
        self._run = 0

    @property
    def opening(self) -> str:
        match self._style:
            case "plain":
                return ""
            case "code":
                return f"{self._fence}python\n"
            case "output":
                return f"{self._fence}\n"
            case _:
                assert_never(self._style)

    @property
    def closing(self) -> str:
        """What ends the passage where nothing follows."""
        if self._style == "plain":
            return ""
        return self._fence if self.segment.text.endswith("\n") else f"\n{self._fence}"

    @property
    def joint(self) -> str:
        """What ends the passage where another follows: at least a blank line."""
        tail = "" if self.closing else self.segment.text[-2:]
        return self.closing + "\n\n"[len(tail) - len(tail.rstrip("\n")) :]

    @property
    def _fence(self) -> str:
        return "`" * (self._longest + 1)

    def outgrows_fence(self, added: str) -> bool:
        """Whether ``added`` text needs a longer fence than the earlier text did."""
        if self._style == "plain":
            return False
        before = self._longest
        run, self._run = self._run, 0
        for match in _BACKTICKS.finditer(added):
            length = len(match[0]) + (run if match.start() == 0 else 0)
            self._longest = max(self._longest, length)
            if match.end() == len(added):
                self._run = length
        return self._longest > before

    def measure(self) -> None:
        """Find the fence anew after earlier text has changed."""
        self._longest = 2
        self._run = 0
        self.outgrows_fence(self.segment.text)


class ReplyText:
    """All segments of one kind, in the order in which they first appeared.

    Growth at the end costs as much as the new text; only a change before the end costs
    as much as the whole.
    """

    def __init__(self, kind: StreamKind) -> None:
        self._kind: StreamKind = kind
        self._passages: dict[Hashable, _Passage] = {}
        self._newest: Hashable = None
        self._last_shown: _Passage | None = None
        self._shown: list[str] = []
        self._pending: list[str] = []
        self._rewritten = False
        self._closed = False

    def segment(self, key: Hashable, style: Style) -> Segment:
        """The segment of ``key``; asking for a new one fixes its place in the order."""
        if key not in self._passages:
            self._passages[key] = _Passage(style)
            self._newest = key
        return self._passages[key].segment

    def add(self, key: Hashable, style: Style, fragment: str, *, whole: bool) -> None:
        """Take in a frame's text for one segment (see :meth:`Segment.add`)."""
        segment = self.segment(key, style)
        passage = self._passages[key]
        begins = not segment
        added = segment.add(fragment, whole=whole)
        if added is None:
            passage.measure()
            self._rewritten = True
        elif added:
            outgrown = passage.outgrows_fence(added) and not begins
            if outgrown or key != self._newest:
                self._rewritten = True
            else:
                self._append(passage, added, begins=begins)

    def close(self) -> None:
        """The reply is complete, nothing is added any more: end an open fence."""
        self._closed = True
        if self._last_shown is not None:
            self._pending.append(self._last_shown.closing)

    def take(self) -> str | Reasoning | Revision | None:
        """How the text changed since the last call; None if it did not."""
        if self._rewritten:
            return self._rewrite()
        added = "".join(self._pending)
        self._pending = []
        if not added:
            return None
        self._shown.append(added)
        return self._grown(added)

    def _append(self, passage: _Passage, added: str, *, begins: bool) -> None:
        if begins:
            if self._last_shown is not None:
                self._pending.append(self._last_shown.joint)
            self._pending.append(passage.opening)
            self._last_shown = passage
        self._pending.append(added)

    def _rewrite(self) -> str | Reasoning | Revision | None:
        old = "".join(self._shown)
        new = self._render()
        self._shown = [new]
        self._pending = []
        self._rewritten = False
        if not new.startswith(old):
            return Revision(new, self._kind)
        return self._grown(new[len(old) :]) if new != old else None

    def _render(self) -> str:
        texts: list[str] = []
        self._last_shown = None
        for passage in self._passages.values():
            if not passage.segment:
                continue
            if self._last_shown is not None:
                texts.append(self._last_shown.joint)
            texts += (passage.opening, passage.segment.text)
            self._last_shown = passage
        if self._closed and self._last_shown is not None:
            texts.append(self._last_shown.closing)
        return "".join(texts)

    def _grown(self, added: str) -> str | Reasoning:
        return added if self._kind == "text" else Reasoning(added)

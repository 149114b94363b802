# SPDX-License-Identifier: MIT
"""Parts thinking from answer in text that holds tags of models; knows no chunk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias, assert_never

from chatglm_desktop.core.deltas import Reasoning, Revision

Passage: TypeAlias = str | Reasoning | Revision

_OPEN = "<think>"
_CLOSE = "</think>"
_TAGS = (_OPEN, _CLOSE, "<|begin_of_box|>", "<|end_of_box|>")
_ANY_TAG = re.compile("|".join(map(re.escape, _TAGS)))


class ThinkTags:
    """One reply: feed its text in pieces of any size, then :meth:`close`.

    ``<think>`` counts at the beginning only. A lone ``</think>`` says that all before it was
    thinking. The marks of a boxed answer are left out. A tag in backticks, or of a kind that
    makes no sense where it stands, is text. The cost is linear in the text, however it is cut.
    """

    def __init__(self) -> None:
        self._mode: Literal["lead", "thinking", "answer"] = "lead"
        self._rest = ""
        self._at_start = True
        self._last = ""
        # None once a closing tag cannot lack its opening one any more.
        self._answer: list[str] | None = []

    def thought_elsewhere(self) -> None:
        """The service sends thinking apart from the text."""
        self._answer = None

    def feed(self, text: str) -> Iterator[Passage]:
        """What can be told of the text so far; it must be iterated to its end."""
        self._rest += text
        yield from self._scan(final=False)

    def close(self) -> Iterator[Passage]:
        """What was held back, because it might have become a tag."""
        yield from self._scan(final=True)

    def _scan(self, *, final: bool) -> Iterator[Passage]:
        going_on = True
        while going_on:
            match self._mode:
                case "lead":
                    going_on = self._lead(final)
                case "thinking":
                    going_on, passage = self._think(final)
                    if passage:
                        yield Reasoning(passage)
                case "answer":
                    going_on, passages = self._speak(final)
                    yield from passages
                case _:
                    assert_never(self._mode)

    def _lead(self, final: bool) -> bool:
        """Look at what comes before the first visible character; whether to look on."""
        body = self._rest.lstrip()
        if not body:
            return False
        if tag := _ANY_TAG.match(body):
            self._rest = body[tag.end() :]
            if tag[0] == _OPEN:
                self._mode, self._at_start = "thinking", True
                self._answer = None
            return True
        if not final and _unfinished_tag(body) == body:
            return False
        # Blank lines are dropped, the indent of the first line is not.
        blank = self._rest[: len(self._rest) - len(body)]
        self._rest = blank[blank.rfind("\n") + 1 :] + body
        self._mode = "answer"
        return True

    def _think(self, final: bool) -> tuple[bool, str]:
        if self._at_start:
            self._rest = self._rest.lstrip()
            self._at_start = not self._rest
        thought, tag, rest = self._rest.partition(_CLOSE)
        if tag:
            self._rest = rest
            self._mode = "lead"
            return True, thought
        held = "" if final else _unfinished_tag(thought)
        self._rest = held
        return False, thought[: len(thought) - len(held)]

    def _speak(self, final: bool) -> tuple[bool, list[Passage]]:
        tag = _ANY_TAG.search(self._rest)
        if tag is None:
            held = "" if final else _unfinished_tag(self._rest)
            spoken = self._rest[: len(self._rest) - len(held)]
            self._rest = held
            return False, self._spoken(spoken)
        before = self._rest[: tag.start()]
        in_backticks = (before or self._last).endswith("`")
        if in_backticks and tag.end() == len(self._rest) and not final:
            # Whether it is text, the next character tells.
            self._rest = tag[0]
            return False, self._spoken(before)
        in_backticks = in_backticks and self._rest.startswith("`", tag.end())
        self._rest = self._rest[tag.end() :]
        if tag[0] == _CLOSE and self._answer is not None and not in_backticks:
            return True, self._revised(before)
        if tag[0] in (_OPEN, _CLOSE) or in_backticks:
            if tag[0] == _OPEN:
                self._answer = None
            return True, self._spoken(before + tag[0])
        return True, self._spoken(before)

    def _spoken(self, text: str) -> list[Passage]:
        if not text:
            return []
        self._last = text[-1]
        if self._answer is not None:
            self._answer.append(text)
        return [text]

    def _revised(self, before: str) -> list[Passage]:
        """All text so far was thinking."""
        thought = "".join((*(self._answer or ()), before)).lstrip()
        self._answer = None
        self._mode = "lead"
        return [Revision(""), Revision(thought, "reasoning")]


def _unfinished_tag(text: str) -> str:
    """The end of ``text`` that more text could make a tag."""
    end = text[text.rfind("<") :] if "<" in text else ""
    return end if end and any(tag.startswith(end) for tag in _TAGS) else ""

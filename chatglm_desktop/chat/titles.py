# SPDX-License-Identifier: MIT
"""A conversation's title from its first exchange, without asking a model; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_MARKS = re.compile(r"^[\s#>*+\-–—•`~=|]+|[`*_~]{2,}")
_NOISE = re.compile(r"\s+")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.+)")
_WIDTH = 48

_GREETING = (
    "你好|您好|大家好|哈[喽啰罗]|嗨|嘿|早上好|上午好|中午好|下午好|晚上好|早安|晚安|早"
    "|在吗|在么|在不在|有人吗|测试|试试|谢谢|多谢|好的|继续|你是谁"
    "|hello|hi|hey|hallo|hola|yo|there|good (?:morning|afternoon|evening)|thanks|thank you"
    "|ok|okay|test|testing|ping|chatglm|glm|智谱清言"
)
_SMALL_TALK = re.compile(rf"(?:(?:{_GREETING})[呀啊哦哟]?(?=[^a-z]|$)|[\W_])*", re.IGNORECASE)
_END = ",，。.!！、:：~～"
_PREFIX = re.compile(rf"(?:(?:(?:{_GREETING})[呀啊哦哟]?\s*)+[{_END}][{_END}\s]*)+", re.IGNORECASE)
_LONGEST_SMALL_TALK = 40
"""Characters; what is longer says something."""


def says_nothing(text: str) -> bool:
    """Whether a conversation cannot be told by ``text``: a greeting, a trial, a mere mark."""
    text = text.strip()
    return len(text) <= _LONGEST_SMALL_TALK and _SMALL_TALK.fullmatch(text) is not None


def title_from(text: str) -> str:
    """The first line that says something, shortened to about 24 Chinese or 48 Latin characters.

    A greeting only where there is nothing else.
    """
    lines = list(_lines(text))
    for line in lines:
        if not says_nothing(line):
            return _shorten(_without_greeting(line))
    return _shorten(lines[0] if lines else _NOISE.sub(" ", text).strip())


def title_from_answer(text: str) -> str:
    """What the answer is headed with, "" if it is not."""
    for line in text.splitlines():
        if (heading := _HEADING.match(line)) and not says_nothing(heading[1]):
            return title_from(heading[1])
    return ""


def _lines(text: str) -> Iterator[str]:
    """The lines with a word in them, without what marks them up."""
    for line in text.splitlines():
        title = _NOISE.sub(" ", _MARKS.sub("", line)).strip("`*_~ ")
        if any(character.isalnum() for character in title):
            yield title


def _without_greeting(line: str) -> str:
    greeting = _PREFIX.match(line)
    if greeting is None:
        return line
    rest = line[greeting.end() :]
    return rest[:1].upper() + rest[1:]


def _shorten(title: str) -> str:
    width = 0
    for index, character in enumerate(title):
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > _WIDTH:
            return f"{_to_word(title[:index])}…"
    return title


def _to_word(head: str) -> str:
    """``head`` without a torn word at its end, unless that would take too much away."""
    cut = head.rfind(" ")
    return head[:cut] if cut > len(head) * 0.6 else head.rstrip()

# SPDX-License-Identifier: MIT
"""What the demo answers: chooses a script by the question's words; knows no wire format."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator, Sequence

from chatglm_desktop.demo.script import Script
from chatglm_desktop.demo.scripts_en import ENGLISH
from chatglm_desktop.demo.scripts_zh import CHINESE

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_PUNCTUATION = re.compile(r"[^\w]+")
_USER_LINE = re.compile(r"^(?:User|用户)[:：][ \t]*", re.MULTILINE)
_FIRST_WIDE_CHARACTER = "\u2e80"


def last_question(text: str) -> str:
    """The newest question in ``text``, which may hold earlier turns folded into it.

    It is what follows the last line that begins with ``User:``, else the whole text.
    """
    starts = [match.end() for match in _USER_LINE.finditer(text)]
    return text[starts[-1] if starts else 0 :].strip()


def choose(question: str) -> Script:
    """The script whose words occur most in ``question``, in the question's language."""
    scripts = CHINESE if _HAN.search(question) else ENGLISH
    words = f" {_PUNCTUATION.sub(' ', question.casefold())} "
    hits = [sum(word in words for word in script.words) for script in scripts]
    if max(hits):
        return scripts[hits.index(max(hits))]
    return scripts[zlib.crc32(words.encode()) % len(scripts)]


def fragments(text: str, seed: int = 0) -> Iterator[str]:
    """Cut ``text`` into pieces like a model's tokens: 2–8 characters, 1–3 of Chinese.

    The same ``seed`` gives the same cuts; joined they are the text.
    """
    dice = random.Random(seed)
    start = 0
    while start < len(text):
        wide = text[start] >= _FIRST_WIDE_CHARACTER
        end = start + (dice.randint(1, 3) if wide else dice.randint(2, 8))
        yield text[start:end]
        start = end


def long_text(characters: int, scripts: Sequence[Script] = (*ENGLISH, *CHINESE)) -> str:
    """Realistic Markdown of exactly ``characters`` characters, built of numbered chapters."""
    chapters: list[str] = []
    length = 0
    while length < characters:
        number = len(chapters) + 1
        script = scripts[number % len(scripts)]
        chapters.append(f"# Chapter {number}\n\n{script.text}\n\n")
        length += len(chapters[-1])
    return "".join(chapters)[:characters]

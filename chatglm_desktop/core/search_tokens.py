# SPDX-License-Identifier: MIT
"""What a text is found by: tokens of its words and of its Chinese; knows no index.

Languages that put no spaces between words (Chinese, Japanese, also Thai), and Korean, are taken
by their characters and by each two that stand together, all others by words. A word is found by
its beginnings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from operator import add

from chatglm_desktop.core.fold import fold

RULES = 1
"""Another number whenever a text gets other tokens than before: indices are then made anew."""

BEGINNING = 6
"""Characters of the longest beginning of a word that is a token of its own.

Of what is typed further than that few words begin, and an index gathers them when it is asked.
With 6, an index of English and Chinese takes 0.9 of the text; with 4 it takes 0.75, but common
words of five and six letters then take 20 times as long.
"""

LONGEST = 40
"""Characters of a word that count."""

GRAMS = (
    "\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u2600-\u27bf\u2e80-\u2fdf\u3005-\u3007"
    "\u3021-\u3029\u3031-\u3035\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
"""What is taken by characters, as the inside of a class of a regular expression."""

LETTER = rf"[^\W_{GRAMS}]"
"""What words consist of, as a regular expression."""

RUN = re.compile(f"[{GRAMS}]+")
WORD = re.compile(rf"({LETTER}+)([+#]*)")
"""A word, and the signs that belong to the names of some languages: C++, C#."""

_JAMO = re.compile("[\u1100-\u11ff]")
_SIGNS = str.maketrans("+#", "\ue010\ue011")


def searchable(text: str) -> str:
    """``text`` as it is compared when searching: folded, with Korean in whole syllables."""
    return composed(fold(text))


def composed(folded: str) -> str:
    """A folded text as a searchable one."""
    if not folded.isascii() and _JAMO.search(folded):
        return unicodedata.normalize("NFC", folded)
    return folded


def tokens(text: str) -> set[str]:
    """The tokens of a searchable text; none has a space or a sign of ASCII in it."""
    found: set[str] = set()
    if not text.isascii():
        for run in set(RUN.findall(text)):
            found.update(run)
            found.update(map(add, run, run[1:]))
    for word, signs in set(WORD.findall(text)):
        found.update(_of_word(word))
        if signs:
            found.add(with_signs(word, signs))
    return found


def with_signs(word: str, signs: str) -> str:
    """The token of a word that ends with signs, which also begins with that of fewer signs."""
    return (word + signs)[:LONGEST].translate(_SIGNS)


def _of_word(word: str) -> Iterator[str]:
    yield word[:LONGEST]
    for length in range(1, min(BEGINNING + 1, len(word))):
        yield word[:length]

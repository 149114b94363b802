# SPDX-License-Identifier: MIT
"""Large libraries in Chinese and English, the same for the same number; measures nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import accumulate
from pathlib import Path

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.messages import Message, Role, TextPart
from chatglm_desktop.store.database import open_database, transaction
from tests.benchmarks.databases import insert

CONVERSATION = 50
"""Messages of a conversation."""

SEED = 7

LATEST = 1_700_000_000.0
_SECONDS = 90.0
_AT_ONCE = 200

_COMMON = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也"
    "你对生能而子那得于着下自之年过发后作里"
)
_WORDS = 20_000
_SENTENCES = 100_000
_FIRST, _LAST = 0x4E00, 0x5E00
_BEGINNINGS = [
    *("b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "y"),
    *("bl", "br", "ch", "cl", "cr", "dr", "fl", "gr", "pl", "pr", "sh", "st", "th", "tr"),
]
_MIDDLES = ["a", "e", "i", "o", "u", "ai", "ea", "ee", "ou"]
_ENDS = ["", "", "", "n", "r", "s", "t", "l", "nd", "ng"]


class Texts:
    """Texts of words that are as unequally common as those of a language (Zipf's law)."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        chinese = [*_COMMON, *(self._chinese_word() for _ in range(_WORDS))]
        self.chinese = chinese[:_WORDS]
        self.english = [self._english_word() for _ in range(_WORDS)]
        # The n-th word is n times as rare as the first one.
        self._shares = list(accumulate(1 / n for n in range(1, _WORDS + 1)))
        self._sentences = [self._sentence(self._chance.randint(4, 16)) for _ in range(_SENTENCES)]

    def text(self) -> str:
        """Some sentences, mostly of one language."""
        count = int(self._chance.lognormvariate(1.5, 0.8)) + 1
        return "".join(self._chance.choices(self._sentences, k=count)).strip()

    def said(self) -> str:
        """Two words that stand together in some texts."""
        while True:
            words = self._chance.choice(self._sentences).rstrip(" .,?").split()
            if len(words) > 2:
                place = self._chance.randrange(len(words) - 1)
                return f"{words[place]} {words[place + 1]}"

    def words(self, words: Sequence[str], count: int) -> list[str]:
        """``count`` of ``words``, each as often as it is common."""
        return self._chance.choices(words, cum_weights=self._shares, k=count)

    def _sentence(self, count: int) -> str:
        if self._chance.random() < 0.6:
            return "".join(self.words(self.chinese, count)) + self._chance.choice("，。？！")
        return " ".join(self.words(self.english, count)) + self._chance.choice((". ", ", ", "? "))

    def _chinese_word(self) -> str:
        length = self._chance.choice((1, 2, 2, 2, 3))
        return "".join(chr(self._chance.randrange(_FIRST, _LAST)) for _ in range(length))

    def _english_word(self) -> str:
        chance = self._chance
        return "".join(
            chance.choice(_BEGINNINGS) + chance.choice(_MIDDLES) + chance.choice(_ENDS)
            for _ in range(chance.choice((1, 1, 2, 2, 3)))
        )


def write(path: Path, count: int, texts: Texts) -> None:
    """Fill the database at ``path`` with ``count`` messages."""
    firsts = range(0, count, CONVERSATION)
    with closing(open_database(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        for at_once in range(0, len(firsts), _AT_ONCE):
            with transaction(connection):
                for first in firsts[at_once : at_once + _AT_ONCE]:
                    length = min(CONVERSATION, count - first)
                    begin = LATEST - (count - first) * _SECONDS
                    id, title = f"c{first // CONVERSATION}", texts.text()[:40]
                    end = begin + length * _SECONDS
                    summary = ConversationSummary(id, title, begin, end)
                    insert(connection, summary, _branch(texts, id, begin, length))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _branch(texts: Texts, id: str, begin: float, count: int) -> Iterator[Message]:
    parent: str | None = None
    for number in range(count):
        role = Role.ASSISTANT if number % 2 else Role.USER
        message_id, at = f"{id}.{number}", begin + number * _SECONDS
        yield Message(message_id, role, (TextPart(texts.text()),), at, parent, model="glm-5")
        parent = message_id

# SPDX-License-Identifier: MIT
"""File names that every system takes, made of titles; touches no file."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
"""Bytes of a name without its suffix: some file systems take 143 in all, and numbers follow."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
_RESERVED = re.compile(
    r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\.|\Z)", re.IGNORECASE
)
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
_JOINER, _EMOJI_LOOK = "\u200d", "\ufe0f"
"""The two unseen characters that are parts of emoji."""


def safe_name(text: str, fallback: str, longest: int = LONGEST) -> str:
    """``text`` as a file name without suffix, of at most ``longest`` bytes as UTF-8.

    No system reserves it or changes it; nothing in it is unseen. ``fallback``, which must be such
    a name, stands for a text of which nothing is left.
    """
    # Marks may follow their letters only once nothing unseen is between them.
    text = unicodedata.normalize("NFC", "".join(map(_visible, text)))
    text = _trimmed(" ".join(_FORBIDDEN.sub(" ", text).split()))
    text = _trimmed(_cut(text, longest))
    # What begins with a dash would be an option of many commands.
    text = text.lstrip(f"-.~ {_JOINER}{_EMOJI_LOOK}")
    if not text:
        return fallback
    return _RESERVED.sub(r"\1_", text, count=1) if _RESERVED.match(text) else text


class Names:
    """Names that are taken in one folder; systems differ in which of them they take as equal."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def take(self, stem: str, suffix: str = "") -> str:
        """``stem`` with ``suffix``, or if that is taken with a number between them."""
        key = _key(stem + suffix)
        number = self._numbers.get(key, 1)
        name = stem + suffix
        while _key(name) in self._taken:
            number += 1
            mark = f" ({number})"
            name = f"{_trimmed(_cut(stem, LONGEST - len(mark)))}{mark}{suffix}"
        self._numbers[key] = number
        self._taken.add(_key(name))
        return name


def stem_and_suffix(name: str, fallback: str, longest: int = LONGEST) -> tuple[str, str]:
    """The parts of a file's name, made safe; a suffix is at most 16 letters and digits."""
    stem, dot, suffix = name.rpartition(".")
    if not (dot and stem and suffix.isalnum() and suffix.isascii() and len(suffix) <= 16):
        return safe_name(name, fallback, longest), ""
    return safe_name(stem, fallback, longest), f".{suffix}"


def _visible(character: str) -> str:
    if character in (_JOINER, _EMOJI_LOOK):
        return character
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in _UNSEEN else character


def _trimmed(text: str) -> str:
    """Without what some systems take away from the end."""
    return text.rstrip(f". {_JOINER}")


def _cut(text: str, longest: int) -> str:
    """The beginning of ``text`` in at most so many bytes; marks stay with their letters."""
    data = text.encode()
    if len(data) <= longest:
        return text
    kept = data[:longest].decode(errors="ignore")
    if _continues(text[len(kept)]):
        end = len(kept)
        while end and _continues(text[end]):
            end -= 1
        kept = text[:end]
    return kept


def _continues(character: str) -> bool:
    """Whether it changes the character before it."""
    return bool(unicodedata.combining(character)) or character in (_JOINER, _EMOJI_LOOK)


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())

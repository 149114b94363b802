# SPDX-License-Identifier: MIT
"""The dictionaries of the system's own spell checker, if it has one; knows no widget."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from ctypes.util import find_library

_NAMES = ("enchant-2", "enchant")


class Enchant:
    """Enchant is what GNOME and many others check spelling with; nothing of it is installed here.

    To open a dictionary takes some 50 ms, a word some microseconds.
    """

    def __init__(self, library: ctypes.CDLL, languages: Sequence[str]) -> None:
        self._library = library
        _declare(library)
        self._broker = library.enchant_broker_init()
        self._dictionaries = [
            dictionary
            for language in languages
            if (dictionary := library.enchant_broker_request_dict(self._broker, language.encode()))
        ]

    @classmethod
    def open(cls, languages: Sequence[str], path: str | None = None) -> Enchant | None:
        """What there is for these ``languages`` ("en_US"); None if there is nothing."""
        for name in (path,) if path else filter(None, map(find_library, _NAMES)):
            try:
                speller = cls(ctypes.CDLL(name), languages)
            except (OSError, AttributeError):
                # Of another machine, or not what its name says.
                continue
            if speller._dictionaries:
                return speller
            speller.close()
        return None

    def knows(self, word: str) -> bool:
        """Whether ``word`` is in one of the dictionaries."""
        data = _bytes(word)
        check = self._library.enchant_dict_check
        return any(check(each, data, len(data)) <= 0 for each in self._dictionaries)

    def suggest(self, word: str) -> tuple[str, ...]:
        """What may have been meant, the likeliest first."""
        found: dict[str, None] = {}
        data = _bytes(word)
        for dictionary in self._dictionaries:
            count = ctypes.c_size_t()
            texts = self._library.enchant_dict_suggest(
                dictionary, data, len(data), ctypes.byref(count)
            )
            if texts:
                found.update((texts[n].decode(errors="replace"), None) for n in range(count.value))
                self._library.enchant_dict_free_string_list(dictionary, texts)
        return tuple(found)

    def add(self, word: str) -> None:
        """Know ``word`` from now on, in all programs of the user."""
        data = _bytes(word)
        self._library.enchant_dict_add(self._dictionaries[0], data, len(data))

    def close(self) -> None:
        """Let go of the dictionaries; nothing may be asked any more."""
        for dictionary in self._dictionaries:
            self._library.enchant_broker_free_dict(self._broker, dictionary)
        self._dictionaries = []
        self._library.enchant_broker_free(self._broker)


def _bytes(word: str) -> bytes:
    # Enchant knows one kind of apostrophe.
    return word.replace("’", "'").encode(errors="replace")


def _declare(library: ctypes.CDLL) -> None:
    """Tell what the functions take and return. Raises AttributeError if one is missing."""
    pointer, text, size = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_ssize_t
    texts, count = ctypes.POINTER(text), ctypes.POINTER(ctypes.c_size_t)
    for name, result, *arguments in (
        ("broker_init", pointer),
        ("broker_free", None, pointer),
        ("broker_request_dict", pointer, pointer, text),
        ("broker_free_dict", None, pointer, pointer),
        ("dict_check", ctypes.c_int, pointer, text, size),
        ("dict_suggest", texts, pointer, text, size, count),
        ("dict_free_string_list", None, pointer, texts),
        ("dict_add", None, pointer, text, size),
    ):
        function = getattr(library, f"enchant_{name}")
        function.restype = result
        function.argtypes = arguments

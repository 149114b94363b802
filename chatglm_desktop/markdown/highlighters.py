# SPDX-License-Identifier: MIT
"""Makes highlighters and loads their languages in a thread; knows no code and no layout."""

from __future__ import annotations

from threading import Lock, Thread

from chatglm_desktop.markdown.highlight import Highlighter

# The library makes the rules of a language at its first use, without regard to threads.
_LOADING = Lock()


def new_highlighter(language: str) -> Highlighter:
    """For any thread that may wait until the language is loaded."""
    with _LOADING:
        return Highlighter(language)


class Highlighters:
    """Owns the thread that loads a language at its first use, which takes up to 0.2 s."""

    def __init__(self) -> None:
        self._loaded: set[str] = set()
        self._thread: Thread | None = None

    def get(self, language: str) -> Highlighter | None:
        """A new highlighter; None while the language is being loaded, which this call begins."""
        if language in self._loaded:
            return Highlighter(language)
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._load, args=(language,), name="highlighter")
            self._thread.start()
        return None

    def _load(self, language: str) -> None:
        try:
            new_highlighter(language)
        finally:
            self._loaded.add(language)

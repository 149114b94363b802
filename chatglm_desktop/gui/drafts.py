# SPDX-License-Identifier: MIT
"""The unsent text of each conversation, and which of it is still to be saved; knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping


class Drafts:
    """``write(conversation id, text)`` saves one draft."""

    def __init__(self, write: Callable[[str, str], None]) -> None:
        self._write = write
        self._texts: dict[str, str] = {}
        self._unsaved: set[str] = set()

    def take(self, saved: Mapping[str, str]) -> None:
        """Take over what was saved, but nothing that has been written since."""
        self._texts = {**saved, **self._texts}

    def text(self, conversation_id: str) -> str:
        return self._texts.get(conversation_id, "")

    def note(self, conversation_id: str, text: str) -> None:
        """Remember ``text``, to be saved with the next :meth:`save`."""
        self._texts[conversation_id] = text
        self._unsaved.add(conversation_id)

    def save(self) -> None:
        """Save every draft that has changed."""
        unsaved, self._unsaved = self._unsaved, set()
        for conversation_id in sorted(unsaved):
            self._write(conversation_id, self._texts[conversation_id])

# SPDX-License-Identifier: MIT
"""What is not sent in each conversation, and what of it is still to be saved; no widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chatglm_desktop.core.draft import Draft


class Drafts:
    """``write(conversation id, draft)`` saves one of them."""

    def __init__(self, write: Callable[[str, Draft], None]) -> None:
        self._write = write
        self._drafts: dict[str, Draft] = {}
        self._unsaved: set[str] = set()

    def take(self, saved: Mapping[str, Draft]) -> None:
        """Take over what was saved, but nothing that has been written since."""
        self._drafts = {**saved, **self._drafts}

    def draft(self, conversation_id: str) -> Draft:
        return self._drafts.get(conversation_id, Draft())

    def note(self, conversation_id: str, draft: Draft) -> None:
        """Remember ``draft``, to be saved with the next :meth:`save`."""
        if self._drafts.get(conversation_id) == draft:
            return
        self._drafts[conversation_id] = draft
        self._unsaved.add(conversation_id)

    def refused(self, conversation_id: str) -> None:
        """It could not be saved: it is saved again with the next :meth:`save`."""
        if conversation_id in self._drafts:
            self._unsaved.add(conversation_id)

    def save(self) -> None:
        """Save every draft that has changed, or was refused."""
        unsaved, self._unsaved = self._unsaved, set()
        for conversation_id in sorted(unsaved):
            self._write(conversation_id, self._drafts[conversation_id])

# SPDX-License-Identifier: MIT
"""Remembers which conversations were being opened when the program ended; knows no widget."""

from __future__ import annotations

import logging
from pathlib import Path

log = logging.getLogger(__name__)


class OpeningMarks:
    """Ids in ``file`` from :meth:`begin` to :meth:`end`; what a crash has left are the suspects."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._opening: set[str] = set()

    def take_suspects(self) -> frozenset[str]:
        """What the last run has left, once."""
        try:
            left = frozenset(self._file.read_text(encoding="ascii").split())
        except (OSError, UnicodeDecodeError):
            return frozenset()
        self._write()
        return left

    def begin(self, conversation_id: str) -> None:
        """A conversation is about to be opened."""
        self._opening.add(conversation_id)
        self._write()

    def end(self, conversation_id: str) -> None:
        """It was opened, and the program is still there."""
        if conversation_id in self._opening:
            self._opening.discard(conversation_id)
            self._write()

    def clear(self) -> None:
        """The program ends as it should."""
        self._opening.clear()
        self._write()

    def _write(self) -> None:
        try:
            if self._opening:
                self._file.write_text("\n".join(sorted(self._opening)), encoding="ascii")
            else:
                self._file.unlink(missing_ok=True)
        except OSError as error:
            # Nowhere to write is no reason not to open a conversation.
            log.info("what is being opened is not remembered: %s", error)

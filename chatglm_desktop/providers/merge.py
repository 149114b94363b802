# SPDX-License-Identifier: MIT
"""The text of one segment from snapshots or deltas, whichever arrive; knows no events.

The service has spoken two dialects: each frame holds the whole text so far, or each frame
holds new text until a last one repeats it all. Nothing on the wire tells which, so every
segment finds out for itself and remembers its fragments until it is sure.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, assert_never

Dialect: TypeAlias = Literal["unknown", "delta", "snapshot"]

# A fragment that differs in its later part only is a snapshot that the server edited.
_EDIT_PREFIX = 8
# So many fragments in a row that begin with all of a long text cannot be deltas.
_PROOF_LENGTH = 32
_PROOF_STEPS = 4


class Segment:
    """One segment's text while it arrives. A delta costs no more than its own length."""

    def __init__(self) -> None:
        self._dialect: Dialect = "unknown"
        self._pieces: list[str] = []
        self._fragments: list[str] = []
        self._steps = 0

    @property
    def text(self) -> str:
        if len(self._pieces) > 1:
            self._pieces = ["".join(self._pieces)]
        return self._pieces[0] if self._pieces else ""

    def __bool__(self) -> bool:
        return bool(self._pieces)

    def add(self, fragment: str, *, whole: bool) -> str | None:
        """Take in a frame's text; ``whole`` says that it is the final text of the segment.

        Returns what was added at the end, or None if earlier text changed. An empty
        fragment never changes anything.
        """
        if not fragment:
            return ""
        if whole:
            self._fragments = [fragment]
            return self._replace(fragment)
        match self._dialect:
            case "delta":
                self._pieces.append(fragment)
                return fragment
            case "snapshot":
                return self._replace(fragment)
            case "unknown":
                return self._guess(fragment)
            case _:
                assert_never(self._dialect)

    def _guess(self, fragment: str) -> str | None:
        text = self.text
        self._fragments.append(fragment)
        if fragment.startswith(text) or _is_edit(text, fragment):
            if len(text) >= _PROOF_LENGTH and len(fragment) > len(text):
                self._steps += 1
            if self._steps == _PROOF_STEPS:
                self._settle("snapshot")
            return self._replace(fragment)
        joined = "".join(self._fragments)
        self._settle("delta")
        return self._replace(joined)

    def _settle(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._fragments = []

    def _replace(self, text: str) -> str | None:
        old = self.text
        self._pieces = [text]
        return text[len(old) :] if text.startswith(old) else None


def _is_edit(text: str, fragment: str) -> bool:
    """Whether ``fragment`` is ``text`` with a changed end: as long, and mostly the same."""
    common = max(_EDIT_PREFIX, (len(text) + 1) // 2)
    return len(fragment) >= len(text) >= common and fragment[:common] == text[:common]

# SPDX-License-Identifier: MIT
"""Steps through what was asked before, as a shell does; knows no store and no text field."""

from __future__ import annotations


class PromptHistory:
    """At the bottom stands what is not sent; above it, the newest first, what was asked.

    A text that is changed on the way stays changed at its place until :meth:`reset`.
    """

    def __init__(self) -> None:
        self._asked: tuple[str, ...] = ()
        self._changed: dict[int, str] = {}
        self._place = 0

    @property
    def at_bottom(self) -> bool:
        return self._place == 0

    def begin(self, asked: tuple[str, ...]) -> None:
        """Take what can be gone through, the newest first."""
        self.reset()
        self._asked = asked

    def reset(self) -> None:
        """Go to the bottom and forget what was there."""
        self._asked = ()
        self._changed = {}
        self._place = 0

    def step(self, text: str, *, back: bool) -> str | None:
        """What stands one place further, when ``text`` stands here; None if there is no more."""
        place = self._place + (1 if back else -1)
        # What stands here already is no step.
        while back and place <= len(self._asked) and self._at(place) == text:
            place += 1
        if not 0 <= place <= len(self._asked):
            return None
        self._changed[self._place] = text
        self._place = place
        return self._at(place)

    def unsent(self, text: str) -> str:
        """What the user would miss when ``text`` stands here: not what was only looked at."""
        looked_at = not self.at_bottom and text == self._asked[self._place - 1]
        return self._changed[0] if looked_at else text

    def _at(self, place: int) -> str:
        return self._changed.get(place, self._asked[place - 1] if place else "")

# SPDX-License-Identifier: MIT
"""What all sections of the settings work with; does nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.settings.preferences import Preferences

if TYPE_CHECKING:
    from chatglm_desktop.gui.settings.controller import Controller


@dataclass(frozen=True, slots=True)
class Desk:
    """``tell`` says what was taken away, and is given what puts it back."""

    themes: ThemeManager
    preferences: Preferences
    controller: Controller
    tell: Callable[[str, Callable[[], object]], object]

    def tell_change(self, words: str, before: dict[str, object]) -> None:
        """Say that places of the options have lost the values ``before``."""
        self.tell(words, partial(self.preferences.put_all, before))

# SPDX-License-Identifier: MIT
"""Finds the dictionaries of this computer when spelling is to be checked; knows no text."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal

from chatglm_desktop.gui.spelling.enchant import Enchant
from chatglm_desktop.gui.strings import tr

if TYPE_CHECKING:
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.gui.spelling.marks import Speller

_ALWAYS = "en_US"
"""Much is written in English by people who have set up another language."""


class SpellCheck(QObject):
    """One for all text fields. Emits ``changed()`` when :attr:`speller` is another one, and
    ``missing(words)`` when there is none though one is wanted.

    ``find(languages)`` may take its time.
    """

    changed = Signal()
    missing = Signal(str)

    def __init__(
        self,
        tasks: Tasks,
        parent: QObject,
        find: Callable[[list[str]], Speller | None] = Enchant.open,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._find = find
        self._found: Speller | None = None
        self._wanted = False

    @property
    def speller(self) -> Speller | None:
        """What checks; None where nothing is to be checked, or nothing can be."""
        return self._found if self._wanted else None

    def want(self, wanted: bool) -> None:
        """Check spelling, or no longer."""
        if wanted != self._wanted:
            self._wanted = wanted
            if wanted and self._found is None:
                self._tasks.spawn(self._look(), name="spelling")
            self.changed.emit()

    async def _look(self) -> None:
        languages = dict.fromkeys([*_own_languages(), _ALWAYS])
        self._found = await asyncio.to_thread(self._find, list(languages))
        if self._found is None:
            self.missing.emit(
                tr("No spell checker was found. Enchant and a dictionary must be installed.")
            )
        else:
            self.changed.emit()


def _own_languages() -> list[str]:
    """Those of the system, as dictionaries are named."""
    tags = (tag.replace("-", "_") for tag in QLocale.system().uiLanguages())
    return [tag for tag in tags if len(tag) == len(_ALWAYS)]

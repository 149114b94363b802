# SPDX-License-Identifier: MIT
"""Where imports are asked for; what they need is made with the first of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatglm_desktop.gui.importing.dropping import ImportDrop

if TYPE_CHECKING:
    from chatglm_desktop.gui.importing.control import ImportControl
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.theme.manager import ThemeManager


class ImportGate(QObject):
    """Hears the action and what is dropped on the sidebar; ``make`` gives what does the rest."""

    def __init__(
        self, window: MainWindow, themes: ThemeManager, make: Callable[[], ImportControl]
    ) -> None:
        super().__init__(window)
        self._make = make
        self._control: ImportControl | None = None
        drop = ImportDrop(themes, window.sidebar)
        drop.dropped.connect(self.open_file)
        window.import_requested.connect(self.choose)

    def choose(self) -> None:
        """Let the user choose a file; returns at once."""
        self._made().choose()

    def open_file(self, file: Path) -> None:
        """Look through ``file`` and say what importing it would do."""
        self._made().open_file(file)

    def stop(self) -> None:
        """Give up what is on its way; what was added by then stays."""
        if self._control is not None:
            self._control.stop()

    def _made(self) -> ImportControl:
        self._control = self._control or self._make()
        return self._control

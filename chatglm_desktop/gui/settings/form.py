# SPDX-License-Identifier: MIT
"""Names and fields in two columns, for dialogs; knows neither dialog nor option."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from chatglm_desktop.gui.settings.fields import Field
from chatglm_desktop.gui.settings.look import SMALL
from chatglm_desktop.gui.settings.marked_label import MarkedLabel
from chatglm_desktop.gui.theme.manager import ThemeManager

_NAME_WIDTH = 148


class Form(QWidget):
    """Each line is a name, a field, and a note below it that may be empty."""

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, _NAME_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self._lines: dict[QWidget, tuple[QLabel, MarkedLabel]] = {}

    def add(self, name: str, field: QWidget, note: str = "") -> None:
        """One more line below those before."""
        row = 2 * len(self._lines)
        label = QLabel(name)
        label.setBuddy(field)
        if isinstance(field, Field):
            field.name(name, note)
        else:
            field.setAccessibleName(name)
        said = MarkedLabel(self._themes, note, pixels=SMALL, tone="dim")
        said.setVisible(bool(note))
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(field, row, 1)
        self._grid.addWidget(said, row + 1, 1)
        self._lines[field] = (label, said)

    def note(self, field: QWidget, words: str, *, wrong: bool = False) -> None:
        """What stands below a field."""
        said = self._lines[field][1]
        said.say(words, "bad" if wrong else "dim")
        said.setVisible(bool(words) and not field.isHidden())

    def notes(self) -> dict[QWidget, str]:
        """What stands below each field."""
        return {field: said.plain() for field, (_, said) in self._lines.items()}

    def show_line(self, field: QWidget, shown: bool) -> None:
        """Whether a field is there, with its name and note."""
        label, said = self._lines[field]
        field.setVisible(shown)
        label.setVisible(shown)
        said.setVisible(shown and bool(said.plain()))

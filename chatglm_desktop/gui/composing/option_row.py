# SPDX-License-Identifier: MIT
"""An option with its name, the way back to the default, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from chatglm_desktop.gui.composing.option_fields import OptionField, TextField
from chatglm_desktop.gui.composing.option_words import option_help, option_label
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import IconButton

_NAME_WIDTH = 116
_SIDE = 28


class OptionRow(QWidget):
    """A long field stands below its name, a short one beside it. Emits ``reset_wanted()``."""

    reset_wanted = Signal()

    def __init__(self, themes: ThemeManager, field: OptionField) -> None:
        super().__init__()
        self.field = field
        name, help = option_label(field.name), option_help(field.name)
        field.set_accessible(name)
        self._name = QLabel(name)
        self._name.setToolTip(help)
        self._name.setMinimumWidth(_NAME_WIDTH)
        self._name.setBuddy(field)
        self._reset = IconButton(
            themes, "undo", tr("Use the default for “{option}”", option=name), side=_SIDE
        )
        self._problem = QLabel()
        self._problem.setObjectName("problem")
        self._problem.setWordWrap(True)
        self._problem.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        # Its place is kept, so that nothing moves when there is something to take back.
        grid.setColumnMinimumWidth(2, _SIDE)
        grid.setColumnStretch(1, 1)
        long = isinstance(field, TextField)
        grid.addWidget(self._name, 0, 0)
        grid.addWidget(self._reset, 0, 2)
        grid.addWidget(field, 1 if long else 0, 0 if long else 1, 1, 3 if long else 1)
        grid.addWidget(self._problem, 2, 0 if long else 1, 1, 3 if long else 2)
        self._reset.clicked.connect(self.reset_wanted)

    @property
    def problem(self) -> str:
        """What is wrong, "" if nothing is."""
        return "" if self._problem.isHidden() else self._problem.text()

    def show_state(self, *, own: bool, problem: str = "") -> None:
        """Whether there is a choice to take back, and what is wrong with it."""
        had_focus = self._reset.hasFocus()
        self._reset.setVisible(own)
        if had_focus and not own:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.field.setAccessibleDescription(problem or option_help(self.field.name))

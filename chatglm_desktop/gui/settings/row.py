# SPDX-License-Identifier: MIT
"""One setting: its name, a line of help, the field, and the way back; knows no option."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from chatglm_desktop.core.fold import fold
from chatglm_desktop.gui.settings.fields import Field
from chatglm_desktop.gui.settings.look import FIELD_WIDTH, SMALL
from chatglm_desktop.gui.settings.marked_label import MarkedLabel
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import IconButton

RESET_SIDE = 28


class Row(QWidget):
    """Something that can be searched for: a name and a line of help, and what else belongs there.

    ``also`` are other words by which it is found.
    """

    def __init__(self, themes: ThemeManager, name: str, help: str, also: str = "") -> None:
        super().__init__()
        self.title = MarkedLabel(themes, name)
        self.help = MarkedLabel(themes, help, pixels=SMALL, tone="dim")
        self.help.setVisible(bool(help))
        self._also = also

    def fits(self, words: tuple[str, ...]) -> bool:
        """Whether each of ``words``, which are folded, is in it."""
        text = fold(f"{self.title.plain()}\n{self.help.plain()}\n{self._also}")
        return all(word in text for word in words)

    def mark(self, words: tuple[str, ...]) -> None:
        self.title.mark(words)
        self.help.mark(words)

    def finish(self) -> None:
        """Take what is being written."""

    def forget(self) -> None:
        """Do not take what is being written."""

    def take_focus(self) -> None:
        """Let the keyboard work here."""

    def refresh(self) -> None:
        """Show what is so now."""


class FieldRow(Row):
    """Emits ``reset_wanted()``. A wide field stands below its name, another one beside it."""

    reset_wanted = Signal()

    def __init__(
        self, themes: ThemeManager, name: str, help: str, field: Field, also: str = ""
    ) -> None:
        super().__init__(themes, name, help, also)
        self.field = field
        self.field.name(name, help)
        self.problem = MarkedLabel(themes, pixels=SMALL, tone="bad")
        self.problem.hide()
        self.warning = MarkedLabel(themes, pixels=SMALL, tone="warn")
        self.warning.hide()
        self.reset = IconButton(
            themes, "undo", tr("Reset “{setting}”", setting=name), side=RESET_SIDE
        )
        self.reset.hide()
        self.reset.clicked.connect(self.reset_wanted)
        self._build()
        field.refused.connect(self.show_problem)
        field.edited.connect(lambda _: self.show_problem(""))

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.help)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 10, 12)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        # Its place is kept, so that nothing moves when there is something to reset.
        grid.setColumnMinimumWidth(2, RESET_SIDE)
        grid.addLayout(words, 0, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        if self.field.wide:
            grid.addWidget(self.field, 1, 0, 1, 3)
        else:
            self.field.setFixedWidth(FIELD_WIDTH)
            grid.addWidget(self.field, 0, 1, middle)
        grid.addWidget(self.problem, 2, 0, 1, 3)
        grid.addWidget(self.warning, 3, 0, 1, 3)
        grid.addWidget(self.reset, 0, 2, middle)
        # The field first: who tabs wants to change something rather than to take it back.
        QWidget.setTabOrder(self.field, self.reset)

    def show_problem(self, words: str) -> None:
        """Say what is wrong with what was written, "" for nothing."""
        self.problem.say(words)
        self.problem.setVisible(bool(words))

    def warn(self, words: str) -> None:
        """Say what may come of a value that was taken all the same, "" for nothing."""
        self.warning.say(words)
        self.warning.setVisible(bool(words))

    def offer_reset(self, offered: bool) -> None:
        """Whether there is something to take back."""
        had_focus = self.reset.hasFocus()
        self.reset.setVisible(offered)
        if had_focus and not offered:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        self.field.finish()

    def take_focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.TabFocusReason)

    def forget(self) -> None:
        self.field.forget()
        self.show_problem("")

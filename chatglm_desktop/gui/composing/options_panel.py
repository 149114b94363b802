# SPDX-License-Identifier: MIT
"""The card with the options of one conversation; shows what its service takes, sends nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from chatglm_desktop.core.generation import Abilities, Generation, OptionName
from chatglm_desktop.gui.composing.option_fields import make_field
from chatglm_desktop.gui.composing.option_row import OptionRow
from chatglm_desktop.gui.composing.option_words import default_words, found_problems
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.widgets.popup_card import PopupCard
from chatglm_desktop.gui.widgets.shadow import SHADOW
from chatglm_desktop.settings.options import SavedPrompt

_WIDTH = 440
_MARGIN = 16

ORDER: tuple[OptionName, ...] = (
    "system_prompt",
    "thinking",
    "effort",
    "web_search",
    "temperature",
    "top_p",
    "max_tokens",
    "stop",
)
"""The options in the order in which they are shown."""


class OptionsPanel(PopupCard):
    """What is wrong is said in place and not passed on; the rest holds at once.

    Emits ``changed(Generation)`` with the choices that the conversation has of its own, and
    ``prompts_wanted()`` when the saved system prompts are to be changed.
    """

    changed = Signal(object)
    prompts_wanted = Signal()

    def __init__(
        self,
        themes: ThemeManager,
        page: QWidget,
        generation: Generation,
        *,
        defaults: Generation,
        abilities: Abilities,
        prompts: Sequence[SavedPrompt] = (),
    ) -> None:
        super().__init__(themes, page)
        self._own = self._told = generation
        self._defaults = defaults
        self._abilities = abilities
        self._prompts = [prompt for prompt in prompts if prompt.kind == "system"]
        self._rows: dict[OptionName, OptionRow] = {}
        self._build()
        self._fill()
        themes.changed.connect(self._dress)
        self._dress(themes.theme)

    def _build(self) -> None:
        heading = QLabel(tr("Options of this conversation"))
        self.setAccessibleName(heading.text())
        font = QFont(heading.font())
        font.setWeight(QFont.Weight.DemiBold)
        heading.setFont(font)
        self._reset = QPushButton(tr("Use all defaults"))
        self._reset.clicked.connect(self._reset_all)
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(self._reset)
        body = QWidget()
        fields = QVBoxLayout(body)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(10)
        for name in ORDER:
            if name in self._abilities.options:
                fields.addWidget(self._row(name))
                if name == "system_prompt":
                    fields.addLayout(self._saved_prompts())
        self._scroll = QScrollArea()
        self._scroll.setWidget(body)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        margin = SHADOW + _MARGIN
        column.setContentsMargins(margin, margin - 4, margin, margin)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._scroll, 1)
        self._body = body

    def _row(self, name: OptionName) -> OptionRow:
        row = OptionRow(self._themes, make_field(name, self._themes, self._abilities))
        row.field.set_default(default_words(name, self._defaults))
        row.field.edited.connect(partial(self._edit, name))
        row.field.finished.connect(self.commit)
        row.reset_wanted.connect(partial(self._take_back, name))
        self._rows[name] = row
        return row

    def _saved_prompts(self) -> QHBoxLayout:
        """The way to a saved system prompt, and to the list of them."""
        self._choose_prompt = QPushButton(tr("Saved prompts"))
        menu = QMenu(self._choose_prompt)
        for prompt in self._prompts:
            menu.addAction(prompt.name).triggered.connect(partial(self._take_prompt, prompt))
        if self._prompts:
            menu.addSeparator()
        menu.addAction(tr("Edit the list…")).triggered.connect(self._want_prompts)
        self._choose_prompt.setMenu(menu)
        line = QHBoxLayout()
        line.addWidget(self._choose_prompt)
        line.addStretch(1)
        return line

    def open_at(self, anchor: QRect) -> None:
        """Show the options beside ``anchor`` (in the page)."""
        for widget in self.findChildren(QWidget):
            widget.ensurePolished()
        frame = self.sizeHint().height() - self._scroll.sizeHint().height() - 2 * SHADOW
        height = self._body.sizeHint().height() + frame + 4
        self.place(anchor, QSize(_WIDTH, height))
        first = next(iter(self._rows.values()), None)
        (first.field if first else self._reset).setFocus(Qt.FocusReason.PopupFocusReason)

    def row(self, name: OptionName) -> OptionRow:
        """The row of an option. Raises KeyError if the service does not take it."""
        return self._rows[name]

    @property
    def shown(self) -> tuple[OptionName, ...]:
        """The options that are offered."""
        return tuple(self._rows)

    def commit(self) -> None:
        """Pass on what has changed."""
        if self._own != self._told:
            self._told = self._own
            self.changed.emit(self._own)

    def _edit(self, name: OptionName) -> None:
        row = self._rows[name]
        try:
            value = row.field.value()
        except ValueError as error:
            self._refuse(name, str(error))
            return
        changed = self._with(name, value)
        problem = found_problems(changed.over(self._defaults), self._abilities).get(name, "")
        if problem:
            self._refuse(name, problem)
        else:
            row.show_state(own=value is not None)
            self._own = changed
            self._reset.setEnabled(self._differs())

    def _refuse(self, name: OptionName, problem: str) -> None:
        """Say what is wrong; what was passed on last goes on to hold."""
        self._rows[name].show_state(own=True, problem=problem)
        self._own = self._with(name, getattr(self._told, name))

    def _with(self, name: OptionName, value: object) -> Generation:
        return replace(self._own, **{name: value})  # type: ignore[arg-type] # the field's own

    def _fill(self) -> None:
        """Show the choices as they are, and what is wrong with them."""
        found = found_problems(self._own.over(self._defaults), self._abilities)
        for name, row in self._rows.items():
            value: object = getattr(self._own, name)
            row.field.show_value(value)
            row.show_state(own=value is not None, problem=found.get(name, ""))
        self._reset.setEnabled(self._differs())

    def _differs(self) -> bool:
        return any(getattr(self._own, name) is not None for name in self._rows)

    def _take_back(self, name: OptionName) -> None:
        self._rows[name].field.show_value(None)
        self._edit(name)
        self.commit()

    def _reset_all(self) -> None:
        for name in self._rows:
            self._take_back(name)

    def _take_prompt(self, prompt: SavedPrompt) -> None:
        self._rows["system_prompt"].field.show_value(prompt.text)
        self._edit("system_prompt")
        self.commit()

    def _want_prompts(self) -> None:
        self.leave()
        self.prompts_wanted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.commit()
        super().closeEvent(event)

    def _dress(self, theme: Theme) -> None:
        self.setStyleSheet(
            f"""
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; }}
QLabel#problem {{ color: {theme.bad}; }}
QLineEdit, QPlainTextEdit {{
    background: {theme.surface}; color: {theme.text}; border: 1px solid {theme.line};
    border-radius: 6px; padding: 3px 6px; selection-background-color: {theme.selection};
    selection-color: {theme.text};
}}
QLineEdit:focus, QPlainTextEdit:focus {{ border-color: {theme.accent}; }}
QPushButton {{ padding: 4px 10px; }}
"""
        )

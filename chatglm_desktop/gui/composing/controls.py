# SPDX-License-Identifier: MIT
"""The row below the draft: model, thinking, search, options, hint and count; asks no service."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QWidget

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.generation import Abilities, Generation, supported
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.gui.composing.model_button import ModelButton
from chatglm_desktop.gui.composing.option_words import found_problems
from chatglm_desktop.gui.composing.options_button import OptionsButton
from chatglm_desktop.gui.composing.row_fit import GAP, HINT_GAP, SIDE, Wanted, fit
from chatglm_desktop.gui.composing.toggle_button import ToggleButton
from chatglm_desktop.gui.composing.token_label import TokenLabel
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.elided_label import ElidedLabel


class ComposerControls(QWidget):
    """Shows a conversation's setup and lets it be changed; narrow, it leaves out what it can.

    Emits ``setup_changed(Setup)``, ``picker_wanted()`` and ``options_wanted()``.
    """

    setup_changed = Signal(object)
    picker_wanted = Signal()
    options_wanted = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setup = Setup()
        self._model = ModelInfo("")
        self._abilities = Abilities()
        self._defaults = Generation()
        self.model_button = ModelButton(themes)
        self.thinking = ToggleButton(themes, "think", tr("Thinking"))
        self.search = ToggleButton(themes, "globe", tr("Web search"))
        self.options_button = OptionsButton(themes)
        self.hint = ElidedLabel(themes, 12)
        self.tokens = TokenLabel(themes)
        self._build()
        self._connect()
        # Nothing can be chosen before it is known what there is.
        for widget in (self.model_button, self.options_button, self.thinking, self.search):
            widget.hide()

    def _build(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        # What is shown follows the room, not the other way round.
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for widget in (self.model_button, self.thinking, self.search, self.options_button):
            row.addWidget(widget)
        row.addSpacing(HINT_GAP)
        row.addWidget(self.hint, 1)
        row.addStretch(0)
        row.addWidget(self.tokens)

    def _connect(self) -> None:
        self.model_button.clicked.connect(self.picker_wanted)
        self.options_button.clicked.connect(self.options_wanted)
        self.thinking.clicked.connect(self._toggle_thinking)
        self.search.clicked.connect(self._toggle_search)

    def show_setup(
        self,
        setup: Setup,
        model: ModelInfo,
        abilities: Abilities,
        account_name: str,
        defaults: Generation | None = None,
    ) -> None:
        """Show what the next message is sent to, and how; only what ``abilities`` names."""
        self._setup, self._model, self._abilities = setup, model, abilities
        self._defaults = defaults or Generation()
        self.model_button.show_names(model.name, account_name)
        self.model_button.show()
        generation = setup.generation.over(self._defaults)
        self._show_thinking(generation)
        self.search.setChecked(bool(generation.web_search))
        own = supported(setup.generation, abilities) != Generation()
        found = found_problems(generation, abilities)
        self.options_button.show_state(own=own, problems=tuple(found.values()))
        self.options_button.setVisible(bool(abilities.options))
        self._fit()

    def set_hint(self, text: str) -> None:
        """The small text that yields to everything else."""
        self.hint.set_text(text)
        self._fit()

    def set_draft_tokens(self, tokens: int) -> None:
        """The draft takes about so many tokens."""
        self.tokens.set_draft(tokens)
        self._fit()

    def set_context(self, used: int, limit: int) -> None:
        """What was said takes ``used`` tokens of the ``limit`` that fit; 0 is "not known"."""
        self.tokens.set_context(used, limit)
        self._fit()

    def _show_thinking(self, generation: Generation) -> None:
        always = not self._abilities.thinking_can_stop
        thinks = self._model.thinking in ("optional", "always")
        # Who says nothing leaves it to the service, which lets models think that can.
        on = generation.thinking == "on" or (generation.thinking is None and thinks)
        self.thinking.setChecked(on or always)
        self.thinking.setEnabled(not always)
        word = tr("Thinking")
        self.thinking.setToolTip(tr("This model always thinks.") if always else word)
        self.search.setToolTip(tr("Web search"))

    def _toggle_thinking(self, on: bool) -> None:
        self._change(replace(self._setup.generation, thinking="on" if on else "off"))

    def _toggle_search(self, on: bool) -> None:
        self._change(replace(self._setup.generation, web_search=on))

    def _change(self, generation: Generation) -> None:
        self._setup = replace(self._setup, generation=generation)
        self.setup_changed.emit(self._setup)

    def _fit(self) -> None:
        """Show what there is room for."""
        toggles = self._toggles()
        wanted = Wanted(
            0 if self.model_button.isHidden() else self.model_button.wanted_width(),
            tuple(button.width_with_word() for button in toggles),
            not self.options_button.isHidden(),
            self.tokens.sizeHint().width() if self.tokens.text() else 0,
            self.hint.fontMetrics().horizontalAdvance(self.hint.text()),
        )
        shown = fit(self.width(), wanted)
        for button in (self.thinking, self.search):
            button.set_compact(shown.toggles != "words")
            button.setVisible(button in toggles and shown.toggles != "none")
        self.model_button.setFixedWidth(shown.model)
        self.tokens.setVisible(shown.tokens)
        self.hint.setVisible(shown.hint)
        # At once: a frame with the widths of before would flicker.
        self._row.activate()

    def _toggles(self) -> list[ToggleButton]:
        """The switches of what the service takes."""
        switches = ((self.thinking, "thinking"), (self.search, "web_search"))
        return [button for button, name in switches if name in self._abilities.options]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), SIDE)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, SIDE)

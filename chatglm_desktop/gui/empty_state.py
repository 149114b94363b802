# SPDX-License-Identifier: MIT
"""What a conversation without messages shows; knows no conversation."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from chatglm_desktop.gui.composer import COLUMN_WIDTH, SIDE_MARGIN
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.widgets.link_button import LinkButton
from chatglm_desktop.gui.widgets.prompt_card import PromptCard
from chatglm_desktop.gui.widgets.text_colour import set_text_colour

_LEAST_ROOM = 190
"""Height in pixels of all but the cards, in a narrow page."""


def prompts() -> list[tuple[str, str]]:
    """Suggestions as title and full prompt, in the language in use."""
    return [
        (tr("Explain an idea"), tr("Explain Bayes' theorem with an example from daily life.")),
        (
            tr("Write code"),
            tr("Write a Python function that merges two sorted lists, and say how fast it is."),
        ),
        (tr("Plan a trip"), tr("Plan a relaxed weekend in Beijing for two people.")),
        (
            tr("Improve a text"),
            tr("Make this e-mail short and polite: I need the report today, where is it?"),
        ),
    ]


class EmptyState(QWidget):
    """A greeting and cards with prompts.

    Emits ``prompt_chosen`` with a card's prompt, and ``service_wanted``.
    """

    prompt_chosen = Signal(str)
    service_wanted = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._greeting = QLabel(tr("What can I help you with?"))
        self._subtitle = QLabel(tr("Ask anything, or begin with one of these."))
        self._service = LinkButton(themes, tr("Choose a service"))
        self._service.clicked.connect(self.service_wanted)
        self._build(themes)
        self._dress(themes.theme)
        themes.changed.connect(self._dress)

    def _build(self, themes: ThemeManager) -> None:
        _enlarge(self._greeting, 26, bold=True)
        _enlarge(self._subtitle, 14, bold=False)
        self._cards = QWidget()
        grid = QGridLayout(self._cards)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        for place, (title, prompt) in enumerate(prompts()):
            card = PromptCard(themes, title, prompt)
            card.chosen.connect(self.prompt_chosen)
            grid.addWidget(card, place // 2, place % 2)
        column = QWidget()
        column.setMaximumWidth(COLUMN_WIDTH)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(self._greeting)
        inner.addWidget(self._subtitle)
        inner.addSpacing(20)
        inner.addWidget(self._cards)
        inner.addSpacing(10)
        inner.addWidget(self._service, 0, Qt.AlignmentFlag.AlignHCenter)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SIDE_MARGIN, 16, SIDE_MARGIN, 16)
        outer.addStretch(3)
        row = QHBoxLayout()
        row.addWidget(column)
        outer.addLayout(row)
        outer.addStretch(4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without room for all, the greeting stays: cards that are pressed flat say nothing."""
        super().resizeEvent(event)
        self._cards.setVisible(self.height() >= _LEAST_ROOM + self._cards.sizeHint().height())

    def _dress(self, theme: Theme) -> None:
        set_text_colour(self._subtitle, theme.dim)


def _enlarge(label: QLabel, pixels: int, *, bold: bool) -> None:
    font = label.font()
    font.setPixelSize(pixels)
    font.setBold(bold)
    label.setFont(font)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)

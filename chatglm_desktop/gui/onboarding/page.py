# SPDX-License-Identifier: MIT
"""The question "How do you want to chat?" with its answers; asks no service and sets up none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from chatglm_desktop.core.accounts import Account
from chatglm_desktop.core.errors import ChatError
from chatglm_desktop.gui.composer import COLUMN_WIDTH, SIDE_MARGIN
from chatglm_desktop.gui.onboarding.choice_card import ChoiceCard
from chatglm_desktop.gui.onboarding.engine_note import EngineNote
from chatglm_desktop.gui.onboarding.key_form import KeyForm
from chatglm_desktop.gui.onboarding.server_form import ServerForm
from chatglm_desktop.gui.onboarding.texts import Paragraph, Tone
from chatglm_desktop.gui.service_names import service_name
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.link_button import LinkButton

Reason: TypeAlias = Literal["first", "other", "again"]


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why the question is asked: on a first start, for another service, or to ask again with one.

    ``hosts`` are the presets that make keys, the nearest first; ``free`` models that cost nothing.
    """

    reason: Reason = "first"
    hosts: tuple[str, ...] = ("zai", "bigmodel")
    free: tuple[str, ...] = ()


class OnboardingPage(QWidget):
    """``missing_engine`` tells why model files cannot be run here, None if they can.

    Emits what the user answered: ``key_given(text)``, ``guest_chosen()``,
    ``running_chosen(Account)``, ``server_given(Account, key)``, ``file_chosen(Path)``,
    ``demo_chosen()``; ``left()`` for none of it, ``cancelled()`` while something is tried;
    ``servers_wanted()`` when servers on this computer are of interest, ``link_activated(url)``.
    """

    key_given = Signal(str)
    guest_chosen = Signal()
    servers_wanted = Signal()
    running_chosen = Signal(object)
    server_given = Signal(object, str)
    file_chosen = Signal(object)
    demo_chosen = Signal()
    left = Signal()
    cancelled = Signal()
    link_activated = Signal(str)
    told = Signal(str)

    def __init__(
        self,
        themes: ThemeManager,
        occasion: Occasion,
        missing_engine: Callable[[], ChatError | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._missing_engine = missing_engine
        self._busy = False
        self._title = Paragraph(themes, title(occasion), pixels=26, bold=True)
        self._subtitle = Paragraph(themes, subtitle(occasion), tone="dim")
        self.keys = KeyForm(themes, occasion.hosts, occasion.free)
        self.servers = ServerForm(themes)
        self._cards = self._choices()
        self._answers = QWidget()
        self._engine = QWidget()
        self._shown = self._answers
        self._later = LinkButton(themes, tr("Later"))
        self._back = LinkButton(themes, tr("Back"))
        self._build()
        self._connect()

    def _choices(self) -> dict[str, ChoiceCard]:
        texts = {
            "guest": (
                tr("Use the guest service"),
                tr(
                    "chatglm.cn without an account. It is not an official interface: it may ask "
                    "for a login, limit guests or refuse this app at any time."
                ),
            ),
            "computer": (
                tr("A server on this computer"),
                tr("Ollama, LM Studio, llama.cpp, vLLM or any other with the same interface."),
            ),
            "cube": (
                tr("A model file (GGUF)"),
                tr("Runs on this computer, without a network."),
            ),
            "play": (
                tr("Look around with the demo"),
                tr("Prepared answers show how everything works; nothing is sent anywhere."),
            ),
        }
        return {icon: ChoiceCard(self._themes, icon, *both) for icon, both in texts.items()}

    def _build(self) -> None:
        answers = QVBoxLayout(self._answers)
        answers.setContentsMargins(0, 0, 0, 0)
        answers.setSpacing(8)
        answers.addWidget(self.keys)
        for card in self._cards.values():
            answers.addWidget(card)
        self._engine_notes = QVBoxLayout(self._engine)
        self._engine_notes.setContentsMargins(0, 0, 0, 0)
        foot = QHBoxLayout()
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self._later)
        column = QWidget()
        column.setMaximumWidth(COLUMN_WIDTH)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 24, 0, 24)
        inner.setSpacing(6)
        inner.addWidget(self._title)
        inner.addWidget(self._subtitle)
        inner.addSpacing(12)
        # Not a stack, in which each would be as high as the highest.
        for panel in (self._answers, self.servers, self._engine):
            inner.addWidget(panel)
        inner.addLayout(foot)
        inner.addStretch(1)
        self._scroll(column)
        self._show(self._answers)

    def _scroll(self, column: QWidget) -> None:
        """Put ``column`` in the middle; what does not fit scrolls."""
        content = _Content()
        row = QHBoxLayout(content)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(SIDE_MARGIN, 0, SIDE_MARGIN, 0)
        row.addWidget(column)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _connect(self) -> None:
        self.keys.submitted.connect(self.key_given)
        self.keys.link_activated.connect(self.link_activated)
        self._cards["guest"].clicked.connect(self.guest_chosen)
        self._cards["computer"].clicked.connect(self.show_servers)
        self._cards["cube"].clicked.connect(self.choose_file)
        self._cards["play"].clicked.connect(self.demo_chosen)
        self.servers.running_chosen.connect(self.running_chosen)
        self.servers.submitted.connect(self.server_given)
        self._back.clicked.connect(self._go_back)
        self._later.clicked.connect(self._leave)

    def card(self, icon: str) -> ChoiceCard:
        """The answer with an icon: "guest", "computer", "cube" or "play"."""
        return self._cards[icon]

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the keyboard where it is most likely wanted."""
        super().focusInEvent(event)
        self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard where it is most likely wanted."""
        if self._shown is self.servers:
            self.servers.focus_first()
        elif self._shown is self._answers:
            self.keys.focus_field()

    def show_running(self, accounts: Sequence[Account]) -> None:
        """Servers were found on this computer."""
        self.servers.show_running(accounts)
        if accounts:
            names = ", ".join(service_name(account) for account in accounts)
            self._cards["computer"].set_meaning(tr("Running now: {names}", names=names))

    def show_servers(self) -> None:
        """Show the servers on this computer, and an address for others."""
        self._show(self.servers)
        self.servers_wanted.emit()
        self.servers.focus_first()

    def choose_file(self) -> None:
        """Let the user choose a model file, or say why none can be run."""
        missing = self._missing_engine()
        if missing is None:
            dialog = QFileDialog(self, tr("Choose a model file"))
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.setNameFilters([f"{tr('Model files')} (*.gguf)", f"{tr('All files')} (*)"])
            dialog.fileSelected.connect(self._take_file)
            dialog.open()
        else:
            self._show_missing(missing)

    def _take_file(self, path: str) -> None:
        self.file_chosen.emit(Path(path))

    def _show_missing(self, missing: ChatError) -> None:
        if not self._engine_notes.count():
            note = EngineNote(self._themes, missing)
            note.copied.connect(lambda: self.told.emit(tr("Copied")))
            self._engine_notes.addWidget(note)
        self._show(self._engine)
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, words: str, tone: Tone = "dim") -> None:
        """Tell how it goes, at the place where the user answered."""
        there = self.servers if self._shown is self.servers else self.keys
        there.verdict.tell(words, tone)

    def set_busy(self, busy: bool) -> None:
        """While something is tried it can be cancelled."""
        self._busy = busy
        self._later.setText(tr("Cancel") if busy else tr("Later"))
        self._later.setAccessibleName(self._later.text())
        self._later.updateGeometry()

    def clear(self) -> None:
        """Forget the keys that were pasted."""
        self.keys.clear()
        self.servers.clear()

    def _show(self, panel: QWidget) -> None:
        self._shown = panel
        for each in (self._answers, self.servers, self._engine):
            each.setVisible(each is panel)
        self._back.setVisible(panel is not self._answers)

    def _go_back(self) -> None:
        self._show(self._answers)
        self.focus_first()

    def _leave(self) -> None:
        if self._busy:
            self.cancelled.emit()
        else:
            self.clear()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._shown is not self._answers and not self._busy:
            self._go_back()
        else:
            self._leave()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody waits any more for what is tried when the window has gone."""
        super().hideEvent(event)
        if self._busy and not event.spontaneous() and not self.window().isVisible():
            self.cancelled.emit()


class _Content(QWidget):
    """As high as it must be at its width, and not as it would have to be at its narrowest."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


def title(occasion: Occasion) -> str:
    """The question."""
    first = occasion.reason == "first"
    return tr("How do you want to chat?") if first else tr("Choose a service")


def subtitle(occasion: Occasion) -> str:
    """What becomes of the answer."""
    if occasion.reason == "again":
        return tr("Your question is kept and will be asked again.")
    return tr("You can change this at any time.")

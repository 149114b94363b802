# SPDX-License-Identifier: MIT
"""The card with all models, to choose one; shows what it is told and asks no service."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import assert_never

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from chatglm_desktop.chat.comparison import FEWEST, MOST
from chatglm_desktop.chat.model_rows import (
    Choices,
    FailureRow,
    GroupRow,
    ModelRow,
    Row,
    TypedRow,
    build_rows,
    first_choice,
)
from chatglm_desktop.core.accounts import Account
from chatglm_desktop.gui.model_picker.row_view import RowView
from chatglm_desktop.gui.service_names import service_name
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.widgets.popup_card import PopupCard
from chatglm_desktop.gui.widgets.row_button import RowButton
from chatglm_desktop.gui.widgets.shadow import SHADOW
from chatglm_desktop.gui.widgets.text_colour import set_text_colour

_WIDTH = 460
_HIGHEST = 440
_MARGIN = 8
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class ModelPicker(PopupCard):
    """Typing filters; arrows, Enter and the mouse choose; F5 asks for all lists again.

    Emits ``chosen(account, model id)``, ``refresh_wanted(account)``, ``server_wanted(account)``
    for one that is to be set up, and ``service_wanted()``. Where the choices are ``marked``,
    several are chosen: then ``several_chosen(pairs of account's id and model's)``.
    """

    chosen = Signal(object, str)
    refresh_wanted = Signal(object)
    server_wanted = Signal(object)
    service_wanted = Signal()
    several_chosen = Signal(object)

    def __init__(self, themes: ThemeManager, page: QWidget) -> None:
        super().__init__(themes, page)
        self._choices = Choices()
        self._servers: list[Account] = []
        self._build()
        self._connect()
        self._dress(themes.theme)

    def _build(self) -> None:
        self._field = QLineEdit()
        self._field.setPlaceholderText(tr("Find a model or type its name"))
        self._field.setAccessibleName(tr("Find a model or type its name"))
        self._field.setToolTip(tr("F5 asks all services for their lists again."))
        self._field.setFrame(False)
        self.setAccessibleName(tr("Models"))
        self._view = RowView(self._themes)
        self._none = QLabel(tr("No model matches."))
        self._none.setContentsMargins(10, 4, 0, 8)
        self._none.hide()
        self._foot = QVBoxLayout()
        self._foot.setSpacing(0)
        self._set_up = RowButton(self._themes, "plus", tr("Set up a service…"))
        self._compare = RowButton(self._themes, "columns", tr("Choose two to four models"))
        self._compare.hide()
        self._line = QWidget()
        self._line.setFixedHeight(1)
        self._foot.addWidget(self._line)
        self._foot.addSpacing(4)
        self._foot.addWidget(self._compare)
        self._foot.addWidget(self._set_up)
        column = QVBoxLayout(self)
        margin = SHADOW + _MARGIN
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(4)
        column.addWidget(self._field)
        column.addWidget(self._none)
        column.addWidget(self._view, 1)
        column.addLayout(self._foot)
        self.setFocusProxy(self._field)

    def _connect(self) -> None:
        self._field.textChanged.connect(self._filter)
        self._field.installEventFilter(self)
        self._view.picked.connect(self._take)
        self._view.refresh_wanted.connect(self.refresh_wanted)
        self._set_up.clicked.connect(self._want_service)
        self._compare.clicked.connect(self._take_several)
        self._themes.changed.connect(self._dress)

    def open_at(self, anchor: QRect, choices: Choices) -> None:
        """Show what is known, beside ``anchor`` (in the page)."""
        self._choices = choices
        self._offer_servers()
        self._show_marked()
        self._filter("")
        height = self._view.wanted_height()
        if any(offer.loading for offer in choices.offers):
            # What is still to come must not move what is there.
            height = _HIGHEST
        if not choices.servers:
            height += self._set_up.sizeHint().height()  # one that is found later has room
        frame = self.sizeHint().height() - self._view.sizeHint().height() - 2 * SHADOW
        self.place(anchor, QSize(_WIDTH, min(height + frame, _HIGHEST)))
        # Once more, with the height that tells what is in view.
        self._filter("")
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_choices(self, choices: Choices) -> None:
        """Show what has become known meanwhile; nothing moves under the pointer."""
        self._choices = choices
        self._offer_servers()
        self._view.update_rows(build_rows(choices, self._field.text()))

    @property
    def choices(self) -> Choices:
        return self._choices

    def _filter(self, text: str) -> None:
        rows = build_rows(self._choices, text)
        self._none.setVisible(not rows)
        self._view.show_rows(rows, first_choice(rows, text))

    def _offer_servers(self) -> None:
        """A button for each server that runs here and is not set up."""
        for account in self._choices.servers:
            if account not in self._servers:
                words = tr("Use {server}, found on this computer", server=service_name(account))
                button = RowButton(self._themes, "server", words)
                button.clicked.connect(partial(self._want_server, account))
                self._foot.insertWidget(self._foot.count() - 1, button)
                button.show()
                self.setTabOrder(self._field, button)
                self._servers.append(account)
        if (layout := self.layout()) is not None:
            # The list is as high now as it will be shown, for whoever measures it next.
            layout.activate()

    def _want_server(self, account: Account) -> None:
        self.leave()
        self.server_wanted.emit(account)

    def _want_service(self) -> None:
        self.leave()
        self.service_wanted.emit()

    def _take(self, row: Row) -> None:
        match row:
            case ModelRow(account, info):
                self._choose(account, info.id)
            case TypedRow(account, model):
                self._choose(account, model)
            case FailureRow(account):
                self.refresh_wanted.emit(account)
            case GroupRow():
                pass
            case _:
                assert_never(row)

    def _choose(self, account: Account, model: str) -> None:
        if self._choices.marked is not None:
            self._mark(account.id, model)
            return
        self._choices = replace(self._choices, chosen=(account.id, model))
        self.chosen.emit(account, model)
        self.leave()

    def _mark(self, account_id: str, model: str) -> None:
        """Choose one more, or no longer."""
        pair, marked = (account_id, model), list(self._choices.marked or ())
        if pair in marked:
            marked.remove(pair)
        elif len(marked) < MOST:
            marked.append(pair)
        self._choices = replace(self._choices, marked=tuple(marked))
        self._show_marked()
        self._view.update_rows(build_rows(self._choices, self._field.text()))

    def _show_marked(self) -> None:
        marked = self._choices.marked
        self._compare.setVisible(marked is not None)
        self._set_up.setVisible(marked is None)
        enough = marked is not None and FEWEST <= len(marked) <= MOST
        words = tr("Compare {number} models (Ctrl+Enter)", number=len(marked or ()))
        self._compare.setText(words if enough else tr("Choose two to four models"))
        self._compare.setEnabled(enough)

    def _take_several(self) -> None:
        marked = self._choices.marked or ()
        if FEWEST <= len(marked) <= MOST:
            self.leave()
            self.several_chosen.emit(marked)

    def _refresh(self) -> None:
        for offer in self._choices.offers:
            self.refresh_wanted.emit(offer.account)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self._take_several()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if (row := self._view.current_row()) is not None:
                self._take(row)
        elif event.key() == Qt.Key.Key_Down and self._view.at_end:
            # Not when there is no button to go to: the focus would leave the card.
            if any(row.isVisible() and row.isEnabled() for row in (self._compare, self._set_up)):
                self.focusNextPrevChild(True)
        elif event.key() in _LIST_KEYS:
            self._view.keyPressEvent(event)
        elif event.key() == Qt.Key.Key_F5:
            self._refresh()
        else:
            return False
        return True

    def _dress(self, theme: Theme) -> None:
        self._field.setStyleSheet("background: transparent; border: none; padding: 6px 8px;")
        self._view.setStyleSheet("background: transparent; outline: none;")
        self._line.setStyleSheet(f"background: {theme.line};")
        set_text_colour(self._none, theme.dim)

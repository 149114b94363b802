# SPDX-License-Identifier: MIT
"""One conversation as a page: transcript, empty state and composer; knows no session."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QApplication, QStackedWidget, QVBoxLayout, QWidget

from chatglm_desktop.core.history import Aside
from chatglm_desktop.core.messages import Role
from chatglm_desktop.gui.attaching.dropping import DropTarget
from chatglm_desktop.gui.composer import Composer
from chatglm_desktop.gui.composer_editor import PAGE_KEYS, writes
from chatglm_desktop.gui.empty_state import EmptyState
from chatglm_desktop.gui.failures import describe, details, help_page, settings_section
from chatglm_desktop.gui.find_bar import FindBar
from chatglm_desktop.gui.hidden_notice import HiddenNotice
from chatglm_desktop.gui.transcript.view import TranscriptView

if TYPE_CHECKING:
    from chatglm_desktop.core.errors import Failure
    from chatglm_desktop.core.history import History, Prompt
    from chatglm_desktop.core.messages import Message
    from chatglm_desktop.core.tabs import Anchor
    from chatglm_desktop.gui.theme.manager import ThemeManager
    from chatglm_desktop.gui.transcript.look import Looks
    from chatglm_desktop.settings.options import CopyFormat, SendKey

_OUTLINE_MARGIN = 16


class ConversationPage(QWidget):
    """Shows messages and takes the next one.

    Emits ``submitted(text, attachments)``, ``queued(text, attachments)`` while a reply runs,
    ``requeued(number, text, attachments)``, ``stop_requested()``, ``retry_requested(message id)``,
    ``demo_requested(message id)``, ``edit_requested(message id, text, attachments)``,
    ``rewrite_requested(message id, text, attachments)`` to change only what is written,
    ``delete_requested(message id)``, ``version_wanted(message id, index)``,
    ``verb_wanted(message id, verb)`` for all else that is done with a message ("" for the draft),
    ``retry_now_requested()``, ``model_wanted()``, ``service_wanted(message id)`` ("" where none
    failed), ``settings_wanted(section)``, ``draft_changed()``, ``link_activated(url)``,
    ``question_chosen(position)``, and ``details_copied()`` when they are on the clipboard.
    """

    submitted = Signal(str, object)
    queued = Signal(str, object)
    requeued = Signal(int, str, object)
    stop_requested = Signal()
    retry_requested = Signal(str)
    demo_requested = Signal(str)
    edit_requested = Signal(str, str, object)
    rewrite_requested = Signal(str, str, object)
    delete_requested = Signal(str)
    version_wanted = Signal(str, int)
    verb_wanted = Signal(str, str)
    retry_now_requested = Signal()
    model_wanted = Signal()
    service_wanted = Signal(str)
    settings_wanted = Signal(str)
    draft_changed = Signal()
    link_activated = Signal(str)
    question_chosen = Signal(int)
    details_copied = Signal()

    def __init__(
        self,
        themes: ThemeManager,
        send_key: SendKey = "enter",
        copy_format: CopyFormat = "markdown",
        parent: QWidget | None = None,
        looks: Looks | None = None,
    ) -> None:
        super().__init__(parent)
        self.transcript = TranscriptView(describe, looks=looks)
        self.transcript.clipboard.set_format(copy_format)
        self.composer = Composer(themes, pictures=self.transcript.pictures)
        self.composer.set_send_key(send_key)
        self.find_bar = FindBar(themes, self)
        self.hidden_notice = HiddenNotice(themes)
        self.looks = looks
        self._aside = Aside()
        self._comparing: QWidget | None = None
        self._themes = themes
        self._empty = EmptyState(themes)
        self._stack = QStackedWidget()
        self._offer: QWidget | None = None
        self._sending = False
        self._build()
        self._connect()
        self.transcript.apply_theme(themes.theme)
        themes.changed.connect(self.transcript.apply_theme)

    def _build(self) -> None:
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.transcript)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.hidden_notice)
        layout.addWidget(self.composer)

    def _connect(self) -> None:
        self.composer.submitted.connect(self._submit)
        DropTarget(self._themes, self).dropped.connect(self.composer.attach)
        self.composer.queued.connect(self._queue)
        self.composer.requeued.connect(self._requeue)
        self.composer.edited.connect(self._ask_anew)
        self.composer.rewritten.connect(self._rewrite)
        self.composer.compare_wanted.connect(self.compare)
        self.composer.last_wanted.connect(self._edit_last)
        self.composer.stop_requested.connect(self.stop_requested)
        self.composer.text_changed.connect(self.draft_changed)
        self._empty.prompt_chosen.connect(self._take_prompt)
        self._empty.service_wanted.connect(partial(self.service_wanted.emit, ""))
        self.transcript.action_requested.connect(self._act)
        self.transcript.link_activated.connect(self.link_activated)
        self.transcript.link_doubted.connect(self.doubt_link)
        self.transcript.quote_wanted.connect(self.composer.quote)
        self.transcript.pasted.connect(self.composer.insert)
        self.transcript.version_wanted.connect(self.version_wanted)

    def show_history(
        self, history: History, anchor: Anchor | None = None, position: int | None = None
    ) -> None:
        """Show another branch, or a conversation for the first time, at ``anchor`` or at the end.

        ``position`` is that of the anchor's message, for one that is not in ``history``.
        """
        newest = [m for m in history.messages[-2:] if m.role is Role.USER]
        if self.composer.editing and any(map(self._holds, newest)):
            self.composer.end_edit()
        self.transcript.contents.show(history, anchor, position)
        self._show_what_fits()

    def show_aside(self, aside: Aside) -> None:
        """Tell what of the conversation is not to be seen."""
        self._aside = aside
        self.transcript.set_versions(aside.versions)
        self.transcript.set_removed(aside.removed)
        self.hidden_notice.show_aside(aside, empty=not len(self.transcript.contents))

    def show_comparison(self, comparing: QWidget | None) -> None:
        """Show answers side by side in place of the messages, or (None) the messages again."""
        before, self._comparing = self._comparing, comparing
        if comparing is not None:
            self._stack.addWidget(comparing)
            if self.find_bar.isVisible():
                # What is shown is not what can be found.
                self.find_bar.close_bar()
                self.take_focus()
        elif before is not None:
            # There the kept answer stands.
            self.transcript.to_end()
        self._show_what_fits()
        if before is not None:
            had_focus = before.isAncestorOf(QApplication.focusWidget() or self)
            self._stack.removeWidget(before)
            before.deleteLater()
            if had_focus:
                self.take_focus()

    @property
    def comparing(self) -> bool:
        """Whether answers stand side by side in place of the messages."""
        return self._comparing is not None

    def compare(self) -> None:
        """Let the user choose models that answer the draft, or else the last question."""
        if self.composer.running:
            return
        drafted = self.composer.draft() and not self.composer.editing
        asked = "" if drafted else self._last_question()
        if drafted or asked:
            self.verb_wanted.emit(asked, "compare")

    def retry_last(self) -> None:
        """Ask for the last answer again."""
        ids = self.transcript.contents.ids()
        if ids and self.transcript.contents.message(ids[-1]).role is Role.ASSISTANT:
            self._act(ids[-1], "retry")

    def sending(self) -> None:
        """The draft is being sent in another way than by Enter."""
        self._sending = True

    def place_of(self, message_id: str) -> QRect:
        """Where the buttons of a message are, in the page; those of the draft for none."""
        place = self.transcript.place_of(message_id)
        if place.isEmpty() or self._stack.currentWidget() is not self.transcript:
            controls = self.composer.controls
            return QRect(controls.mapTo(self, QPoint()), controls.size())
        return QRect(self.transcript.viewport().mapTo(self, place.topLeft()), place.size())

    def remove_message(self, message_id: str) -> bool:
        """Show the conversation without a message; False if the message is not at hand."""
        if message_id not in self.transcript.contents:
            return False
        self.transcript.contents.remove(message_id)
        self._show_what_fits()
        return True

    def add_message(self, message: Message) -> None:
        """Show one more message; a draft that has become the user's message is done with."""
        # A message that has waited may say what is just being written again.
        if self._sending and message.role is Role.USER and self._holds(message):
            self._sending = False
            self.composer.clear()
        self.transcript.contents.add(message)
        self.end_offer()
        self._show_what_fits()

    def end_message(self, message: Message) -> None:
        """Show the final version of a reply; whoever waits for it may go on writing."""
        self.transcript.contents.update(message)

    def set_running(self, running: bool) -> None:
        """While a reply runs the draft can be edited, but not sent."""
        focused = QApplication.focusWidget()
        writing = focused is None or self.composer.isAncestorOf(focused)
        # Asked before: a button that is disabled hands its focus on to a neighbour.
        self.composer.set_running(running)
        self.transcript.set_locked(running)
        if not running and self.isVisible() and writing:
            self.composer.focus_editor()

    def show_outline(self, prompts: Sequence[Prompt]) -> None:
        """Let the user choose among questions, the one that is being read to begin with."""
        from chatglm_desktop.gui.outline import Outline

        outline = Outline(self._themes, self)
        outline.chosen.connect(self.question_chosen)
        outline.left.connect(self.transcript.setFocus)
        corner = QPoint(self.width() - _OUTLINE_MARGIN, _OUTLINE_MARGIN)
        outline.open_at(corner, prompts, self.transcript.position)

    def offer(self, question: QWidget) -> None:
        """Show ``question`` in place of the messages until :meth:`end_offer`."""
        self.end_offer()
        self._offer = question
        self._stack.addWidget(question)
        self._show_what_fits()
        self.take_focus()

    def end_offer(self) -> None:
        """Show the messages again."""
        if self._offer is not None:
            offer, self._offer = self._offer, None
            self._show_what_fits()
            self.take_focus()
            self._stack.removeWidget(offer)
            offer.deleteLater()

    def take_focus(self) -> None:
        """Put the keyboard where the user goes on: into the draft, or to what is asked."""
        if self._offer is not None:
            self._offer.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.composer.focus_editor()

    def message_ids(self) -> list[str]:
        """The messages at hand, oldest first."""
        return self.transcript.contents.ids()

    def toggle_caret(self) -> None:
        """Let arrows move a caret through the messages, if there are any, or no longer."""
        if len(self.transcript.contents):
            self.transcript.toggle_caret()

    @property
    def blank(self) -> bool:
        """Nothing was ever said and nothing is drafted."""
        kept = self._aside.beyond or self._aside.removed
        said = len(self.transcript.contents) or self.composer.draft() or kept
        return not said and self.composer.tray.empty

    def _show_what_fits(self) -> None:
        said = len(self.transcript.contents) > 0
        shown = self._comparing or (self.transcript if said else self._empty)
        self._stack.setCurrentWidget(self._offer or shown)
        self.hidden_notice.show_aside(self._aside, empty=not said)

    def _take_prompt(self, prompt: str) -> None:
        self.composer.set_text(prompt)
        self.composer.focus_editor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that one half has no use for are meant for the other, wherever the focus is."""
        if event.key() == Qt.Key.Key_Escape and self.find_bar.isVisible():
            # Before anything else ends.
            self.find_bar.close_bar()
        elif event.key() == Qt.Key.Key_Escape or writes(event):
            self.composer.take_key(event)
        elif event.key() in PAGE_KEYS:
            self._turn_page(forward=event.key() == Qt.Key.Key_PageDown)
        else:
            super().keyPressEvent(event)

    def _turn_page(self, *, forward: bool) -> None:
        turn = QAbstractSlider.SliderAction
        self.transcript.verticalScrollBar().triggerAction(
            turn.SliderPageStepAdd if forward else turn.SliderPageStepSub
        )

    def _act(self, message_id: str, action: str) -> None:
        match action:
            case "retry" | "demo" | "edit" | "delete":
                # A click on a button of an older turn, or a second one, while a reply runs.
                if not self.composer.running:
                    self._change(message_id, action)
            case "continue" | "retry_with" | "compare" | "branch_off" | "clear" | "restore":
                self.verb_wanted.emit(message_id, action)
            case "stop":
                self.stop_requested.emit()
            case "retry_now":
                self.retry_now_requested.emit()
            case "choose_model":
                self.model_wanted.emit()
            case "choose_service":
                self.service_wanted.emit(message_id)
            case _:
                failure = self.transcript.contents.message(message_id).failure
                if failure is not None:
                    self.help(failure, action)

    def help(self, failure: Failure, action: str) -> None:
        """What a button of a failed turn does without asking anybody again."""
        match action:
            case "open_settings":
                self.settings_wanted.emit(settings_section(failure))
            case "get_key" | "open_billing":
                self.link_activated.emit(help_page(action, failure))
            case "copy_details":
                QGuiApplication.clipboard().setText(details(failure))
                self.details_copied.emit()

    def _change(self, message_id: str, action: str) -> None:
        match action:
            case "edit":
                message = self.transcript.contents.message(message_id)
                text = self.transcript.contents.text(message_id)
                ask = message.role is Role.USER
                self.composer.edit(message_id, text, message.attachments, ask=ask)
            case "delete":
                if self.composer.editing == message_id:
                    self.composer.end_edit()
                self.delete_requested.emit(message_id)
            case _:
                self.composer.focus_editor()
                asked = self.retry_requested if action == "retry" else self.demo_requested
                asked.emit(message_id)

    def _holds(self, question: Message) -> bool:
        """Whether the draft is what ``question`` was made of."""
        text = self.composer.text()
        written = text if text.strip() else ""
        return (written, self.composer.attachments()) == (question.text, question.attachments)

    def _edit_last(self) -> None:
        """Edit the question that was written last, whether it waits or was sent."""
        waiting = self.composer.queue.ids
        if waiting:
            self.composer.queue.edit_wanted.emit(waiting[-1])
        elif not self.composer.running and (asked := self._last_question()):
            self._change(asked, "edit")

    def _last_question(self) -> str:
        contents = self.transcript.contents
        ids = reversed(contents.ids())
        return next((id for id in ids if contents.message(id).role is Role.USER), "")

    def _queue(self, text: str) -> None:
        self.queued.emit(text, self.composer.attachments())

    def _requeue(self, number: int, text: str) -> None:
        self.requeued.emit(number, text, self.composer.attachments())

    def _submit(self, text: str) -> None:
        self._sending = True
        self.submitted.emit(text, self.composer.attachments())

    def _ask_anew(self, message_id: str, text: str) -> None:
        # The text stays until the conversation has it: an old message is read from the file first.
        self.edit_requested.emit(message_id, text, self.composer.attachments())

    def _rewrite(self, message_id: str, text: str) -> None:
        self.rewrite_requested.emit(message_id, text, self.composer.attachments())

    def doubt_link(self, url: str, text: str) -> None:
        """Ask before a link is opened that leads elsewhere than its text says."""
        from chatglm_desktop.gui.dialogs.link import ask_link

        ask_link(self.window(), url, text, partial(self.link_activated.emit, url))

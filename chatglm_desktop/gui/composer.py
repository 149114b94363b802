# SPDX-License-Identifier: MIT
"""The card where the user writes; knows whether a reply runs, not what is sent where."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from chatglm_desktop.core.draft import Draft
from chatglm_desktop.core.quotes import with_quote
from chatglm_desktop.gui.attaching.tray import AttachmentTray
from chatglm_desktop.gui.composer_editor import ComposerEditor
from chatglm_desktop.gui.composing.card import ComposerCard
from chatglm_desktop.gui.composing.controls import ComposerControls
from chatglm_desktop.gui.composing.draft_tokens import DraftTokens
from chatglm_desktop.gui.composing.edit_mode import EditMode
from chatglm_desktop.gui.composing.height_limit import HeightLimit
from chatglm_desktop.gui.composing.hints import key_hint
from chatglm_desktop.gui.composing.long_texts import LongTexts
from chatglm_desktop.gui.composing.queue_list import QueueList
from chatglm_desktop.gui.composing.recall import Recall
from chatglm_desktop.gui.composing.snippet_completion import SnippetCompletion
from chatglm_desktop.gui.pictures import Pictures
from chatglm_desktop.gui.spelling.marks import SpellMarks
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.edit_bar import EditBar
from chatglm_desktop.gui.widgets.icon_button import IconButton
from chatglm_desktop.gui.widgets.send_button import SendButton
from chatglm_desktop.gui.widgets.shadow import SHADOW
from chatglm_desktop.gui.widgets.toast import FLOOR
from chatglm_desktop.settings.options import SendKey

if TYPE_CHECKING:
    from chatglm_desktop.core.generation import Abilities
    from chatglm_desktop.core.messages import AttachmentPart
    from chatglm_desktop.gui.attaching.sources import Source

COLUMN_WIDTH = 760
SIDE_MARGIN = 24
"""The least room, in pixels, between the column and the edge of the page."""


class Composer(QWidget):
    """Emits ``submitted`` with the text (which stays until :meth:`clear`) and ``stop_requested``.

    ``queued(text)`` is emitted instead while a reply runs, or others wait until an answer is kept.
    While something else is edited the draft waits, and ``edited(message id, text)``,
    ``requeued(number, text)`` or, where nothing is to be asked, ``rewritten(message id, text)``
    are emitted; ``edit_ended()`` tells that the draft is back. ``last_wanted()`` asks to edit what
    was said last, ``compare_wanted()`` to ask several models, ``snippet_wanted(text)`` to keep a
    text for later use.
    """

    submitted = Signal(str)
    queued = Signal(str)
    edited = Signal(str, str)
    rewritten = Signal(str, str)
    compare_wanted = Signal()
    requeued = Signal(int, str)
    edit_ended = Signal()
    last_wanted = Signal()
    stop_requested = Signal()
    text_changed = Signal()
    snippet_wanted = Signal(str)

    def __init__(
        self,
        themes: ThemeManager,
        parent: QWidget | None = None,
        *,
        pictures: Pictures | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(FLOOR)
        self._themes = themes
        self.tray = AttachmentTray(themes, pictures or Pictures(self), self)
        self._running = False
        self._undecided = False
        self._send_key: SendKey = "enter"
        self._build()
        self._edit_mode = EditMode(self._editor, self.tray, self._edit_bar)
        self.recall = Recall(self._editor)
        self._long_texts = LongTexts(self._editor, self.tray)
        self.spelling = SpellMarks(self._editor)
        self._height = HeightLimit(self._editor, self.tray.chips, (self.queue, self._edit_bar))
        self._connect()
        self._update_state()

    def _build(self) -> None:
        self._card = ComposerCard(self._themes, COLUMN_WIDTH)
        self._editor = ComposerEditor(self._card)
        self._editor.setPlaceholderText(tr("Message ChatGLM"))
        self._editor.setAccessibleName(tr("Message"))
        self._edit_bar = EditBar(self._themes)
        self.queue = QueueList(self._themes)
        self.controls = ComposerControls(self._themes)
        self.snippets = SnippetCompletion(self._editor, self._themes)
        self._tokens = DraftTokens(self._editor.document())
        self._button = SendButton(self._themes)
        self._queue_button = IconButton(self._themes, "queue", tr("Send after this reply"))
        self._queue_button.clicked.connect(self.submit)
        self._queue_button.hide()
        bar = QHBoxLayout()
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(4)
        bar.addWidget(self.tray.button)
        bar.addWidget(self.controls, 1)
        bar.addSpacing(8)
        bar.addWidget(self._queue_button)
        bar.addWidget(self._button)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(SHADOW + 14, SHADOW + 12, SHADOW + 10, SHADOW + 10)
        column.setSpacing(6)
        column.addWidget(self.queue)
        column.addWidget(self._edit_bar)
        column.addWidget(self.tray.chips)
        column.addWidget(self._editor)
        column.addLayout(bar)
        outer = QHBoxLayout(self)
        margin = SIDE_MARGIN - SHADOW
        outer.setContentsMargins(margin, 0, margin, 16 - SHADOW)
        outer.addWidget(self._card)
        self.setFocusProxy(self._editor)

    def _connect(self) -> None:
        self._card.pressed.connect(self.focus_editor)
        self._editor.send_pressed.connect(self.submit)
        self._editor.escape_pressed.connect(self._escape)
        self._editor.menu_made.connect(self.spelling.extend_menu)
        self._editor.up_pressed.connect(self._ask_for_last)
        self._edit_mode.changed.connect(self._change_edited)
        self._edit_bar.save_wanted.connect(self._rewrite)
        self._button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._button.customContextMenuRequested.connect(self._show_send_menu)
        self.queue.resized.connect(self._height.apply)
        self.queue.left.connect(self.focus_editor)
        self._editor.textChanged.connect(self._changed)
        self._editor.snippet_wanted.connect(self.snippet_wanted)
        self.snippets.new_wanted.connect(partial(self.snippet_wanted.emit, ""))
        self._editor.files_offered.connect(self.attach)
        self.tray.changed.connect(self._change_files)
        self.tray.chips.left.connect(self.focus_editor)
        self._tokens.changed.connect(self._count)
        self._button.clicked.connect(self._press_button)

    def text(self) -> str:
        return self._editor.toPlainText()

    def set_text(self, text: str) -> None:
        self._editor.replace_text(text)

    def suggest(self, text: str) -> None:
        """Put ``text`` into the field so that Enter sends it and typing replaces it."""
        self.set_text(text)
        self._editor.selectAll()
        self.focus_editor()

    def insert(self, text: str) -> None:
        """Put text at the cursor, or beside it if it is long, and go on writing."""
        self._editor.paste_text(text)
        self.focus_editor()

    def clear(self) -> None:
        self.recall.reset()
        self._long_texts.reset()
        self._editor.replace_text("")
        self.tray.shelf.clear()

    def attachments(self) -> tuple[AttachmentPart, ...]:
        """The files that go along."""
        return self.tray.shelf.parts

    def attach(self, sources: Sequence[Source]) -> None:
        """Let more files go along, and go on writing."""
        self.tray.shelf.add(sources)
        self.focus_editor()

    def pick_files(self) -> None:
        """Let the user choose files that go along."""
        self.tray.pick()

    def set_abilities(self, abilities: Abilities) -> None:
        """Which files the chosen model takes; those there are judged anew."""
        self.tray.shelf.set_abilities(abilities)

    @property
    def editing(self) -> str:
        """The id of the earlier message that is edited, "" if none is."""
        target = self._edit_mode.target
        return target if isinstance(target, str) else ""

    @property
    def editing_queued(self) -> int:
        """The number of the waiting question that is edited, 0 if none is."""
        target = self._edit_mode.target
        return target if isinstance(target, int) else 0

    def draft(self) -> Draft:
        """What the user has not sent, also while something else is edited."""
        if self._edit_mode.target is not None:
            return self._edit_mode.draft()
        return self.tray.draft(self.recall.unsent(self.text()))

    def set_draft(self, draft: Draft) -> None:
        """Go on with what was not sent."""
        self.recall.reset()
        self._long_texts.reset()
        self.set_text(draft.text)
        self._editor.document().clearUndoRedoStacks()  # there was no empty field before
        self.tray.shelf.restore(draft.attachments)

    def edit(
        self,
        message_id: str,
        text: str,
        attachments: Sequence[AttachmentPart] = (),
        *,
        ask: bool = True,
    ) -> None:
        """Let the user edit an earlier message; the draft waits until :meth:`end_edit`.

        Unless it is a question, it can only be saved.
        """
        self._begin_edit(message_id, Draft(text, tuple(attachments)), ask=ask)

    def edit_queued(self, number: int, question: Draft) -> None:
        """Let the user edit a question that waits; the draft waits until :meth:`end_edit`."""
        self._begin_edit(number, question)

    def end_edit(self) -> None:
        """Go back to the draft."""
        self._edit_mode.end()

    def _begin_edit(self, target: str | int, draft: Draft, *, ask: bool = True) -> None:
        unsent = self.recall.unsent(self.text())
        self.recall.reset()
        self._long_texts.reset()
        self._edit_mode.begin(target, draft, unsent, ask=ask)

    def quote(self, text: str) -> None:
        """Add ``text`` as a quote after what is written."""
        self.set_text(with_quote(self.text(), text))
        self.focus_editor()

    @property
    def running(self) -> bool:
        return self._running

    def set_running(self, running: bool) -> None:
        """Offer Stop instead of Send."""
        self._running = running
        self._update_state()

    def set_undecided(self, undecided: bool) -> None:
        """Whether what waits does so until one of several answers is kept."""
        self._undecided = undecided
        self._update_state()

    def set_send_key(self, key: SendKey) -> None:
        """Which key sends: ``"enter"`` (then Shift+Enter breaks the line) or ``"ctrl-enter"``."""
        self._send_key = key
        self._editor.set_send_key(key)
        self._update_state()

    def set_paste_limit(self, characters: int) -> None:
        """From how many characters on pasted text goes along as a file; 0 for never."""
        self._editor.set_paste_limit(characters)

    def focus_editor(self) -> None:
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_key(self, event: QKeyEvent) -> None:
        """Do with a key that was pressed elsewhere what it does in the draft."""
        if event.key() != Qt.Key.Key_Escape:
            self.focus_editor()
        self._editor.keyPressEvent(event)

    def hint(self) -> str:
        """The small text under the draft, as far as there is room for it."""
        return self.controls.hint.text()

    def set_context(self, used: int, limit: int) -> None:
        """What was said so far takes ``used`` tokens; ``limit`` fit, or that is not known (0)."""
        self.controls.set_context(used, limit)

    def submit(self) -> None:
        """Send the draft, as Enter does, unless it is blank or a file hinders it."""
        text = self.text()
        if not self._sendable:
            return
        match self._edit_mode.target:
            case int(number):
                self.requeued.emit(number, text)
            case str() if not self._running and not self._edit_mode.asks:
                self._rewrite()
            case str(message_id) if not self._running:
                self.edited.emit(message_id, text)
            case None if self._running or self._waits_for_choice:
                self.queued.emit(text)
            case None:
                self.submitted.emit(text)

    def _rewrite(self) -> None:
        if self.editing and self._sendable and not self._running:
            self.rewritten.emit(self.editing, self.text())

    def _show_send_menu(self, place: QPoint) -> None:
        if not self._running:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(tr("Send"), self.submit)
            menu.addAction(tr("Compare models…"), self.compare_wanted.emit)
            menu.popup(self._button.mapToGlobal(place))

    def _escape(self) -> None:
        if self._running and not self.editing_queued:
            self._stop()
        else:
            self.end_edit()

    def _ask_for_last(self) -> None:
        if self._edit_mode.target is None and self.tray.empty:
            self.last_wanted.emit()

    def _change_edited(self) -> None:
        self._long_texts.reset()
        self.queue.set_edited(self.editing_queued)
        self._height.apply()
        self._update_state()
        self.focus_editor()
        if self._edit_mode.target is None:
            self.edit_ended.emit()

    def _stop(self) -> None:
        if self._running:
            self.stop_requested.emit()

    def _press_button(self) -> None:
        if self._running:
            self._stop()
        else:
            self.submit()

    @property
    def _sendable(self) -> bool:
        blank = not self.text().strip() and self.tray.empty
        return not blank and not self.tray.obstacle

    @property
    def _waits_for_choice(self) -> bool:
        """Whether the draft comes after what waits until an answer is kept."""
        return self._undecided and (self._running or bool(self.queue.ids))

    def _count(self) -> None:
        self.controls.set_draft_tokens(self._tokens.tokens + self.tray.tokens)

    def _change_files(self) -> None:
        self._height.apply()
        self._changed()

    def _changed(self) -> None:
        self._count()
        self._update_state()
        self.text_changed.emit()

    def _update_state(self) -> None:
        if self._button.stops != self._running:
            self._button.set_stops(self._running)
        sendable = self._sendable
        self._button.setEnabled(self._running or sendable)
        self._queue_button.setVisible(self._running and sendable and not self.editing)
        hint = key_hint(
            self._edit_mode.target,
            self._send_key,
            running=self._running,
            undecided=self._waits_for_choice,
        )
        self.controls.set_hint(self.tray.obstacle or self.tray.remark or hint)

    def showEvent(self, event: QEvent) -> None:
        self._height.watch(self.window())

    def hideEvent(self, event: QEvent) -> None:
        self._height.leave()

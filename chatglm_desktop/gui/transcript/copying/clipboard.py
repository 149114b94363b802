# SPDX-License-Identifier: MIT
"""Text that leaves the transcript: copies, the primary selection, everything as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.copying.gathering import Gathering
from chatglm_desktop.gui.transcript.copying.offers import Extracts, Offers
from chatglm_desktop.gui.transcript.input.hits import Hover
from chatglm_desktop.gui.transcript.rows.notes import ending_note
from chatglm_desktop.gui.transcript.rows.row import FailureText
from chatglm_desktop.gui.transcript.scene.painting import Display
from chatglm_desktop.markdown.blocks import Math
from chatglm_desktop.settings.options import CopyFormat
from chatglm_desktop.transcript.copying.copying import CopyKind, copied_pieces
from chatglm_desktop.transcript.copying.excerpt import (
    Extract,
    Passage,
    Piece,
    Snippet,
    complete,
    extracts,
    whole_message,
)
from chatglm_desktop.transcript.copying.holdings import last_code, table_at
from chatglm_desktop.transcript.document import Transcript
from chatglm_desktop.transcript.grown import grown
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.leaves import CodeLeaf, MathLeaf
from chatglm_desktop.transcript.selection import PartKind, Selection

_PRIMARY_MS = 200
_LOOK_SECONDS = 0.004


class Clipboard(QObject):
    """Copies of what ``transcript`` holds and ``display`` shows as selected.

    Emits ``messages_wanted(first, count)`` when a selection reaches over messages that are
    not at hand: :meth:`take` takes them, and then the copy is made. ``said(text)`` is what the
    user should know of such a copy.
    """

    messages_wanted = Signal(int, int)
    said = Signal(str)

    def __init__(
        self,
        transcript: Transcript,
        display: Display,
        describe: Callable[[Failure], FailureText],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._transcript = transcript
        self._display = display
        self._describe = describe
        self._gathering = Gathering(transcript, self)
        self._gathering.wanted.connect(self.messages_wanted)
        self._offers = Offers(self)
        self._offers.offered.connect(self._offered)
        self._told = True
        self._primary = QTimer(self, singleShot=True, interval=_PRIMARY_MS)
        self._primary.timeout.connect(self.offer_primary)

    @property
    def busy(self) -> bool:
        """Whether a copy is still being made."""
        return self._offers.busy

    def set_format(self, format: CopyFormat) -> None:
        """What copies are as plain text."""
        self._offers.format = format

    # The selection

    def selected(self) -> str:
        """The text that a copy of the selection would hold, of the messages at hand."""
        return self._offers.text(complete(self._selected()))

    def selected_items(self) -> tuple[int, int]:
        """The first item that the selection touches, and how many it touches."""
        selection = self._display.selection
        if selection is None:
            return 0, 0
        first, last = sorted((selection.anchor.item, selection.head.item))
        return first, last - first + 1

    def copy_selection(self) -> None:
        """Copy what is selected, if anything is: as text, as HTML, and cells as such."""
        self._gather(self._offers.offer)

    def copy_selection_as(self, kind: CopyKind) -> None:
        """Copy the selection as text of one kind."""
        self._gather(lambda extracts: self._offers.offer_as(extracts, kind))

    def has(self, kind: CopyKind) -> bool:
        """Whether there is anything of a kind in the selection, or there may be.

        So much text that it cannot be looked at at once may have anything.
        """
        end = perf_counter() + _LOOK_SECONDS
        for looked, extract in enumerate(self._selected()):
            if looked and perf_counter() >= end:
                return True
            if extract is not None and any(copied_pieces((extract,), kind)):
                return True
        return False

    def offer_primary(self) -> None:
        """Let a middle click elsewhere paste the selection, where the system knows that."""
        if QGuiApplication.clipboard().supportsSelection():
            self._offers.offer_primary(self._selected())

    def offer_primary_soon(self) -> None:
        """As :meth:`offer_primary`, when the selection has not changed for a moment."""
        if QGuiApplication.clipboard().supportsSelection():
            self._primary.start()

    def take(self, first: int, messages: Sequence[Message]) -> None:
        """Take in messages that were asked for."""
        if not self._gathering.take(first, messages):
            self._tell(False)

    def reset(self) -> None:
        """Other messages are shown: what was to be copied is gone."""
        if self._gathering.waiting or self._offers.waiting:
            self._gathering.stop()
            self._tell(False)
        self._offers.stop()

    def _offered(self) -> None:
        # Only who had to wait is told.
        if not self._told:
            self._tell(True)

    def _tell(self, complete: bool) -> None:
        self._told = True
        self.said.emit(tr("Copied") if complete else tr("Not copied: messages are missing."))

    def _gather(self, use: Callable[[Extracts], None]) -> None:
        selection = self._display.selection
        if selection is None or selection.empty:
            return
        self._told = True

        def gathered(item_at: Callable[[int], Item]) -> None:
            use(extracts(item_at, self._within(selection), self._name))

        self._gathering.start(selection, gathered)
        self._told = not (self._gathering.waiting or self._offers.waiting)

    def _selected(self) -> Extracts:
        """What is selected, of the messages at hand."""
        selection = self._display.selection
        if selection is None:
            return iter(())
        return extracts(self._at_hand, self._within(selection), self._name)

    def _at_hand(self, index: int) -> Item | None:
        return self._transcript[index] if self._transcript.has(index) else None

    def _within(self, selection: Selection) -> Selection:
        """``selection`` without messages that are not there any more."""
        return selection.within(len(self._transcript))

    # Parts of messages

    def copy_message(self, index: int, kind: CopyKind = "markdown") -> None:
        """Copy a message without its thinking; ``"markdown"`` offers HTML too."""
        found = self._whole(index)
        if kind == "markdown":
            self._offers.offer(iter((found,)))
        else:
            self._offers.offer_as(iter((found,)), kind)

    def copy_last_answer(self) -> bool:
        """Copy the newest reply that is at hand; whether there is one with text."""
        found = next(filter(self._is_answer, self._newest_first()), None)
        if found is not None:
            self.copy_message(found)
        return found is not None

    def copy_last_code(self) -> bool:
        """Copy the last block of code of the newest reply at hand that has one."""
        for index in filter(self._is_answer, self._newest_first()):
            code = last_code(self._whole(index))
            if code is not None:
                self._offers.offer(iter((_only(Snippet(code.text, code.language)),)))
                return True
        return False

    def copy_code(self, hover: Hover) -> None:
        """Copy a block of code, all of it even if some waits to be parsed."""
        self._offers.offer(self._code(hover))

    def _code(self, hover: Hover) -> Extracts:
        item = yield from grown(self._transcript[hover.item], hover.row)
        leaf = item.leaves(hover.row.part)[hover.row.leaf]
        if isinstance(leaf, CodeLeaf):
            yield _only(Snippet(leaf.code.text, leaf.code.language))

    def copy_table(self, hover: Hover, kind: CopyKind = "tsv") -> None:
        """Copy the table that a row belongs to; ``"tsv"`` offers HTML too."""
        if kind == "tsv":
            self._offers.offer(self._table(hover))
        else:
            self._offers.offer_as(self._table(hover), kind)

    def _table(self, hover: Hover) -> Extracts:
        item = yield from grown(self._transcript[hover.item], hover.row)
        table = table_at(item.leaves(hover.row.part), hover.row.leaf)
        if table is not None:
            yield _only(table, item.references(hover.row.part))

    def copy_formula(self, hover: Hover) -> None:
        """Copy the LaTeX of a formula that stands on lines of its own."""
        self._offers.offer_as(self._formula(hover), "latex")

    def _formula(self, hover: Hover) -> Extracts:
        item = yield from grown(self._transcript[hover.item], hover.row)
        leaf = item.leaves(hover.row.part)[hover.row.leaf]
        if isinstance(leaf, MathLeaf):
            yield _only(Math(leaf.tex))

    def copy(self, text: str) -> None:
        """Copy ``text`` as it is, if it is any."""
        if text:
            QGuiApplication.clipboard().setText(text)

    def _whole(self, index: int) -> Extract:
        item = self._transcript[index]
        return whole_message(item, self._name(item.message))

    def _newest_first(self) -> Sequence[int]:
        return sorted(self._transcript.branch.at_hand, reverse=True)

    def _is_answer(self, index: int) -> bool:
        message = self._transcript.branch[index]
        return message.role is Role.ASSISTANT and self._transcript[index].answers

    # Telling

    def everything(self) -> str:
        """All messages as text."""
        items = map(self._transcript.__getitem__, range(len(self._transcript)))
        return "\n\n".join(self.told(item, item.text(PartKind.ANSWER)) for item in items)

    def told(self, item: Item, text: str, *, ended: bool = True) -> str:
        """``text`` of a message under the name of who wrote it; if ``ended``, how it ended."""
        message = item.message
        lines = [f"{self._name(message)}:", text]
        if ended:
            lines.append(ending_note(message))
        if ended and message.failure is not None:
            words = self._describe(message.failure)
            lines += [words.summary, words.hint]
        return "\n".join(line for line in lines if line)

    def _name(self, message: Message) -> str:
        user = message.role is Role.USER
        return tr("You") if user else message.model or tr("Assistant")


def _only(piece: Piece, references: Mapping[str, str] | None = None) -> Extract:
    """Nothing but one piece of a message."""
    return Extract("", passages=(Passage(piece),), references=dict(references or {}))

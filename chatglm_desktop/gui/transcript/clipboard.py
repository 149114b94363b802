# SPDX-License-Identifier: MIT
"""Text that leaves the transcript: copies, the primary selection, everything as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from time import perf_counter

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.gathering import Gathering
from chatglm_desktop.gui.transcript.hits import Hover
from chatglm_desktop.gui.transcript.notes import state_note
from chatglm_desktop.gui.transcript.painting import Display
from chatglm_desktop.gui.transcript.row import FailureText
from chatglm_desktop.settings.options import CopyFormat
from chatglm_desktop.transcript.copying import (
    CopyKind,
    cells_only,
    copied,
    html_pieces,
    last_code,
    markdown,
    plain,
    table_at,
)
from chatglm_desktop.transcript.document import Transcript
from chatglm_desktop.transcript.excerpt import (
    Excerpt,
    Extract,
    Passage,
    Snippet,
    excerpt,
    whole_message,
)
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.leaves import CodeLeaf, MathLeaf
from chatglm_desktop.transcript.selection import PartKind, Selection

_MOST_HTML = 256 * 1024
"""Characters; of longer text no HTML is offered, as to make it would take too long."""
_HTML_SECONDS = 0.008

_PRIMARY_MS = 200


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
        self._format: CopyFormat = "markdown"
        self._gathering = Gathering(transcript, self)
        self._gathering.wanted.connect(self.messages_wanted)
        self._primary = QTimer(self, singleShot=True, interval=_PRIMARY_MS)
        self._primary.timeout.connect(self.offer_primary)
        self._formats: dict[str, str] = {}
        self._pieces: Iterator[str] = iter(())
        self._html: list[str] = []
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._go_on)

    def set_format(self, format: CopyFormat) -> None:
        """What copies are as plain text."""
        self._format = format

    # The selection

    def selected(self) -> str:
        """The text that a copy of the selection would hold, of the messages at hand."""
        return self._text(self._excerpt(self._display.selection))

    def copy_selection(self) -> None:
        """Copy what is selected, if anything is: as text, as HTML, and cells as such."""
        self._gather(self._offer)

    def copy_selection_as(self, kind: CopyKind) -> None:
        """Copy the selection as text of one kind."""
        self._gather(lambda found: self.copy(copied(found, kind)))

    def has(self, kind: CopyKind) -> bool:
        """Whether there is anything of a kind in the selection."""
        return bool(copied(self._excerpt(self._display.selection), kind))

    def offer_primary(self) -> None:
        """Let a middle click elsewhere paste the selection, where the system knows that."""
        clipboard = QGuiApplication.clipboard()
        if clipboard.supportsSelection() and (text := self.selected()):
            clipboard.setText(text, QClipboard.Mode.Selection)

    def offer_primary_soon(self) -> None:
        """As :meth:`offer_primary`, when the selection has not changed for a moment."""
        if QGuiApplication.clipboard().supportsSelection():
            self._primary.start()

    def take(self, first: int, messages: Sequence[Message]) -> None:
        """Take in messages that were asked for."""
        waiting = self._gathering.waiting
        came = self._gathering.take(first, messages)
        if waiting and not self._gathering.waiting:
            self._tell(came)

    def reset(self) -> None:
        """Other messages are shown: what was to be copied is gone."""
        if self._gathering.waiting:
            self._gathering.stop()
            self._tell(False)

    def _tell(self, complete: bool) -> None:
        self.said.emit(tr("Copied") if complete else tr("Not copied: messages are missing."))

    def _gather(self, use: Callable[[Excerpt], None]) -> None:
        selection = self._display.selection
        if selection is not None and not selection.empty:
            self._gathering.start(selection, lambda: use(self._made(selection)))

    def _made(self, selection: Selection) -> Excerpt:
        return excerpt(self._gathering.item, self._within(selection), self._name)

    def _excerpt(self, selection: Selection | None) -> Excerpt:
        if selection is None:
            return ()
        return excerpt(self._at_hand, self._within(selection), self._name)

    def _at_hand(self, index: int) -> Item | None:
        return self._transcript[index] if self._transcript.has(index) else None

    def _within(self, selection: Selection) -> Selection:
        """``selection`` without messages that are not there any more."""
        return selection.within(len(self._transcript))

    # Parts of messages

    def copy_message(self, index: int, kind: CopyKind = "markdown") -> None:
        """Copy a message without its thinking; ``"markdown"`` offers HTML too."""
        found = (self._whole(index),)
        if kind == "markdown":
            self._offer(found)
        else:
            self.copy(copied(found, kind))

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
                self._offer(_alone(Snippet(code.text, code.language)))
                return True
        return False

    def copy_code(self, hover: Hover) -> None:
        """Copy a block of code."""
        leaf = self._transcript[hover.item].leaves(hover.row.part)[hover.row.leaf]
        if isinstance(leaf, CodeLeaf):
            self._offer(_alone(Snippet(leaf.code.text, leaf.code.language)))

    def copy_table(self, hover: Hover, kind: CopyKind = "tsv") -> None:
        """Copy the table that a row belongs to; ``"tsv"`` offers HTML too."""
        item = self._transcript[hover.item]
        table = table_at(item.leaves(hover.row.part), hover.row.leaf)
        if table is None:
            return
        references = dict(item.references(hover.row.part))
        found = (Extract("", passages=(Passage(table),), references=references),)
        if kind == "tsv":
            self._offer(found)
        else:
            self.copy(copied(found, kind))

    def copy_formula(self, hover: Hover) -> None:
        """Copy the LaTeX of a formula that stands on lines of its own."""
        leaf = self._transcript[hover.item].leaves(hover.row.part)[hover.row.leaf]
        if isinstance(leaf, MathLeaf):
            self.copy(leaf.tex)

    def copy(self, text: str) -> None:
        """Copy ``text`` as it is, if it is any."""
        if text:
            QGuiApplication.clipboard().setText(text)

    def message(self, index: int) -> str:
        """The text of a message as it was written."""
        return self._transcript[index].text(PartKind.ANSWER)

    def _whole(self, index: int) -> Extract:
        item = self._transcript[index]
        return whole_message(item, self._name(item.message))

    def _newest_first(self) -> Sequence[int]:
        return sorted(self._transcript.branch.at_hand, reverse=True)

    def _is_answer(self, index: int) -> bool:
        message = self._transcript.branch[index]
        return message.role is Role.ASSISTANT and self._transcript[index].answers

    # Offers

    def _text(self, found: Excerpt) -> str:
        return cells_only(found) or (
            markdown(found) if self._format == "markdown" else plain(found)
        )

    def _offer(self, found: Excerpt) -> None:
        """Put an excerpt on the clipboard in all the formats in which others may want it."""
        text = self._text(found)
        if not text:
            return
        written = markdown(found)
        self._formats = {"text/plain": text, "text/markdown": written}
        if cells := cells_only(found):
            self._formats["text/tab-separated-values"] = cells
        self._pieces = html_pieces(found) if len(written) <= _MOST_HTML else iter(())
        self._html = []
        if not self._make_html():
            # The text is there at once, the HTML as soon as it is made.
            self._put()
            self._later.start()

    def _put(self) -> None:
        data = QMimeData()
        for format, text in self._formats.items():
            data.setData(format, text.encode())
        data.setText(self._formats["text/plain"])
        QGuiApplication.clipboard().setMimeData(data)

    def _go_on(self) -> None:
        """Make more HTML, unless something else was copied meanwhile."""
        if QGuiApplication.clipboard().text() != self._formats["text/plain"]:
            return
        if not self._make_html():
            self._later.start()

    def _make_html(self) -> bool:
        """Make HTML for a moment; True if it is complete, and on the clipboard."""
        end = perf_counter() + _HTML_SECONDS
        for piece in self._pieces:
            self._html.append(piece)
            if perf_counter() >= end:
                return False
        if self._html:
            self._formats["text/html"] = "".join(self._html)
        self._put()
        return True

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
            lines.append(state_note(message.state))
        if ended and message.failure is not None:
            words = self._describe(message.failure)
            lines += [words.summary, words.hint]
        return "\n".join(line for line in lines if line)

    def _name(self, message: Message) -> str:
        user = message.role is Role.USER
        return tr("You") if user else message.model or tr("Assistant")


def _alone(snippet: Snippet) -> Excerpt:
    return (Extract("", passages=(Passage(snippet),)),)

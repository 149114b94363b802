# SPDX-License-Identifier: MIT
"""Text that leaves the transcript: copies, the primary selection, everything as text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QClipboard, QGuiApplication

from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.messages import Role
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.notes import state_note
from chatglm_desktop.gui.transcript.painting import Display
from chatglm_desktop.gui.transcript.row import FailureText
from chatglm_desktop.transcript.document import Transcript
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.selection import PartKind
from chatglm_desktop.transcript.texts import selected_text


class Clipboard:
    """Copies of what ``transcript`` holds and ``display`` shows as selected."""

    def __init__(
        self,
        transcript: Transcript,
        display: Display,
        describe: Callable[[Failure], FailureText],
    ) -> None:
        self._transcript = transcript
        self._display = display
        self._describe = describe

    def selected(self) -> str:
        selection = self._display.selection
        return selected_text(self._transcript, selection) if selection is not None else ""

    def copy_selection(self) -> None:
        """Copy what is selected, if anything is."""
        if text := self.selected():
            self.copy(text)

    def copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    def offer_primary(self) -> None:
        """Let a middle click elsewhere paste the selection, where the system knows that."""
        clipboard = QGuiApplication.clipboard()
        if clipboard.supportsSelection() and (text := self.selected()):
            clipboard.setText(text, QClipboard.Mode.Selection)

    def message(self, index: int) -> str:
        """The text of a message as it was written."""
        return self._transcript[index].text(PartKind.ANSWER)

    def everything(self) -> str:
        """All messages as text."""
        items = map(self._transcript.__getitem__, range(len(self._transcript)))
        return "\n\n".join(self.told(item, item.text(PartKind.ANSWER)) for item in items)

    def told(self, item: Item, text: str, *, ended: bool = True) -> str:
        """``text`` of a message under the name of who wrote it; if ``ended``, how it ended."""
        message = item.message
        user = message.role is Role.USER
        name = tr("You") if user else message.model or tr("Assistant")
        lines = [f"{name}:", text]
        if ended:
            lines.append(state_note(message.state))
        if ended and message.failure is not None:
            words = self._describe(message.failure)
            lines += [words.summary, words.hint]
        return "\n".join(line for line in lines if line)

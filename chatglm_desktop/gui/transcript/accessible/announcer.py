# SPDX-License-Identifier: MIT
"""Says aloud when an answer begins, waits, ends or fails; knows only the widget that speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.messages import Message, MessageState, Role
from chatglm_desktop.core.status import Loading, Status
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.rows.row import FailureText
from chatglm_desktop.gui.transcript.rows.waiting import waiting_note
from chatglm_desktop.transcript.item import Item

_LONGEST = 300
"""Characters of an answer that are said at once; all of it can be read in the list."""


class Announcer:
    """Speaks politely through ``speaker``: after what is being read, not over it."""

    def __init__(self, speaker: QWidget, describe: Callable[[Failure], FailureText]) -> None:
        self._speaker = speaker
        self._describe = describe
        self._waits: Status | None = None

    def added(self, message: Message) -> None:
        """A message was added."""
        if message.role is Role.ASSISTANT and message.state.running:
            self._say(tr("ChatGLM is answering"))

    def waits(self, item: Item) -> None:
        """A reply waits for something: told once, not with every second or percent."""
        note = waiting_note(item, self._describe)
        status = item.status
        said = replace(status, share=None) if isinstance(status, Loading) else status
        if note is not None and said != self._waits:
            self._say(f"{note.reason} {note.words}".strip())
        self._waits = said

    def ended(self, message: Message) -> None:
        """A reply is over."""
        if text := ending(message, self._describe):
            self._say(text)

    def _say(self, text: str) -> None:
        if not QAccessible.isActive():
            return
        event = QAccessibleAnnouncementEvent(self._speaker, text)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)


def ending(message: Message, describe: Callable[[Failure], FailureText]) -> str:
    """How a reply ended, in a sentence; "" while it runs."""
    match message.state:
        case MessageState.COMPLETE:
            text = " ".join(message.text.split())
            if len(text) > _LONGEST:
                text = text[:_LONGEST].rsplit(" ", 1)[0] + "…"
            return tr("ChatGLM has answered: {answer}", answer=text)
        case MessageState.STOPPED:
            return tr("The answer was stopped")
        case MessageState.FAILED:
            words = describe(message.failure).summary if message.failure is not None else ""
            return tr("The answer failed: {words}", words=words)
        case _:
            return ""

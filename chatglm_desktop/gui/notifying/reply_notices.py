# SPDX-License-Identifier: MIT
"""Tells of a reply that has ended where the user does not see it; knows no desktop."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, SignalInstance
from PySide6.QtGui import QGuiApplication

from chatglm_desktop.chat.events import MessageEnded, SessionEvent
from chatglm_desktop.core.messages import MessageState
from chatglm_desktop.gui.strings import tr

if TYPE_CHECKING:
    from chatglm_desktop.chat.conversations import Library
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.workspace import Workspace

ACTIVE = Qt.ApplicationState.ApplicationActive


class Notifier(Protocol):
    """Shows one notice at a time; ``clicked(id)`` is emitted when the user wants to see more."""

    @property
    def clicked(self) -> SignalInstance: ...

    def tell(self, conversation_id: str, title: str, text: str) -> None:
        """Show a notice instead of the one before."""

    def withdraw(self) -> None:
        """Nobody needs the notice any more, if there is one."""


class ReplyNotices(QObject):
    """Ties what ``library`` tells to ``notifier``, as long as ``wanted()``.

    Of a conversation only its title is told: others may see the screen. ``state`` says whether
    the user is in this program at all.
    """

    def __init__(
        self,
        window: MainWindow,
        workspace: Workspace,
        library: Library,
        tasks: Tasks,
        *,
        notifier: Notifier,
        wanted: Callable[[], bool],
        state: Callable[[], Qt.ApplicationState] = QGuiApplication.applicationState,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._library = library
        self._tasks = tasks
        self._notifier = notifier
        self._wanted = wanted
        self._state = state
        library.events.connect(self._hear)
        notifier.clicked.connect(self._bring)

    def _hear(self, news: tuple[str, SessionEvent]) -> None:
        conversation_id, event = news
        if isinstance(event, MessageEnded) and self._wanted() and self._hidden(conversation_id):
            match event.message.state:
                case MessageState.COMPLETE:
                    self._tell(conversation_id, tr("The reply is there."))
                case MessageState.FAILED:
                    self._tell(conversation_id, tr("The reply has failed."))
                case _:
                    pass  # the user has stopped it, or ends the program

    def _hidden(self, conversation_id: str) -> bool:
        seen = self._state() == ACTIVE and conversation_id in self._workspace.places.visible()
        return not seen and conversation_id in self._library

    def _tell(self, conversation_id: str, text: str) -> None:
        title = " ".join(self._workspace.title(conversation_id).split())
        self._notifier.tell(conversation_id, title, text)

    def _bring(self, conversation_id: str) -> None:
        self._notifier.withdraw()
        if conversation_id not in self._workspace.places.windows:
            self._window.bring_to_front()
        self._tasks.spawn(self._show(conversation_id), name=f"show {conversation_id}")

    async def _show(self, conversation_id: str) -> None:
        await self._library.summaries([conversation_id])
        if conversation_id in self._library:
            await self._workspace.bring(conversation_id)

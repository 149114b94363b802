# SPDX-License-Identifier: MIT
"""Which conversations stream, have failed, or hold something unread; knows no page."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import TYPE_CHECKING

from chatglm_desktop.chat.events import (
    AskedAgain,
    BranchChanged,
    MessageAdded,
    MessageEnded,
    SessionEvent,
)
from chatglm_desktop.core.messages import MessageState

if TYPE_CHECKING:
    from chatglm_desktop.chat.conversations import Library
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.widgets.badge import Badge


class Marks:
    """Keeps the badges of tabs and list true to what the library tells.

    ``visible`` names the conversations on the screen: what happens there is seen as it happens.
    """

    def __init__(
        self, window: MainWindow, library: Library, visible: Callable[[], Container[str]]
    ) -> None:
        self._window = window
        self._library = library
        self._visible = visible
        self._badges: dict[str, Badge] = {}
        library.events.connect(self._hear)

    def badge(self, conversation_id: str) -> Badge:
        """How the conversation is marked."""
        return self._badges.get(conversation_id, "none")

    def seen(self, conversation_id: str) -> None:
        """The user looks at it; only a reply that still runs stays marked."""
        if self.badge(conversation_id) != "streaming":
            self._badges.pop(conversation_id, None)
            self.show()

    def show(self) -> None:
        """Give all badges to tabs and list."""
        for id in self._window.tabs.ids():
            self._window.tabs.set_badge(id, self.badge(id))
        self._window.sidebar.set_marks(
            self._having("streaming"), self._having("unread"), self._having("failed")
        )

    def _hear(self, news: tuple[str, SessionEvent]) -> None:
        conversation_id, event = news
        match event:
            case MessageAdded(message) | AskedAgain(message) if message.state.running:
                self._badges[conversation_id] = "streaming"
            case BranchChanged(history) if any(m.state.running for m in history.messages[-1:]):
                self._badges[conversation_id] = "streaming"
            case MessageEnded() if self._runs(conversation_id):
                # Of several answers that are compared others still arrive.
                self._badges[conversation_id] = "streaming"
            case MessageEnded(message):
                self._end(conversation_id, message.state)
            case _:
                return
        self.show()

    def _runs(self, conversation_id: str) -> bool:
        session = self._library.session(conversation_id)
        return session is not None and session.running

    def _end(self, conversation_id: str, state: MessageState) -> None:
        if conversation_id in self._visible() or conversation_id not in self._library:
            self._badges.pop(conversation_id, None)
        else:
            failed = state is MessageState.FAILED
            self._badges[conversation_id] = "failed" if failed else "unread"

    def _having(self, badge: Badge) -> frozenset[str]:
        return frozenset(id for id, its_badge in self._badges.items() if its_badge == badge)

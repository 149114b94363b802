# SPDX-License-Identifier: MIT
"""Between a session that compares and the page that shows it; decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatglm_desktop.chat.events import (
    ComparisonChanged,
    DeltaArrived,
    MessageEnded,
    SessionEvent,
    StatusChanged,
)

if TYPE_CHECKING:
    from chatglm_desktop.chat.session import ChatSession
    from chatglm_desktop.gui.comparing.view import ComparingView
    from chatglm_desktop.gui.conversation_page import ConversationPage
    from chatglm_desktop.gui.theme.manager import ThemeManager


class ComparingControl(QObject):
    """Owned by the page; call :meth:`close` before it goes."""

    def __init__(self, session: ChatSession, page: ConversationPage, themes: ThemeManager) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self._themes = themes
        self.view: ComparingView | None = None
        session.events.connect(self._hear)
        self._show()

    def close(self) -> None:
        """Stop listening."""
        self._session.events.disconnect(self._hear)

    def _show(self) -> None:
        """Show what the session compares, or the conversation."""
        comparison = self._session.comparison
        if comparison is None:
            self.view = None
        else:
            from chatglm_desktop.gui.comparing.view import ComparingView

            self.view = ComparingView(
                self._themes, comparison.question, self._session.compared(), self._page.looks
            )
            for column in self.view.columns.values():
                column.transcript.set_zoom(self._page.transcript.zoom)
            self.view.stop_wanted.connect(self._session.stop)
            self.view.keep_wanted.connect(self._session.keep)
        self._page.show_comparison(self.view)

    def _hear(self, event: SessionEvent) -> None:
        if isinstance(event, ComparisonChanged):
            self._show()
        elif self.view is not None:
            columns = self.view.columns
            match event:
                case DeltaArrived(id, delta) if id in columns:
                    columns[id].take(delta)
                case StatusChanged(id, status) if id in columns:
                    columns[id].set_status(status)
                case MessageEnded(reply) if reply.id in columns:
                    columns[reply.id].end(reply)
                case _:
                    pass

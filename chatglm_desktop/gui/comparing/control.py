# SPDX-License-Identifier: MIT
"""Between a session that compares and the page that shows it; decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatglm_desktop.chat.events import (
    AskedAgain,
    ComparisonChanged,
    DeltaArrived,
    MessageEnded,
    SessionEvent,
    StatusChanged,
)
from chatglm_desktop.core.accounts import DEMO, Setup

if TYPE_CHECKING:
    from chatglm_desktop.chat.comparison import Comparison
    from chatglm_desktop.chat.session import ChatSession
    from chatglm_desktop.gui.comparing.view import ComparingView
    from chatglm_desktop.gui.conversation_page import ConversationPage
    from chatglm_desktop.gui.theme.manager import ThemeManager
    from chatglm_desktop.gui.transcript.view import TranscriptView
    from chatglm_desktop.gui.zoom import Zoom


class ComparingControl(QObject):
    """Owned by the page; call :meth:`close` before it goes."""

    def __init__(
        self, session: ChatSession, page: ConversationPage, themes: ThemeManager, zoom: Zoom
    ) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self._themes = themes
        self._zoom = zoom
        self.view: ComparingView | None = None
        session.events.connect(self._hear)
        zoom.changed.connect(self._enlarge)
        self._show()

    def close(self) -> None:
        """Stop listening."""
        self._session.events.disconnect(self._hear)
        self._zoom.changed.disconnect(self._enlarge)

    def _show(self) -> None:
        """Show what the session compares, or the conversation."""
        comparison = self._session.comparison
        self.view = None if comparison is None else self._new_view(comparison)
        self._page.show_comparison(self.view)

    def _new_view(self, comparison: Comparison) -> ComparingView:
        from chatglm_desktop.gui.comparing.view import ComparingView

        view = ComparingView(
            self._themes, comparison.question, self._session.compared(), self._page.looks
        )
        for column in view.columns.values():
            self._connect(column.transcript)
        view.stop_wanted.connect(self._session.stop)
        view.keep_wanted.connect(self._session.keep)
        return view

    def _connect(self, transcript: TranscriptView) -> None:
        """What is done in a column has the effect that it has in the conversation."""
        page = self._page
        transcript.set_zoom(self._zoom.factor)
        transcript.zoom_wanted.connect(self._zoom.step)
        transcript.action_requested.connect(self._act)
        transcript.link_activated.connect(page.link_activated)
        transcript.link_doubted.connect(page.doubt_link)
        transcript.quote_wanted.connect(page.composer.quote)
        transcript.pasted.connect(page.composer.insert)
        transcript.told.connect(page.transcript.told)

    def _enlarge(self, factor: float) -> None:
        if self.view is not None:
            for column in self.view.columns.values():
                column.transcript.set_zoom(factor)

    def _act(self, message_id: str, action: str) -> None:
        """A button in a column: what asks again asks for this one answer."""
        session = self._session
        match action:
            case "retry" | "demo":
                if session.can_retry(message_id):
                    session.retry(message_id, Setup(DEMO.id) if action == "demo" else None)
            case "choose_model":
                self._page.verb_wanted.emit(message_id, "retry_with")
            case "choose_service":
                self._page.service_wanted.emit(message_id)
            case "retry_now":
                session.retry_now()
            case "stop":
                session.stop(message_id)
            case _:
                (reply,) = (reply for reply in session.compared() if reply.id == message_id)
                if reply.failure is not None:
                    self._page.help(reply.failure, action)

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
                case AskedAgain(reply) if reply.id in columns:
                    columns[reply.id].begin(reply)
                    self.view.set_running(True)
                case MessageEnded(reply) if reply.id in columns:
                    columns[reply.id].end(reply)
                    self.view.set_running(self._session.running)
                case _:
                    pass

# SPDX-License-Identifier: MIT
"""Reads conversations that are to be shown, each once at a time; gives none a place."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from chatglm_desktop.core.errors import StoreError

if TYPE_CHECKING:
    from chatglm_desktop.chat.conversations import Library
    from chatglm_desktop.chat.session import ChatSession
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.tabs import Anchor
    from chatglm_desktop.gui.workspace.opening_marks import OpeningMarks

log = logging.getLogger(__name__)

HARMLESS_AFTER_MS = 1500
"""How long a conversation must have been shown to be no cause of a crash."""


class Loading(QObject):
    """Emits ``doubted(id)`` instead of reading one that may have ended the program last time.

    ``take(session, position)`` gets what was read; ``position`` is that of the message at which
    the user stopped reading (``anchor(id)``) if it is not a new one. ``loaded(id)`` is emitted a
    frame later, ``lost(id)`` for one that cannot be read.
    """

    doubted = Signal(str)
    loaded = Signal(str)
    lost = Signal(str)

    def __init__(
        self,
        parent: QObject,
        library: Library,
        tasks: Tasks,
        marks: OpeningMarks,
        *,
        anchor: Callable[[str], Anchor | None],
        take: Callable[[ChatSession, int | None], None],
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._marks = marks
        self._anchor = anchor
        self._take = take
        self._suspects = marks.take_suspects()
        self._running: dict[str, asyncio.Task[None]] = {}

    def want(self, conversation_id: str) -> None:
        """Read a conversation, unless it is being read or the user has to be asked first."""
        if conversation_id in self._suspects:
            self.doubted.emit(conversation_id)
        elif conversation_id not in self._running:
            self._running[conversation_id] = self._tasks.spawn(
                self._load(conversation_id), name=f"open {conversation_id}"
            )

    def trust(self, conversation_id: str) -> None:
        """The user wants to see a conversation all the same."""
        self._suspects -= {conversation_id}
        self.want(conversation_id)

    async def finish(self) -> None:
        """Wait until all that is wanted has been read."""
        while self._running:
            await asyncio.wait(self._running.values())

    async def _load(self, conversation_id: str) -> None:
        try:
            found = await self._read(conversation_id)
            if found is not None:
                self._take(*found)
                # A long conversation takes a frame to take in, and one to show.
                await asyncio.sleep(0)
        finally:
            self._running.pop(conversation_id)
        if found is None:
            self._marks.end(conversation_id)
            self.lost.emit(conversation_id)
            return
        self.loaded.emit(conversation_id)
        QTimer.singleShot(HARMLESS_AFTER_MS, self, lambda: self._marks.end(conversation_id))

    async def _read(self, conversation_id: str) -> tuple[ChatSession, int | None] | None:
        try:
            self._marks.begin(conversation_id)
            session = await self._library.open(conversation_id)
            return session, await self._position(session)
        except (StoreError, KeyError) as error:
            log.info("conversation %s cannot be opened: %s", conversation_id, error)
            return None

    async def _position(self, session: ChatSession) -> int | None:
        anchor = self._anchor(session.id)
        if anchor is None or any(m.id == anchor.message_id for m in session.history.messages):
            return None
        return await self._library.position_of(session.id, anchor.message_id)

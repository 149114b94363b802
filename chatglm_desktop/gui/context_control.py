# SPDX-License-Identifier: MIT
"""Tells the composer how much of the model's context is taken; counts nothing itself."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatglm_desktop.chat.context_meter import ContextMeter
from chatglm_desktop.core.errors import StoreError

if TYPE_CHECKING:
    from chatglm_desktop.chat.session import ChatSession
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.gui.composer import Composer

log = logging.getLogger(__name__)


class ContextControl(QObject):
    """Measures when something is written, and not where the model's limit is not known."""

    def __init__(self, session: ChatSession, composer: Composer, tasks: Tasks) -> None:
        super().__init__(composer)
        self._session = session
        self._composer = composer
        self._tasks = tasks
        self._meter = ContextMeter(session)
        self._limit = 0
        self._stale = True
        self._measuring = False
        self._closed = False
        composer.text_changed.connect(self._measure_soon)

    def close(self) -> None:
        """Measure no more."""
        self._closed = True

    def set_limit(self, tokens: int) -> None:
        """So many tokens fit, or that is not known (0)."""
        if tokens != self._limit:
            self._limit = tokens
            self._composer.set_context(0, tokens)
            self.forget()

    def forget(self) -> None:
        """The conversation has changed."""
        self._stale = True
        self._measure_soon()

    def _measure_soon(self) -> None:
        wanted = self._stale and self._limit > 0 and self._composer.text() != ""
        if wanted and not self._measuring and not self._closed:
            self._measuring = True
            self._tasks.spawn(self._measure(), name=f"measure {self._session.id}")

    async def _measure(self) -> None:
        """Until nothing has changed meanwhile."""
        try:
            while self._stale and not self._closed:
                self._stale = False
                limit = self._limit
                used = await self._meter.used(limit)
                if not self._closed and limit == self._limit:
                    self._composer.set_context(used, limit)
        except StoreError as error:
            log.info("the conversation cannot be measured: %s", error)
        finally:
            self._measuring = False

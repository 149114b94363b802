# SPDX-License-Identifier: MIT
"""One reply from its question's saving to its own end; knows nothing of other messages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from chatglm_desktop.chat.events import SessionEvent, StatusChanged
from chatglm_desktop.chat.journal import Journal
from chatglm_desktop.chat.running_reply import RunningReply
from chatglm_desktop.core.errors import ChatError, Failure, StoreError
from chatglm_desktop.core.messages import Message, MessageState

if TYPE_CHECKING:
    from chatglm_desktop.chat.service import Service
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.journal import JournalEntry
    from chatglm_desktop.store import Store

log = logging.getLogger(__name__)


class ReplyRun:
    """``emit`` hears what watchers are to hear, ``tell`` what the store refused.

    ``elapsed`` gives seconds and never goes back.
    """

    def __init__(
        self,
        message: Message,
        service: Service,
        *,
        store: Store,
        tasks: Tasks,
        emit: Callable[[SessionEvent], None],
        tell: Callable[[StoreError], None],
        elapsed: Callable[[], float],
    ) -> None:
        self._store = store
        self._tell = tell
        self._journal = Journal(
            self._write_journal, lambda work: tasks.spawn(work, name=f"journal {message.id}")
        )
        self._reply = RunningReply(message, service, self._journal.note, emit, elapsed)
        self._task: asyncio.Task[None] | None = None
        self._stop_requested = False

    @property
    def id(self) -> str:
        return self._reply.id

    @property
    def status(self) -> StatusChanged | None:
        """What the reply waits for, as it was last told."""
        status = self._reply.status
        return None if status is None else StatusChanged(self.id, status)

    @property
    def message(self) -> Message:
        """The reply with what has arrived so far."""
        return self._reply.message(MessageState.STREAMING)

    def hurry(self) -> None:
        """Try again at once where the reply waits for its next try."""
        self._reply.hurry()

    def stop(self) -> None:
        """End it; what arrived is kept."""
        if self._task is not None:
            self._task.cancel()
        else:
            # The question is still being saved: that must not be interrupted.
            self._stop_requested = True

    async def run(
        self,
        saved: Awaitable[object],
        load: Callable[[int, int], Awaitable[tuple[Message, ...]]],
        length: int,
        *,
        ended: Callable[[Message], None],
        write: Callable[[Message], Awaitable[object]],
    ) -> None:
        """Stream when all is ``saved``, and end in exactly one way, of which ``ended`` is told.

        The reply is to the first ``length`` messages that ``load(first, count)`` gives. ``write``
        saves its final version.
        """
        state, failure, bug = MessageState.COMPLETE, None, None
        try:
            await saved
            if self._stop_requested:
                state = MessageState.STOPPED
            else:
                self._task = asyncio.current_task()
                await self._reply.stream(load, length)
        except asyncio.CancelledError:
            state = MessageState.STOPPED
        except ChatError as error:
            state, failure = MessageState.FAILED, error.failure
            log.info("reply failed: %s", error)
        except StoreError as error:
            state, failure = MessageState.FAILED, Failure("ChatError", details=str(error))
            self._tell(error)
        except Exception as error:  # noqa: BLE001 # the outermost frame of a reply
            # A bug must not cost the text that has come: it is saved first, then raised again.
            state, failure, bug = MessageState.FAILED, Failure("ChatError"), error
        finally:
            self._task = None
        final = self._reply.message(state, failure)
        try:
            ended(final)
        finally:
            await self._journal.close()
            await write(final)
        if bug is not None:
            raise bug

    async def _write_journal(self, entries: Sequence[JournalEntry]) -> None:
        try:
            await self._store.append_journal(self.id, entries)
        except StoreError as error:
            self._tell(error)

# SPDX-License-Identifier: MIT
"""Asks from the command line within a saved conversation, as the window would; no window."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING

from chatglm_desktop.chat.conversations import Library
from chatglm_desktop.chat.events import (
    DeltaArrived,
    MessageEnded,
    SavingFailed,
    SessionEvent,
    StatusChanged,
)
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.errors import ChatError, StoreError, failure_kind
from chatglm_desktop.core.messages import Message, MessageState
from chatglm_desktop.store import Store
from chatglm_desktop.terminal.asking import fitted, printer_for, question_of
from chatglm_desktop.terminal.conversations import conversation_named
from chatglm_desktop.terminal.neighbour import tell_changed

if TYPE_CHECKING:
    from chatglm_desktop.chat.service import Service
    from chatglm_desktop.chat.session import ChatSession
    from chatglm_desktop.services import Services
    from chatglm_desktop.settings.paths import Paths
    from chatglm_desktop.terminal.printers import Printer
    from chatglm_desktop.terminal.verbs import Ask


async def ask(services: Services, chosen: Setup | None, asked: Ask, paths: Paths) -> int:
    """Stream the answer to stdout and keep it. Returns 0 for a whole answer, else 1.

    ``chosen`` answers instead of what the conversation is set up for. Raises StoreErrors, and
    NotConfigured for a conversation that is not there.
    """
    question = question_of(asked)
    bugs: list[BaseException] = []
    tasks = Tasks(bugs.append)

    def service(setup: Setup) -> Service:
        return fitted(services.service(chosen or setup), asked)

    store = await Store.open(paths.database)
    try:
        library = Library(store, service, tasks)
        await library.load()
        if asked.save:
            session = library.new()
        else:
            session = await library.open(await conversation_named(store, asked.conversation))
        answer = _Answer(session, printer_for(asked, sys.stdout, sys.stderr))
        session.send(question)
        try:
            await session.settled()
        except asyncio.CancelledError:
            # Ctrl-C: what arrived is kept, as in the window.
            session.stop()
            await tasks.finish()
            raise
        await tasks.finish()
    finally:
        await store.close()
        await asyncio.to_thread(tell_changed, paths)
    if bugs:
        raise bugs[0]
    if answer.unsaved is None:
        _tell_where(session.id, asked)
    return answer.tell_end()


class _Answer:
    """Prints what a session tells of its reply; ``unsaved`` is why it was not saved, if so."""

    def __init__(self, session: ChatSession, printer: Printer) -> None:
        self._printer = printer
        self._final: Message | None = None
        self.unsaved: StoreError | None = None
        session.events.connect(self._hear)

    def tell_end(self) -> int:
        """Print how it ended; returns the exit code. Raises the StoreError if it was not saved."""
        final = self._final
        if final is not None and final.failure is not None:
            self._printer.fail(_error(final))
            return 1
        self._printer.end()
        if self.unsaved is not None:
            raise self.unsaved
        return 0 if final is not None and final.state is MessageState.COMPLETE else 1

    def _hear(self, event: SessionEvent) -> None:
        match event:
            case DeltaArrived(_, delta):
                self._printer.take(delta)
            case StatusChanged(_, status):
                self._printer.wait(status)
            case MessageEnded(message):
                self._final = message
            case SavingFailed(error):
                self.unsaved = error
            case _:
                pass


def _error(message: Message) -> ChatError:
    """The error of which a failed reply tells."""
    failure = message.failure
    assert failure is not None
    return failure_kind(failure)(
        failure.words,
        http_status=failure.status,
        details=failure.details,
        retry_after=failure.retry_after,
        host=failure.host,
        code=failure.code,
    )


def _tell_where(conversation_id: str, asked: Ask) -> None:
    """Say which conversation was made, for another question in it."""
    if asked.json:
        line = {"type": "saved", "conversation": conversation_id}
        print(json.dumps(line), flush=True)
    elif asked.save:
        print(f"\nSaved as {conversation_id}.", file=sys.stderr, flush=True)

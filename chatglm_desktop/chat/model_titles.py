# SPDX-License-Identifier: MIT
"""Asks the model for a title after the first exchange, if the user wants that; saves nothing."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

from chatglm_desktop.chat.events import MessageAdded, MessageEnded, SessionEvent
from chatglm_desktop.chat.retries import NEVER
from chatglm_desktop.chat.titles import title_from
from chatglm_desktop.chat.waiting import Waiting
from chatglm_desktop.core.errors import ChatError
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart

if TYPE_CHECKING:
    from chatglm_desktop.chat.conversations import Library
    from chatglm_desktop.chat.service import Service
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.history import History

log = logging.getLogger(__name__)

TIME = 20.0
"""Seconds after which a title is given up."""

_SAID = 800
"""Characters of the question, and of the answer, that are sent."""

_LONGEST = 200
"""Characters after which a reply is no title."""

_REQUEST = (
    "Write a title for this conversation, in its own language: at most 6 words or 12 Chinese"
    " characters, without quotation marks. Reply with the title only.\n\n"
)
_SHORT = Generation(temperature=0.2, max_tokens=60, thinking="off", web_search=False)
_NAMES = ("title:", "title：", "标题：", "标题:")


class ModelTitles:
    """Hears of all conversations; ``wanted`` tells whether the user wants such titles.

    One request for a conversation, through the service that has just answered in it, and only
    while nothing else is asked: what the user waits for comes first. Any failure is silent.
    """

    def __init__(self, library: Library, tasks: Tasks, wanted: Callable[[], bool]) -> None:
        self._library = library
        self._tasks = tasks
        self._wanted = wanted
        self._asking: set[asyncio.Task[None]] = set()
        library.events.connect(self._hear)

    def _hear(self, news: tuple[str, SessionEvent]) -> None:
        id, event = news
        match event:
            case MessageAdded():
                for task in self._asking:
                    task.cancel()
            case MessageEnded(message) if message.state is MessageState.COMPLETE:
                self._ended(id)
            case _:
                pass

    def _ended(self, id: str) -> None:
        summary, session = self._library.summary(id), self._library.session(id)
        if summary is None or session is None or summary.titled_by_user:
            return
        if session.running or session.comparison is not None:
            return
        if session.history.length == 2 and self._wanted():
            service = self._library.service(session)
            work = self._ask(id, service, session.history)
            task = self._tasks.spawn(work, name=f"title {id}", needed=False)
            self._asking.add(task)
            task.add_done_callback(self._asking.discard)

    async def _ask(self, id: str, service: Service, history: History) -> None:
        try:
            async with asyncio.timeout(TIME):
                title = await title_of(service, history)
        except (ChatError, TimeoutError) as error:
            log.info("no title from the model: %s", error)
            return
        if title:
            self._library.name(id, title)


async def title_of(service: Service, history: History) -> str:
    """What the model calls the exchange, "" if that is no title. Raises ChatErrors."""
    asked, answered = (message.text[:_SAID] for message in history.messages)
    text = f"{_REQUEST}{asked}\n\n---\n\n{answered}"
    question = Message(uuid.uuid4().hex, Role.USER, (TextPart(text),), 0.0)
    quick = replace(service, generation=_SHORT, backoff=NEVER)
    said = ""
    async with aclosing(quick.stream([question], Waiting(lambda _: None))) as deltas:
        async for delta in deltas:
            if isinstance(delta, str):
                said += delta
            if len(said) > _LONGEST:
                return ""
    return tidied(said)


def tidied(said: str) -> str:
    """A title without the words and marks that models put around one."""
    title = title_from(said)
    for name in _NAMES:
        if title.lower().startswith(name):
            title = title[len(name) :]
    return title.strip(" \"'“”‘’「」『』《》*_`。.")

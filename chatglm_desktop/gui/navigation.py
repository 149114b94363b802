# SPDX-License-Identifier: MIT
"""Finds in one conversation, steps through its questions, recalls them; knows no pixels or SQL."""

from __future__ import annotations

import logging
from bisect import bisect_left, bisect_right
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias, assert_never

from PySide6.QtCore import QObject, QRect, QRectF, Signal

from chatglm_desktop.chat.events import (
    BranchChanged,
    MessageAdded,
    MessageDeleted,
    MessageEnded,
    SessionEvent,
)
from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.transcript.finding import Findings, Landing, Match

if TYPE_CHECKING:
    import asyncio

    from chatglm_desktop.chat.conversations import Library
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.history import Prompt
    from chatglm_desktop.gui.conversation_page import ConversationPage

log = logging.getLogger(__name__)

Step: TypeAlias = Literal[
    "find", "find_next", "find_previous", "outline", "next_question", "previous_question"
]


class Navigation(QObject):
    """Belongs to ``page``. Emits ``failed(StoreError)`` when the store could not be asked, and
    ``told(text)`` where nothing can be found: while answers stand side by side.
    """

    failed = Signal(object)
    told = Signal(str)

    def __init__(
        self,
        conversation_id: str,
        page: ConversationPage,
        library: Library,
        tasks: Tasks,
    ) -> None:
        super().__init__(page)
        self._id = conversation_id
        self._page = page
        self._view = page.transcript
        self._library = library
        self._tasks = tasks
        self._bar = page.find_bar
        self._findings = Findings()
        self._match: Match | None = None
        self._search: asyncio.Task[None] | None = None
        self._closed = False
        self._connect()

    def _connect(self) -> None:
        self._bar.query_changed.connect(self._look_for)
        self._bar.step_wanted.connect(self._step)
        self._bar.closed.connect(self._leave)
        self._page.question_chosen.connect(self._view.to_message)
        self._page.composer.recall.wanted.connect(partial(self._ask, self._recall))
        self._view.finder.counted.connect(self._correct)
        self._view.finder.landed.connect(self._take_landing)
        self._view.finder.changed.connect(self._uncover)
        self._library.events.connect(self._hear)

    def close(self) -> None:
        """The page is about to go."""
        self._closed = True
        if self._search is not None:
            self._search.cancel()
        self._library.events.disconnect(self._hear)

    def go(self, step: Step) -> None:
        """Do what a key asks for."""
        if self._page.comparing:
            self._refuse()
            return
        match step:
            case "find":
                self._bar.open_with(_one_line(self._view.clipboard.selected()))
            case "find_next":
                self._step(1)
            case "find_previous":
                self._step(-1)
            case "outline":
                self._ask(self._show_outline)
            case "next_question":
                self._ask(partial(self._to_question, 1))
            case "previous_question":
                self._ask(partial(self._to_question, -1))
            case _:
                assert_never(step)

    def land(self, landing: Landing) -> None:
        """Go to what a search in all conversations has found, and go on from there with keys."""
        if self._page.comparing:
            self._refuse()
            return
        self._match = None
        if landing.text:
            self._bar.show_with(landing.text)
            self._search_again(jump=False)
        elif self._bar.isVisible():
            self._bar.close_bar()
        self._view.finder.land(landing)

    def _refuse(self) -> None:
        """The messages are out of sight: to go to one of them would show nothing."""
        self.told.emit(tr("Keep one of the answers first; then the conversation can be searched."))

    def _take_landing(self, position: int, ordinal: int) -> None:
        self._match = Match(position, ordinal)
        self._count()

    def _uncover(self) -> None:
        """The first lines cannot be scrolled out from under the bar: it makes way."""
        match = self._view.finder.current()
        lines = () if match is None else (match.anchor, match.head)
        rects = [rect for rect in map(self._view.places.caret_rect, lines) if rect is not None]
        if not rects:
            self._bar.stay_clear_of(None)
            return
        shown = rects[0].united(rects[-1])
        zoom = self._view.zoom
        scaled = QRectF(shown.topLeft() * zoom, shown.size() * zoom).toAlignedRect()
        corner = self._view.viewport().mapTo(self._page, scaled.topLeft())
        self._bar.stay_clear_of(QRect(corner, scaled.size()))

    def _look_for(self, text: str) -> None:
        self._view.finder.look_for(text)
        self._match = None
        self._search_again(jump=True)

    def _search_again(self, *, jump: bool) -> None:
        if self._search is not None:
            self._search.cancel()
        self._search = self._ask(partial(self._find, self._bar.query(), jump=jump))

    async def _find(self, query: str, *, jump: bool) -> None:
        found = Findings(await self._library.find(self._id, query)) if query else Findings()
        if self._closed or query != self._bar.query():
            return
        self._findings = found
        if jump and self._findings.total:
            self._step(1)
        else:
            self._count()

    def _step(self, by: int) -> None:
        if self._bar.isHidden():
            self._bar.open_with()
            if self._bar.query():
                self._look_for(self._bar.query())
            return
        self._match = self._findings.step(self._match, by, near=self._view.position)
        if self._match is not None:
            self._view.finder.show(self._match)
        self._count()

    def _correct(self, position: int, count: int) -> None:
        """A message shows other matches than its source holds."""
        self._findings = self._findings.counted(position, count)
        if count and self._match is not None and self._match.position == position:
            self._match = Match(position, min(self._match.ordinal, count - 1))
        self._count()

    def _count(self) -> None:
        number = 0 if self._match is None else self._findings.number(self._match) + 1
        self._bar.show_count(min(number, self._findings.total), self._findings.total)

    def _leave(self) -> None:
        """Finding is over: the match is selected, to copy it or read on from it."""
        selection = self._view.finder.current()
        self._view.finder.look_for("")
        self._findings, self._match = Findings(), None
        if selection is not None:
            self._view.selecting.select(selection)
        self._view.setFocus()

    def _hear(self, news: tuple[str, SessionEvent]) -> None:
        conversation_id, event = news
        # Not whether it is visible: its tab may be behind another one.
        if conversation_id != self._id or self._bar.isHidden():
            return
        match event:
            case MessageAdded() | MessageEnded():
                self._search_again(jump=False)
            case MessageDeleted() | BranchChanged():
                # Matches are at other positions now: none of them is the current one.
                self._view.finder.look_for(self._bar.query())
                self._match = None
                self._search_again(jump=False)
            case _:
                pass

    async def _show_outline(self) -> None:
        prompts = await self._library.prompts(self._id)
        if prompts and not self._closed and self._page.isVisible():
            self._page.show_outline(prompts)

    async def _recall(self) -> None:
        asked = await self._library.questions(self._id)
        if not self._closed:
            self._page.composer.recall.take(asked)

    async def _to_question(self, by: int) -> None:
        prompts = await self._library.prompts(self._id)
        if self._closed:
            return
        target = question_beside(prompts, self._view.position, self._view.at_start_of_message, by)
        if target is not None:
            self._view.to_message(target)
        elif by > 0:
            self._view.to_end()

    def _ask(self, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        async def guarded() -> None:
            try:
                await work()
            except StoreError as error:
                log.info("the conversation cannot be searched: %s", error)
                if not self._closed:
                    self.failed.emit(error)

        return self._tasks.spawn(guarded(), name=f"navigate {self._id}")


def question_beside(prompts: list[Prompt], position: int, at_start: bool, by: int) -> int | None:
    """The position of the question before (-1) or after (1) what is at the top of the view.

    ``at_start``: the view begins with the message at ``position``, not within it.
    """
    positions = [prompt.position for prompt in prompts]
    if by > 0:
        after = bisect_right(positions, position)
        return positions[after] if after < len(positions) else None
    before = bisect_left(positions, position if at_start else position + 1) - 1
    return positions[before] if before >= 0 else None


def _one_line(text: str) -> str:
    """What of a selection is likely to be looked for."""
    line = text.strip()
    return line if line and "\n" not in line and len(line) <= 100 else ""

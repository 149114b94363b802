# SPDX-License-Identifier: MIT
"""The search of the real window with one who looks as slowly, and fails, as the test wants."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.errors import DiskFull
from chatglm_desktop.core.messages import Role
from chatglm_desktop.core.search import Hit, Indexing, SearchOrder
from chatglm_desktop.gui.search.control import SearchControl
from chatglm_desktop.gui.search.landing import Lander
from chatglm_desktop.gui.search.panel import SearchPanel
from chatglm_desktop.gui.search.searcher import PAGE
from chatglm_desktop.gui.search.switch_rows import SwitchRow
from chatglm_desktop.gui.search.switcher import Switcher
from tests.helpers.widgets import child

if TYPE_CHECKING:
    from tests.helpers.theatre import Play, Theatre


class Slow:
    """Answers when the test lets it."""

    def __init__(self) -> None:
        self.indexing = Indexing(0, 0)
        self.asked: list[tuple[str, Hit | None]] = []
        self.go = asyncio.Event()
        self.error: DiskFull | None = None

    async def find(
        self, text: str, order: SearchOrder, limit: int = PAGE, after: Hit | None = None
    ) -> tuple[Hit, ...]:
        self.asked.append((text, after))
        await self.go.wait()
        if self.error is not None:
            raise self.error
        count = 3 if after else PAGE
        return tuple(
            Hit("gone", f"{text}{n}", text, Role.USER, 1.0, text, ((0, 1),), "text")
            for n in range(count)
        )

    async def switch(self, text: str, limit: int) -> tuple[ConversationSummary, ...]:
        raise DiskFull


class Bench:
    """A control of its own beside that of the program."""

    def __init__(self, play: Play) -> None:
        play.window.search_requested.disconnect()
        play.window.switch_requested.disconnect()
        self.slow = Slow()
        lander = Lander(play.window, play.workspace, play.conversations)
        self.control = SearchControl(
            play.window, play.conversations, play.tasks, searcher=self.slow, go=lander.go
        )
        self.control.search()
        self.panel = child(play.window, SearchPanel)


def test_only_the_newest_question_is_answered(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        bench = Bench(play)
        for text in ("c", "ca", "cat"):
            bench.panel.field.setText(text)
            await asyncio.sleep(0)
        bench.slow.go.set()
        await play.until(lambda: bench.panel.hits)
        assert bench.panel.hits[0].title == "cat"
        assert bench.panel.said() == f"More than {PAGE} found"

    theatre.play(act)


def test_more_comes_when_it_is_wanted(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        bench = Bench(play)
        bench.slow.go.set()
        bench.slow.indexing = Indexing(3, 4)
        bench.panel.field.setText("cat")
        await play.until(lambda: "25%" in bench.panel.said())
        bench.panel.more_wanted.emit()
        await play.until(lambda: len(bench.panel.hits) == PAGE + 3)
        assert bench.slow.asked[-1] == ("cat", bench.panel.hits[PAGE - 1])
        bench.slow.error = DiskFull()
        bench.panel.more_wanted.emit()
        await play.until(lambda: len(bench.slow.asked) == 3)
        assert len(bench.panel.hits) == PAGE + 3

    theatre.play(act)


def test_what_goes_wrong_is_said_where_hits_would_be(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        bench = Bench(play)
        bench.slow.go.set()
        bench.slow.error = DiskFull()
        bench.panel.field.setText("cat")
        await play.until(lambda: DiskFull.summary in bench.panel.said())
        bench.control.switch()
        await play.until(lambda: not play.window.toast.isVisible())
        bench.control.switch()

    theatre.play(act)


def test_a_hit_that_is_gone_meanwhile_is_told(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        play.page.composer.set_text("hello")
        play.page.composer.submit()
        request = await play.request()
        await request.writer.text("answer")
        await request.writer.finish()
        await play.until(lambda: not play.page.composer.running)
        lander = Lander(play.window, play.workspace, play.conversations)
        hit = Hit(play.current_id, "nobody", "", Role.USER, 1.0, "x", ((0, 1),), "text")
        await lander.go(play.current_id, hit, beside=False)
        assert play.window.toast.text() == "The message is no longer there."
        await lander.go("nowhere", Hit("nowhere", "m", "", None, 1.0, "", (), "text"), beside=False)
        assert play.window.toast.text() == "The conversation is no longer there."
        assert not play.window.notice.isVisible()

    theatre.play(act)


def test_the_find_bar_makes_way_for_a_hit_in_the_first_line(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        play.page.composer.set_text("cat")
        play.page.composer.submit()
        request = await play.request()
        await request.writer.text("answer")
        await request.writer.finish()
        await play.until(lambda: not play.page.composer.running)
        question = play.page.message_ids()[0]
        hit = Hit(play.current_id, question, "", Role.USER, 1.0, "cat", ((0, 3),), "text")
        lander = Lander(play.window, play.workspace, play.conversations)
        await lander.go(play.current_id, hit, beside=False)
        view, bar = play.page.transcript, play.page.find_bar
        await play.until(lambda: view.finder.current() is not None)
        match = view.finder.current()
        assert match is not None
        rect = view.places.caret_rect(match.anchor)
        assert rect is not None
        assert bar.isVisible()
        assert bar.y() >= int(rect.bottom() * view.zoom)

    theatre.play(act)


def test_a_folder_of_the_switcher_is_searched(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        bench = Bench(play)
        bench.control.switch()
        card = child(play.window, Switcher)
        card.chosen.emit(SwitchRow("folder", "in:Work", "Work"), False)
        assert bench.panel.field.text() == "in:Work "
        bench.slow.go.set()
        await play.until(lambda: bench.panel.hits)
        bench.control.switch()

    theatre.play(act)

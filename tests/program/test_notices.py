# SPDX-License-Identifier: MIT
"""A reply that ends unseen is told of where the user wants that, by the title alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from chatglm_desktop.gui.notifying.reply_notices import ACTIVE, ReplyNotices
from chatglm_desktop.gui.notifying.tray import TrayNotifier
from tests.helpers.tabs import open_drafts
from tests.helpers.widgets import child

if TYPE_CHECKING:
    from tests.helpers.theatre import Play, Theatre


class Board(QObject):
    """A notifier that keeps what it is told."""

    clicked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, str, str]] = []
        self.withdrawn = 0

    def tell(self, conversation_id: str, title: str, text: str) -> None:
        self.told.append((conversation_id, title, text))

    def withdraw(self) -> None:
        self.withdrawn += 1


class User:
    """Whether somebody wants notices, and is in the program."""

    wants = True
    state = ACTIVE


def notices(play: Play, board: Board, user: User) -> ReplyNotices:
    return ReplyNotices(
        play.window,
        play.workspace,
        play.conversations,
        play.tasks,
        notifier=board,
        wanted=lambda: user.wants,
        state=lambda: user.state,
    )


async def answer(play: Play, text: str, *, closed: bool = False) -> str:
    """Ask in a new tab, look elsewhere, let the reply end; returns the conversation's id."""
    (id,) = open_drafts(play, text)
    page = play.page
    page.composer.submit()
    request = await play.request()
    play.workspace.new_tab()
    if closed:
        play.workspace.close(id)
    await request.writer.text("secret words")
    await request.writer.finish()
    await play.until(lambda: play.workspace.badge(id) == "unread")
    return id


def test_a_reply_that_ends_in_a_hidden_tab_is_told_of(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        board, user = Board(), User()
        notices(play, board, user)
        first = await answer(play, "one")
        closed = await answer(play, "two", closed=True)
        assert board.told == [
            (first, "one", "The reply is there."),
            (closed, "two", "The reply is there."),
        ]
        board.clicked.emit(closed)
        await play.until(lambda: play.current_id == closed)
        assert board.withdrawn == 1
        board.clicked.emit("nonsense")
        user.wants = False
        await answer(play, "three")
        assert len(board.told) == 2

    theatre.play(act)


def test_a_reply_in_front_is_told_of_when_the_user_is_elsewhere(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        board, user = Board(), User()
        notices(play, board, user)
        for state in (ACTIVE, Qt.ApplicationState.ApplicationInactive):
            user.state = state
            play.page.composer.set_text("question")
            play.page.composer.submit()
            request = await play.request()
            await request.writer.text("answer")
            await request.writer.finish()
            await play.until(lambda: not play.page.composer.running)
        assert len(board.told) == 1

    theatre.play(act)


def test_what_failed_is_told_of_and_what_was_stopped_is_not(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        board, user = Board(), User()
        notices(play, board, user)
        user.state = Qt.ApplicationState.ApplicationInactive
        play.page.composer.set_text("/demo quota")
        play.page.composer.submit()
        await play.until(lambda: board.told)
        assert [text for _, _, text in board.told] == ["The reply has failed."]

    async def stop(play: Play) -> None:
        board, user = Board(), User()
        notices(play, board, user)
        user.state = Qt.ApplicationState.ApplicationInactive
        play.page.composer.set_text("question")
        play.page.composer.submit()
        await (await play.request()).writer.text("answer")
        play.page.composer.stop_requested.emit()
        await play.until(lambda: not play.page.composer.running)
        assert not board.told

    theatre.play(act, scenario="quota")
    theatre.play(stop)


def test_the_program_tells_only_if_that_was_chosen(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        notifier = child(play.window, TrayNotifier)
        assert not play.preferences.options.notify
        await answer(play, "one")
        play.preferences.change(notify=True)
        last = await answer(play, "two")
        notifier.clicked.emit(last)
        await play.until(lambda: play.current_id == last)

    theatre.play(act)

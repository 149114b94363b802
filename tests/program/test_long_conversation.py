# SPDX-License-Identifier: MIT
"""A conversation longer than what is read at once, in the real program."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.messages import Message, Role, TextPart
from chatglm_desktop.settings.paths import Paths
from chatglm_desktop.store import branches, conversations, messages
from chatglm_desktop.store.database import open_database, transaction
from chatglm_desktop.store.functions import register

if TYPE_CHECKING:
    from tests.helpers.theatre import Play, Theatre

LENGTH = 3_000


def fill(folder: Path) -> None:
    """A conversation of questions and replies, ``m0`` to ``m2999``."""
    with closing(open_database(Paths.at(folder).database)) as connection, transaction(connection):
        conversations.create(connection, ConversationSummary("long", "Long", 0.0, 0.0))
        for number in range(LENGTH):
            role = Role.ASSISTANT if number % 2 else Role.USER
            parent = f"m{number - 1}" if number else None
            parts = (TextPart(f"Message {number}."),)
            messages.insert(connection, "long", Message(f"m{number}", role, parts, 1.0, parent))
        branches.activate(connection, "long", f"m{LENGTH - 1}")


async def opened(play: Play) -> None:
    play.workspace.open("long")
    await play.until(lambda: "long" in play.workspace.loaded() and play.page.isVisible())


def shows(play: Play, number: int) -> Callable[[], bool]:
    return lambda: f"Message {number}." in play.page.transcript.visible_text()


def test_the_oldest_messages_are_read_when_one_comes_to_them(
    theatre: Theatre, tmp_path: Path
) -> None:
    fill(tmp_path / "data")

    async def act(play: Play) -> None:
        await opened(play)
        await play.until(shows(play, LENGTH - 1))
        view = play.page.transcript
        assert len(view.contents.ids()) < LENGTH / 2
        view.verticalScrollBar().setValue(0)
        await play.until(shows(play, 0))
        view.reveal(LENGTH // 2)
        await play.until(shows(play, LENGTH // 2))
        view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
        await play.until(shows(play, LENGTH - 1))
        assert view.following

    theatre.play(act)


def test_an_old_position_is_found_after_a_restart_and_after_a_deletion(
    theatre: Theatre, tmp_path: Path
) -> None:
    fill(tmp_path / "data")

    async def first_run(play: Play) -> None:
        await opened(play)
        play.page.transcript.reveal(700)
        await play.until(lambda: shows(play, 700)() and not play.page.transcript.busy)

    async def second_run(play: Play) -> None:
        await play.until(shows(play, 700))
        view = play.page.transcript
        await play.until(lambda: not view.busy)
        anchor = view.anchor()
        session = await play.conversations.open("long")
        session.delete(f"m{LENGTH - 1}")
        await play.until(lambda: len(view.contents) == LENGTH - 1)
        assert view.anchor() == anchor
        session.undelete()
        await play.until(lambda: len(view.contents) == LENGTH and not view.busy)
        assert view.anchor() == anchor
        session.delete("m0")
        await play.until(lambda: len(view.contents) == LENGTH - 1 and not view.busy)
        assert view.anchor() == anchor

    theatre.play(first_run)
    theatre.play(second_run)


def test_messages_that_cannot_be_read_are_told_of(theatre: Theatre, tmp_path: Path) -> None:
    fill(tmp_path / "data")
    with closing(sqlite3.connect(Paths.at(tmp_path / "data").database)) as connection, connection:
        register(connection)
        connection.execute("UPDATE message SET parts = 'not json' WHERE id = 'm10'")

    async def act(play: Play) -> None:
        await opened(play)
        play.page.transcript.verticalScrollBar().setValue(0)
        await play.until(play.window.notice.isVisible)
        assert not play.page.transcript.busy

    theatre.play(act)

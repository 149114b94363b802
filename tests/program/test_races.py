# SPDX-License-Identifier: MIT
"""What quick hands and damaged files must not break, in the real program."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from chatglm_desktop.settings.paths import Paths
from chatglm_desktop.store.functions import register

if TYPE_CHECKING:
    from tests.helpers.theatre import Play, Theatre


async def turn(play: Play, question: str) -> str:
    """One whole turn in the tab in front; returns the conversation's id."""
    play.page.composer.set_text(question)
    play.page.composer.submit()
    request = await play.request()
    await request.writer.text(f"reply to {question}")
    await request.writer.finish()
    await play.until(lambda: not play.page.composer.running)
    await play.tasks.finish()
    return play.current_id


def test_what_is_typed_while_a_tab_loads_goes_to_no_other_conversation(theatre: Theatre) -> None:
    async def first_run(play: Play) -> None:
        await turn(play, "first")
        play.workspace.new_tab()
        await turn(play, "second")

    async def second_run(play: Play) -> None:
        first, second = play.window.tabs.ids()
        page = play.page
        assert play.current_id == second
        play.window.tabs.set_current(first)
        assert play.window.pages.page is not page
        await play.until(lambda: first in play.workspace.loaded())
        assert play.window.pages.page is play.workspace.page(first)

    theatre.play(first_run)
    theatre.play(second_run)


def test_a_page_that_was_closed_may_still_change(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await turn(play, "first")
        page, conversation_id = play.page, play.current_id
        page.composer.set_text("kept")
        play.workspace.close(conversation_id)
        page.composer.set_text("too late")
        await play.tasks.finish()
        assert (await play.store.drafts())[conversation_id].text == "kept"

    theatre.play(act)


def test_a_damaged_conversation_is_told_and_the_others_go_on(
    theatre: Theatre, tmp_path: Path
) -> None:
    async def first_run(play: Play) -> None:
        await turn(play, "broken")
        play.workspace.new_tab()
        await turn(play, "whole")
        play.workspace.open(play.window.tabs.ids()[0])

    async def second_run(play: Play) -> None:
        await play.until(lambda: len(play.window.tabs.ids()) == 1)
        assert "broken" in play.window.notice.text()
        await play.until(play.workspace.loaded)
        assert "reply to whole" in play.page.transcript.clipboard.everything()

    theatre.play(first_run)
    database = Paths.at(tmp_path / "data").database
    with closing(sqlite3.connect(database)) as connection, connection:
        register(connection)
        connection.execute("UPDATE message SET parts = '{' WHERE parts LIKE '%reply to broken%'")
    theatre.play(second_run)


def test_deleting_a_conversation_with_a_fresh_draft_leaves_no_ghost(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        id = await turn(play, "question")
        play.page.composer.set_text("a draft that is not saved yet")
        play.organiser.trash([id])
        await play.tasks.finish()
        assert await play.store.conversations() == []
        assert (await play.store.drafts())[id].text == "a draft that is not saved yet"
        assert play.window.notice.isHidden()

    theatre.play(act)


def test_asking_for_the_demo_twice_tries_it_once(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        play.page.composer.set_text("hello")
        play.page.composer.submit()
        await play.until(lambda: play.page.message_ids() and not play.page.composer.running)
        failed = play.page.message_ids()[-1]
        for _ in range(3):
            play.page.demo_requested.emit(failed)
        await play.until(lambda: play.page.composer.running)
        play.page.composer.stop_requested.emit()
        await play.tasks.finish()
        assert len(play.page.message_ids()) == 2

    theatre.play(act, scenario="firewall")


def test_replies_that_begin_at_once_share_one_connection_pool(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        for number in range(3):
            play.workspace.new_tab()
            play.page.composer.set_text(f"question {number}")
            play.page.composer.submit()
        requests = [await play.request() for _ in range(3)]
        await asyncio.gather(*(request.writer.finish() for request in requests))
        await play.tasks.finish()

    theatre.play(act)  # a second pool would be reported as unclosed

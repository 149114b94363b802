# SPDX-License-Identifier: MIT
"""A disk without space, and one that cannot be written: told, and nothing on the screen is lost."""

from __future__ import annotations

import sqlite3

import pytest

from chatglm_desktop.core.errors import DiskFull, StoreError, StoreReadOnly
from chatglm_desktop.store import Store
from tests.helpers.theatre import Play, Theatre


async def pragma(store: Store, name: str, value: int) -> None:
    """Change what the store's own connection may do."""

    def job(connection: sqlite3.Connection) -> None:
        connection.execute(f"PRAGMA {name} = {value}").fetchall()

    await store._do(job)  # no disk can be filled here


async def pages(store: Store) -> int:
    def job(connection: sqlite3.Connection) -> int:
        return int(connection.execute("PRAGMA page_count").fetchone()[0])

    return await store._do(job)


@pytest.mark.parametrize("error", [DiskFull, StoreReadOnly])
def test_what_cannot_be_saved_is_told_and_stays_on_the_screen(
    theatre: Theatre, error: type[StoreError]
) -> None:
    async def act(play: Play) -> None:
        await play.say("saved")
        if error is DiskFull:
            await pragma(play.store, "max_page_count", await pages(play.store))
        else:
            await pragma(play.store, "query_only", 1)
        await play.say("not saved " + "x" * 50_000)
        assert play.window.notice.isVisible()
        assert error.summary in play.window.notice.text()
        assert len(play.page.message_ids()) == 4
        shown = play.page.transcript.clipboard.everything()
        assert "not saved xxx" in shown
        # When there is space again, the program saves what it could not.
        await pragma(play.store, "max_page_count", 1 << 30)
        await pragma(play.store, "query_only", 0)
        await play.say("saved again")
        history = await play.store.load_history(play.current_id, 100)
        texts = [message.text for message in history.messages]
        assert [text[:11] for text in texts[::2]] == ["saved", "not saved x", "saved again"]

    theatre.play(act, "answer")


def test_a_draft_and_a_queue_that_were_refused_are_saved_in_the_end(theatre: Theatre) -> None:
    async def first(play: Play) -> None:
        await play.say("saved")
        session = play.conversations.session(play.current_id)
        assert session is not None
        await pragma(play.store, "query_only", 1)
        play.page.composer.set_text("not sent")
        play.workspace.save()
        session.send("asked")
        session.queue.add("waits")
        session.stop()
        await session.settled()
        await play.until(play.window.notice.isVisible)
        assert session.unsaved
        # There is space again, and nothing is written any more.
        await pragma(play.store, "query_only", 0)

    async def second(play: Play) -> None:
        assert play.page.composer.text() == "not sent"
        session = play.conversations.session(play.current_id)
        assert session is not None
        assert [item.question.text for item in session.queue.state.items] == ["waits"]
        assert [message.text for message in session.history.messages][::2] == ["saved", "asked"]

    theatre.play(first, "answer")
    theatre.play(second)

# SPDX-License-Identifier: MIT
"""Versions, hidden messages, comparing, through the real window and over a real socket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.history import Aside, Versions
from chatglm_desktop.gui.comparing.view import ComparingView
from tests.helpers.widgets import child

if TYPE_CHECKING:
    from chatglm_desktop.chat.session import ChatSession
    from chatglm_desktop.transcript.tools import ToolName
    from tests.helpers.theatre import Play, Theatre


def use(play: Play, item: int, name: ToolName) -> None:
    play.page.transcript.parts.overlay.tools.use(item, name)


def verb(play: Play, item: int, name: str) -> None:
    play.page.verb_wanted.emit(play.page.message_ids()[item], name)


async def session_of(play: Play) -> ChatSession:
    return await play.conversations.open(play.current_id)


def versions(play: Play) -> list[Versions]:
    return list(play.page.transcript.parts.overlay.toolbar.versions.values())


def undo(play: Play) -> None:
    next(b for b in play.window.toast.findChildren(QPushButton) if b.text() == "Undo").click()


def test_another_version_tells_what_it_hides_and_can_be_left(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("one", "first")
        await play.ask("two", "second")
        use(play, 1, "regenerate")
        await play.reply("again")
        assert play.texts() == ["one", "again"]
        await play.until(lambda: versions(play) == [Versions(1, 2, 3)])
        use(play, 1, "previous")
        await play.until(lambda: play.texts() == ["one", "first", "two", "second"])
        await play.until(lambda: versions(play) == [Versions(0, 2, 1)])
        use(play, 1, "next")
        await play.until(lambda: play.texts() == ["one", "again"])

    theatre.play(act)


def test_an_answer_is_edited_without_asking(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("one", "first")
        await play.ask("two", "second")
        play.page.transcript.action_requested.emit(play.page.message_ids()[1], "edit")
        composer = play.page.composer
        assert composer.text() == "first"
        composer.set_text("better")
        composer.submit()
        await play.until(lambda: play.texts() == ["one", "better", "two", "second"])
        assert not composer.editing
        await play.until(lambda: versions(play) == [Versions(1, 2, 1)])
        undo(play)
        await play.until(lambda: play.texts() == ["one", "first", "two", "second"])

    theatre.play(act)


def test_a_cleared_conversation_says_that_nothing_is_lost(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("one", "first")
        notice = play.page.hidden_notice
        play.window.clear_requested.emit()
        await play.until(lambda: play.texts() == [])
        await play.until(lambda: not notice.isHidden())
        assert notice.accessibleName().endswith("not lost: 2")
        assert not play.page.blank
        notice.show_wanted.emit()
        await play.until(lambda: play.texts() == ["one", "first"])
        await play.until(notice.isHidden)
        play.window.clear_requested.emit()
        await play.until(lambda: play.texts() == [])
        play.conversations.undo.undo()
        await play.until(lambda: play.texts() == ["one", "first"])

    theatre.play(act)


def test_deleted_messages_are_restored(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("one", "first")
        use(play, 1, "delete")
        use(play, 0, "delete")
        session = await session_of(play)
        await play.until(lambda: session.history.aside == Aside(removed=2))
        await play.until(lambda: not play.page.hidden_notice.isHidden())
        play.page.hidden_notice.restore_wanted.emit()
        await play.until(lambda: play.texts() == ["one", "first"])

    theatre.play(act)


def test_a_stopped_answer_is_gone_on_with(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        page = play.page
        page.composer.set_text("one")
        page.composer.submit()
        request = await play.request()
        await request.writer.text("The first half")
        await play.until(lambda: play.texts()[-1:] == ["The first half"])
        page.stop_requested.emit()
        await play.until(lambda: not page.composer.running)
        use(play, 1, "continue")
        await play.reply(" and the second.")
        assert play.texts() == ["one", "The first half and the second."]
        saved = await play.store.load_history(play.current_id, 9)
        assert saved.messages[-1].text == "The first half and the second."

    theatre.play(act)


def test_a_new_conversation_branches_off(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("one", "first")
        await play.ask("two", "second")
        old = play.current_id
        verb(play, 1, "branch_off")
        await play.until(lambda: play.current_id != old)
        await play.until(lambda: play.current_id in play.workspace.loaded())
        assert play.texts() == ["one", "first"]

    theatre.play(act)


def test_answers_are_compared_side_by_side_and_one_is_kept(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        session = await session_of_new(play)
        session.compare("which?", [Setup(), Setup()])
        comparison = session.comparison
        assert comparison is not None
        columns = child(play.page, ComparingView).columns

        def said(id: str) -> str:
            return columns[id].transcript.contents.text(id)

        first = await play.request()
        await first.writer.text("alpha")
        # This service answers one after the other.
        await play.until(lambda: any(map(said, columns)))
        left, right = sorted(columns, key=said, reverse=True)
        assert (said(left), said(right)) == ("alpha", "")
        columns[left].stop_wanted.emit(left)
        second = await play.request()
        await second.writer.text("beta")
        await play.until(lambda: said(right) == "beta")
        await second.writer.finish()
        await play.until(lambda: not play.page.composer.running)
        columns[right].keep.click()
        await play.until(lambda: play.texts() == ["which?", "beta"])
        kept = comparison.ids.index(right)
        await play.until(lambda: Versions(kept, 2, 1) in versions(play))
        assert [m.text for m in session.compared()] == []

    theatre.play(act)


async def session_of_new(play: Play) -> ChatSession:
    """The session of the conversation in front, once it is saved."""
    await play.ask("hello", "hi")
    session = await session_of(play)
    session.clear()
    await session.settled()
    return session

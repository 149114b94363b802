# SPDX-License-Identifier: MIT
"""Other models answer, once or side by side, chosen in the window's own list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chatglm_desktop.core.errors import DiskFull
from chatglm_desktop.gui.comparing.view import ComparingView
from chatglm_desktop.gui.model_picker.picker import ModelPicker
from tests.helpers.widgets import child

if TYPE_CHECKING:
    from chatglm_desktop.gui.message_actions import MessageActions
    from tests.helpers.theatre import Play, Theatre

CLICK = Qt.MouseButton.LeftButton


def actions(play: Play) -> MessageActions:
    opened = play.workspace._pages.opened(play.current_id)
    assert opened is not None
    return opened.actions


def verb(play: Play, item: int, name: str) -> None:
    play.page.transcript.action_requested.emit(play.page.message_ids()[item], name)


def test_another_model_answers_again_this_time_only(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("one", "first")
        session = await play.conversations.open(play.current_id)
        before = session.setup
        verb(play, 1, "retry_with")
        assert child(play.page, ModelPicker).isVisible()
        actions(play).chooser.chosen.emit("", "")
        await play.reply("second")
        assert play.texts() == ["one", "second"]
        assert session.setup == before

    theatre.play(act)


def test_a_draft_is_answered_by_two_models_and_the_tab_may_be_closed(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("one", "first")
        id = play.current_id
        play.page.composer.set_text("which?")
        play.page.composer.compare_wanted.emit()
        child(play.page, ModelPicker).leave()
        actions(play).chooser.several_chosen.emit((("", ""), ("", "")))
        view = child(play.page, ComparingView)
        assert len(view.columns) == 2
        await play.until(lambda: play.page.composer.text() == "")
        request = await play.request()
        play.workspace.close(id)
        await request.writer.text("alpha")
        await request.writer.finish()
        await reply_to_second(play)
        play.workspace.open(id)
        await play.until(lambda: id in play.workspace.loaded() and play.current_id == id)
        again = child(play.page, ComparingView)
        shown = [c.transcript.contents.text(key) for key, c in again.columns.items()]
        assert sorted(shown) == ["alpha", "beta"]
        first = next(iter(again.columns.values()))
        first.keep.setFocus()
        QTest.mouseClick(first.keep, CLICK)
        await play.until(lambda: play.texts() == ["one", "first", "which?", shown[0]])

    theatre.play(act)


async def reply_to_second(play: Play) -> None:
    request = await play.request()
    await request.writer.text("beta")
    await request.writer.finish()
    await play.until(lambda: not play.conversations.running)


def test_what_cannot_be_done_now_does_nothing(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        page = play.page
        page.compare()
        play.window.regenerate_requested.emit()
        await play.ask("one", "first")
        page.composer.set_text("two")
        page.composer.submit()
        request = await play.request()
        page.compare()
        play.window.compare_requested.emit()
        play.window.clear_requested.emit()
        play.window.regenerate_requested.emit()
        actions(play)._compare([("", ""), ("", "x")])
        actions(play)._retry_with("", "x")
        page.version_wanted.emit(page.message_ids()[0], 1)
        page.hidden_notice.show_wanted.emit()
        page.rewrite_requested.emit(page.message_ids()[0], "new", ())
        assert page.findChild(ModelPicker) is None
        await request.writer.text("second")
        await request.writer.finish()
        await play.until(lambda: not page.composer.running)
        assert play.texts() == ["one", "first", "two", "second"]
        actions(play)._compare([("", ""), ("", "x")])
        play.window.regenerate_requested.emit()
        await play.reply("again")
        assert play.texts() == ["one", "first", "two", "again"]
        page.verb_wanted.emit("nobody", "branch_off")

    theatre.play(act)


def test_what_cannot_be_branched_off_is_told(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("one", "first")

        async def refuse(*_: object) -> str:
            raise DiskFull("no space")

        # A disk cannot be filled here; the store's own tests fill one.
        play.conversations.copying.branch_off = refuse  # type: ignore[method-assign, assignment]
        verb(play, 0, "branch_off")
        await play.until(lambda: play.window.notice.text() != "")

    theatre.play(act)

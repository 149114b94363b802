# SPDX-License-Identifier: MIT
"""Answers side by side, through the real window: what is done in a column, and what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.gui.comparing.column import Column
from chatglm_desktop.gui.comparing.view import ComparingView
from chatglm_desktop.gui.composer_editor import ComposerEditor
from chatglm_desktop.gui.composing.queue_list import QueueList
from chatglm_desktop.gui.model_picker.picker import ModelPicker
from chatglm_desktop.gui.widgets.elided_label import ElidedLabel
from chatglm_desktop.gui.widgets.link_button import LinkButton
from tests.helpers.widgets import child

if TYPE_CHECKING:
    from chatglm_desktop.chat.session import ChatSession
    from tests.helpers.theatre import Play, Theatre

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
BROKEN = {"error_code": 500, "err_msg": "broken"}


class Stage:
    """A question that several answer, one after the other, as this service does it."""

    def __init__(self, play: Play, session: ChatSession, count: int) -> None:
        self.play = play
        self.session = session
        session.compare("which?", [Setup()] * count)

    @property
    def view(self) -> ComparingView:
        return child(self.play.page, ComparingView)

    @property
    def columns(self) -> list[Column]:
        return list(self.view.columns.values())

    def running(self) -> list[str]:
        return [m.id for m in self.session.compared() if m.state.running]

    async def answer(self, text: str) -> str:
        """Give the next answer; the id of its column."""
        running = set(self.running())
        request = await self.play.request()
        await request.writer.text(text)
        await request.writer.finish()
        await self.play.until(lambda: running - set(self.running()))
        (id,) = running - set(self.running())
        return id

    async def fail(self) -> str:
        """Let the next answer fail; the id of its column."""
        running = set(self.running())
        request = await self.play.request()
        await request.writer.text("half")
        await request.writer.event(status="error", last_error=BROKEN)
        request.writer.over.set()
        await self.play.until(lambda: running - set(self.running()))
        (id,) = running - set(self.running())
        return id

    def text(self, id: str) -> str:
        return self.view.columns[id].transcript.contents.text(id)

    def act(self, id: str, action: str) -> None:
        self.view.columns[id].transcript.action_requested.emit(id, action)


async def compared(play: Play, count: int = 2) -> Stage:
    await play.ask("hello", "hi")
    return Stage(play, await play.conversations.open(play.current_id), count)


def write(play: Play, text: str) -> None:
    play.page.composer.set_text(text)
    QTest.keyClick(child(play.page.composer, ComposerEditor), Qt.Key.Key_Return)


def head(play: Play) -> str:
    """What is said above what waits, with the button there."""
    queue = play.page.composer.queue
    button = child(queue, LinkButton)
    words = child(queue, ElidedLabel).text()
    return words if button.isHidden() else f"{words} | {button.text()}"


def waiting(play: Play) -> list[str]:
    queue = play.page.composer.queue
    return [queue.item(id).question.text for id in queue.ids]


def turn(column: Column, turned: QPoint, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Turn the wheel over a column."""
    viewport = column.transcript.viewport()
    place = QPointF(viewport.rect().center())
    event = QWheelEvent(
        place,
        viewport.mapToGlobal(place),
        QPoint(),
        turned,
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def test_links_and_what_is_told_in_a_column_lead_where_they_do_elsewhere(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))

    async def act(play: Play) -> None:
        stage = await compared(play)
        view = stage.columns[1].transcript
        view.link_activated.emit("https://a.example/")
        assert opened == ["https://a.example/"]
        view.quote_wanted.emit("so")
        assert play.page.composer.text().startswith("> so")
        view.told.emit("Saved")
        assert play.window.toast.isVisible()
        stage.session.stop()

    theatre.play(act)


def test_a_failed_answer_is_asked_for_again_in_its_column(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        stage = await compared(play)
        failed = await stage.fail()
        stage.act(failed, "copy_details")
        assert "broken" in QGuiApplication.clipboard().text()
        (other,) = stage.running()
        request = await play.request()
        # Not twice, and not one that runs.
        for id in (failed, failed, other):
            stage.act(id, "retry")
        assert set(stage.running()) == {failed, other}
        assert stage.text(failed) == ""
        await request.writer.text("fine")
        await request.writer.finish()
        await play.until(lambda: stage.running() == [failed])
        assert await stage.answer("now") == failed
        assert (stage.text(failed), stage.text(other)) == ("now", "fine")
        assert not play.page.composer.running

    theatre.play(act)


def test_another_model_can_be_chosen_for_one_column(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        stage = await compared(play)
        failed = await stage.fail()
        setup = stage.session.setup
        stage.act(failed, "choose_model")
        picker = child(play.page, ModelPicker)
        picker.chosen.emit(picker.choices.offers[0].account, "another")
        picker.leave()
        assert failed in stage.running()
        assert stage.session.setup == setup
        assert stage.session.comparison is not None
        stage.session.stop()

    theatre.play(act)


def test_other_buttons_of_a_failed_answer_do_what_they_say(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        stage = await compared(play)
        failed = await stage.fail()
        wanted: list[str] = []
        play.page.service_wanted.disconnect()
        play.page.service_wanted.connect(wanted.append)
        stage.act(failed, "choose_service")
        assert wanted == [failed]
        stage.act(failed, "retry_now")
        stage.act(failed, "demo")
        assert failed in stage.running()
        stage.act(failed, "stop")
        await play.until(lambda: failed not in stage.running())
        stage.act(failed, "copy_details")
        stage.session.stop()

    theatre.play(act)


def test_columns_are_enlarged_with_everything_else(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        stage = await compared(play)
        play.window.zoom.step(1)
        assert [column.transcript.zoom for column in stage.columns] == [1.1, 1.1]
        turn(stage.columns[1], QPoint(0, 120), CTRL)
        assert play.window.zoom.percent == 125
        assert [column.transcript.zoom for column in stage.columns] == [1.25, 1.25]
        stage.session.stop()
        stage.columns[0].keep.click()
        await play.until(lambda: not play.page.composer.running)
        play.window.zoom.reset()
        assert play.page.transcript.zoom == 1.0

    theatre.play(act)


def test_nothing_is_looked_for_while_answers_stand_side_by_side(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("hello", "hi")
        QTest.keyClick(play.window, Qt.Key.Key_F, CTRL)
        assert play.page.find_bar.isVisible()
        stage = Stage(play, await play.conversations.open(play.current_id), 2)
        assert not play.page.find_bar.isVisible()
        focused = QApplication.focusWidget()
        assert focused is not None
        assert play.page.composer.isAncestorOf(focused)
        QTest.keyClick(play.window, Qt.Key.Key_F, CTRL)
        assert not play.page.find_bar.isVisible()
        assert "Keep one of the answers first" in play.window.toast.text()
        await stage.answer("a")
        kept = await stage.answer("b")
        stage.view.columns[kept].keep.click()
        await play.until(lambda: play.texts()[-1:] == ["b"])
        QTest.keyClick(play.window, Qt.Key.Key_F, CTRL)
        assert play.page.find_bar.isVisible()
        play.page.find_bar.close_bar()

    theatre.play(act)


def test_the_kept_answer_is_shown(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("hello", "\n\n".join(f"line {n}" for n in range(200)))
        view = play.page.transcript
        view.to_message(0)
        await play.until(lambda: not view.busy and "line 3" in view.visible_text())
        assert not view.following
        stage = Stage(play, await play.conversations.open(play.current_id), 2)
        await stage.answer("first")
        kept = await stage.answer("second")
        view.to_message(0)
        stage.view.columns[kept].keep.click()
        await play.until(lambda: play.texts()[-1:] == ["second"])
        await play.until(lambda: not view.busy and "second" in view.visible_text())

    theatre.play(act)


def test_what_is_written_waits_until_an_answer_is_kept(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        stage = await compared(play)
        composer = play.page.composer
        assert composer.hint() == "Enter sends this when you keep an answer"
        write(play, "next")
        assert head(play) == "Sent when you keep an answer"
        await stage.answer("first")
        kept = await stage.answer("second")
        await play.until(lambda: not composer.running)
        assert head(play) == "Sent when you keep an answer | Send now"
        assert composer.hint() == "Enter sends this when you keep an answer"
        write(play, "and this")
        assert waiting(play) == ["next", "and this"]
        id = play.current_id
        play.workspace.close_current()
        play.workspace.open(id)
        await play.until(lambda: play.current_id == id and id in play.workspace.loaded())
        assert head(play) == "Sent when you keep an answer | Send now"
        stage.view.columns[kept].keep.click()
        assert "keep" not in head(play)
        await play.until(lambda: waiting(play) == ["and this"])
        request = await play.request()
        await request.writer.text("third")
        await request.writer.finish()
        await play.until(lambda: waiting(play) == [])
        await play.reply("fourth")
        said = ["which?", "second", "next", "third", "and this", "fourth"]
        await play.until(lambda: play.texts()[2:] == said)
        assert child(play.page, QueueList).isHidden()

    theatre.play(act)


def test_what_waits_is_sent_when_the_kept_answer_has_ended(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        stage = await compared(play)
        write(play, "next")
        request = await play.request()
        await request.writer.text("slowly")
        await play.until(lambda: any(m.text for m in stage.session.compared()))
        (kept,) = [m.id for m in stage.session.compared() if m.text]
        stage.view.columns[kept].keep.click()
        assert head(play) == "Sent one by one when the reply has ended"
        assert waiting(play) == ["next"]
        await request.writer.finish()
        await play.until(lambda: waiting(play) == [])
        await play.until(lambda: play.texts()[2:5] == ["which?", "slowly", "next"])

    theatre.play(act)


def test_a_tab_is_marked_until_all_answers_have_come(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        stage = await compared(play, 3)
        id = play.current_id
        play.workspace.new_tab()
        await stage.answer("first")
        assert play.workspace.badge(id) == "streaming"
        failed = await stage.fail()
        assert play.workspace.badge(id) == "streaming"
        await stage.answer("third")
        await play.until(lambda: play.workspace.badge(id) == "unread")
        stage.session.retry(failed)
        assert play.workspace.badge(id) == "streaming"
        stage.session.stop()
        await play.until(lambda: play.workspace.badge(id) != "streaming")

    theatre.play(act)


def test_what_becomes_of_the_others_is_told(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        stage = await compared(play)
        stopped, kept = (
            "The others are stopped and stay as versions.",
            "The others stay as versions.",
        )
        assert stage.view.hint().endswith(stopped)
        failed = await stage.fail()
        assert stage.view.hint().endswith(stopped)
        await stage.answer("second")
        assert stage.view.hint().endswith(kept)
        stage.act(failed, "retry")
        assert stage.view.hint().endswith(stopped)
        stage.session.stop()

    theatre.play(act)


def test_four_columns_stand_in_the_window_and_have_a_bar_in_a_smaller_one(
    theatre: Theatre,
) -> None:
    async def act(play: Play) -> None:
        stage = await compared(play, 4)
        play.window.resize(1280, 820)
        area = child(stage.view, QScrollArea)
        bar = area.horizontalScrollBar()
        await play.until(lambda: bar.maximum() == 0)
        keep = stage.columns[-1].keep
        assert keep.mapTo(play.page, keep.rect().bottomRight()).x() < play.page.width()
        play.window.resize(900, 820)
        await play.until(lambda: bar.maximum() > 0)
        stage.session.stop()

    theatre.play(act)

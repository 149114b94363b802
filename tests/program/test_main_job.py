# SPDX-License-Identifier: MIT
"""The main job, through the real window and over a real socket."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from chatglm_desktop.core.messages import MessageState
from chatglm_desktop.gui.composer_editor import ComposerEditor
from chatglm_desktop.gui.widgets.send_button import SendButton
from tests.helpers.widgets import child

if TYPE_CHECKING:
    from chatglm_desktop.core.tabs import Anchor
    from chatglm_desktop.demo.frames import Status
    from chatglm_desktop.gui.conversation_page import ConversationPage
    from tests.helpers.theatre import Play, Theatre


def write(page: ConversationPage, text: str) -> None:
    """Type ``text`` into the composer, key by key."""
    page.composer.focus_editor()
    QTest.keyClicks(page.composer.focusWidget(), text)


def press_enter(page: ConversationPage) -> None:
    QTest.keyClick(page.composer.focusWidget(), Qt.Key.Key_Return)


def answer(play: Play) -> str:
    """What the newest bubble of the page in front says."""
    return play.page.transcript.contents.text(play.page.message_ids()[-1])


def shows(play: Play, text: str) -> bool:
    return text in answer(play)


def sending_enabled(play: Play) -> bool:
    return not play.page.composer.running


def test_a_reply_streams_into_the_active_bubble(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        write(play.page, "Hello there")
        press_enter(play.page)
        request = await play.request()
        assert request.body["messages"][0]["content"] == [{"type": "text", "text": "Hello there"}]
        assert "Hello there" in play.page.transcript.clipboard.everything()
        assert play.page.composer.text() == ""
        assert not sending_enabled(play)
        for number in range(1, 21):
            await request.writer.text(f"word{number} ")
            await play.until(partial(shows, play, f"word{number}"))
            assert answer(play).count("word") == number
        assert not sending_enabled(play)
        await request.writer.finish()
        await play.until(lambda: sending_enabled(play))
        assert play.page.composer.isAncestorOf(play.window.focusWidget())

    theatre.play(act)


def test_what_is_sent_while_a_reply_runs_waits_for_its_end(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        write(play.page, "first")
        press_enter(play.page)
        request = await play.request()
        write(play.page, "second")
        press_enter(play.page)
        assert play.page.composer.text() == ""
        assert play.server.requests.empty()
        await request.writer.text("done")
        await request.writer.finish()
        request = await play.request()
        sent = request.body["messages"][0]["content"][0]["text"]
        assert sent == "User: first\n\nAssistant: done\n\nUser: second"
        await request.writer.finish()

    theatre.play(act)


def test_two_tabs_stream_at_once(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        write(play.page, "one")
        press_enter(play.page)
        first_id, first = play.current_id, await play.request()
        play.workspace.new_tab()
        write(play.page, "two")
        press_enter(play.page)
        second_id, second = play.current_id, await play.request()
        assert first_id != second_id
        for number in range(5):
            await first.writer.text(f"a{number} ")
            await second.writer.text(f"b{number} ")
        pages = {id: play.workspace.page(id) for id in (first_id, second_id)}
        await play.until(
            lambda: "a0 a1 a2 a3 a4" in pages[first_id].transcript.clipboard.everything()
        )
        await play.until(
            lambda: "b0 b1 b2 b3 b4" in pages[second_id].transcript.clipboard.everything()
        )
        assert "b0" not in pages[first_id].transcript.clipboard.everything()
        await first.writer.finish()
        await play.until(lambda: not pages[first_id].composer.running)
        assert pages[second_id].composer.running
        assert play.workspace.badge(first_id) == "unread"
        assert play.workspace.badge(second_id) == "streaming"
        await second.writer.finish()
        await play.until(lambda: not pages[second_id].composer.running)
        play.workspace.open(first_id)
        assert play.workspace.badge(first_id) == "none"

    theatre.play(act)


def test_a_tab_is_marked_for_as_long_as_its_reply_runs(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        write(play.page, "one")
        press_enter(play.page)
        id, request = play.current_id, await play.request()
        play.workspace.new_tab()
        play.workspace.open(id)
        assert play.workspace.badge(id) == "streaming"
        play.workspace.close(id)
        play.workspace.open(id)
        await play.until(lambda: id in play.workspace.loaded())
        assert play.workspace.badge(id) == "streaming"
        assert play.page.composer.running
        await request.writer.finish()
        await play.until(lambda: sending_enabled(play))
        assert play.workspace.badge(id) == "none"

    theatre.play(act)


def test_stop_keeps_what_arrived_and_closes_the_connection(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        write(play.page, "tell me")
        press_enter(play.page)
        request = await play.request()
        await request.writer.text("half an answ")
        await play.until(lambda: "half an answ" in answer(play))
        QTest.keyClick(play.page.composer.focusWidget(), Qt.Key.Key_Escape)
        await play.until(lambda: sending_enabled(play))
        await request.ended.wait()
        assert "half an answ" in answer(play)
        saved = await play.store.load_history(play.current_id, newest=1)
        assert saved.messages[0].state is MessageState.STOPPED

    theatre.play(act)


def test_a_failed_turn_says_why_and_can_be_tried_again(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        write(play.page, "/demo overload")
        press_enter(play.page)
        await play.until(lambda: sending_enabled(play) and play.page.message_ids())
        assert "cannot answer at the moment" in play.page.transcript.clipboard.everything()
        failed = play.page.message_ids()[-1]
        play.page.transcript.action_requested.emit(failed, "copy_details")
        assert "ProviderUnavailable" in QGuiApplication.clipboard().text()
        assert play.window.toast.text() == "Copied"
        play.page.transcript.action_requested.emit(failed, "retry")
        await play.until(lambda: play.page.message_ids()[-1] != failed)
        await play.until(lambda: sending_enabled(play))
        assert len(play.page.message_ids()) == 2

    theatre.play(act, scenario="answer")


def test_a_refused_guest_is_offered_the_demo(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        write(play.page, "hello")
        press_enter(play.page)
        await play.until(lambda: sending_enabled(play) and play.page.message_ids())
        assert "or try the demo." in play.page.transcript.clipboard.everything()
        failed = play.page.message_ids()[-1]
        for _ in range(2):  # a double click
            play.page.transcript.action_requested.emit(failed, "demo")
        await play.until(lambda: play.page.composer.running)
        await play.until(lambda: "built-in demo" in answer(play))

    theatre.play(act, scenario="firewall")


def test_everything_is_there_after_a_restart(theatre: Theatre) -> None:
    ids: list[str] = []

    async def first_run(play: Play) -> None:
        for question in ("first", "second"):
            write(play.page, question)
            press_enter(play.page)
            request = await play.request()
            await request.writer.text(f"reply to {question}")
            await request.writer.finish()
            await play.until(lambda: sending_enabled(play))
            write(play.page, f"draft of {question}")
            ids.append(play.current_id)
            if question == "first":
                play.workspace.new_tab()

    async def second_run(play: Play) -> None:
        assert play.window.tabs.ids() == ids
        assert play.current_id == ids[1]
        assert "reply to second" in play.page.transcript.clipboard.everything()
        assert play.page.composer.text() == "draft of second"
        play.window.tabs.step(-1)
        await play.until(lambda: ids[0] in play.workspace.loaded())
        assert "reply to first" in play.page.transcript.clipboard.everything()
        assert play.page.composer.text() == "draft of first"
        assert {s.title for s in await play.store.conversations()} == {"first", "second"}

    theatre.play(first_run)
    theatre.play(second_run)


def test_a_revision_replaces_the_text_in_the_window(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        write(play.page, "count")
        press_enter(play.page)
        request = await play.request()

        async def say(thought: str, text: str, status: Status) -> None:
            content = [{"type": "think", "think": thought}, {"type": "text", "text": text}]
            await request.writer.part(content, status=status, logic_id="same")

        await say("Mull it over.", "One, tow", "init")
        await play.until(lambda: shows(play, "One, tow"))
        await say("Mull over it.", "One, two", "finish")
        await play.until(lambda: shows(play, "One, two"))
        # The end of the reply would set it right in any case.
        assert play.page.composer.running
        assert "tow" not in answer(play)
        assert "Mull it over." not in play.page.transcript.clipboard.everything()
        await request.writer.text(", three")
        await play.until(lambda: shows(play, "three"))
        assert "One, two" in answer(play)
        await request.writer.finish()
        await play.until(lambda: sending_enabled(play))

    theatre.play(act)


@pytest.mark.parametrize("on_button", [False, True])
def test_a_click_on_stop_leads_back_to_the_composer(theatre: Theatre, on_button: bool) -> None:
    async def act(play: Play) -> None:
        write(play.page, "tell me")
        press_enter(play.page)
        request = await play.request()
        await request.writer.text("half")
        await play.until(lambda: shows(play, "half"))
        button = child(play.page.composer, SendButton)
        if on_button:
            button.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        await play.until(lambda: sending_enabled(play))
        assert play.window.focusWidget() is child(play.page.composer, ComposerEditor)

    theatre.play(act)


def test_the_reading_position_is_there_after_a_restart(theatre: Theatre) -> None:
    kept: list[tuple[str, Anchor]] = []

    async def first_run(play: Play) -> None:
        for number in range(3):
            write(play.page, f"question {number}")
            press_enter(play.page)
            request = await play.request()
            await request.writer.text("\n\n".join(f"line {at}" for at in range(60)))
            await request.writer.finish()
            await play.until(lambda: sending_enabled(play))
        await play.until(lambda: not play.page.transcript.busy)
        bar = play.page.transcript.verticalScrollBar()
        bar.setValue(bar.maximum() // 2)
        anchor = play.page.transcript.anchor()
        assert anchor is not None
        kept.append((play.current_id, anchor))

    async def second_run(play: Play) -> None:
        ((id, anchor),) = kept
        assert play.current_id == id
        await play.until(lambda: not play.page.transcript.busy)
        assert not play.page.transcript.following
        assert play.page.transcript.anchor() == anchor

    theatre.play(first_run)
    theatre.play(second_run)


def test_f2_renames_the_conversation_in_front_and_leads_back(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        for question in ("one", "two"):
            play.workspace.new_tab()
            write(play.page, question)
            press_enter(play.page)
            await (await play.request()).writer.finish()
            await play.until(lambda: sending_enabled(play))
        play.window.toggle_sidebar()
        QTest.keyClick(play.page.composer.focusWidget(), Qt.Key.Key_F2)
        # Its row may still be on its way.
        await play.until(lambda: isinstance(play.window.focusWidget(), QLineEdit))
        QTest.keyClicks(play.window.focusWidget(), "My title")
        QTest.keyClick(play.window.focusWidget(), Qt.Key.Key_Return)
        await play.until(lambda: play.conversations.title(play.current_id) == "My title")
        await play.until(lambda: play.page.composer.isAncestorOf(play.window.focusWidget()))

    theatre.play(act)


def test_deleting_can_be_undone(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        write(play.page, "keep this")
        press_enter(play.page)
        request = await play.request()
        await request.writer.finish()
        await play.until(lambda: sending_enabled(play))
        id = play.current_id
        play.organiser.trash([id])
        await play.until(lambda: id not in play.window.tabs.ids())
        assert id not in play.conversations
        assert len(play.window.tabs.ids()) == 1
        next(b for b in play.window.toast.findChildren(QPushButton) if b.text() == "Undo").click()
        await play.until(lambda: play.current_id == id and id in play.workspace.loaded())
        assert "keep this" in play.page.transcript.clipboard.everything()

    theatre.play(act)


def test_closing_the_window_in_mid_stream_stops_and_saves(theatre: Theatre) -> None:
    async def first_run(play: Play) -> None:
        write(play.page, "long story")
        press_enter(play.page)
        request = await play.request()
        await request.writer.text("Once upon a ti")
        await play.until(lambda: "Once upon" in answer(play))

    async def second_run(play: Play) -> None:
        reply = (await play.store.load_history(play.current_id, newest=1)).messages[0]
        assert (reply.state, reply.text) == (MessageState.STOPPED, "Once upon a ti")
        assert "Once upon a ti" in play.page.transcript.clipboard.everything()

    theatre.play(first_run)
    theatre.play(second_run)


def test_f2_on_a_conversation_without_a_message_does_nothing_later_either(
    theatre: Theatre,
) -> None:
    async def act(play: Play) -> None:
        QTest.keyClick(play.page.composer.focusWidget(), Qt.Key.Key_F2)
        await play.say("one")
        assert not play.window.sidebar.findChildren(QLineEdit)

    theatre.play(act, "answer")

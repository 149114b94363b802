# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.errors import QuotaExceeded
from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.gui.conversation_page import ConversationPage
from chatglm_desktop.gui.theme.manager import ThemeManager


@pytest.fixture
def page(qtbot: QtBot, themes: ThemeManager) -> ConversationPage:
    page = ConversationPage(themes)
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show()
    return page


def message(role: Role, text: str, state: MessageState = MessageState.COMPLETE) -> Message:
    return Message(text, role, (TextPart(text),), 0.0, state=state)


def test_a_draft_stays_until_it_is_a_message(page: ConversationPage, qtbot: QtBot) -> None:
    page.composer.set_text("Question")
    with qtbot.waitSignal(page.submitted):
        page.composer.submit()
    assert page.composer.text() == "Question"
    page.add_message(message(Role.USER, "Question"))
    assert page.composer.text() == ""


def test_a_new_draft_is_not_taken_for_an_older_question(page: ConversationPage) -> None:
    page.composer.set_text("Something new")
    page.add_message(message(Role.USER, "Question"))
    assert page.composer.text() == "Something new"


def test_a_page_is_blank_until_something_is_said_or_drafted(page: ConversationPage) -> None:
    assert page.blank
    page.composer.set_text("x")
    assert not page.blank
    page.composer.clear()
    page.show_messages([message(Role.USER, "Question")])
    assert not page.blank


def test_the_last_answer_is_that_of_the_newest_reply(page: ConversationPage) -> None:
    assert page.last_answer() == ""
    page.show_messages(
        [message(Role.USER, "1"), message(Role.ASSISTANT, "one"), message(Role.USER, "2")]
    )
    assert page.last_answer() == "one"
    running = Message("r", Role.ASSISTANT, (), 0.0, state=MessageState.SENDING)
    page.add_message(running)
    page.end_message(Message("r", Role.ASSISTANT, (TextPart("two"),), 0.0))
    assert page.last_answer() == "two"


def test_what_a_failed_turn_offers(page: ConversationPage, qtbot: QtBot) -> None:
    failure = QuotaExceeded("您已多次体验过对话", http_status=200).failure
    failed = Message("f", Role.ASSISTANT, (), 0.0, state=MessageState.FAILED, failure=failure)
    page.show_messages([message(Role.USER, "Question"), failed])
    with qtbot.waitSignal(page.retry_requested) as retried:
        page.transcript.action_requested.emit("f", "retry")
    assert retried.args == ["f"]
    with qtbot.waitSignal(page.demo_requested) as tried:
        page.transcript.action_requested.emit("f", "demo")
    assert tried.args == ["f"]
    with qtbot.waitSignal(page.key_requested):
        page.transcript.action_requested.emit("f", "add_key")
    page.transcript.action_requested.emit("f", "copy_details")
    assert "QuotaExceeded" in QGuiApplication.clipboard().text()
    page.transcript.action_requested.emit("Question", "copy_details")
    assert "QuotaExceeded" in QGuiApplication.clipboard().text()


def test_choosing_a_prompt_makes_it_the_draft(page: ConversationPage) -> None:
    page._empty.prompt_chosen.emit("Explain")
    assert page.composer.text() == "Explain"

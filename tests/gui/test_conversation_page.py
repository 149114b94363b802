# SPDX-License-Identifier: MIT
from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.attachments import Look
from chatglm_desktop.core.errors import KeyRejected, QuotaExceeded, TimedOut
from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import AttachmentPart, Message, MessageState, Role, TextPart
from chatglm_desktop.gui.composer_editor import ComposerEditor
from chatglm_desktop.gui.conversation_page import ConversationPage
from chatglm_desktop.gui.theme.manager import ThemeManager
from tests.helpers.widgets import child


@pytest.fixture
def page(qtbot: QtBot, themes: ThemeManager) -> ConversationPage:
    page = ConversationPage(themes)
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show()
    return page


def message(role: Role, text: str, state: MessageState = MessageState.COMPLETE) -> Message:
    return Message(text, role, (TextPart(text),), 0.0, state=state)


def show(page: ConversationPage, *messages: Message) -> None:
    page.show_history(History("c", None, len(messages), 0, messages))


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
    show(page, message(Role.USER, "Question"))
    assert not page.blank


def test_the_last_answer_is_that_of_the_newest_reply(page: ConversationPage) -> None:
    clipboard = page.transcript.clipboard
    assert not clipboard.copy_last_answer()
    show(page, message(Role.USER, "1"), message(Role.ASSISTANT, "one"), message(Role.USER, "2"))
    assert clipboard.copy_last_answer()
    assert QGuiApplication.clipboard().text() == "one"
    running = Message("r", Role.ASSISTANT, (), 0.0, state=MessageState.SENDING)
    page.add_message(running)
    page.end_message(Message("r", Role.ASSISTANT, (TextPart("two"),), 0.0))
    assert clipboard.copy_last_answer()
    assert QGuiApplication.clipboard().text() == "two"


def test_what_a_failed_turn_offers(page: ConversationPage, qtbot: QtBot) -> None:
    failure = QuotaExceeded("您已多次体验过对话", http_status=200).failure
    failed = Message("f", Role.ASSISTANT, (), 0.0, state=MessageState.FAILED, failure=failure)
    show(page, message(Role.USER, "Question"), failed)
    with qtbot.waitSignal(page.retry_requested) as retried:
        page.transcript.action_requested.emit("f", "retry")
    assert retried.args == ["f"]
    with qtbot.waitSignal(page.demo_requested) as tried:
        page.transcript.action_requested.emit("f", "demo")
    assert tried.args == ["f"]
    with qtbot.waitSignal(page.service_wanted) as wanted:
        page.transcript.action_requested.emit("f", "choose_service")
    assert wanted.args == ["f"]
    with qtbot.waitSignal(page.model_wanted):
        page.transcript.action_requested.emit("f", "choose_model")
    with qtbot.waitSignal(page.details_copied):
        page.transcript.action_requested.emit("f", "copy_details")
    assert "QuotaExceeded" in QGuiApplication.clipboard().text()
    page.transcript.action_requested.emit("Question", "copy_details")
    assert "QuotaExceeded" in QGuiApplication.clipboard().text()


def test_where_a_failure_can_be_mended(page: ConversationPage, qtbot: QtBot) -> None:
    rejected = KeyRejected(host="api.z.ai").failure
    failed = Message("f", Role.ASSISTANT, (), 0.0, state=MessageState.FAILED, failure=rejected)
    slow = replace(failed, id="s", failure=TimedOut().failure)
    show(page, message(Role.USER, "Question"), failed, slow)
    for message_id, section in (("f", "accounts"), ("s", "network")):
        with qtbot.waitSignal(page.settings_wanted) as wanted:
            page.transcript.action_requested.emit(message_id, "open_settings")
        assert wanted.args == [section]
    for action, page_of in (
        ("get_key", "https://z.ai/manage-apikey/apikey-list"),
        ("open_billing", "https://z.ai/manage-apikey/billing"),
    ):
        with qtbot.waitSignal(page.link_activated) as opened:
            page.transcript.action_requested.emit("f", action)
        assert opened.args == [page_of]


def test_what_is_waited_for_can_be_hurried_and_stopped(
    page: ConversationPage, qtbot: QtBot
) -> None:
    show(page, message(Role.USER, "Question"), message(Role.ASSISTANT, "", MessageState.SENDING))
    page.set_running(True)
    for action, signal in (
        ("retry_now", page.retry_now_requested),
        ("stop", page.stop_requested),
    ):
        with qtbot.waitSignal(signal):
            page.transcript.action_requested.emit("", action)


def test_nothing_is_tried_again_while_a_reply_runs(page: ConversationPage, qtbot: QtBot) -> None:
    show(page, message(Role.USER, "1"), message(Role.ASSISTANT, "one"))
    page.set_running(True)
    for action, signal in (("retry", page.retry_requested), ("demo", page.demo_requested)):
        with qtbot.assertNotEmitted(signal):
            page.transcript.action_requested.emit("one", action)


def test_the_focus_is_in_the_composer_after_a_retry(page: ConversationPage, qtbot: QtBot) -> None:
    show(page, message(Role.USER, "1"), message(Role.ASSISTANT, "one"))
    page.transcript.setFocus()
    page.transcript.action_requested.emit("one", "retry")
    qtbot.waitUntil(child(page.composer, ComposerEditor).hasFocus)


def test_what_is_typed_over_the_transcript_goes_into_the_draft(
    page: ConversationPage, qtbot: QtBot
) -> None:
    show(page, message(Role.USER, "Question"), message(Role.ASSISTANT, "Answer"))
    page.transcript.setFocus()
    QTest.keyClick(page.transcript, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.transcript, Qt.Key.Key_PageUp)
    assert page.composer.text() == ""
    QTest.keyClicks(page.transcript, "a b")
    assert page.composer.text() == "a b"
    qtbot.waitUntil(child(page.composer, ComposerEditor).hasFocus)
    QGuiApplication.clipboard().setText(" pasted")
    QTest.keyClick(page.transcript, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.composer.text() == "a b pasted"


def test_escape_over_the_transcript_stops_the_reply(page: ConversationPage, qtbot: QtBot) -> None:
    show(page, message(Role.USER, "Question"))
    page.set_running(True)
    page.transcript.setFocus()
    with qtbot.waitSignal(page.stop_requested):
        QTest.keyClick(page.transcript, Qt.Key.Key_Escape)
    assert page.transcript.hasFocus()


def test_choosing_a_prompt_makes_it_the_draft(page: ConversationPage) -> None:
    page._empty.prompt_chosen.emit("Explain")
    assert page.composer.text() == "Explain"


def test_what_is_pasted_over_the_transcript_goes_to_the_cursor_of_the_draft(
    page: ConversationPage,
) -> None:
    show(page, message(Role.USER, "Question"))
    page.composer.set_text("ab")
    editor = child(page, ComposerEditor)
    editor.moveCursor(QTextCursor.MoveOperation.Left)
    page.transcript.setFocus()
    page.transcript.pasted.emit("<b>x</b>")
    assert page.composer.text() == "a<b>x</b>b"
    assert editor.hasFocus()


def test_only_text_is_pasted_into_the_draft(page: ConversationPage) -> None:
    editor = child(page, ComposerEditor)
    both = QMimeData()
    both.setText("*plain*")
    both.setHtml("<b>rich</b>")
    QGuiApplication.clipboard().setMimeData(both)
    editor.paste()
    only_html = QMimeData()
    only_html.setHtml("<img src='file:///a.png'>")
    QGuiApplication.clipboard().setMimeData(only_html)
    editor.paste()
    assert page.composer.text() == "*plain*"
    assert "<" not in editor.document().toPlainText()


def test_the_caret_moves_by_arrows_and_what_is_typed_still_goes_into_the_draft(
    page: ConversationPage,
) -> None:
    page.toggle_caret()
    show(page, message(Role.ASSISTANT, "An answer"))
    page.toggle_caret()
    assert page.transcript.hasFocus()
    QTest.keyClick(page.transcript, Qt.Key.Key_Right)
    assert page.composer.text() == ""
    selection = page.transcript.selection
    assert selection is not None
    assert selection.head.character == 1
    QTest.keyClick(page.transcript, Qt.Key.Key_X)
    assert page.composer.text() == "x"


def test_copies_are_in_the_format_that_was_chosen(themes: ThemeManager, qtbot: QtBot) -> None:
    page = ConversationPage(themes, copy_format="plain")
    qtbot.addWidget(page)
    page.show()
    show(page, message(Role.ASSISTANT, "An *answer*"))
    assert page.transcript.clipboard.copy_last_answer()
    assert QGuiApplication.clipboard().text() == "An answer"


NOTES = AttachmentPart("notes.txt", "text/plain", 5, "b" * 64)


def held(page: ConversationPage, *parts: AttachmentPart) -> None:
    """Let files go along that are read already."""
    page.composer.tray.shelf.restore(parts)
    for item, part in zip(page.composer.tray.shelf.items, parts, strict=True):
        page.composer.tray.shelf.take(item.id, part, Look(1))


def test_files_are_sent_and_done_with_when_they_are_a_message(
    page: ConversationPage, qtbot: QtBot
) -> None:
    held(page, NOTES)
    page.composer.set_text(" ")
    assert not page.blank
    with qtbot.waitSignal(page.submitted) as sent:
        page.composer.submit()
    assert sent.args == [" ", (NOTES,)]
    page.add_message(Message("other", Role.USER, (TextPart(" "),), 0.0))
    assert page.composer.attachments() == (NOTES,)
    page.add_message(Message("q", Role.USER, (NOTES,), 0.0))
    assert page.composer.attachments() == ()
    assert page.composer.text() == ""


def test_an_earlier_message_is_edited_with_its_files(page: ConversationPage, qtbot: QtBot) -> None:
    show(page, Message("q", Role.USER, (TextPart("one"), NOTES), 0.0))
    page.transcript.action_requested.emit("q", "edit")
    assert (page.composer.text(), page.composer.attachments()) == ("one", (NOTES,))
    held(page, NOTES)
    page.composer.set_text("two")
    with qtbot.waitSignal(page.edit_requested) as asked:
        page.composer.submit()
    assert asked.args == ["q", "two", (NOTES,)]
    assert (page.composer.text(), page.composer.attachments()) == ("two", (NOTES,))
    show(page, Message("q2", Role.USER, (TextPart("two"), NOTES), 0.0))
    assert (page.composer.text(), page.composer.attachments()) == ("", ())


def test_an_edit_that_comes_to_nothing_keeps_its_text(page: ConversationPage) -> None:
    show(page, Message("q", Role.USER, (TextPart("one"),), 0.0))
    page.transcript.action_requested.emit("q", "edit")
    page.composer.set_text("two")
    page.composer.submit()
    show(page, Message("q", Role.USER, (TextPart("one"),), 0.0))
    assert (page.composer.editing, page.composer.text()) == ("q", "two")

# SPDX-License-Identifier: MIT
"""What assistive technology gets of a transcript, through Qt's own interfaces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.core.metrics import Metrics
from chatglm_desktop.gui.failures import describe
from chatglm_desktop.gui.transcript.accessible import factory
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.transcript.selection import PartKind, Position, Selection
from tests.helpers.leftovers import delete_what_waits_for_it
from tests.helpers.transcripts import show_messages

ANSWER = "First **bold** line\n\n```python\nx = 1\n```\n\n[A page](https://example.com/)"


def message(id: str, role: Role, text: str, state: MessageState = MessageState.COMPLETE) -> Message:
    return Message(id, role, (TextPart(text),), 0.0, state=state)


@pytest.fixture
def view(qtbot: QtBot) -> TranscriptView:
    factory.install()
    widget = TranscriptView(describe)
    qtbot.addWidget(widget)
    widget.resize(800, 600)
    with qtbot.waitExposed(widget):
        widget.show()
    show_messages(
        widget, [message("q", Role.USER, "A question"), message("a", Role.ASSISTANT, ANSWER)]
    )
    qtbot.waitUntil(lambda: not widget.busy)
    return widget


@pytest.fixture
def listening() -> Iterator[None]:
    """Somebody uses assistive technology."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def messages(view: TranscriptView) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(view)
    assert found is not None
    return found


def child(view: TranscriptView, index: int) -> QAccessibleInterface:
    found = messages(view).child(index)
    assert found is not None
    return found


def names(view: TranscriptView) -> list[str]:
    count = messages(view).childCount()
    return [child(view, index).text(QAccessible.Text.Name) for index in range(count)]


def test_where_the_models_memory_begins_is_told(view: TranscriptView) -> None:
    answer = replace(message("a", Role.ASSISTANT, ANSWER), metrics=Metrics(memory_begins="a"))
    view.contents.update(answer)
    descriptions = [child(view, n).text(QAccessible.Text.Description) for n in (0, 1)]
    assert descriptions == ["1 of 2", "2 of 2. The model's memory begins here"]


def test_a_transcript_is_a_list_of_messages(view: TranscriptView) -> None:
    assert messages(view).role() is QAccessible.Role.List
    assert messages(view).text(QAccessible.Text.Name) == "Conversation"
    assert names(view) == ["You said", "ChatGLM said"]
    assert child(view, 1).role() is QAccessible.Role.ListItem
    assert child(view, 1).text(QAccessible.Text.Description) == "2 of 2"
    assert child(view, 1).text(QAccessible.Text.Help) == ""


def test_a_message_has_a_place_among_the_others(view: TranscriptView) -> None:
    second = child(view, 1)
    assert second.parent().childCount() == 2
    assert messages(view).indexOfChild(second) == 1
    assert messages(view).indexOfChild(messages(view)) == -1
    assert messages(view).child(2) is None
    assert messages(view).child(-1) is None
    assert second.isValid()
    assert second.window() is messages(view).window()
    assert second.childCount() == 0
    assert second.child(0) is None
    assert second.childAt(0, 0) is None
    assert second.indexOfChild(second) == -1
    assert second.object() is None
    assert second.foregroundColor().isValid()
    assert second.backgroundColor().isValid()


def test_a_message_is_where_it_is_seen(view: TranscriptView) -> None:
    first, second = child(view, 0).rect(), child(view, 1).rect()
    assert first.bottom() <= second.top() + 1
    assert first.left() > second.left()
    inside = second.center()
    assert messages(view).childAt(inside.x(), inside.y()).text(QAccessible.Text.Name) == (
        "ChatGLM said"
    )
    assert messages(view).childAt(-500, -500) is None


@pytest.mark.parametrize(
    ("state", "name"),
    [
        (MessageState.STREAMING, "ChatGLM is answering"),
        (MessageState.FAILED, "ChatGLM failed to answer"),
        (MessageState.STOPPED, "ChatGLM said"),
    ],
)
def test_the_name_says_how_it_goes(view: TranscriptView, state: MessageState, name: str) -> None:
    show_messages(view, [message("a", Role.ASSISTANT, "Text", state)])
    assert names(view) == [name]
    assert child(view, 0).state().busy == (state is MessageState.STREAMING)


def test_the_text_is_what_is_shown(view: TranscriptView) -> None:
    text = child(view, 1).textInterface()
    whole = "First bold line\nx = 1\nA page"
    assert text.characterCount() == len(whole)
    assert text.text(0, 100) == whole
    assert text.text(6, 10) == "bold"
    assert child(view, 1).text(QAccessible.Text.Value) == whole


def test_the_text_is_new_while_a_reply_arrives(view: TranscriptView, qtbot: QtBot) -> None:
    view.contents.add(message("b", Role.ASSISTANT, "One", MessageState.STREAMING))
    text = child(view, 2).textInterface()
    assert text.text(0, 100) == "One"
    view.contents.append("b", "text", " and two")
    qtbot.waitUntil(lambda: text.text(0, 100) == "One and two")


def test_the_caret_can_be_asked_and_set(view: TranscriptView) -> None:
    text = child(view, 1).textInterface()
    assert text.cursorPosition() == 0
    text.setCursorPosition(6)
    assert view.selection == Selection(*2 * [Position(1, PartKind.ANSWER, 0, 6)])
    assert text.cursorPosition() == 6
    assert child(view, 0).textInterface().cursorPosition() == len("A question")
    assert child(view, 1).state().focused
    assert not child(view, 0).state().focused


def test_text_can_be_selected_and_copied(view: TranscriptView) -> None:
    text = child(view, 1).textInterface()
    text.addSelection(6, 10)
    view.clipboard.copy_selection()
    assert QGuiApplication.clipboard().text() == "bold"
    text.setSelection(0, 0, 5)
    assert view.clipboard.selected() == "First"
    text.removeSelection(0)
    assert view.selection is None
    assert text.selectionCount() == 0


def test_characters_are_where_they_are_seen(view: TranscriptView) -> None:
    second = child(view, 1)
    text = second.textInterface()
    first, later = text.characterRect(0), text.characterRect(3)
    assert second.rect().contains(first)
    assert first.top() == later.top()
    assert first.right() <= later.left()
    assert text.offsetAtPoint(QPoint(later.left() + 1, later.center().y())) == 3


def test_a_place_in_the_text_is_scrolled_into_view(view: TranscriptView, qtbot: QtBot) -> None:
    long = "\n\n".join(f"Paragraph {number}" for number in range(200))
    show_messages(view, [message("a", Role.ASSISTANT, long)])
    qtbot.waitUntil(lambda: not view.busy)
    text = child(view, 0).textInterface()
    text.scrollToSubstring(0, 5)
    qtbot.waitUntil(lambda: "Paragraph 0" in view.visible_text())


def test_everything_that_can_be_clicked_is_an_action(view: TranscriptView) -> None:
    actions = child(view, 1).actionInterface()
    named = actions.actionNames()
    assert "A page" in named or "Open A page" in named
    assert len(named) == len(set(named))
    assert actions.localizedActionName(named[0]) == named[0]
    assert actions.localizedActionDescription(named[0]) == named[0]
    assert actions.keyBindingsForAction(named[0]) == []


def test_actions_can_be_done(view: TranscriptView) -> None:
    actions = child(view, 1).actionInterface()
    copies = [name for name in actions.actionNames() if name.startswith("Copy")]
    actions.doAction(copies[0])
    assert QGuiApplication.clipboard().text().strip() == "x = 1"
    actions.doAction("Nothing of the kind")


def test_a_message_that_is_not_at_hand_is_there_and_blank(view: TranscriptView) -> None:
    newest = (message("z", Role.USER, "Newest"),)
    view.contents.show(History("c", "z", 1000, 999, newest))
    assert messages(view).childCount() == 1000
    early = child(view, 3)
    assert early.textInterface().text(0, 10) == ""
    assert early.textInterface().characterRect(0) == QRect()
    assert early.actionInterface().actionNames() == []
    assert early.rect().height() > 0
    early.actionInterface().doAction("Copy")


def test_an_empty_transcript_has_no_messages(view: TranscriptView) -> None:
    show_messages(view, [])
    assert messages(view).childCount() == 0
    assert messages(view).focusChild() is None


def test_the_focus_is_in_the_newest_message_at_first(view: TranscriptView) -> None:
    focused = messages(view).focusChild()
    assert focused is not None
    assert focused.text(QAccessible.Text.Description) == "2 of 2"


def test_many_messages_can_be_asked_for(view: TranscriptView) -> None:
    view.contents.show(History("c", "z", 3000, 2999, (message("z", Role.USER, "Newest"),)))
    for index in range(1200):
        assert child(view, index).text(QAccessible.Text.Description) == f"{index + 1} of 3000"


def test_nothing_is_left_with_qt_when_the_view_goes(qapp: QApplication) -> None:
    factory.install()
    view = TranscriptView(describe)
    show_messages(view, [message("q", Role.USER, "A question")])
    number = QAccessible.uniqueId(child(view, 0))
    view.deleteLater()
    delete_what_waits_for_it()
    assert QAccessible.accessibleInterface(number) is None


def test_news_are_told_while_somebody_listens(view: TranscriptView, listening: None) -> None:
    view.contents.add(message("b", Role.ASSISTANT, "One", MessageState.STREAMING))
    view.contents.update(message("b", Role.ASSISTANT, "One and two"))
    view.selecting.select(
        Selection(Position(2, PartKind.ANSWER, 0, 1), Position(2, PartKind.ANSWER, 0, 3))
    )
    view.selecting.select(None)
    assert child(view, 2).textInterface().text(0, 20) == "One and two"


def test_the_message_of_the_focused_button_has_the_focus(
    view: TranscriptView, listening: None
) -> None:
    view.setFocus(Qt.FocusReason.TabFocusReason)
    focused = messages(view).focusChild()
    assert focused is not None
    assert messages(view).indexOfChild(focused) == view.assistance.messages().surface.current

# SPDX-License-Identifier: MIT
"""Everything that can be clicked is reached and worked by the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import Message, MessageState, Role
from chatglm_desktop.gui.transcript.rows.row import (
    Action,
    FailureAction,
    FailureText,
    OpenLink,
    RowAction,
    UseTool,
)
from chatglm_desktop.gui.transcript.rows.sideways import DragSideways
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.transcript.selection import Selection, item_end, item_start
from tests.helpers.transcripts import show_messages

Make = Callable[..., Message]
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def talk(view: TranscriptView, make_message: Make, qtbot: QtBot) -> TranscriptView:
    """An answer with links and code, and one that failed; the view has the focus."""
    text = "see [**bold** link](https://a.example) and more\n\nplain\n\n```\ncode\n```"
    show_messages(
        view,
        [
            make_message("Question", id="u", role=Role.USER),
            make_message(text, id="a", reasoning="hm"),
            make_message(id="f", state=MessageState.FAILED, failure=Failure("Busy")),
        ],
    )
    QApplication.processEvents()
    view.activateWindow()
    view.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(view.hasFocus)
    return view


def press(view: TranscriptView, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(view, key, modifiers)


def here(view: TranscriptView) -> tuple[int, Action] | None:
    hover = view.parts.overlay._focus.hover()
    return (hover.item, hover.action) if hover is not None else None


def stops(view: TranscriptView, key: Qt.Key, count: int) -> list[tuple[int, Action] | None]:
    found = []
    for _ in range(count):
        press(view, key)
        found.append(here(view))
    return found


ALL = [
    (0, UseTool("copy")),
    (1, RowAction("fold_thinking")),
    (1, OpenLink("https://a.example")),
    (1, RowAction("copy_code")),
    (1, RowAction("wrap_code")),
    (1, RowAction("save_code")),
    (1, UseTool("copy")),
    (2, FailureAction("retry")),
    (2, FailureAction("copy_details")),
    (2, UseTool("regenerate")),
]


def test_tab_goes_through_all_messages_a_toolbar_counting_as_one(talk: TranscriptView) -> None:
    assert stops(talk, Qt.Key.Key_Tab, len(ALL)) == ALL
    assert stops(talk, Qt.Key.Key_Backtab, len(ALL) - 1) == ALL[-2::-1]


def test_arrows_go_through_the_buttons_of_a_message_only(talk: TranscriptView) -> None:
    press(talk, Qt.Key.Key_Tab)
    assert stops(talk, Qt.Key.Key_Right, 4) == [
        (0, UseTool("edit")),
        (0, UseTool("delete")),
        (0, UseTool("more")),
        (0, UseTool("more")),
    ]
    assert stops(talk, Qt.Key.Key_Left, 1) == [(0, UseTool("delete"))]
    press(talk, Qt.Key.Key_Tab)
    assert here(talk) == ALL[1]


def test_the_text_of_a_link_is_known_also_across_styles(talk: TranscriptView) -> None:
    stops(talk, Qt.Key.Key_Tab, 3)
    hover = talk.parts.overlay._focus.hover()
    assert hover is not None
    assert isinstance(hover.action, OpenLink)
    assert hover.action.text == "bold link"
    area = talk.parts.overlay._focus.area()
    assert area is not None
    assert len(area.rects) == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_enter_and_space_do_what_a_click_does(
    talk: TranscriptView, qtbot: QtBot, key: Qt.Key
) -> None:
    stops(talk, Qt.Key.Key_Tab, 3)
    with qtbot.waitSignal(talk.link_activated) as opened:
        press(talk, key)
    assert opened.args == ["https://a.example"]
    stops(talk, Qt.Key.Key_Tab, 1)
    press(talk, key)
    assert QGuiApplication.clipboard().text() == "code"
    stops(talk, Qt.Key.Key_Tab, 4)
    with qtbot.waitSignal(talk.action_requested) as asked:
        press(talk, key)
    assert asked.args == ["f", "retry"]


def test_the_place_is_kept_when_its_row_changes(talk: TranscriptView) -> None:
    stops(talk, Qt.Key.Key_Tab, 2)
    press(talk, Qt.Key.Key_Return)
    assert here(talk) == ALL[1]
    assert not talk.parts.scene.transcript[1].folded


def test_escape_and_the_mouse_end_it_and_other_keys_stay_free(talk: TranscriptView) -> None:
    press(talk, Qt.Key.Key_Tab)
    press(talk, Qt.Key.Key_End)
    assert here(talk) is not None
    press(talk, Qt.Key.Key_Escape)
    assert here(talk) is None
    press(talk, Qt.Key.Key_Tab)
    QTest.mouseClick(talk.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert here(talk) is None
    press(talk, Qt.Key.Key_Right)
    assert here(talk) is None


def test_the_ring_and_the_target_of_a_link_are_painted(talk: TranscriptView) -> None:
    talk.parts.overlay._focus.clear()
    before = talk.viewport().grab().toImage()
    stops(talk, Qt.Key.Key_Tab, 3)
    image = talk.viewport().grab().toImage()
    area = talk.parts.overlay._focus.area()
    assert area is not None
    ring = area.bounds.toRect()
    assert image.copy(ring) != before.copy(ring)
    corner = talk.viewport().rect().adjusted(8, talk.viewport().height() - 28, -700, -8)
    assert image.copy(corner) != before.copy(corner)


def test_what_is_out_of_view_is_scrolled_into_it(
    view: TranscriptView, make_message: Make, qtbot: QtBot
) -> None:
    text = "[first](https://a.example)\n\n" + "word\n\n" * 80 + "[last](https://b.example)"
    show_messages(view, [make_message(text), make_message("[x](https://c.example)", id="b")])
    qtbot.waitUntil(lambda: not view.busy)
    for forward in (False, False, False, False):
        view.parts.overlay.tab(forward=forward)
    found = view.parts.overlay._focus.area()
    assert found is not None
    assert found.action == OpenLink("https://b.example")
    view.parts.overlay.tab(forward=False)
    found = view.parts.overlay._focus.area()
    assert found is not None
    assert found.action == OpenLink("https://a.example")
    assert 0.0 <= found.bounds.top() < view.parts.scene.height
    view.parts.overlay.tab(forward=True)
    found = view.parts.overlay._focus.area()
    assert found is not None
    assert 0.0 < found.bounds.bottom() <= view.parts.scene.height


def test_messages_that_are_not_at_hand_are_scrolled_to(
    view: TranscriptView, make_message: Make
) -> None:
    shown = tuple(make_message("text\n\n" * 30, id=f"m{i}") for i in range(8, 10))
    view.contents.show(History("c", "m9", 10, 8, shown))
    QApplication.processEvents()
    for _ in range(2):
        assert view.parts.overlay.tab(forward=False)
    before = view.verticalScrollBar().value()
    assert view.parts.overlay.tab(forward=False)
    assert view.verticalScrollBar().value() < before


def test_the_focus_comes_in_by_tab_and_leaves_at_the_ends(make_message: Make, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    before, view, after = (
        QLineEdit(),
        TranscriptView(lambda failure: FailureText(failure.kind, "")),
        QLineEdit(),
    )
    layout = QVBoxLayout(window)
    for widget in (before, view, after):
        layout.addWidget(widget)
    window.resize(700, 500)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    show_messages(view, [make_message("text")])
    QApplication.processEvents()
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert view.hasFocus()
    assert here(view) == (0, UseTool("copy"))
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert after.hasFocus()
    QTest.keyClick(after, Qt.Key.Key_Backtab)
    assert here(view) == (0, UseTool("copy"))
    QTest.keyClick(view, Qt.Key.Key_Backtab)
    assert before.hasFocus()
    assert here(view) is None


def test_the_arrows_scroll_what_is_wider_than_its_row(
    view: TranscriptView, make_message: Make, qtbot: QtBot
) -> None:
    show_messages(view, [make_message("```\n" + "word " * 60 + "\n```")])
    qtbot.waitUntil(lambda: not view.busy)
    for _ in range(12):
        view.parts.overlay.tab(forward=True)
        hover = view.parts.overlay._focus.hover()
        if hover is not None and isinstance(hover.action, DragSideways):
            break
    assert hover is not None
    assert isinstance(hover.action, DragSideways)
    press(view, Qt.Key.Key_Right)
    assert hover.action.sideways.offset > 0.0
    press(view, Qt.Key.Key_Left)
    assert hover.action.sideways.offset == 0.0


def test_the_place_goes_with_its_message(talk: TranscriptView) -> None:
    stops(talk, Qt.Key.Key_Tab, 7)
    talk.set_locked(True)
    assert here(talk) == ALL[6]
    stops(talk, Qt.Key.Key_Right, 1)
    assert here(talk) == (1, UseTool("more"))
    talk.set_locked(False)
    assert here(talk) == (1, UseTool("more"))
    stops(talk, Qt.Key.Key_Left, 1)
    talk.set_locked(True)
    assert here(talk) is None
    talk.contents.remove("f")
    assert here(talk) is None


def test_an_empty_view_has_no_place(view: TranscriptView) -> None:
    assert not view.parts.overlay.tab(forward=True)
    assert not view.parts.overlay.tab(forward=False)
    assert view.parts.overlay._focus.area() is None


def test_the_menu_opens_at_the_place(talk: TranscriptView, qtbot: QtBot) -> None:
    stops(talk, Qt.Key.Key_Tab, 3)
    for ask in (ask_by_key, ask_by_event):
        ask(talk)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert "Open link" in [action.text() for action in menu.actions()]
        with qtbot.waitSignal(menu.destroyed):
            menu.close()
    talk.parts.overlay._focus.clear()
    ask_by_key(talk)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Open link" not in [action.text() for action in menu.actions()]
    with qtbot.waitSignal(menu.destroyed):
        menu.close()


def ask_by_key(view: TranscriptView) -> None:
    press(view, Qt.Key.Key_F10, SHIFT)


def ask_by_event(view: TranscriptView) -> None:
    reason = QContextMenuEvent.Reason.Keyboard
    place = QPoint(1, 1)
    view.contextMenuEvent(QContextMenuEvent(reason, place, view.mapToGlobal(place)))


def test_the_message_at_the_place_is_the_one_that_a_key_selects(talk: TranscriptView) -> None:
    ctrl = Qt.KeyboardModifier.ControlModifier
    press(talk, Qt.Key.Key_Tab)
    press(talk, Qt.Key.Key_A, ctrl)
    assert talk.clipboard.selected() == "Question"
    stops(talk, Qt.Key.Key_Tab, 2)
    press(talk, Qt.Key.Key_A, ctrl)
    assert talk.clipboard.selected().startswith("see [")
    press(talk, Qt.Key.Key_A, ctrl)
    assert talk.selection == Selection(item_start(0), item_end(2))
    talk.toggle_caret()
    talk.selecting.select(Selection(item_start(0), item_start(0)))
    press(talk, Qt.Key.Key_A, ctrl)
    assert talk.clipboard.selected() == "Question"


def test_a_button_of_a_table_is_shown_with_its_icon(
    talk: TranscriptView, make_message: Make
) -> None:
    show_messages(talk, [make_message("| a | b |\n|---|---|\n| 1 | 2 |", id="t")])
    QApplication.processEvents()
    press(talk, Qt.Key.Key_Tab)
    assert here(talk) == (0, RowAction("copy_table"))
    area = talk.parts.overlay._focus.area()
    assert area is not None
    picture = talk.viewport().grab(area.bounds.toAlignedRect().adjusted(3, 3, -3, -3)).toImage()
    size = picture.size()
    pixels = {picture.pixel(x, y) for x in range(size.width()) for y in range(size.height())}
    assert len(pixels) > 2

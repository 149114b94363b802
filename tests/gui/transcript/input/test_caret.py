# SPDX-License-Identifier: MIT
"""Reading and selecting with the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.transcript.selection import PartKind, Position, item_end
from tests.helpers.transcripts import show_messages

if TYPE_CHECKING:
    from tests.gui.transcript.conftest import Aim

Make = Callable[..., Message]

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def show(view: TranscriptView, *messages: Message) -> None:
    show_messages(view, list(messages))
    QApplication.processEvents()
    while view.busy:
        QApplication.processEvents()


def press(view: TranscriptView, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    for key in keys:
        QTest.keyClick(view, key, modifiers)


def head(view: TranscriptView) -> Position:
    assert view.selection is not None
    return view.selection.head


def at(leaf: int, character: int, item: int = 0) -> Position:
    return Position(item, PartKind.ANSWER, leaf, character)


LONG = "word " * 60


def test_the_caret_begins_in_the_first_line_in_view_and_goes_by_arrows(
    view: TranscriptView, make_message: Make
) -> None:
    show(view, make_message("One two\n\n*Three*"))
    view.toggle_caret()
    assert head(view) == at(0, 0)
    press(view, Key.Key_Right, Key.Key_Right, Key.Key_Left)
    assert head(view) == at(0, 1)
    press(view, Key.Key_Right, modifiers=CTRL)
    assert head(view) == at(0, 4)
    press(view, Key.Key_Right, Key.Key_Right, modifiers=CTRL)
    assert head(view) == at(1, 0)
    press(view, Key.Key_Left, modifiers=CTRL)
    assert head(view) == at(0, 7)
    press(view, Key.Key_End, modifiers=CTRL)
    assert head(view) == at(1, 5)
    press(view, Key.Key_Home, modifiers=CTRL)
    assert head(view) == at(0, 0)
    assert view.clipboard.selected() == ""


def test_shift_extends_what_is_selected(view: TranscriptView, make_message: Make) -> None:
    show(view, make_message("One **two**\n\n*Three*"))
    view.toggle_caret()
    press(view, Key.Key_Right, Key.Key_Right, modifiers=CTRL | SHIFT)
    press(view, Key.Key_Right, Key.Key_Right, modifiers=SHIFT)
    assert view.clipboard.selected() == "One **two**\n\n*T*"
    press(view, Key.Key_Left, Key.Key_Left, modifiers=SHIFT)
    assert view.clipboard.selected() == "One **two**"


def test_without_the_mode_shift_extends_a_selection_and_arrows_do_not_move(
    view: TranscriptView, aim: Aim, make_message: Make
) -> None:
    show(view, make_message("One two"))
    press(view, Key.Key_Right, modifiers=SHIFT)
    assert view.selection is None
    aim.click(aim.text(0, 0.0))
    press(view, Key.Key_Right, Key.Key_Right, modifiers=SHIFT)
    press(view, Key.Key_Right)
    assert view.clipboard.selected() == "On"


def test_up_and_down_keep_the_column_over_short_lines(
    view: TranscriptView, make_message: Make
) -> None:
    show(view, make_message(f"{LONG}\n\nab\n\n{LONG}"))
    view.toggle_caret()
    press(view, *[Key.Key_Right] * 30)
    start = head(view)
    steps = [head(view)]
    for _ in range(6):
        press(view, Key.Key_Down)
        steps.append(head(view))
    assert at(1, 2) in steps
    last = steps[steps.index(at(1, 2)) + 1]
    assert last.leaf == 2
    assert abs(last.character - 30) <= 1
    for _ in range(6):
        press(view, Key.Key_Up)
    assert head(view) == start
    press(view, Key.Key_Up, Key.Key_Up)
    assert head(view) == start


def test_home_and_end_go_to_the_ends_of_the_line_that_is_shown(
    view: TranscriptView, make_message: Make
) -> None:
    show(view, make_message(LONG))
    view.toggle_caret()
    press(view, Key.Key_Down, Key.Key_Home)
    first = head(view)
    assert 60 < first.character < 120
    press(view, Key.Key_End)
    rect, start = view.places.caret_rect(head(view)), view.places.caret_rect(first)
    assert rect is not None
    assert start is not None
    assert rect.top() == start.top()
    assert rect.left() > start.left() + 500
    press(view, Key.Key_Right)
    rect = view.places.caret_rect(head(view))
    assert rect is not None
    assert rect.top() > start.top()


def test_it_goes_through_code_tables_formulas_and_messages(
    view: TranscriptView, make_message: Make
) -> None:
    show(
        view,
        make_message("Q", id="q", role=Role.USER),
        make_message("```py\nx = 1\ny = 22\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n$$\nx\n$$"),
    )
    view.toggle_caret()
    places = []
    for _ in range(6):
        places.append(head(view))
        press(view, Key.Key_Down)
    leaves = [(place.item, place.leaf) for place in places]
    assert leaves == [(0, 0), (1, 0), (1, 0), (1, 1), (1, 2), (1, 3)]
    assert places[1].character < 6 <= places[2].character
    press(view, Key.Key_End)
    assert head(view) == at(3, 1, 1)
    press(view, Key.Key_Left, Key.Key_Left, Key.Key_Home)
    assert head(view) == at(2, 2, 1)
    press(view, Key.Key_Left, Key.Key_End)
    assert head(view) == at(2, 1, 1)


def test_arrows_go_to_the_side_that_they_point_to_in_arabic_too(
    view: TranscriptView, make_message: Make
) -> None:
    show(view, make_message("مرحبا بالعالم"))
    view.toggle_caret()
    press(view, Key.Key_Left)
    assert head(view) == at(0, 1)
    press(view, Key.Key_Left, modifiers=CTRL)
    assert head(view) == at(0, 6)
    press(view, Key.Key_Right)
    assert head(view) == at(0, 5)
    press(view, Key.Key_Right, modifiers=CTRL)
    assert head(view) == at(0, 0)


def test_what_looks_like_one_character_is_one_step(
    view: TranscriptView, make_message: Make
) -> None:
    family = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
    show(view, make_message(f"{family}e\u0301!"))
    view.toggle_caret()
    press(view, Key.Key_Right)
    assert head(view) == at(0, 5)
    press(view, Key.Key_Right)
    assert head(view) == at(0, 7)
    press(view, Key.Key_Left, Key.Key_Left)
    assert head(view) == at(0, 0)


def test_the_view_goes_with_the_caret(view: TranscriptView, make_message: Make) -> None:
    show(view, *(make_message(LONG, id=str(number)) for number in range(60)))
    view.verticalScrollBar().setValue(0)
    view.toggle_caret()

    def in_view() -> bool:
        rect = view.places.caret_rect(head(view))
        return rect is not None and rect.top() >= 0 and rect.bottom() <= view.viewport().height()

    for _ in range(40):
        press(view, Key.Key_Down)
        assert in_view()
    press(view, Key.Key_End, modifiers=CTRL)
    assert head(view).item == 59
    assert in_view()
    press(view, Key.Key_PageUp)
    assert in_view()
    assert head(view).item < 59
    press(view, Key.Key_PageDown, Key.Key_PageDown)
    assert head(view) == at(0, len(LONG) - 1, 59)
    press(view, Key.Key_Home, modifiers=CTRL)
    assert in_view()
    press(view, Key.Key_PageUp)
    assert head(view) == at(0, 0)


def test_wide_code_scrolls_sideways_with_the_caret(
    view: TranscriptView, make_message: Make
) -> None:
    show(view, make_message("```\n" + "word " * 60 + "\n```"))
    view.toggle_caret()
    press(view, Key.Key_End)
    rect = view.places.caret_rect(head(view))
    assert rect is not None
    assert rect.right() < 830
    press(view, Key.Key_Home)
    rect = view.places.caret_rect(head(view))
    assert rect is not None
    assert rect.left() > 70


def test_the_caret_blinks_only_while_it_is_in_use(
    view: TranscriptView, make_message: Make, qtbot: QtBot
) -> None:
    show(view, make_message("One two"))
    without = view.viewport().grab().toImage()
    view.toggle_caret()
    assert view.hasFocus()
    assert view.viewport().grab().toImage() != without
    qtbot.waitUntil(lambda: view.viewport().grab().toImage() == without)
    qtbot.waitUntil(lambda: view.viewport().grab().toImage() != without)
    press(view, Key.Key_Escape)
    assert view.viewport().grab().toImage() == without
    assert not view.parts.caret._blink.isActive()
    view.toggle_caret()
    view.toggle_caret()
    assert not view.parts.caret._blink.isActive()


def test_the_caret_rests_while_something_else_has_the_focus(
    view: TranscriptView, make_message: Make, qtbot: QtBot
) -> None:
    show(view, make_message("One two"))
    view.toggle_caret()
    view.clearFocus()
    assert not view.parts.caret._blink.isActive()
    view.setFocus()
    assert view.parts.caret._blink.isActive()
    view.hide()
    assert not view.parts.caret._blink.isActive()


def test_a_caret_where_there_is_no_text_stays_nowhere(
    view: TranscriptView, make_message: Make
) -> None:
    show(view, make_message("---"))
    view.toggle_caret()
    press(view, Key.Key_Right)
    assert view.selection is None
    assert view.places.caret_rect(at(0, 0)) is None
    assert view.places.character_rect(at(0, 0)) is None


def test_places_of_characters_are_known(view: TranscriptView, make_message: Make) -> None:
    show(view, make_message("One two"))
    first, second = (view.places.character_rect(at(0, number)) for number in (0, 1))
    assert first is not None
    assert second is not None
    assert first.width() > 4
    assert first.right() == pytest.approx(second.left())
    assert view.places.position_at(QPointF(second.left() + 1.0, second.center().y())) == at(0, 1)
    assert view.places.caret_rect(item_end(0)) is None


def test_what_is_far_away_is_revealed(view: TranscriptView, make_message: Make) -> None:
    show(view, *(make_message(LONG, id=str(number)) for number in range(60)))
    view.places.reveal(at(0, 100, 3))
    rect = view.places.caret_rect(at(0, 100, 3))
    assert rect is not None
    assert 0 <= rect.top() < 590
    view.places.reveal(at(9, 0, 3))


def test_folded_thinking_is_nowhere_in_the_view(view: TranscriptView, make_message: Make) -> None:
    show(view, make_message("Answer", reasoning="Thought"))
    thought = Position(0, PartKind.REASONING, 0, 0)
    assert view.places.caret_rect(thought) is None
    assert view.places.caret_rect(at(0, 0)) is not None

# SPDX-License-Identifier: MIT
"""Selecting, clicking and hovering with the mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.deltas import Image, Source
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.messages import (
    ImagesPart,
    Message,
    MessageState,
    Role,
    SourcesPart,
)
from chatglm_desktop.gui.transcript.input.hits import Hover
from chatglm_desktop.gui.transcript.rows.row import OpenLink, PictureAction
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.transcript.rows import Row, RowKind
from tests.helpers.transcripts import show_messages

if TYPE_CHECKING:
    from tests.gui.transcript.conftest import Aim

Make = Callable[..., Message]
Shift = Qt.KeyboardModifier.ShiftModifier
Ctrl = Qt.KeyboardModifier.ControlModifier
FAR = 700.0


def show(view: TranscriptView, *messages: Message) -> None:
    show_messages(view, list(messages))
    QApplication.processEvents()
    while view.busy:
        QApplication.processEvents()


def test_a_drag_selects_across_blocks(view: TranscriptView, aim: Aim, make_message: Make) -> None:
    show(view, make_message("First words.\n\nSecond *words*.\n\nThird words."))
    aim.drag(aim.text(0, 0.0), aim.text(1, FAR))
    assert view.clipboard.selected() == "First words.\n\nSecond *words*."
    aim.drag(aim.text(1, FAR), aim.text(1, 0.0))
    assert view.clipboard.selected() == "Second *words*."


def test_a_drag_selects_across_messages(view: TranscriptView, aim: Aim, make_message: Make) -> None:
    show(view, make_message("Question", id="u", role=Role.USER), make_message("Answer"))
    aim.drag(aim.text(0, 0.0), aim.text(1, FAR))
    assert view.clipboard.selected() == "Question\n\nAnswer"


def test_a_click_clears_the_selection_and_shift_click_extends(
    view: TranscriptView, aim: Aim, make_message: Make
) -> None:
    show(view, make_message("First words.\n\nSecond words."))
    view.selecting.select_all()
    assert view.clipboard.selected() == "First words.\n\nSecond words."
    aim.click(aim.text(0, 0.0))
    assert view.clipboard.selected() == ""
    aim.click(aim.text(0, FAR), Shift)
    assert view.clipboard.selected() == "First words."


def test_a_double_click_selects_a_word_and_a_triple_click_the_paragraph(
    view: TranscriptView, aim: Aim, make_message: Make
) -> None:
    show(view, make_message("Alpha beta **gamma** delta"))
    point = aim.text(0, 50.0)
    left = Qt.MouseButton.LeftButton
    aim.click(point)
    QTest.mouseDClick(view.viewport(), left, pos=point)
    assert view.clipboard.selected() == "beta"
    aim.click(point)
    assert view.clipboard.selected() == "Alpha beta **gamma** delta"


def test_a_drag_after_a_double_click_selects_by_words(
    view: TranscriptView, aim: Aim, make_message: Make
) -> None:
    show(view, make_message("Alpha beta gamma\n\ndelta epsilon"))
    view.parts.pointer.press(QPointF(aim.text(0, 50.0)), double=True)
    view.parts.pointer.move(QPointF(aim.text(1, 4.0)), pressed=True)
    view.parts.pointer.release(QPointF(aim.text(1, 4.0)))
    assert view.clipboard.selected() == "beta gamma\n\ndelta"


def test_a_paragraph_of_plain_text_is_the_line_that_was_written(
    view: TranscriptView, aim: Aim, make_message: Make
) -> None:
    show(view, make_message("first line\nsecond line", role=Role.USER))
    point = QPointF(aim.text(0, 20.0))
    for double in (True, False):
        view.parts.pointer.press(point, double=double)
        view.parts.pointer.release(point)
    assert view.clipboard.selected() == "second line"


def test_a_drag_from_above_and_below_the_text_takes_whole_messages(
    view: TranscriptView, aim: Aim, make_message: Make
) -> None:
    show(view, make_message("*One*", reasoning="hm"), make_message("*Two*", id="b"))
    aim.drag(QPoint(450, 2), QPoint(450, 590))
    assert view.clipboard.selected() == "**GLM**\n\n*One*\n\n**GLM**\n\n*Two*"
    aim.click(aim.hot(0))
    tops = [round(top) for _, _, _, top in aim.rows()]
    aim.drag(QPoint(600, tops[1] + 5), QPoint(600, tops[3] + 5))
    assert view.clipboard.selected() == "hm"


def test_a_selection_survives_a_thousand_deltas(
    view: TranscriptView, aim: Aim, make_message: Make
) -> None:
    show(view, make_message("Chosen words.\n\n", id="r", state=MessageState.STREAMING))
    aim.drag(aim.text(0, 0.0), aim.text(0, FAR))
    view.clipboard.copy_selection()
    for number in range(1000):
        view.contents.append("r", "text", f"w{number} " if number % 9 else "\n\n- item ")
    assert view.clipboard.selected() == "Chosen words."
    assert QGuiApplication.clipboard().text() == "Chosen words."


def test_a_key_selects_the_last_answer_and_pressed_again_everything(
    view: TranscriptView, make_message: Make
) -> None:
    show(view, make_message("One", id="a", role=Role.USER), make_message("*Two*"))
    QTest.keyClick(view, Qt.Key.Key_A, Ctrl)
    QTest.keyClick(view, Qt.Key.Key_C, Ctrl)
    assert QGuiApplication.clipboard().text() == "*Two*"
    QTest.keyClick(view, Qt.Key.Key_A, Ctrl)
    QTest.keyClick(view, Qt.Key.Key_C, Ctrl)
    assert QGuiApplication.clipboard().text() == "**You**\n\nOne\n\n**GLM**\n\n*Two*"
    view.selecting.select(None)
    assert view.clipboard.selected() == ""


def test_the_message_of_the_selection_is_the_one_that_a_key_selects(
    view: TranscriptView, aim: Aim, make_message: Make
) -> None:
    show(view, make_message("One here", id="a", role=Role.USER), make_message("*Two*"))
    aim.click(aim.text(0, 5.0))
    QTest.keyClick(view, Qt.Key.Key_A, Ctrl)
    assert view.clipboard.selected() == "One here"


def test_a_drag_beyond_the_edge_scrolls(
    view: TranscriptView, aim: Aim, make_message: Make, qtbot: QtBot
) -> None:
    show(view, make_message("".join(f"Line {number}\n\n" for number in range(200))))
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=aim.text(5))
    before = view.verticalScrollBar().value()
    QTest.mouseMove(view.viewport(), QPoint(450, -20))
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() < before - 250)
    QTest.mouseMove(view.viewport(), QPoint(450, 100))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(450, 100))
    assert view.clipboard.selected().count("Line") > 5


def test_a_drag_beyond_the_edge_scrolls_while_text_arrives(
    view: TranscriptView, aim: Aim, make_message: Make, qtbot: QtBot
) -> None:
    text = "".join(f"Line {number}\n\n" for number in range(100))
    show(view, make_message(text, state=MessageState.STREAMING))
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=aim.text(5))
    before = view.verticalScrollBar().value()
    QTest.mouseMove(view.viewport(), QPoint(450, -20))

    def arrived() -> bool:
        view.contents.append("m", "text", "more words\n\n")
        return view.verticalScrollBar().value() < before - 250

    qtbot.waitUntil(arrived)
    QTest.mouseMove(view.viewport(), QPoint(450, 100))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(450, 100))
    chosen = view.clipboard.selected()
    assert chosen.count("Line") > 5
    assert "more words" not in chosen
    view.contents.append("m", "text", "still more\n\n")
    assert view.clipboard.selected() == chosen


def test_a_link_is_followed_by_a_click(
    view: TranscriptView, aim: Aim, make_message: Make, qtbot: QtBot
) -> None:
    show(view, make_message("[the link](https://example.org/a) and text"))
    QTest.mouseMove(view.viewport(), aim.hot(0))
    assert view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    view.viewport().grab()
    with qtbot.waitSignal(view.link_activated) as caught:
        aim.click(aim.hot(0))
    assert caught.args == ["https://example.org/a"]


def test_a_malformed_address_is_a_link_like_any_other(
    view: TranscriptView, aim: Aim, make_message: Make, qtbot: QtBot
) -> None:
    show(view, make_message("see [there](http://[z/)"))
    with qtbot.waitSignal(view.link_activated) as caught:
        aim.click(aim.hot(0))
    assert caught.args == ["http://%5Bz/"]


def test_sources_and_pictures_that_lead_elsewhere_are_no_links(
    view: TranscriptView, aim: Aim, make_message: Make
) -> None:
    extra = (
        ImagesPart((Image("file:///a.png"), Image("https://example.org/b.png"))),
        SourcesPart((Source("file:///etc/passwd", "a file"),)),
    )
    show(view, make_message("text", extra=extra))
    hots = [hot.action for _, layout, _, _ in aim.rows() for hot in layout.hots]
    assert hots == [PictureAction("show", "https://example.org/b.png")]


def test_only_web_and_mail_links_are_followed(
    view: TranscriptView, make_message: Make, qtbot: QtBot
) -> None:
    show(view, make_message("text"))
    with qtbot.assertNotEmitted(view.link_activated):
        view.parts.actions.perform(Hover(0, Row(RowKind.FOOT), OpenLink("file:///etc/passwd")))


def test_text_of_a_link_can_be_selected(
    view: TranscriptView, aim: Aim, make_message: Make, qtbot: QtBot
) -> None:
    show(view, make_message("[the whole link](https://example.org/a)"))
    with qtbot.assertNotEmitted(view.link_activated):
        aim.drag(aim.text(0, 0.5), aim.text(0, FAR))
    assert view.clipboard.selected() == "[the whole link](https://example.org/a)"


def test_sources_are_links(
    view: TranscriptView, aim: Aim, make_message: Make, qtbot: QtBot
) -> None:
    extra = (SourcesPart((Source("https://example.org/b"),)),)
    show(view, make_message("text", extra=extra))
    with qtbot.waitSignal(view.link_activated) as caught:
        aim.click(aim.hot(0))
    assert caught.args == ["https://example.org/b"]


def test_the_buttons_of_a_failure_ask_for_their_actions(
    view: TranscriptView, aim: Aim, make_message: Make, qtbot: QtBot
) -> None:
    failure = Failure("Busy", words="the words of the service " * 40)
    show(view, make_message("part", state=MessageState.FAILED, failure=failure))
    for number, action in enumerate(("retry", "copy_details")):
        QTest.mouseMove(view.viewport(), aim.hot(number))
        view.viewport().grab()
        with qtbot.waitSignal(view.action_requested) as caught:
            aim.click(aim.hot(number))
        assert caught.args == ["m", action]


def test_a_press_that_leaves_a_button_does_nothing(
    view: TranscriptView, aim: Aim, make_message: Make, qtbot: QtBot
) -> None:
    show(view, make_message(state=MessageState.FAILED, failure=Failure("Busy")))
    with qtbot.assertNotEmitted(view.action_requested):
        aim.drag(aim.hot(0), QPoint(5, 5))


def test_thinking_folds_and_unfolds_by_a_click(
    view: TranscriptView, aim: Aim, make_message: Make
) -> None:
    show(view, make_message("Answer", reasoning="First thought.\n\nSecond thought."))
    assert len([row for row in aim.rows() if row[1].length]) == 1
    aim.click(aim.hot(0))
    assert len([row for row in aim.rows() if row[1].length]) == 3
    aim.drag(aim.text(0, 0.0), aim.text(2, FAR))
    assert view.clipboard.selected() == "First thought.\n\nSecond thought.\n\nAnswer"
    aim.click(aim.hot(0))
    assert len([row for row in aim.rows() if row[1].length]) == 1


def test_code_is_copied_by_its_button(
    view: TranscriptView, aim: Aim, make_message: Make, qtbot: QtBot
) -> None:
    show(view, make_message("```python\nx = 1\ny = 2\n```"))
    before = view.viewport().grab().toImage()
    aim.click(aim.hot(0))
    assert QGuiApplication.clipboard().text() == "x = 1\ny = 2"
    assert view.viewport().grab().toImage() != before
    qtbot.waitUntil(lambda: view.parts.display.copied is None)


def test_long_lines_of_code_wrap_by_the_toggle_and_scroll_without_it(
    view: TranscriptView, aim: Aim, make_message: Make
) -> None:
    show(view, make_message("```\n" + "word " * 60 + "\n```"))
    layout = next(row[1] for row in aim.rows() if row[1].length)
    assert layout.scroll(40.0)
    height = layout.height
    aim.click(aim.hot(1))
    layout = next(row[1] for row in aim.rows() if row[1].length)
    assert layout.height > height
    assert not layout.scroll(40.0)


def wheel(
    view: TranscriptView,
    point: QPoint,
    angle: QPoint,
    pixels: QPoint | None = None,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Turn the wheel over ``point``; a touchpad gives ``pixels`` too."""
    event = QWheelEvent(
        QPointF(point),
        QPointF(view.viewport().mapToGlobal(point)),
        pixels or QPoint(),
        angle,
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


@pytest.mark.parametrize(
    ("angle", "modifiers"),
    [
        (QPoint(-240, 0), Qt.KeyboardModifier.NoModifier),
        (QPoint(-240, -80), Qt.KeyboardModifier.NoModifier),
        (QPoint(0, -240), Shift),
    ],
)
def test_a_sideways_wheel_scrolls_wide_code(
    view: TranscriptView,
    aim: Aim,
    make_message: Make,
    angle: QPoint,
    modifiers: Qt.KeyboardModifier,
) -> None:
    show(view, make_message("```\n" + "word " * 60 + "\n```"))
    before = view.viewport().grab().toImage()
    wheel(view, aim.text(0), angle, modifiers=modifiers)
    assert view.viewport().grab().toImage() != before


def test_a_touchpad_that_goes_almost_straight_up_scrolls_the_conversation(
    view: TranscriptView, aim: Aim, make_message: Make
) -> None:
    show(view, make_message("```\n" + ("word " * 60 + "\n") * 100 + "```"))
    bar = view.verticalScrollBar()
    before = bar.value()
    wheel(view, QPoint(450, 300), QPoint(8, 240), QPoint(2, 60))
    assert bar.value() < before
    wheel(view, QPoint(450, 300), QPoint(-8, -240), QPoint(-2, -60))
    assert bar.value() == before


def test_the_pointer_shows_what_can_be_done(
    view: TranscriptView, aim: Aim, make_message: Make
) -> None:
    show(view, make_message("Some text"))
    QTest.mouseMove(view.viewport(), aim.text(0, 5.0))
    assert view.viewport().cursor().shape() is Qt.CursorShape.IBeamCursor
    QTest.mouseMove(view.viewport(), QPoint(450, 3))
    assert view.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor
    QApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.Leave))


def test_the_menu_copies_selection_message_and_link(
    view: TranscriptView, aim: Aim, make_message: Make
) -> None:
    show(view, make_message("A [link](https://example.org/a) here"))
    point = aim.hot(0)
    where = view.viewport().mapToGlobal(point)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, where)
    QApplication.sendEvent(view.viewport(), event)
    menu = view.findChild(QMenu)
    assert menu is not None
    actions = {action.text(): action for action in menu.actions() if action.text()}
    assert not actions["Copy"].isEnabled()
    actions["Copy message"].trigger()
    assert QGuiApplication.clipboard().text() == "A [link](https://example.org/a) here"
    actions["Copy link"].trigger()
    assert QGuiApplication.clipboard().text() == "https://example.org/a"
    actions["Select all"].trigger()
    assert view.clipboard.selected() == "A [link](https://example.org/a) here"
    menu.close()

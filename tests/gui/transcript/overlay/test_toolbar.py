# SPDX-License-Identifier: MIT
"""The buttons at a message's foot: where they are, when they are shown, what they do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.history import History, Versions
from chatglm_desktop.core.messages import Message, MessageState, Role
from chatglm_desktop.gui.theme.tokens import LIGHT
from chatglm_desktop.gui.transcript.rows.row import Hot, UseTool
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.transcript.tools import ToolName
from tests.helpers.transcripts import show_messages

if TYPE_CHECKING:
    from tests.gui.transcript.conftest import Aim

Make = Callable[..., Message]
LEAST = 26.0


@pytest.fixture
def talk(view: TranscriptView, make_message: Make) -> TranscriptView:
    """A question, an answer, and both once more."""
    show_messages(
        view,
        [
            make_message("Question one", id="u1", role=Role.USER),
            make_message("*Answer* one", id="a1"),
            make_message("Two", id="u2", role=Role.USER),
            make_message("Answer two", id="a2"),
        ],
    )
    settle(view)
    return view


def settle(view: TranscriptView) -> None:
    QApplication.processEvents()
    while view.busy:
        QApplication.processEvents()


def button(view: TranscriptView, item: int, name: ToolName) -> Hot:
    hots = view.parts.overlay.toolbar.hots(item)
    return next(hot for hot in hots if hot.action == UseTool(name))


def names(view: TranscriptView, item: int) -> list[str]:
    """The buttons of an item that can be used."""
    actions = [hot.action for hot in view.parts.overlay.toolbar.hots(item)]
    return [action.tool for action in actions if isinstance(action, UseTool)]


def centre(hot: Hot) -> QPoint:
    return hot.rect.center().toPoint()


def press(view: TranscriptView, item: int, name: ToolName) -> None:
    place = centre(button(view, item, name))
    QTest.mouseMove(view.viewport(), place)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def picture(view: TranscriptView, item: int) -> QImage:
    """What is painted where the toolbar of an item is or would be."""
    rects = [hot.rect for hot in view.parts.overlay.toolbar.hots(item)]
    place = QRect(rects[0].toRect().topLeft(), QSize(60, 26))
    return view.viewport().grab(place).toImage()


def is_blank(image: QImage) -> bool:
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels} == {LIGHT.surface}


def test_the_last_answer_always_has_its_toolbar_and_others_under_the_pointer(
    talk: TranscriptView, aim: Aim
) -> None:
    assert [is_blank(picture(talk, item)) for item in range(4)] == [True, True, True, False]
    QTest.mouseMove(talk.viewport(), aim.text(1))
    assert [is_blank(picture(talk, item)) for item in range(4)] == [True, False, True, False]
    QApplication.sendEvent(talk.viewport(), QEvent(QEvent.Type.Leave))
    assert [is_blank(picture(talk, item)) for item in range(4)] == [True, True, True, False]


def test_a_toolbar_moves_nothing_and_covers_no_text(talk: TranscriptView, aim: Aim) -> None:
    before = [(top, layout.height) for _, layout, _, top in aim.rows()]
    QTest.mouseMove(talk.viewport(), aim.text(1))
    assert [(top, layout.height) for _, layout, _, top in aim.rows()] == before
    texts = [(top, top + layout.height) for _, layout, _, top in aim.rows() if layout.length]
    for item in range(4):
        for hot in talk.parts.overlay.toolbar.hots(item):
            assert hot.rect.height() >= LEAST
            assert hot.rect.width() >= LEAST
            assert not any(
                top < hot.rect.bottom() and bottom > hot.rect.top() for top, bottom in texts
            )


def test_the_way_from_a_message_to_its_toolbar_keeps_it(talk: TranscriptView) -> None:
    place = button(talk, 1, "copy").rect
    for y in (place.top() - 2.0, place.center().y(), place.bottom() - 1.0):
        QTest.mouseMove(talk.viewport(), QPointF(place.center().x(), y).toPoint())
        assert not is_blank(picture(talk, 1))


def test_copy_copies_the_message_and_says_so(talk: TranscriptView, qtbot: QtBot) -> None:
    before = picture(talk, 1)
    press(talk, 1, "copy")
    assert QGuiApplication.clipboard().text() == "*Answer* one"
    QTest.mouseMove(talk.viewport(), QPoint(2, 2))
    talk.parts.overlay.point(centre(button(talk, 1, "more")).toPointF())
    assert picture(talk, 1) != before
    qtbot.waitUntil(lambda: talk.parts.display.copied is None)


def test_a_copy_is_told_of_for_its_own_time_whatever_was_copied_before(
    talk: TranscriptView, make_message: Make, aim: Aim, qtbot: QtBot
) -> None:
    talk.contents.add(make_message("```\ncode\n```", id="a3"))
    settle(talk)
    aim.click(aim.hot(0))
    code = talk.parts.display.copied
    press(talk, 4, "copy")
    assert talk.parts.display.copied not in (None, code)
    ends = [t for t in talk.findChildren(QTimer) if t.isActive() and t.interval() >= 1000]
    assert len(ends) == 1
    with qtbot.waitSignal(ends[0].timeout):
        pass
    assert talk.parts.display.copied is None


def test_the_buttons_ask_whoever_owns_the_view(talk: TranscriptView, qtbot: QtBot) -> None:
    wanted: list[tuple[int, ToolName, list[str]]] = [
        (1, "regenerate", ["a1", "retry"]),
        (0, "edit", ["u1", "edit"]),
        (2, "delete", ["u2", "delete"]),
    ]
    for item, name, expected in wanted:
        with qtbot.waitSignal(talk.action_requested) as asked:
            press(talk, item, name)
        assert asked.args == expected


def test_the_selection_is_quoted(talk: TranscriptView, aim: Aim, qtbot: QtBot) -> None:
    assert "quote" not in names(talk, 1)
    aim.drag(aim.text(0, 0.0), aim.text(0, 700.0))
    assert "quote" in names(talk, 0)
    assert "quote" not in names(talk, 1)
    with qtbot.waitSignal(talk.quote_wanted) as asked:
        press(talk, 0, "quote")
    assert asked.args == ["Question one"]
    assert talk.clipboard.selected() == "Question one"


def test_a_press_beside_the_buttons_keeps_the_selection(talk: TranscriptView, aim: Aim) -> None:
    aim.drag(aim.text(1, 0.0), aim.text(1, 700.0))
    assert "quote" in names(talk, 1)
    assert "quote" not in names(talk, 3)
    copy, delete = button(talk, 3, "regenerate").rect, button(talk, 3, "delete").rect
    between = (copy.center() + delete.center()) / 2
    QTest.mouseClick(talk.viewport(), Qt.MouseButton.LeftButton, pos=between.toPoint())
    assert talk.clipboard.selected() == "*Answer* one"


def test_versions_are_leafed_through_also_quickly(talk: TranscriptView, qtbot: QtBot) -> None:
    talk.set_versions({"a1": Versions(1, 3), "a2": Versions(0, 1)})
    assert "next" not in names(talk, 3)
    with qtbot.waitSignal(talk.version_wanted) as asked:
        press(talk, 1, "previous")
    assert asked.args == ["a1", 0]
    with qtbot.waitSignal(talk.version_wanted) as asked:
        press(talk, 1, "next")
    assert asked.args == ["a1", 2]
    place = centre(button(talk, 1, "next"))
    wanted: list[int] = []
    talk.version_wanted.connect(lambda _, index: wanted.append(index))
    QTest.mouseClick(talk.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(talk.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(talk.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wanted == [2, 2]
    assert talk.clipboard.selected() == ""


def test_while_a_reply_runs_nothing_can_be_changed(talk: TranscriptView, qtbot: QtBot) -> None:
    place = centre(button(talk, 3, "delete"))
    talk.set_locked(True)
    assert names(talk, 3) == ["copy", "more"]
    with qtbot.assertNotEmitted(talk.action_requested):
        QTest.mouseClick(talk.viewport(), Qt.MouseButton.LeftButton, pos=place)
        talk.parts.overlay.tools.use(3, "delete")
    talk.set_locked(False)
    assert names(talk, 3) == ["copy", "regenerate", "delete", "more"]


def test_an_answer_that_arrives_has_no_toolbar(view: TranscriptView, make_message: Make) -> None:
    show_messages(view, [make_message("text", state=MessageState.STREAMING)])
    settle(view)
    assert names(view, 0) == []
    assert not view.viewport().grab().isNull()


def test_messages_that_are_not_at_hand_have_no_toolbar(
    view: TranscriptView, make_message: Make
) -> None:
    view.contents.show(History("c", "m9", 10, 9, (make_message("text", id="m9"),)))
    QApplication.processEvents()
    assert names(view, 3) == []
    assert names(view, 9)
    view.parts.overlay.point(QPointF(300.0, 1.0))
    assert not view.viewport().grab().isNull()


def test_an_empty_view_shows_none(view: TranscriptView) -> None:
    view.parts.overlay.point(QPointF(10.0, 10.0))
    assert list(view.parts.overlay.toolbar.shown()) == []


def test_buttons_say_what_they_do(talk: TranscriptView, qtbot: QtBot) -> None:
    assert all(hot.label for hot in talk.parts.overlay.toolbar.hots(1))
    point = centre(button(talk, 1, "regenerate"))
    where = talk.viewport().mapToGlobal(point)
    QApplication.sendEvent(talk.viewport(), QHelpEvent(QEvent.Type.ToolTip, point, where))
    assert "Regenerate" in QToolTip.text()
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_more_opens_the_menu_of_the_message(talk: TranscriptView, qtbot: QtBot) -> None:
    press(talk, 1, "more")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Regenerate" in [action.text() for action in menu.actions()]
    with qtbot.waitSignal(menu.destroyed):
        menu.close()


def test_toolbars_stand_where_they_should_when_everything_is_enlarged(
    talk: TranscriptView, qtbot: QtBot
) -> None:
    talk.set_zoom(1.5)
    settle(talk)
    place = (button(talk, 3, "delete").rect.center() * 1.5).toPoint()
    with qtbot.waitSignal(talk.action_requested) as asked:
        QTest.mouseClick(talk.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == ["a2", "delete"]

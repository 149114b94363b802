# SPDX-License-Identifier: MIT
"""A toast goes by itself, offers one action, and leaves no timer running."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import IconButton
from chatglm_desktop.gui.widgets.shadow import SHADOW
from chatglm_desktop.gui.widgets.toast import FLOOR, SHOWN_FOR_MS, Toast
from tests.helpers.widgets import child


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(800, 600)
    with qtbot.waitExposed(host):
        host.show()
    return host


@pytest.fixture
def toast(host: QWidget, themes: ThemeManager) -> Toast:
    return Toast(themes, host)


def timer(toast: Toast) -> QTimer:
    return child(toast, QTimer)


def action(toast: Toast) -> QAbstractButton:
    return child(toast, QPushButton)


def test_it_hides_when_its_time_is_over(toast: Toast, qtbot: QtBot) -> None:
    assert not toast.isVisible()
    toast.show_message("Deleted")
    assert toast.isVisible()
    assert toast.text() == "Deleted"
    assert not action(toast).isVisible()
    assert timer(toast).interval() == SHOWN_FOR_MS
    timer(toast).setInterval(1)
    qtbot.waitUntil(lambda: not toast.isVisible())
    assert not timer(toast).isActive()


def test_the_action_is_done_once(toast: Toast, qtbot: QtBot) -> None:
    done: list[str] = []
    toast.show_message("Deleted a", "Undo", lambda: done.append("a"))
    toast.show_message("Deleted b", "Undo", lambda: done.append("b"))
    QTest.mouseClick(action(toast), Qt.MouseButton.LeftButton)
    assert done == ["b"]
    assert not toast.isVisible()
    assert not timer(toast).isActive()
    action(toast).click()
    assert done == ["b"]


def test_it_can_be_dismissed(toast: Toast, qtbot: QtBot) -> None:
    done: list[str] = []
    toast.show_message("Deleted", "Undo", lambda: done.append("a"))
    QTest.mouseClick(child(toast, IconButton), Qt.MouseButton.LeftButton)
    assert not toast.isVisible()
    assert done == []


def test_it_stays_while_the_pointer_is_on_it(toast: Toast) -> None:
    toast.show_message("Deleted")
    QApplication.sendEvent(toast, QEnterEvent(QPointF(), QPointF(), QPointF()))
    assert not timer(toast).isActive()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert timer(toast).isActive()
    toast.hide()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert not timer(toast).isActive()


def test_it_keeps_to_the_bottom_centre(host: QWidget, toast: Toast, qtbot: QtBot) -> None:
    toast.show_message("Deleted", "Undo")
    host.resize(1000, 700)
    qtbot.waitUntil(lambda: abs(toast.geometry().center().x() - 500) <= 1)
    assert 500 < toast.geometry().bottom() < 700
    toast.show_message("long " * 100)
    assert toast.width() <= 1000


def test_it_keeps_above_what_grows(host: QWidget, toast: Toast, qtbot: QtBot) -> None:
    floor = QWidget(host)
    floor.setObjectName(FLOOR)
    floor.setGeometry(0, 560, 800, 40)
    floor.show()
    toast.show_message("Deleted")
    assert toast.geometry().bottom() < 600 - 100
    floor.setGeometry(0, 300, 800, 300)
    assert toast.geometry().bottom() - SHADOW < 300
    floor.deleteLater()
    qtbot.waitUntil(lambda: not host.findChildren(QWidget, FLOOR))
    toast.hide()


@pytest.mark.parametrize("width", [300, 560, 800])
def test_a_long_title_is_cut_and_the_sentence_is_not(
    host: QWidget, toast: Toast, width: int
) -> None:
    host.resize(width, 400)
    title = "A title with <very> many words " * 10
    toast.show_message(f"“{title}” is gone.", "Undo", title=title)
    shown = child(toast, QLabel).text()
    assert shown.startswith("“A title")
    assert shown.endswith("…” is gone.")
    assert toast.text() == f"“{title}” is gone."
    assert host.rect().contains(toast.geometry())
    assert toast.width() > width - 40
    buttons = [button.geometry() for button in toast.findChildren(QAbstractButton)]
    assert all(toast.rect().contains(place) for place in buttons)
    assert child(toast, QLabel).sizeHint().width() <= child(toast, QLabel).width()
    toast.show_message("“Short” is gone.", "Undo", title="Short")
    assert child(toast, QLabel).text() == "“Short” is gone."


def test_it_is_painted(toast: Toast, themes: ThemeManager) -> None:
    toast.show_message("Deleted", "Undo")
    light = toast.grab().toImage()
    themes.choose("high-contrast")
    assert toast.grab().toImage() != light


def test_a_click_leaves_the_keyboard_where_it_is(host: QWidget, toast: Toast, qtbot: QtBot) -> None:
    field = QLineEdit(host)
    field.show()
    host.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    toast.show_message("Deleted", "Undo")
    QTest.mouseClick(action(toast), Qt.MouseButton.LeftButton)
    assert field.hasFocus()
    toast.show_message("Undone", "Redo")
    QTest.mouseClick(child(toast, IconButton), Qt.MouseButton.LeftButton)
    assert field.hasFocus()


def test_its_buttons_are_reached_with_tab_and_lead_back(
    host: QWidget, toast: Toast, qtbot: QtBot
) -> None:
    other, field = QLineEdit(host), QLineEdit(host)
    other.show()
    field.show()
    QWidget.setTabOrder(field, action(toast))
    host.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    done: list[bool] = []
    toast.show_message("Deleted", "Undo", lambda: done.append(True))
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert action(toast).hasFocus()
    QTest.keyClick(action(toast), Qt.Key.Key_Space)
    assert done == [True]
    assert field.hasFocus()
    toast.show_message("Undone", "Redo")
    action(toast).setFocus()
    timer(toast).setInterval(1)
    qtbot.waitUntil(lambda: not toast.isVisible())
    assert field.hasFocus()

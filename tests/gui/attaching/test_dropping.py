# SPDX-License-Identifier: MIT
"""Real drag events over a page: a veil for files, nothing for text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.attaching.dropping import DropTarget, DropVeil
from chatglm_desktop.gui.attaching.sources import FileSource
from chatglm_desktop.gui.theme.manager import ThemeManager
from tests.helpers.widgets import child

PLACE = QPoint(100, 100)
MOVE = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(themes: ThemeManager, qtbot: QtBot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 400)
    DropTarget(themes, page)
    with qtbot.waitExposed(page):
        page.show()
    return page


@pytest.fixture
def files() -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl("file:///tmp/a.txt")])
    return data


@pytest.fixture
def text() -> QMimeData:
    data = QMimeData()
    data.setText("words")
    return data


def enter(page: QWidget, data: QMimeData) -> QDragEnterEvent:
    event = QDragEnterEvent(PLACE, MOVE, data, LEFT, NO_KEY)
    QApplication.sendEvent(page, event)
    return event


def test_files_can_be_dropped(page: QWidget, files: QMimeData, qtbot: QtBot) -> None:
    veil = child(page, DropVeil)
    event = enter(page, files)
    assert event.isAccepted()
    assert event.dropAction() == Qt.DropAction.CopyAction
    assert veil.isVisible()
    assert veil.geometry() == page.rect()
    veil.grab()
    move = QDragMoveEvent(PLACE, MOVE, files, LEFT, NO_KEY)
    QApplication.sendEvent(page, move)
    assert move.isAccepted()
    drop = QDropEvent(QPointF(PLACE), MOVE, files, LEFT, NO_KEY)
    with qtbot.waitSignal(child(page, DropTarget).dropped) as dropped:
        QApplication.sendEvent(page, drop)
    ((source,),) = dropped.args
    assert isinstance(source, FileSource)
    # The file stays where it is: a move would delete it there.
    assert drop.dropAction() == Qt.DropAction.CopyAction
    assert not veil.isVisible()


def test_the_veil_goes_with_the_drag(page: QWidget, files: QMimeData) -> None:
    veil = child(page, DropVeil)
    enter(page, files)
    QApplication.sendEvent(page, QDragLeaveEvent())
    assert not veil.isVisible()
    enter(page, files)
    page.hide()
    page.show()
    assert not veil.isVisible()


def test_text_is_not_for_the_page(page: QWidget, text: QMimeData, qtbot: QtBot) -> None:
    assert not enter(page, text).isAccepted()
    assert not child(page, DropVeil).isVisible()
    drop = QDropEvent(QPointF(PLACE), MOVE, text, LEFT, NO_KEY)
    with qtbot.assertNotEmitted(child(page, DropTarget).dropped):
        QApplication.sendEvent(page, drop)
    assert not drop.isAccepted()

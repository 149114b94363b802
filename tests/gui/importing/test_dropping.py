# SPDX-License-Identifier: MIT
from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.attaching.dropping import DropVeil
from chatglm_desktop.gui.importing.dropping import ImportDrop
from chatglm_desktop.gui.theme.manager import ThemeManager


def mime(*urls: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    return data


def enter(widget: QWidget, data: QMimeData) -> bool:
    event = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def drop(widget: QWidget, data: QMimeData) -> bool:
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


@pytest.fixture
def sidebar(themes: ThemeManager, qtbot: QtBot) -> QWidget:
    sidebar = QWidget()
    qtbot.addWidget(sidebar)
    with qtbot.waitExposed(sidebar):
        sidebar.show()
    return sidebar


def test_one_file_can_be_dropped(sidebar: QWidget, themes: ThemeManager, qtbot: QtBot) -> None:
    target = ImportDrop(themes, sidebar)
    (veil,) = sidebar.findChildren(DropVeil)
    data = mime("file:///tmp/export.zip")
    assert enter(sidebar, data)
    assert veil.isVisible()
    QApplication.sendEvent(sidebar, QDragLeaveEvent())
    assert not veil.isVisible()
    enter(sidebar, data)
    with qtbot.waitSignal(target.dropped) as dropped:
        assert drop(sidebar, data)
    assert dropped.args == [Path("/tmp/export.zip")]
    assert not veil.isVisible()


@pytest.mark.parametrize(
    "urls", [(), ("https://example.org/x.zip",), ("file:///tmp/a", "file:///tmp/b")]
)
def test_anything_else_goes_on_to_the_list(
    urls: tuple[str, ...], sidebar: QWidget, themes: ThemeManager, qtbot: QtBot
) -> None:
    target = ImportDrop(themes, sidebar)
    data = mime(*urls)
    assert not enter(sidebar, data)
    with qtbot.assertNotEmitted(target.dropped):
        assert not drop(sidebar, data)

# SPDX-License-Identifier: MIT
"""Conversations and tabs for the running program, and a pointer that drags tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from chatglm_desktop.gui.tabs.tabs import Tabs
from tests.helpers.widgets import child

if TYPE_CHECKING:
    from tests.helpers.theatre import Play

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def open_drafts(play: Play, *drafts: str) -> list[str]:
    """A tab with a saved conversation for each draft; returns their ids."""
    ids = []
    for draft in drafts:
        play.workspace.new_tab()
        play.page.composer.set_text(draft)
        play.workspace.save()
        ids.append(play.current_id)
    return ids


def key(play: Play, key: Qt.Key, modifiers: Qt.KeyboardModifier = CTRL) -> None:
    """Press a key of the main window."""
    QTest.keyClick(play.window, key, modifiers)


def drag(play: Play, conversation_id: str, *way: QPoint) -> Tabs:
    """Drag a tab along points of the screen, and hold it at the last one."""
    tabs = child(play.window.tabs, Tabs)
    start = tabs.tabRect(tabs.place(conversation_id)).center()
    QTest.mousePress(tabs, LEFT, pos=start)
    at = start
    for point in way:
        end = tabs.mapFromGlobal(point)
        for step in range(1, 11):
            QTest.mouseMove(tabs, at + (end - at) * step / 10)
        at = end
    return tabs


def drop(tabs: Tabs, at: QPoint) -> None:
    QTest.mouseRelease(tabs, LEFT, pos=tabs.mapFromGlobal(at))


def on_pages(play: Play, share: float) -> QPoint:
    """A point of the screen on the pages, ``share`` of their width from the left."""
    pages = play.window.pages
    return pages.mapToGlobal(QPoint(round(pages.width() * share), pages.height() // 2))

# SPDX-License-Identifier: MIT
"""A sidebar in its own window, and conversations to show in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, QPoint
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.gui.sidebar.sidebar import WIDTH, Sidebar
from chatglm_desktop.gui.sidebar.view import LibraryView
from chatglm_desktop.gui.sidebar.wish import Wish
from chatglm_desktop.gui.theme.manager import ThemeManager
from tests.helpers.listed import Listed

NOW = 1_700_000_000.0

FOLDERS = (
    Folder("w", "Work", 0.0),
    Folder("r", "Reading", 0.0, "w"),
    Folder("t", "Travel", 0.0, expanded=False),
)


def summary(id: str, age: float = 0.0, **values: object) -> ConversationSummary:
    """A conversation that changed ``age`` seconds ago."""
    return ConversationSummary(id, f"Title {id}", NOW, NOW - age, **values)  # type: ignore[arg-type]


@pytest.fixture
def sidebar(themes: ThemeManager, qtbot: QtBot) -> Sidebar:
    sidebar = Sidebar(themes, lambda: NOW)
    qtbot.addWidget(sidebar)
    sidebar.resize(WIDTH, 700)
    with qtbot.waitExposed(sidebar):
        sidebar.show()
    return sidebar


@pytest.fixture
def listed(sidebar: Sidebar) -> Listed:
    """Nothing yet."""
    return Listed(sidebar, NOW)


@pytest.fixture
def few(listed: Listed) -> Listed:
    """Three conversations of today, the newest first: a, b, c."""
    listed.show(summary(id, age) for age, id in enumerate("abc"))
    return listed


@pytest.fixture
def tree(listed: Listed) -> Listed:
    """One pinned, two folders in use, a closed one, and one in none."""
    listed.show(
        [
            summary("p", pinned=True),
            summary("w1", 1, folder_id="w"),
            summary("w2", 2, folder_id="w"),
            summary("r1", folder_id="r"),
            summary("t1", folder_id="t"),
            summary("a"),
        ],
        FOLDERS,
    )
    return listed


@pytest.fixture
def view(sidebar: Sidebar) -> LibraryView:
    return sidebar.view


@pytest.fixture
def row(view: LibraryView) -> Callable[[str], QModelIndex]:
    """Where the conversation, folder or heading with that id or text stands."""

    def find(name: str) -> QModelIndex:
        for row in range(view.list.rowCount()):
            line = view.list.line(row)
            if name in (line.id, line.text):
                return view.list.index(row)
        raise AssertionError(f"no {name} in {texts(view)}")

    return find


@pytest.fixture
def middle(view: LibraryView, row: Callable[[str], QModelIndex]) -> Callable[[str], QPoint]:
    return lambda name: view.visualRect(row(name)).center()


@pytest.fixture
def wishes(sidebar: Sidebar) -> list[Wish]:
    """All that the user has asked for."""
    heard: list[Wish] = []
    sidebar.asked.connect(heard.append)
    return heard


def texts(view: LibraryView) -> list[str]:
    """What is shown, a row each, moved to the right by its depth."""
    lines = [view.list.line(row) for row in range(view.list.rowCount())]
    return [f"{'.' * line.depth}{line.text}" for line in lines]

# SPDX-License-Identifier: MIT
"""What is seen of the list stays where it is, and is read when it comes into view."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.folders import Folder
from chatglm_desktop.gui.sidebar.sidebar import Sidebar
from chatglm_desktop.gui.sidebar.view import LibraryView
from tests.gui.sidebar.conftest import summary
from tests.helpers.listed import Listed

MANY = [summary(str(number), number) for number in range(2_000)]


def top(view: LibraryView) -> tuple[str, int]:
    """What is at the top, and how far it is cut off."""
    index = view.indexAt(QPoint(20, 0))
    return str(index.data()), view.visualRect(index).top()


def test_only_rows_near_the_visible_ones_are_read(listed: Listed, view: LibraryView) -> None:
    listed.show(MANY)
    assert 0 < len(set(listed.looked)) < 100
    listed.looked.clear()
    view.verticalScrollBar().setValue(40_000)
    assert 0 < len(listed.looked) < 150
    assert top(view)[0].startswith("Title ")
    listed.looked.clear()
    view.verticalScrollBar().setValue(40_001)
    assert listed.looked == []


def test_a_conversation_that_goes_to_the_top_moves_nothing_that_is_seen(
    listed: Listed, view: LibraryView
) -> None:
    listed.show(MANY)
    view.verticalScrollBar().setValue(30_011)
    before = top(view)
    listed.show([*MANY, summary("1900", -5)])
    assert top(view) == before
    listed.show([*MANY, summary("1900", -5), summary("new", -6)])
    assert top(view) == before
    listed.show(MANY[100:])
    assert top(view) == before


def test_the_row_on_top_that_goes_away_lets_the_others_stay(
    listed: Listed, view: LibraryView
) -> None:
    listed.show(MANY)
    view.verticalScrollBar().setValue(30_011)
    title, offset = top(view)
    height = view.sizeHintForRow(0)
    below = view.indexAt(QPoint(20, height + offset + 1)).data()
    number = int(title.removeprefix("Title "))
    listed.show([*MANY[:number], *MANY[number + 1 :], summary(str(number), -9)])
    assert view.visualRect(view.indexAt(QPoint(20, height + offset + 1))).top() == height + offset
    assert view.indexAt(QPoint(20, height + offset + 1)).data() == below


def test_at_the_very_top_what_is_new_is_seen(listed: Listed, view: LibraryView) -> None:
    listed.show(MANY)
    listed.show([*MANY, summary("new", -1)])
    assert view.verticalScrollBar().value() == 0
    assert view.list.line(2).text == "Title new"


def test_a_folder_that_opens_leaves_what_is_above_it(listed: Listed, view: LibraryView) -> None:
    folders = [Folder(str(n), f"Folder {n:03}", 0.0, expanded=False) for n in range(100)]
    inside = [summary(f"in {n}", n, folder_id="60") for n in range(50)]
    listed.show(inside, folders)
    view.verticalScrollBar().setValue(1_903)
    before = top(view)
    folders[60] = Folder("60", "Folder 060", 0.0)
    listed.show(inside, folders)
    assert top(view) == before


def test_what_was_read_is_read_again_after_a_change(
    sidebar: Sidebar, listed: Listed, view: LibraryView, qtbot: QtBot
) -> None:
    listed.show([summary("a")])
    listed.looked.clear()
    listed.show([summary("a")])
    assert listed.looked == [listed.number("a")]
    sidebar.hide()
    listed.looked.clear()
    listed.show([summary("a"), summary("b")])
    assert listed.looked == []
    sidebar.show()
    assert listed.looked == [listed.number("b")]

# SPDX-License-Identifier: MIT
"""What is dragged goes where it may go: folders, what is pinned, out again; never in circles."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QModelIndex, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.listed_rows import FOLDERS_HEADING
from chatglm_desktop.core.listing import PINNED, RECENT
from chatglm_desktop.gui.sidebar.dragging import Dragged
from chatglm_desktop.gui.sidebar.dragging import wishes as found
from chatglm_desktop.gui.sidebar.foot import FootButton
from chatglm_desktop.gui.sidebar.search_button import SearchButton
from chatglm_desktop.gui.sidebar.sidebar import Sidebar
from chatglm_desktop.gui.sidebar.view import LibraryView
from chatglm_desktop.gui.sidebar.wish import MIME, Wish
from tests.gui.sidebar.conftest import FOLDERS
from tests.helpers.listed import Listed
from tests.helpers.widgets import child

Find = Callable[[str], QModelIndex]
TREE = {folder.id: folder for folder in FOLDERS}
NONE, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
MOVE = Qt.DropAction.MoveAction
CORNER = QPoint(5, 5)


def mime(kind: str = MIME) -> QMimeData:
    data = QMimeData()
    data.setData(kind, b"1")
    return data


def enter(widget: QWidget, data: QMimeData, place: QPoint = CORNER) -> bool:
    event = QDragEnterEvent(place, MOVE, data, LEFT, NONE)
    event.setAccepted(False)
    widget.dragEnterEvent(event)
    return event.isAccepted()


def drop(widget: QWidget, place: QPoint = CORNER) -> bool:
    data = mime()  # an event does not own what is dragged
    event = QDropEvent(QPointF(place), MOVE, data, LEFT, NONE)
    event.setAccepted(False)
    widget.dropEvent(event)
    return event.isAccepted()


@pytest.fixture
def over(view: LibraryView) -> Callable[[QPoint], bool]:
    def move(place: QPoint) -> bool:
        data = mime()
        event = QDragMoveEvent(place, MOVE, data, LEFT, NONE)
        view.dragMoveEvent(event)
        return event.isAccepted()

    return move


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (PINNED, [Wish("pin", (1,))]),
        (RECENT, []),
        ("w", [Wish("move", (1,), "w")]),
        (FOLDERS_HEADING, []),
        ("unknown", []),
    ],
)
def test_conversations_go_to_other_lists(key: str, expected: list[Wish]) -> None:
    assert found(Dragged((1,), frozenset([RECENT])), key, TREE) == expected


def test_conversations_of_several_lists_go_to_any_of_them() -> None:
    dragged = Dragged((1, 2), frozenset([RECENT, "w"]))
    assert found(dragged, "w", TREE) == [Wish("move", (1, 2), "w")]
    assert found(dragged, RECENT, TREE) == [Wish("move", (1, 2))]


@pytest.mark.parametrize(
    ("id", "key", "parent"),
    [("r", "t", "t"), ("r", FOLDERS_HEADING, None), ("r", RECENT, None), ("t", "r", "r")],
)
def test_folders_go_into_folders_and_out(id: str, key: str, parent: str | None) -> None:
    expected = [Wish("move_folder", folder_id=id, parent_id=parent)]
    assert found(Dragged(folder_ids=(id,)), key, TREE) == expected


@pytest.mark.parametrize(
    ("id", "key"),
    [("w", "r"), ("w", "w"), ("r", "w"), ("w", FOLDERS_HEADING), ("w", PINNED), ("gone", "w")],
)
def test_no_folder_goes_in_a_circle_or_where_it_is(id: str, key: str) -> None:
    assert found(Dragged(folder_ids=(id,)), key, TREE) == []


def test_a_drop_on_a_folder_or_on_what_is_in_it(
    tree: Listed,
    sidebar: Sidebar,
    middle: Callable[[str], QPoint],
    over: Callable[[QPoint], bool],
    wishes: list[Wish],
) -> None:
    view = sidebar.view
    view.setCurrentIndex(view.indexAt(middle("a")))
    view.drags.dragged = view.drags.take()
    assert enter(view, mime())
    assert over(middle("w2"))
    assert view.list.folder_row("w") == view.rows.target
    assert not over(middle("Today"))
    assert view.rows.target is None
    assert over(middle("Pinned"))
    view.dragLeaveEvent(QDragLeaveEvent())
    assert view.rows.target is None
    assert not drop(view, middle("a"))
    assert drop(view, middle("r1"))
    assert wishes == [Wish("move", (tree.number("a"),), "r")]


def test_below_the_last_row_is_in_no_folder(
    tree: Listed, view: LibraryView, row: Find, over: Callable[[QPoint], bool]
) -> None:
    view.setCurrentIndex(row("w1"))
    view.drags.dragged = view.drags.take()
    assert over(QPoint(20, view.viewport().height() - 3))


def test_what_others_drag_is_nothing_for_the_list(
    tree: Listed, view: LibraryView, middle: Callable[[str], QPoint], over: Callable[[QPoint], bool]
) -> None:
    assert not enter(view, mime())
    assert not over(middle("w"))
    view.drags.dragged = Dragged((1,), frozenset([RECENT]))
    assert not enter(view, mime("text/plain"))


def test_a_closed_folder_opens_when_a_drag_rests_on_it(
    tree: Listed,
    sidebar: Sidebar,
    middle: Callable[[str], QPoint],
    over: Callable[[QPoint], bool],
    qtbot: QtBot,
) -> None:
    view = sidebar.view
    view.drags.dragged = Dragged((tree.number("a"),), frozenset([RECENT]))
    with qtbot.waitSignal(sidebar.asked) as asked:
        assert over(middle("t"))
    assert asked.args == [Wish("expand_folder", folder_id="t")]
    over(middle("w"))
    over(middle("t"))
    timer = child(view.drags, QTimer)
    assert timer.isActive()
    over(middle("w"))
    assert not timer.isActive()
    over(middle("t"))
    view.drags.end()
    assert not timer.isActive()


def test_a_drag_takes_what_is_selected_and_ends(
    tree: Listed, view: LibraryView, sidebar: Sidebar, monkeypatch: pytest.MonkeyPatch
) -> None:
    during: list[object] = []
    archive, trash, _ = sidebar.findChildren(FootButton)
    targets = (child(sidebar, SearchButton), archive, trash)
    takes: list[list[bool]] = []

    def exec(drag: QDrag, action: Qt.DropAction) -> Qt.DropAction:
        during.append(view.drags.dragged)
        assert not drag.pixmap().isNull()
        takes.append([target.acceptDrops() for target in targets])
        return action

    monkeypatch.setattr(QDrag, "exec", exec)
    view.clearSelection()
    view.startDrag(MOVE)
    view.selectAll()
    view.startDrag(MOVE)
    only = QItemSelectionModel.SelectionFlag.ClearAndSelect
    view.selectionModel().setCurrentIndex(view.list.index(3), only)
    view.startDrag(MOVE)
    numbers = tuple(tree.number(id) for id in ("p", "r1", "w1", "w2", "a"))
    assert during == [
        Dragged(numbers, frozenset([PINNED, RECENT, "r", "w"])),
        Dragged(folder_ids=("t",)),
    ]
    assert view.drags.dragged is None
    assert takes == [[True, True, True], [False, False, True]]
    assert not any(target.acceptDrops() for target in targets)


def test_pin_archive_and_trash_take_drops(
    tree: Listed, view: LibraryView, sidebar: Sidebar
) -> None:
    heard: list[Wish] = []
    sidebar.asked.connect(heard.append)
    archive, trash, _ = sidebar.findChildren(FootButton)
    search = child(sidebar, SearchButton)
    view.drags.dragged = Dragged((1,), frozenset([RECENT]), ("w",))
    search.set_pins(True)
    for target in (search, archive, trash):
        assert not enter(target, mime("text/plain"))
        assert enter(target, mime())
        sidebar.grab()
        target.dragLeaveEvent(QDragLeaveEvent())
        assert drop(target)
    assert heard == [
        Wish("pin", (1,)),
        Wish("archive", (1,)),
        Wish("trash", (1,)),
        Wish("trash_folder", folder_id="w"),
    ]
    view.drags.end()
    assert view.drags.dropped_on("pin") == []


def test_nothing_is_moved_within_the_trash(
    tree: Listed, sidebar: Sidebar, view: LibraryView, over: Callable[[QPoint], bool]
) -> None:
    sidebar.show_shelf("trash")
    view.drags.dragged = Dragged((1,), frozenset(["trash"]))
    assert not over(QPoint(20, 20))
    assert Folder("x", "x", 0.0)

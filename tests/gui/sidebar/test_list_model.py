# SPDX-License-Identifier: MIT
"""The list's model obeys Qt's rules and takes changes in without a reset."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.listed_rows import HeadNumbers, Rows, main_rows, trash_rows
from chatglm_desktop.core.listing import Outline, Place
from chatglm_desktop.gui.sidebar.list_model import LibraryListModel, RowRole
from chatglm_desktop.gui.widgets.tool_tip import plain_tip
from tests.gui.sidebar.conftest import NOW, summary

NAMES = HeadNumbers()
TREE = {"w": Folder("w", "Work", 0.0), "r": Folder("r", "Reading", 0.0, "w", expanded=False)}


@pytest.fixture
def model(qapp: QApplication) -> Iterator[LibraryListModel]:
    model = LibraryListModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield model
    tester.deleteLater()


def rows(ages: tuple[int, ...] = (99, 99, 99, 99), **lists: list[int]) -> Rows:
    numbers = {key: array("q", some) for key, some in lists.items()}
    ages = tuple(min(age, len(lists.get("recent", []))) for age in ages)
    return main_rows(Outline(numbers, ages), TREE if {"w", "r"} & lists.keys() else {}, NAMES)


def texts(model: LibraryListModel) -> list[str]:
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def fill(model: LibraryListModel, *numbers: int) -> None:
    model.put({number: summary(str(number)) for number in numbers})


def test_a_row_waits_until_it_is_read(model: LibraryListModel) -> None:
    assert model.is_empty
    model.show(rows(recent=[2, 1]), NOW)
    assert model.missing(0, 9) == [2, 1]
    assert model.index(2).data(Qt.ItemDataRole.AccessibleTextRole) == "Loading…"
    fill(model, 2)
    assert texts(model) == ["Folders", "Today", "Title 2", ""]
    assert model.missing(0, 9) == [1]
    assert model.shown(0, 9) == [2, 1]


def test_headings_are_no_rows_to_choose(model: LibraryListModel) -> None:
    model.show(rows(recent=[1]), NOW)
    fill(model, 1)
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
    assert model.flags(model.index(2)) & Qt.ItemFlag.ItemIsEditable
    assert [model.index(row).data(RowRole.ID) for row in range(3)] == ["", "", "1"]
    assert model.data(QModelIndex()) is None
    assert model.rowCount(model.index(0)) == 0
    assert model.data(model.index(2), Qt.ItemDataRole.FontRole) is None


def test_the_whole_title_is_in_the_tool_tip(model: LibraryListModel) -> None:
    model.show(rows(recent=[1]), NOW)
    fill(model, 1)
    assert model.index(2).data(Qt.ItemDataRole.ToolTipRole) == plain_tip("Title 1")
    assert model.index(0).data(Qt.ItemDataRole.ToolTipRole) is None


def test_folders_say_their_level_and_how_much_is_in_them(model: LibraryListModel) -> None:
    model.show(rows(w=[1], r=[2, 3]), NOW)
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(1).data(spoken) == "Folder Work, level 1, open, 3 conversations"
    assert model.index(2).data(spoken) == "Folder Reading, level 2, closed, 2 conversations"
    assert [model.folder_row(id) for id in ("w", "r", "x")] == [1, 2, None]


def test_what_is_in_the_trash_says_for_how_long(model: LibraryListModel) -> None:
    folder = Folder("f", "Old", 0.0, trashed_at=NOW - 86_400)
    outline = Outline({"trash": array("q", [1])})
    model.show(trash_rows(outline, {"f": folder}, NAMES), NOW)
    model.put({1: summary("1", trashed_at=NOW - 40 * 86_400)})
    spoken = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in (0, 1)]
    assert spoken == ["Folder Old, 29 d", "Title 1, 0 d"]


def test_a_closed_folder_tells_of_what_is_marked_in_it(model: LibraryListModel) -> None:
    listed = rows(w=[1], r=[2])
    model.show(listed, NOW)
    marks = model.marks
    marks.badges, marks.current = {"1": "failed", "2": "streaming", "gone": "unread"}, "2"
    marks.place({"1": Place("w", 1), "2": Place("r", 2)}, TREE)
    model.remark()
    assert marks.watched == {"1", "2", "gone"}
    line = model.line(2)
    assert (line.badge, line.current) == ("streaming", True)
    spoken = model.index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("conversations, a reply is arriving")
    assert (model.line(1).badge, model.line(1).current) == ("none", False)
    assert (marks.folder_badge("w"), marks.key("2"), marks.number("2")) == ("streaming", "r", 2)
    assert (marks.key("gone"), marks.number("gone")) == (None, None)


def test_badges_are_spoken(model: LibraryListModel) -> None:
    model.show(rows(recent=[1]), NOW)
    fill(model, 1)
    said = []
    for badge in ("streaming", "unread", "failed", "none"):
        model.marks.badges = {"1": badge}
        said.append(model.index(2).data(Qt.ItemDataRole.AccessibleTextRole))
    assert said == [
        "Title 1, a reply is arriving",
        "Title 1, new reply",
        "Title 1, the reply failed",
        "Title 1",
    ]


def test_a_rename_is_asked_for_and_shown(model: LibraryListModel, qtbot: QtBot) -> None:
    model.show(rows(w=[1]), NOW)
    fill(model, 1)
    with qtbot.waitSignal(model.renamed) as renamed:
        assert model.setData(model.index(3), "  New \n title ")
    assert renamed.args == ["1", "New title"]
    with qtbot.waitSignal(model.folder_renamed) as renamed:
        assert model.setData(model.index(1), "Job")
    assert renamed.args == ["w", "Job"]
    assert texts(model) == ["Folders", "Job", "Reading", "New title"]


@pytest.mark.parametrize("title", ["", "   ", "Title 1"])
def test_a_blank_or_equal_title_changes_nothing(
    model: LibraryListModel, qtbot: QtBot, title: str
) -> None:
    model.show(rows(recent=[1]), NOW)
    fill(model, 1)
    with qtbot.assertNotEmitted(model.renamed):
        assert not model.setData(model.index(2), title)


def test_a_row_that_moves_keeps_its_index(model: LibraryListModel) -> None:
    model.show(rows((1, 2, 2, 2), recent=[3, 2, 1]), NOW)
    fill(model, 1, 2, 3)
    watched = QPersistentModelIndex(model.index(model.row_of(2) or 0))
    model.show(rows((3, 3, 3, 3), recent=[1, 3, 2]), NOW)
    assert texts(model) == ["Folders", "Today", "Title 1", "Title 3", "Title 2"]
    assert watched.data() == "Title 2"
    model.show(rows(recent=[1]), NOW)
    assert not watched.isValid()
    assert model.row_of(2) is None


def test_only_what_was_shown_last_is_remembered(model: LibraryListModel) -> None:
    numbers = list(range(1, 3_001))
    model.show(rows(recent=numbers), NOW)
    fill(model, *numbers)
    assert len(model.missing(0, 9_999)) == 1_000
    model.forget_but(2_500, 2_600)
    assert len(model.missing(0, 9_999)) == 2_899
    assert model.missing(2_500, 2_600) == []


lists = st.lists(st.integers(1, 80), unique=True, max_size=60)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(lists, st.integers(0, 60)), min_size=1, max_size=5))
def test_any_change_ends_in_the_list_that_was_given(
    model: LibraryListModel, changes: list[tuple[list[int], int]]
) -> None:
    fill(model, *range(1, 81))
    for numbers, today in changes:
        watched = [QPersistentModelIndex(model.index(row)) for row in range(model.rowCount())]
        before = [index.data() for index in watched]
        half = len(numbers) // 2
        wanted = rows((today,) * 4, recent=numbers[:half], pinned=numbers[half:])
        model.show(wanted, NOW)
        fresh = LibraryListModel()
        fresh.show(wanted, NOW, afresh=True)
        fill(fresh, *range(1, 81))
        assert texts(model) == texts(fresh)
        for index, text in zip(watched, before, strict=True):
            assert not index.isValid() or index.data() == text


def test_a_hundred_thousand_rows_take_one_more_in_one_step(model: LibraryListModel) -> None:
    numbers = list(range(1, 100_001))
    model.show(rows(recent=numbers), NOW)
    inserted: list[int] = []
    model.rowsInserted.connect(lambda parent, first, last: inserted.append(last - first + 1))
    model.show(rows(recent=[100_001, *numbers]), NOW)
    assert inserted == [1]


def test_rows_in_quite_another_order_keep_their_indexes(model: LibraryListModel) -> None:
    numbers = list(range(1, 81))
    model.show(rows(recent=numbers), NOW)
    fill(model, *numbers)
    watched = [QPersistentModelIndex(model.index(row)) for row in range(model.rowCount())]
    before = [index.data() for index in watched]
    model.show(rows(recent=[*numbers[::3], *numbers[1::3], *numbers[2::3]]), NOW)
    assert [index.data() for index in watched] == before

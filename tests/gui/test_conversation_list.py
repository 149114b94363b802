# SPDX-License-Identifier: MIT
"""The list's model obeys Qt's rules and merges changes without a reset."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.gui.conversation_list import ConversationListModel, RowRole
from chatglm_desktop.gui.widgets.tool_tip import plain_tip

DAY = 86_400.0
NOW = 1_700_000_000.0


def summary(id: str, days_ago: float = 0, title: str | None = None) -> ConversationSummary:
    when = NOW - days_ago * DAY
    return ConversationSummary(id, id.upper() if title is None else title, when, when)


@pytest.fixture
def model(qapp: QApplication) -> Iterator[ConversationListModel]:
    model = ConversationListModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield model
    tester.deleteLater()


def texts(model: ConversationListModel) -> list[str]:
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def test_headings_and_titles(model: ConversationListModel) -> None:
    assert model.is_empty
    model.set_conversations([summary("b", 1), summary("a"), summary("c", 100, "")], NOW)
    assert texts(model) == ["Today", "A", "Yesterday", "B", "Older", "New conversation"]
    assert model.rowCount(model.index(0)) == 0


def test_only_conversations_can_be_chosen_and_renamed(model: ConversationListModel) -> None:
    model.set_conversations([summary("a")], NOW)
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsEditable
    assert model.index(0).data(RowRole.ID) == ""
    assert model.index(1).data(RowRole.ID) == "a"


def test_whole_title_in_the_tool_tip(model: ConversationListModel) -> None:
    model.set_conversations([summary("a", title="<b>long</b> " * 40)], NOW)
    assert model.index(1).data(Qt.ItemDataRole.ToolTipRole) == plain_tip("<b>long</b> " * 40)
    assert model.index(0).data(Qt.ItemDataRole.ToolTipRole) is None
    assert model.data(QModelIndex()) is None


def test_badges_are_shown_and_spoken(model: ConversationListModel, qtbot: QtBot) -> None:
    model.set_conversations([summary("a"), summary("b")], NOW)
    index = model.index_of("a")
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.set_badges({"a": "streaming", "gone": "unread"})
    assert changed.args[0] == index
    assert index.data(RowRole.BADGE) == "streaming"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "A, a reply is arriving"
    model.set_badges({"a": "unread"})
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "A, new reply"
    model.set_badges({"a": "failed"})
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "A, the reply failed"
    with qtbot.assertNotEmitted(model.dataChanged):
        model.set_badges({"a": "failed"})
    model.set_badges({})
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "A"


def test_the_current_conversation_is_marked(model: ConversationListModel) -> None:
    model.set_conversations([summary("a"), summary("b")], NOW)
    model.set_current("a")
    model.set_current("b")
    assert [model.index_of(id).data(RowRole.CURRENT) for id in "ab"] == [False, True]
    model.set_current(None)
    assert model.index_of("b").data(RowRole.CURRENT) is False
    assert not model.index_of("unknown").isValid()


def test_a_rename_is_asked_for_and_shown(model: ConversationListModel, qtbot: QtBot) -> None:
    model.set_conversations([summary("a")], NOW)
    with qtbot.waitSignal(model.renamed) as renamed:
        assert model.setData(model.index(1), "  New title ")
    assert renamed.args == ["a", "New title"]
    assert texts(model) == ["Today", "New title"]


@pytest.mark.parametrize("title", ["", "   ", "A"])
def test_a_blank_or_equal_title_changes_nothing(
    model: ConversationListModel, qtbot: QtBot, title: str
) -> None:
    model.set_conversations([summary("a")], NOW)
    with qtbot.assertNotEmitted(model.renamed):
        assert not model.setData(model.index(1), title)


def test_a_row_that_moves_keeps_its_index(model: ConversationListModel) -> None:
    model.set_conversations([summary("a"), summary("b", 1), summary("c", 2)], NOW)
    watched = QPersistentModelIndex(model.index_of("b"))
    model.set_conversations([summary("c"), summary("a", 0.01), summary("b", 1)], NOW)
    assert texts(model) == ["Today", "C", "A", "Yesterday", "B"]
    assert watched.data() == "B"
    model.set_conversations([summary("c")], NOW)
    assert not watched.isValid()


lists = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 60)), unique_by=lambda p: p[0]
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(lists, min_size=1, max_size=5))
def test_any_change_ends_in_the_list_that_was_given(
    model: ConversationListModel, changes: list[list[tuple[str, int]]]
) -> None:
    for change in changes:
        conversations = [summary(id, days) for id, days in change]
        watched = [QPersistentModelIndex(model.index(row)) for row in range(model.rowCount())]
        before = [index.data() for index in watched]
        model.set_conversations(conversations, NOW)
        fresh = ConversationListModel()
        fresh.set_conversations(conversations, NOW)
        assert texts(model) == texts(fresh)
        for id, _ in change:
            assert model.index_of(id).data(RowRole.ID) == id
        for index, text in zip(watched, before, strict=True):
            assert not index.isValid() or index.data() == text


def test_ten_thousand_rows(model: ConversationListModel) -> None:
    conversations = [summary(f"c{number}", number / 50) for number in range(10_000)]
    model.set_conversations(conversations, NOW)
    inserted: list[int] = []
    model.rowsInserted.connect(lambda parent, first, last: inserted.append(last - first + 1))
    model.set_conversations([*conversations, summary("new", -0.001)], NOW)
    assert inserted == [1]
    assert texts(model)[1] == "NEW"

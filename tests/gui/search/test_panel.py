# SPDX-License-Identifier: MIT
"""The panel in each of its states, by keys and by mouse."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QMenu
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.messages import Role
from chatglm_desktop.core.search import Hit
from chatglm_desktop.gui.search.filter_row import FilterChip
from chatglm_desktop.gui.search.panel import SearchPanel
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.segments import Segments
from tests.helpers.widgets import child

ENTER = Qt.Key.Key_Return
HITS = [
    Hit(
        "c",
        f"m{number}",
        "A title",
        Role.USER,
        1e9,
        f"words {number} of the cat " * 9,
        ((0, 5),),
        "thinking" if number % 3 else "text",
        hidden=bool(number % 2),
    )
    for number in range(50)
]
TITLE = replace(HITS[0], message_id=None, place="title", snippet="A title", marks=((2, 7),))


@pytest.fixture
def panel(themes: ThemeManager, qtbot: QtBot) -> SearchPanel:
    panel = SearchPanel(themes, lambda: 2e9)
    qtbot.addWidget(panel)
    panel.resize(380, 600)
    with qtbot.waitExposed(panel):
        panel.open_with()
    return panel


def chip(panel: SearchPanel, words: str) -> FilterChip:
    return next(one for one in panel.filters.findChildren(FilterChip) if one.text() == words)


def rows(panel: SearchPanel) -> QListView:
    return child(panel, QListView)


def test_nothing_typed_says_what_can_be(panel: SearchPanel) -> None:
    assert "quotation marks" in panel.said()


def test_typing_asks_at_once_and_tells_the_order(panel: SearchPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.query_changed) as asked:
        QTest.keyClicks(panel.field, "c")
    assert asked.args == ["c", "newest"]
    with qtbot.waitSignal(panel.query_changed) as asked:
        child(panel, Segments).set_current(1)
        child(panel, Segments).chosen.emit(1)
    assert asked.args == ["c", "relevance"]


def test_an_input_method_asks_for_nothing_and_goes_nowhere(
    panel: SearchPanel, qtbot: QtBot
) -> None:
    panel.show_hits(HITS, more=False)
    with qtbot.assertNotEmitted(panel.query_changed):
        QApplication.sendEvent(panel.field, QInputMethodEvent("tian", []))
    commit = QInputMethodEvent("", [])
    commit.setCommitString("天")
    with qtbot.waitSignal(panel.query_changed) as asked:
        QApplication.sendEvent(panel.field, commit)
    assert asked.args == ["天", "newest"]


def test_keys_choose_and_go(panel: SearchPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.chosen):
        QTest.keyClick(panel.field, ENTER)
    panel.show_hits([TITLE, *HITS], more=False)
    assert panel.said() == "51 found"
    QTest.keyClick(panel.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.chosen) as chosen:
        QTest.keyClick(panel.field, ENTER)
    assert chosen.args == [HITS[0], False]
    with qtbot.waitSignal(panel.chosen) as chosen:
        QTest.keyClick(panel.field, ENTER, Qt.KeyboardModifier.ControlModifier)
    assert chosen.args == [HITS[0], True]
    # What is there once more is still the current one.
    panel.show_hits(HITS, more=False)
    with qtbot.waitSignal(panel.chosen) as chosen:
        QTest.keyClick(panel.field, ENTER)
    assert chosen.args == [HITS[0], False]


def test_a_click_goes_there(panel: SearchPanel, qtbot: QtBot) -> None:
    panel.show_hits(HITS, more=False)
    with qtbot.waitSignal(panel.chosen) as chosen:
        QTest.mouseClick(rows(panel).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 20))
    assert chosen.args == [HITS[0], False]


def test_more_is_asked_for_once_before_the_end(panel: SearchPanel, qtbot: QtBot) -> None:
    panel.show_hits(HITS, more=True)
    assert panel.said() == "More than 50 found"
    bar = rows(panel).verticalScrollBar()
    with qtbot.waitSignal(panel.more_wanted):
        bar.setValue(bar.maximum())
    with qtbot.assertNotEmitted(panel.more_wanted):
        bar.setValue(bar.maximum() - 1)
    panel.show_hits(HITS, more=True)
    panel.show_searching()
    with qtbot.assertNotEmitted(panel.more_wanted):
        bar.setValue(bar.maximum())
    panel.show_hits(HITS, more=True)
    panel.add_hits(HITS[:1], more=False)
    assert panel.said() == "51 found"
    with qtbot.assertNotEmitted(panel.more_wanted):
        bar.setValue(bar.maximum())


def test_no_result_one_result_failure_and_progress(panel: SearchPanel) -> None:
    panel.show_hits((), more=False)
    assert panel.said().startswith("Nothing was found")
    panel.show_hits(HITS[:1], more=False)
    assert panel.said() == "1 found"
    panel.show_indexing(40)
    assert "40%" in panel.said()
    panel.show_failure("The disk is full.")
    assert panel.said() == "The disk is full."
    assert not panel.hits


def test_a_search_that_takes_long_says_so(panel: SearchPanel, qtbot: QtBot) -> None:
    panel.show_searching()
    qtbot.waitUntil(lambda: panel.said() == "Searching…")
    panel.show_hits(HITS, more=False)
    panel.show_searching()
    assert panel.said() == "50 found"
    qtbot.waitUntil(lambda: panel.said() == "Searching…")


def test_filters_are_put_into_the_field(panel: SearchPanel, qtbot: QtBot) -> None:
    chip(panel, "From me").click()
    assert panel.field.text() == "from:me "
    assert chip(panel, "From me").isChecked()
    assert chip(panel, "Tables").isHidden()
    chip(panel, "More…").click()
    assert chip(panel, "Tables").isVisible()
    panel.field.setText("from:ai")
    assert not chip(panel, "From me").isChecked()


def test_folders_are_offered_where_there_are_any(panel: SearchPanel, qtbot: QtBot) -> None:
    assert chip(panel, "In folder…").isHidden()
    panel.filters.set_folders(["Work", "R&D"])
    chip(panel, "In folder…").click()
    menu = child(panel, QMenu)
    assert [action.text() for action in menu.actions()] == ["Work", "R&&D"]
    menu.actions()[0].trigger()
    menu.close()
    assert panel.field.text() == "in:Work "


def test_escape_closes_wherever_the_focus_is(panel: SearchPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.closed):
        QTest.keyClick(panel.field, Qt.Key.Key_Escape)
    with qtbot.waitSignal(panel.closed):
        QTest.keyClick(chip(panel, "Code"), Qt.Key.Key_Escape)


def test_everything_is_painted_in_every_theme(panel: SearchPanel, themes: ThemeManager) -> None:
    panel.show_hits([TITLE, replace(HITS[0], title="", archived=True), *HITS], more=False)
    chip(panel, "Code").setFocus()
    for theme in ("light", "dark", "high-contrast"):
        themes.choose(theme)
        assert not panel.grab().isNull()


def test_words_can_be_given(panel: SearchPanel) -> None:
    panel.open_with("cat")
    assert panel.field.text() == "cat"

# SPDX-License-Identifier: MIT
"""The card with all models: filter, choose by key or click, and rows that stay in their place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.chat.model_rows import Choices, FailureRow, ModelRow, Offer, Row
from chatglm_desktop.core.accounts import GUEST, Account
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.gui.model_picker.delegate import refresh_rect
from chatglm_desktop.gui.model_picker.picker import ModelPicker
from chatglm_desktop.gui.model_picker.row_list import words
from chatglm_desktop.gui.model_picker.row_view import RowView
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.row_button import RowButton
from tests.helpers.accounts import GLM, OLLAMA, TABLE
from tests.helpers.widgets import child

KEY = Qt.Key
CLICK = Qt.MouseButton.LeftButton
MANY = tuple(ModelInfo(f"model-{number:02}") for number in range(30))
CHOICES = Choices(
    (Offer(GLM, TABLE["bigmodel"]), Offer(OLLAMA, (ModelInfo("qwen3:8b"),)), Offer(GUEST)),
    chosen=("glm", "glm-4.7-flash"),
)
STUDIO = Account("lm-studio", "lm-studio")


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[QWidget]:
    page = QWidget()
    page.resize(700, 600)
    with qtbot.waitExposed(page):
        page.show()
    QCursor.setPos(page.mapToGlobal(QPoint(690, 590)))
    yield page
    page.close()
    page.deleteLater()


@pytest.fixture
def picker(page: QWidget, themes: ThemeManager) -> ModelPicker:
    return opened(page, themes, CHOICES)


def opened(page: QWidget, themes: ThemeManager, choices: Choices) -> ModelPicker:
    picker = ModelPicker(themes, page)
    picker.open_at(QRect(40, 560, 120, 28), choices)
    return picker


def field(picker: ModelPicker) -> QLineEdit:
    return child(picker, QLineEdit)


def view(picker: ModelPicker) -> RowView:
    return child(picker, RowView)


def shown(picker: ModelPicker) -> list[str]:
    return [words(row) for row in view(picker).rows]


def current(picker: ModelPicker) -> str:
    row = view(picker).current_row()
    return words(row) if row else ""


def place(picker: ModelPicker, name: str) -> QRect:
    """Where a row stands in the view."""
    rows = view(picker)
    return rows.visualRect(rows.model().index(shown(picker).index(name), 0))


def test_begins_at_the_model_in_use(picker: ModelPicker) -> None:
    assert current(picker) == "GLM-4.7-Flash"
    assert field(picker).hasFocus()
    assert shown(picker)[0] == "GLM (open.bigmodel.cn)"


def test_arrows_go_from_model_to_model(picker: ModelPicker) -> None:
    QTest.keyClick(field(picker), KEY.Key_Down)
    assert current(picker) == "GLM-4-Flash"
    QTest.keyClick(field(picker), KEY.Key_Down)
    assert current(picker) == "qwen3:8b"
    QTest.keyClick(field(picker), KEY.Key_Up)
    assert current(picker) == "GLM-4-Flash"


def test_enter_chooses(picker: ModelPicker, qtbot: QtBot) -> None:
    QTest.keyClicks(field(picker), "4.6v")
    assert current(picker) == "GLM-4.6V-Flash"
    with qtbot.waitSignals([picker.chosen, picker.left]):
        QTest.keyClick(field(picker), KEY.Key_Return)
    assert picker.choices.chosen == ("glm", "glm-4.6v-flash")
    assert picker.isHidden()


def test_a_click_chooses(picker: ModelPicker, qtbot: QtBot) -> None:
    with qtbot.waitSignal(picker.chosen) as chosen:
        QTest.mouseClick(view(picker).viewport(), CLICK, pos=place(picker, "qwen3:8b").center())
    assert chosen.args == [OLLAMA, "qwen3:8b"]


def test_a_click_on_the_name_of_a_group_chooses_nothing(picker: ModelPicker, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(picker.chosen):
        QTest.mouseClick(view(picker).viewport(), CLICK, pos=place(picker, "ChatGLM").center())
    assert picker.isVisible()


def test_any_name_can_be_used(picker: ModelPicker, qtbot: QtBot) -> None:
    QTest.keyClicks(field(picker), "glm-6-preview")
    assert shown(picker) == [
        "Use “glm-6-preview” with GLM (open.bigmodel.cn)",
        "Use “glm-6-preview” with My Ollama",
    ]
    with qtbot.waitSignal(picker.chosen) as chosen:
        QTest.keyClick(field(picker), KEY.Key_Enter)
    assert chosen.args == [GLM, "glm-6-preview"]


def test_says_when_nothing_matches(page: QWidget, themes: ThemeManager, qtbot: QtBot) -> None:
    picker = opened(page, themes, Choices((Offer(GUEST),)))
    nothing = child(picker, QLabel)
    assert nothing.isHidden()
    QTest.keyClicks(field(picker), "nothing")
    assert shown(picker) == []
    assert nothing.isVisible()
    with qtbot.assertNotEmitted(picker.chosen):
        QTest.keyClick(field(picker), KEY.Key_Return)


def test_escape_leaves(picker: ModelPicker, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(picker.chosen), qtbot.waitSignal(picker.left):
        QTest.keyClick(field(picker), KEY.Key_Escape)


def test_a_list_that_failed_can_be_asked_for_again(
    page: QWidget, themes: ThemeManager, qtbot: QtBot
) -> None:
    failed = Offer(OLLAMA, (), Failure("ServerNotRunning", host="localhost:11434"))
    picker = opened(page, themes, Choices((failed,), chosen=("ollama-1", "")))
    QTest.keyClick(field(picker), KEY.Key_Down)
    assert isinstance(view(picker).current_row(), FailureRow)
    with qtbot.waitSignal(picker.refresh_wanted) as wanted:
        QTest.keyClick(field(picker), KEY.Key_Return)
    assert wanted.args == [OLLAMA]
    assert picker.isVisible()


def test_f5_asks_for_all_lists_again(picker: ModelPicker, qtbot: QtBot) -> None:
    asked: list[Account] = []
    picker.refresh_wanted.connect(asked.append)
    QTest.keyClick(field(picker), KEY.Key_F5)
    assert asked == [GLM, OLLAMA, GUEST]


def test_the_button_of_a_group_asks_for_its_list_again(picker: ModelPicker, qtbot: QtBot) -> None:
    button = refresh_rect(place(picker, "My Ollama"))
    with qtbot.waitSignal(picker.refresh_wanted) as wanted:
        QTest.mouseClick(view(picker).viewport(), CLICK, pos=button.center())
    assert wanted.args == [OLLAMA]


def test_a_server_on_this_computer_and_any_service_are_offered_below(
    picker: ModelPicker, qtbot: QtBot
) -> None:
    picker.show_choices(replace(CHOICES, servers=(STUDIO,)))
    picker.show_choices(replace(CHOICES, servers=(STUDIO,)))
    shown = [button for button in picker.findChildren(RowButton) if not button.isHidden()]
    server, service = shown
    if server.text() == "Set up a service…":
        server, service = service, server
    assert server.text() == "Use LM Studio, found on this computer"
    with qtbot.waitSignal(picker.server_wanted) as wanted:
        QTest.mouseClick(server, CLICK)
    assert wanted.args == [STUDIO]
    with qtbot.waitSignal(picker.service_wanted):
        service.click()


def test_a_server_that_is_found_later_leaves_nothing_to_scroll_where_all_is_in_view(
    page: QWidget, themes: ThemeManager
) -> None:
    picker = opened(page, themes, Choices((Offer(GUEST, loading=True),)))
    picker.show_choices(Choices((Offer(GUEST),), servers=(STUDIO,)))
    QApplication.processEvents()
    assert view(picker).verticalScrollBar().maximum() == 0


def test_a_server_that_is_found_later_hides_no_model(page: QWidget, themes: ThemeManager) -> None:
    picker = opened(page, themes, Choices((Offer(GUEST),)))
    picker.show_choices(Choices((Offer(GUEST),), servers=(STUDIO,)))
    QApplication.processEvents()
    assert view(picker).viewport().height() >= view(picker).wanted_height()


def test_down_leads_from_the_last_row_to_what_is_below(
    page: QWidget, themes: ThemeManager, qtbot: QtBot
) -> None:
    picker = opened(page, themes, Choices((Offer(GUEST),), servers=(STUDIO,)))
    QTest.keyClick(field(picker), KEY.Key_Down)
    server = QApplication.focusWidget()
    assert isinstance(server, RowButton)
    assert server.text() == "Use LM Studio, found on this computer"
    QTest.keyClick(server, KEY.Key_Down)
    service = QApplication.focusWidget()
    assert isinstance(service, RowButton)
    with qtbot.waitSignals([picker.service_wanted, picker.left]):
        QTest.keyClick(service, KEY.Key_Return)


def test_the_row_under_the_pointer_stays_while_lists_arrive(
    page: QWidget, themes: ThemeManager
) -> None:
    loading = Choices((Offer(GLM, loading=True), Offer(OLLAMA, MANY[:2])), chosen=("glm", "x"))
    picker = opened(page, themes, loading)
    pointed = place(picker, "model-01")
    QCursor.setPos(view(picker).viewport().mapToGlobal(pointed.center()))
    for count in (3, 20, 1):
        offers = (Offer(GLM, MANY[10 : 10 + count]), loading.offers[1])
        picker.show_choices(replace(loading, offers=offers))
        assert place(picker, "model-01").top() == pointed.top()


def test_the_current_row_stays_where_the_pointer_is_elsewhere(
    page: QWidget, themes: ThemeManager
) -> None:
    loading = Choices(
        (Offer(GLM, loading=True), Offer(OLLAMA, MANY)), chosen=("ollama-1", "model-20")
    )
    picker = opened(page, themes, loading)
    before = place(picker, "model-20")
    offers = (Offer(GLM, TABLE["bigmodel"]), loading.offers[1])
    picker.show_choices(replace(loading, offers=offers))
    assert (current(picker), place(picker, "model-20").top()) == ("model-20", before.top())


def test_a_row_that_is_gone_holds_nothing_up(picker: ModelPicker) -> None:
    picker.show_choices(Choices((Offer(GUEST),)))
    assert shown(picker) == ["ChatGLM", "Default model"]
    assert current(picker) == ""


def test_what_arrives_is_filtered_too(picker: ModelPicker) -> None:
    QTest.keyClicks(field(picker), "model")
    offers = (*CHOICES.offers[:1], Offer(OLLAMA, MANY))
    picker.show_choices(replace(CHOICES, offers=offers))
    assert shown(picker)[:2] == ["My Ollama", "model-00"]


@pytest.mark.parametrize("typed", ["", "flash", "nothing"])
def test_every_row_is_drawn_in_every_theme(page: QWidget, themes: ThemeManager, typed: str) -> None:
    failed = Offer(Account("c", "custom", "Cellar"), MANY[:1], Failure("TimedOut"))
    offers = (*CHOICES.offers, failed, Offer(Account("z", "zai"), loading=True))
    recent = (("ollama-1", "qwen3:8b"),)
    picker = opened(page, themes, replace(CHOICES, offers=offers, recent=recent))
    field(picker).setText(typed)
    QCursor.setPos(view(picker).viewport().mapToGlobal(QPoint(40, 50)))
    pictures = []
    for theme in ("light", "dark", "high-contrast"):
        themes.choose(theme)
        pictures.append(picker.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]


def test_pages_turn_in_a_long_list(page: QWidget, themes: ThemeManager) -> None:
    picker = opened(page, themes, Choices((Offer(OLLAMA, MANY),), chosen=("ollama-1", "model-00")))
    QTest.keyClick(field(picker), KEY.Key_PageDown)
    row: Row | None = view(picker).current_row()
    assert isinstance(row, ModelRow)
    assert row.info.id > "model-05"

# SPDX-License-Identifier: MIT
"""Several models are marked in the same list, to compare their answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.chat.model_rows import Choices, ModelRow, Offer, TypedRow
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.gui.model_picker.picker import ModelPicker
from chatglm_desktop.gui.model_picker.row_list import spoken, tip
from chatglm_desktop.gui.model_picker.row_view import RowView
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.row_button import RowButton
from tests.helpers.accounts import OLLAMA
from tests.helpers.widgets import child

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
NAMES = ("a", "b", "c", "d", "e")
CHOICES = Choices(
    (Offer(OLLAMA, tuple(map(ModelInfo, NAMES))),),
    chosen=(OLLAMA.id, "a"),
    marked=((OLLAMA.id, "a"),),
)


@pytest.fixture
def picker(qtbot: QtBot, themes: ThemeManager) -> Iterator[ModelPicker]:
    page = QWidget()
    page.resize(700, 600)
    with qtbot.waitExposed(page):
        page.show()
    picker = ModelPicker(themes, page)
    picker.open_at(QRect(40, 560, 120, 28), CHOICES)
    yield picker
    page.close()
    page.deleteLater()


def button(picker: ModelPicker) -> RowButton:
    (only,) = [one for one in picker.findChildren(RowButton) if not one.isHidden()]
    return only


def marked(picker: ModelPicker) -> str:
    rows = child(picker, RowView).rows
    return "".join(row.info.id for row in rows if isinstance(row, ModelRow) and row.chosen)


def press(picker: ModelPicker, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(child(picker, QLineEdit), key)


def test_enter_marks_and_takes_the_mark_away(picker: ModelPicker, qtbot: QtBot) -> None:
    assert marked(picker) == "a"
    assert not button(picker).isEnabled()
    press(picker, KEY.Key_Down, KEY.Key_Return)
    assert marked(picker) == "ab"
    assert button(picker).isEnabled()
    assert button(picker).text() == "Compare 2 models (Ctrl+Enter)"
    press(picker, KEY.Key_Up, KEY.Key_Return)
    assert marked(picker) == "b"
    assert not button(picker).isEnabled()
    assert picker.isVisible()


def test_four_at_most_go_along(picker: ModelPicker, qtbot: QtBot) -> None:
    for _ in NAMES[1:]:
        press(picker, KEY.Key_Down, KEY.Key_Return)
    assert marked(picker) == "abcd"
    with qtbot.waitSignal(picker.several_chosen) as chosen:
        button(picker).click()
    assert chosen.args == [tuple((OLLAMA.id, name) for name in "abcd")]


def test_what_cannot_be_chosen_as_well_is_told(picker: ModelPicker) -> None:
    def barred() -> str:
        rows = child(picker, RowView).rows
        return "".join(row.info.id for row in rows if isinstance(row, ModelRow) and row.barred)

    def told(role: Qt.ItemDataRole) -> str:
        view = child(picker, RowView)
        return str(view.model().index(len(NAMES), 0).data(role))

    press(picker, *[KEY.Key_Down, KEY.Key_Return] * 2)
    assert barred() == ""
    before = child(picker, RowView).grab().toImage()
    press(picker, KEY.Key_Down, KEY.Key_Return)
    assert barred() == "e"
    assert child(picker, RowView).grab().toImage() != before
    for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
        assert "No more than 4 can be chosen" in told(role)
    child(picker, QLineEdit).setText("my-own-model")
    (typed,) = [row for row in child(picker, RowView).rows if isinstance(row, TypedRow)]
    assert typed.barred
    assert "No more than 4" in spoken(typed)
    assert "No more than 4" in tip(typed)
    child(picker, QLineEdit).clear()
    press(picker, KEY.Key_Return)
    assert barred() == ""


def test_down_at_the_end_stays_here_while_too_few_are_marked(picker: ModelPicker) -> None:
    QPushButton(picker.parentWidget()).show()
    press(picker, *[KEY.Key_Down] * len(NAMES))
    assert picker.isVisible()
    assert picker.window().focusWidget() is child(picker, QLineEdit)


def test_control_enter_compares(picker: ModelPicker, qtbot: QtBot) -> None:
    QTest.keyClick(child(picker, QLineEdit), KEY.Key_Return, CTRL)
    assert picker.isVisible()
    press(picker, KEY.Key_Down, KEY.Key_Return)
    with qtbot.waitSignal(picker.several_chosen) as chosen:
        QTest.keyClick(child(picker, QLineEdit), KEY.Key_Return, CTRL)
    assert chosen.args == [((OLLAMA.id, "a"), (OLLAMA.id, "b"))]

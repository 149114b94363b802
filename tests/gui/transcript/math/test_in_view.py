# SPDX-License-Identifier: MIT
"""Formulas in the shown conversation: they arrive later, and nothing jumps."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.gui.theme.tokens import DARK
from chatglm_desktop.gui.transcript.math import formulas
from chatglm_desktop.gui.transcript.math.row import FormulaRow
from chatglm_desktop.gui.transcript.rows.row import FailureText, RowLayout
from chatglm_desktop.gui.transcript.rows.table_row import TableRow
from chatglm_desktop.gui.transcript.rows.text_row import TextRow
from chatglm_desktop.gui.transcript.view import TranscriptView
from tests.helpers.transcripts import show_messages

TEXT = r"""Inline $\frac{a}{b}$ and

$$\begin{pmatrix} a \\ b \\ c \\ d \end{pmatrix}$$

| a | b |
|---|---|
| $\sum_i x_i$ | y |

The end.
"""


def describe(_failure: object) -> FailureText:
    return FailureText("Failed", "")


@pytest.fixture
def view(qtbot: QtBot) -> TranscriptView:
    result = TranscriptView(describe)
    qtbot.addWidget(result)
    result.resize(800, 300)
    result.show()
    qtbot.waitExposed(result)
    return result


def replies(count: int) -> list[Message]:
    return [
        Message(str(number), Role.ASSISTANT, (TextPart(TEXT + f"\n{number}"),), 1.0e9)
        for number in range(count)
    ]


def rows(view: TranscriptView) -> list[RowLayout]:
    scene = view.parts.scene
    return [
        scene.layout(index, number)
        for index in range(len(scene.transcript))
        if scene.geometry.is_open(index)
        for number in range(scene.transcript[index].row_count)
    ]


def finished(view: TranscriptView) -> bool:
    found = [row for row in rows(view) if isinstance(row, TextRow | FormulaRow | TableRow)]
    return len(found) > 3 and not any(row.unfinished for row in rows(view))


def test_formulas_take_the_place_of_their_source(view: TranscriptView, qtbot: QtBot) -> None:
    view.resize(800, 700)
    show_messages(view, replies(1))
    qtbot.waitUntil(lambda: finished(view))
    assert any(isinstance(row, FormulaRow) for row in rows(view))
    made = view.layouts_made
    view.grab()
    assert view.layouts_made == made


def test_the_end_stays_in_view_when_formulas_arrive(view: TranscriptView, qtbot: QtBot) -> None:
    show_messages(view, replies(1))
    qtbot.waitUntil(lambda: finished(view))
    assert view.following
    bar = view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())


def test_formulas_that_arrive_just_before_a_frame_is_painted_wait_for_the_next(
    view: TranscriptView, qtbot: QtBot
) -> None:
    with formulas._LIBRARY:
        show_messages(view, replies(1))
        qtbot.waitUntil(lambda: not view.busy)
    for thread in threading.enumerate():
        if thread.name == "formulas":
            thread.join()
    assert view.parts.scene.layouts.look.formulas.arrived == 3
    height = view.parts.scene.geometry.total
    view.viewport().repaint()
    assert view.parts.scene.geometry.total == height
    qtbot.waitUntil(lambda: finished(view))
    qtbot.waitUntil(lambda: view.parts.scene.geometry.total > height)
    assert view.parts.scene.top == view.parts.scene.limit


def test_a_theme_keeps_the_formulas(view: TranscriptView, qtbot: QtBot) -> None:
    view.resize(800, 700)
    show_messages(view, replies(1))
    qtbot.waitUntil(lambda: finished(view))
    view.apply_theme(DARK)
    assert finished(view)


def test_a_formula_that_still_grows_is_its_source(view: TranscriptView, qtbot: QtBot) -> None:
    running = Message("1", Role.ASSISTANT, (), 1.0e9, state=MessageState.STREAMING)
    show_messages(view, [running])
    for text in ("$$\n", "\\frac{a}", "{b}\n"):
        view.contents.append("1", "text", text)
        assert not any(isinstance(row, FormulaRow) for row in rows(view))
    known = view.parts.scene.layouts.look.formulas
    assert known.arrived == 0
    view.contents.append("1", "text", "$$\n\nMore.")
    qtbot.waitUntil(lambda: any(isinstance(row, FormulaRow) for row in rows(view)))
    assert known.arrived == 1

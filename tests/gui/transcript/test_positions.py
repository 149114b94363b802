# SPDX-License-Identifier: MIT
"""A reading position in a reply with formulas, found again before and after they are typeset."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.messages import Message, Role, TextPart
from chatglm_desktop.gui.transcript.math import formulas
from chatglm_desktop.gui.transcript.rows.row import FailureText
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.transcript.rows import RowKind
from chatglm_desktop.transcript.selection import PartKind
from tests.helpers.transcripts import show_messages

FORMULAS = "\n\n".join(
    f"Plain text before number {number}.\n\n"
    rf"$$\begin{{pmatrix}} a \\ b \\ c \\ {number} \end{{pmatrix}}$$"
    f"\n\nIn a line $\\frac{{a}}{{{number}}}$ stands a small one, and words follow it here."
    for number in range(30)
)
Open = Callable[[], TranscriptView]


@pytest.fixture
def open_view(qtbot: QtBot) -> Open:
    """Opens a view that knows no formula yet."""

    def open_view() -> TranscriptView:
        view = TranscriptView(lambda _: FailureText("Failed", ""))
        qtbot.addWidget(view)
        view.resize(800, 500)
        view.show()
        qtbot.waitExposed(view)
        return view

    return open_view


def plain_line(view: TranscriptView) -> tuple[int, float]:
    """The first row in view without a formula in it, and where it stands."""
    scene = view.parts.scene
    for index, number, y in scene.visible_rows(0.0, scene.height):
        row = scene.transcript[index].row(number)
        if row.kind is RowKind.LEAF and row.leaf % 3 == 0:
            return number, y
    raise AssertionError("no text in view")


def waits(view: TranscriptView) -> bool:
    scene = view.parts.scene
    rows = scene.visible_rows(0.0, scene.height)
    return view.busy or any(scene.layout(index, number).unfinished for index, number, _ in rows)


def bring_to_top(view: TranscriptView, leaf: int, below: float) -> None:
    """Scroll to ``below`` pixels under the top of a leaf."""
    scene = view.parts.scene
    row = scene.transcript[0].leaf_row(PartKind.ANSWER, leaf)
    for _ in range(3):
        top = scene.geometry.row_top(0, row) + below
        view.parts.scroller.scroll_by(top - scene.top)
        QApplication.processEvents()


@pytest.mark.parametrize("leaf", [45, 46, 47])
def test_a_line_among_formulas_is_found_again_and_stays_while_they_arrive(
    open_view: Open, qtbot: QtBot, leaf: int
) -> None:
    messages = [Message("m", Role.ASSISTANT, (TextPart(FORMULAS),), 1.0e9)]
    first = open_view()
    show_messages(first, messages)
    qtbot.waitUntil(lambda: not first.busy)
    bring_to_top(first, leaf, 5.0)
    qtbot.waitUntil(lambda: not waits(first))
    bring_to_top(first, leaf, 5.0)
    qtbot.waitUntil(lambda: not waits(first))
    anchor, (row, y) = first.anchor(), plain_line(first)
    assert anchor is not None
    assert (anchor.leaf, anchor.offset) == (leaf, 5.0)
    first.hide()

    second = open_view()
    with formulas._LIBRARY:
        show_messages(second, messages, anchor)
        qtbot.waitUntil(lambda: not second.busy)
        assert waits(second)
        assert second.anchor() == anchor
        if leaf % 3 == 0:
            assert plain_line(second) == (row, y)
    qtbot.waitUntil(lambda: not waits(second))
    assert second.anchor() == anchor
    assert plain_line(second) == (row, y)

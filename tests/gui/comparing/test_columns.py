# SPDX-License-Identifier: MIT
"""Columns that have no room beside each other are reached with the wheel that goes sideways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.gui.comparing.view import ComparingView
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.transcript.rows.code_row import CodeRow
from tests.helpers.widgets import child

WIDE_CODE = f"```\n{'x' * 300}\n```"


def message(id: str, role: Role, text: str) -> Message:
    return Message(id, role, (TextPart(text),), 0.0, None, MessageState.COMPLETE, id)


@pytest.fixture
def view(qtbot: QtBot, themes: ThemeManager) -> Iterator[ComparingView]:
    text = "some words\n\n" * 60 + WIDE_CODE
    replies = [message(f"model {n}", Role.ASSISTANT, text) for n in range(4)]
    view = ComparingView(themes, message("q", Role.USER, "which?"), replies)
    view.resize(600, 500)
    with qtbot.waitExposed(view):
        view.show()
    qtbot.waitUntil(lambda: not any(c.transcript.busy for c in view.columns.values()))
    yield view
    view.close()
    view.deleteLater()


def turn(view: ComparingView, y: int, left: int) -> None:
    """Turn the wheel sideways over the first column, ``y`` pixels below its top."""
    viewport = next(iter(view.columns.values())).transcript.viewport()
    place = QPointF(viewport.mapTo(view, QPoint(80, y)))
    QTest.wheelEvent(view.windowHandle(), place, QPoint(left, 0))


@pytest.mark.parametrize("zoom", [1.0, 1.25])
def test_the_wheel_goes_from_column_to_column(view: ComparingView, zoom: float) -> None:
    bar = child(view, QScrollArea).horizontalScrollBar()
    next(iter(view.columns.values())).transcript.set_zoom(zoom)
    assert bar.maximum() > 0
    turn(view, 40, -120)
    assert bar.value() > 0
    turn(view, 40, 1200)
    assert bar.value() == 0


def test_the_wheel_over_wide_code_scrolls_the_code(view: ComparingView) -> None:
    mouse = next(iter(view.columns.values())).transcript.parts.mouse
    found = ((y, mouse.hit(QPointF(80, y))) for y in range(0, 400, 4))
    rows = [(y, hit.layout) for y, hit in found if hit and isinstance(hit.layout, CodeRow)]
    y, code = rows[len(rows) // 2]
    assert code.scroll(0)
    turn(view, y, -120)
    assert child(view, QScrollArea).horizontalScrollBar().value() == 0

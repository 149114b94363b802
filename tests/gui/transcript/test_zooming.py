# SPDX-License-Identifier: MIT
"""Enlarged conversations keep their place."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.transcript.view import TranscriptView
from tests.helpers.long_history import (
    at,
    lines,
    moved,
    scroll,
)
from tests.helpers.transcripts import show_messages


def test_zoom_enlarges_and_keeps_the_line(view: TranscriptView, qtbot: QtBot) -> None:
    show_messages(view, [at(place) for place in range(60)])
    scroll(view, -3_000)
    first = next(iter(lines(view)))
    usual = view.viewport().grab().toImage()
    for zoom in (2.0, 0.5, 3.0, 1.25, 1.0):
        view.set_zoom(zoom)
        assert next(iter(lines(view)))[0] == first[0]
    assert view.viewport().grab().toImage() == usual
    view.set_zoom(2.0)
    before = lines(view)
    scroll(view, -100)
    assert moved({row: y + 50.0 for row, y in before.items()}, lines(view)) <= 1.0


def wheel(view: TranscriptView, turned: int) -> None:
    QApplication.sendEvent(
        view.viewport(),
        QWheelEvent(
            QPointF(400, 300),
            QPointF(400, 300),
            QPoint(),
            QPoint(0, turned),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


def test_full_turns_of_the_wheel_with_ctrl_ask_for_another_zoom(view: TranscriptView) -> None:
    asked: list[int] = []
    view.zoom_wanted.connect(asked.append)
    show_messages(view, [at(place) for place in range(60)])
    scroll(view, -500)
    top = view.parts.scene.top
    for turned in (120, 60, 40, 40, -240, -20):
        wheel(view, turned)
    assert asked == [1, 1, -1, -1]
    assert view.parts.scene.top == top

# SPDX-License-Identifier: MIT
"""A shown view, messages for it, and a mouse that aims at text."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.messages import Message
from chatglm_desktop.gui.theme.tokens import LIGHT
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.row import FailureText, Paint, RowLayout
from chatglm_desktop.gui.transcript.view import TranscriptView
from tests.helpers.long_history import Archive
from tests.helpers.transcripts import message


def describe(failure: Failure) -> FailureText:
    """A failure in words, with two buttons."""
    actions = (("retry", "Retry"), ("copy_details", "Copy details"))
    return FailureText(f"Failed: {failure.kind}", failure.words or "Try again.", actions)


class Aim:
    """Finds points of a view by what is painted there, and works its mouse."""

    def __init__(self, view: TranscriptView) -> None:
        self.view = view

    def rows(self) -> list[tuple[int, RowLayout, float, float]]:
        """Item, layout, left edge and top of the rows in view."""
        scene = self.view.parts.scene
        found = []
        for index, number, y in scene.visible_rows(0.0, scene.height):
            row = scene.transcript[index].row(number)
            left = scene.bubble(index).text_left + scene.indent(row)
            found.append((index, scene.layout(index, number), left, y))
        return found

    def text(self, nth: int, x: float = 1.0, y: float = 0.0) -> QPoint:
        """A point in the ``nth`` row that has text, ``x`` and ``y`` from where it begins."""
        rows = [row for row in self.rows() if row[1].length]
        _, layout, left, top = rows[nth]
        middle = top + layout.height - 11.0 if y == 0.0 else top + y
        return QPoint(round(left + x), round(middle))

    def hot(self, nth: int) -> QPoint:
        """The middle of the ``nth`` hot area in view."""
        points = []
        for _, layout, left, top in self.rows():
            for area in layout.hots:
                centre = area.rect.center()
                points.append(QPoint(round(left + centre.x()), round(top + centre.y())))
        return points[nth]

    def click(
        self,
        point: QPoint,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        left = Qt.MouseButton.LeftButton
        QTest.mouseClick(self.view.viewport(), left, modifiers, point)

    def drag(self, start: QPoint, end: QPoint) -> None:
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(self.view.viewport(), left, pos=start)
        QTest.mouseMove(self.view.viewport(), end)
        QApplication.processEvents()
        QTest.mouseRelease(self.view.viewport(), left, pos=end)


MakeMessage = Callable[..., Message]


@pytest.fixture
def make_message() -> MakeMessage:
    return message


@pytest.fixture
def view(qtbot: QtBot) -> TranscriptView:
    """A view of 900 × 600 pixels that takes all the time that it needs for a frame."""
    result = TranscriptView(describe, budget=inf)
    qtbot.addWidget(result)
    result.resize(900, 600)
    result.show()
    qtbot.waitExposed(result)
    return result


@pytest.fixture
def aim(view: TranscriptView) -> Aim:
    return Aim(view)


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look(LIGHT, QApplication.font())


@pytest.fixture
def paint(look: Look) -> Callable[..., QImage]:
    """Paints a row onto a picture."""

    def painted(row: RowLayout, **values: object) -> QImage:
        image = QImage(440, 400, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.white)
        values.setdefault("clip", QRectF(image.rect()))
        with QPainter(image) as painter:
            row.paint(painter, Paint(look, **values))  # type: ignore[arg-type]  # by name
        return image

    return painted


@pytest.fixture
def archive(view: TranscriptView) -> Archive:
    return Archive(view)

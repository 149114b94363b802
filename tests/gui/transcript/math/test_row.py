# SPDX-License-Identifier: MIT
"""A formula on lines of its own: its source first, then itself, or its source for good."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.theme.tokens import LIGHT
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.math.row import FormulaRow, SourceRow, math_row
from chatglm_desktop.gui.transcript.rows.row import Hot, Paint
from chatglm_desktop.gui.transcript.rows.sideways import DragSideways, Sideways
from chatglm_desktop.transcript.leaves import Frame, MathLeaf

WIDTH = 400.0
PLAIN = Frame()
LONG = "+".join(f"x_{{{number}}}" for number in range(60))


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look(LIGHT, QApplication.font())


def typeset(
    tex: str, look: Look, qtbot: QtBot, frame: Frame = PLAIN, *, dim: bool = False
) -> FormulaRow | SourceRow:
    qtbot.waitUntil(lambda: look.formulas.get(tex, display=True) is not None)
    return math_row(MathLeaf(tex, frame), look, WIDTH, Sideways(), dim=dim)


def formula_row(tex: str, look: Look, qtbot: QtBot, frame: Frame = PLAIN) -> FormulaRow:
    row = typeset(tex, look, qtbot, frame)
    assert isinstance(row, FormulaRow)
    return row


def source_row(tex: str, look: Look, qtbot: QtBot, frame: Frame = PLAIN) -> SourceRow:
    row = typeset(tex, look, qtbot, frame)
    assert isinstance(row, SourceRow)
    return row


def painted(row: FormulaRow | SourceRow, look: Look, **values: object) -> QImage:
    image = QImage(int(WIDTH) + 40, 90, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    values.setdefault("clip", QRectF(image.rect()))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row.paint(painter, Paint(look, **values))  # type: ignore[arg-type]  # by name
    return image


def ink(image: QImage) -> QRectF:
    """The rectangle of all that is not white."""
    points = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).lightness() < 200
    ]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return QRectF(min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1)


def test_its_source_stands_there_until_it_is_typeset(look: Look, qtbot: QtBot) -> None:
    waiting = math_row(MathLeaf("x^2"), look, WIDTH, Sideways())
    assert isinstance(waiting, SourceRow)
    assert waiting.unfinished
    ready = formula_row("x^2", look, qtbot)
    assert not ready.unfinished
    assert painted(ready, look) != painted(waiting, look)
    assert waiting.length == ready.length == 1


def test_a_formula_stands_in_the_middle(look: Look, qtbot: QtBot) -> None:
    row = formula_row(r"\sum_{i=1}^n i", look, qtbot)
    box = ink(painted(row, look))
    assert box.center().x() == pytest.approx(WIDTH / 2, abs=2.0)
    assert box.top() >= 5.0
    assert box.bottom() <= row.height - 5.0
    assert row.natural_width < WIDTH
    assert not row.scroll(10.0)
    assert row.hots == ()


def test_in_a_list_it_stands_beside_its_marker(look: Look, qtbot: QtBot) -> None:
    row = formula_row("x", look, qtbot, Frame(indent=40.0, marker="•", beside=40.0, above=10.0))
    assert row.caret_rect(0).left() == 40.0
    assert ink(painted(row, look)).left() < 40.0
    source = source_row(r"\foo", look, qtbot, Frame(indent=40.0, marker="•", beside=40.0))
    bare = source_row(r"\foo", look, qtbot, Frame(indent=40.0))
    assert painted(source, look) != painted(bare, look)


def test_one_that_is_too_wide_is_scrolled(look: Look, qtbot: QtBot) -> None:
    row = formula_row(LONG, look, qtbot)
    assert row.natural_width > WIDTH
    before = painted(row, look)
    assert ink(before).right() <= WIDTH
    [bar] = row.hots
    assert isinstance(bar, Hot)
    assert isinstance(bar.action, DragSideways)
    assert row.scroll(50.0)
    assert painted(row, look) != before
    row.reveal(0)
    assert painted(row, look) == before
    row.reveal(1)
    assert row.caret_rect(1).left() == pytest.approx(WIDTH)
    assert painted(row, look, hover=bar.action) != painted(row, look)


def test_it_is_one_character(look: Look, qtbot: QtBot) -> None:
    row = formula_row("x+y", look, qtbot)
    assert row.character_at(QPointF(0.0, 10.0)) == 0
    assert row.character_at(QPointF(WIDTH, 10.0)) == 1
    assert row.caret_rect(0).left() < row.caret_rect(1).left()
    assert row.line_at(1) == (0, 1)
    assert painted(row, look, selection=(0, 1)) != painted(row, look)
    assert painted(row, look, selection=(1, 1)) == painted(row, look)
    assert painted(row, look, caret=True) != painted(row, look)


def test_what_cannot_be_typeset_is_a_box_with_its_source(look: Look, qtbot: QtBot) -> None:
    row = source_row(r"\foo{x}", look, qtbot)
    assert not row.unfinished
    assert row.height > look.code.line_height
    assert row.natural_width < WIDTH
    assert row.hots == ()
    assert not row.scroll(10.0)
    row.reveal(1)
    assert row.character_at(QPointF(0.0, 10.0)) == 0
    assert row.character_at(QPointF(WIDTH, 10.0)) == 1
    assert row.line_at(0) == (0, 1)
    assert row.caret_rect(0).left() < row.caret_rect(1).left()
    assert painted(row, look, selection=(0, 1)) != painted(row, look)
    assert painted(row, look, caret=True) != painted(row, look)


def test_a_long_source_is_wrapped(look: Look, qtbot: QtBot) -> None:
    row = source_row("x" * 5000, look, qtbot)
    assert row.height > 50 * look.code.line_height


def test_no_formula_at_all_is_an_empty_box(look: Look, qtbot: QtBot) -> None:
    row = source_row("", look, qtbot)
    assert row.height > 0.0
    assert row.character_at(QPointF(50.0, 10.0)) == 0


def test_in_thinking_it_is_smaller_and_dim(look: Look, qtbot: QtBot) -> None:
    plain = formula_row("x", look, qtbot)
    dim = typeset("x", look, qtbot, dim=True)
    assert dim.natural_width < plain.natural_width
    darkest = [
        min(image.pixelColor(x, y).lightness() for x in range(440) for y in range(50))
        for image in (painted(plain, look), painted(dim, look))
    ]
    assert darkest[0] < darkest[1]

# SPDX-License-Identifier: MIT
"""Rows of tables: cells, their shared scrolling, the button for copying."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QImage
from PySide6.QtTest import QTest

from chatglm_desktop.core.messages import Message, MessageState
from chatglm_desktop.gui.theme.tokens import DARK, LIGHT
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.row import OpenLink, RowAction
from chatglm_desktop.gui.transcript.rows.sideways import DragSideways, Sideways
from chatglm_desktop.gui.transcript.rows.table_cell import TableCell
from chatglm_desktop.gui.transcript.rows.table_row import TableRow
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.markdown.blocks import Alignment
from chatglm_desktop.markdown.inline import parse_inline
from chatglm_desktop.transcript.leaves import Frame, TableLeaf
from tests.gui.transcript.conftest import Aim
from tests.helpers.transcripts import show_messages

Paint = Callable[..., QImage]
Make = Callable[..., Message]

WIDTH = 400.0
WIDE = "| " + " | ".join(f"Column number {n}" for n in range(9)) + " |\n" + "|---" * 9 + "|\n"


def wide_row(number: int) -> str:
    return "| " + " | ".join(f"some words {number} {n}" for n in range(9)) + " |\n"


def table_row(
    look: Look,
    *cells: str,
    number: int = 1,
    want: int = 9,
    sideways: Sideways | None = None,
    ends: bool = False,
    frame: Frame = Frame(),  # noqa: B008  # a value
) -> TableRow:
    count = len(cells)
    sizes = ((want,) * count, (5,) * count)
    sides: list[Alignment] = ["" for _ in cells]
    leaf = TableLeaf(cells, tuple(sides), *sizes, number, frame)
    return TableRow(leaf, {}, look, WIDTH, sideways or Sideways(), ends=ends)


def test_a_table_at_the_beginning_of_a_list_item_has_a_marker(look: Look, paint: Paint) -> None:
    plain, marked = (
        table_row(look, "a", number=0, frame=Frame(indent=24.0, marker=marker, beside=24.0))
        for marker in ("", "•")
    )
    assert paint(plain) != paint(marked)


def test_a_click_in_a_table_finds_the_cell(look: Look, paint: Paint) -> None:
    leaf = TableLeaf(("first", "", "last"), ("", "center", "right"), (9, 9, 9), (5, 5, 5), 1)
    row = TableRow(leaf, {}, look, WIDTH, Sideways())
    assert row.length == len("first\t\tlast")
    assert row.character_at(QPointF(0.0, 10.0)) == 0
    assert row.character_at(QPointF(WIDTH / 2, 10.0)) == 6
    assert row.character_at(QPointF(WIDTH, 10.0)) == row.length
    assert paint(row, selection=(2, row.length)) != paint(row)
    assert not row.scroll(1.0)


def test_a_cell_is_as_high_as_its_text(look: Look) -> None:
    one = table_row(look, "some words", "x")
    assert table_row(look, "**some** words", "x").height == one.height
    assert table_row(look, "some words and more words and more", "x").height > one.height
    assert table_row(look, "", "").height == one.height
    assert table_row(look).height == one.height


def test_cells_are_laid_out_when_they_are_painted(look: Look, paint: Paint) -> None:
    row = table_row(look, *("text",) * 9, want=40)
    paint(row)
    laid_out = ["flow" in vars(cell) for cell in row._cells]
    assert laid_out[0]
    assert not laid_out[-1]


@pytest.mark.parametrize(
    "cell", ["some words", "**bold**", "*it* and `code`", "[a](https://e.org)"]
)
def test_cells_that_are_not_seen_are_not_laid_out(look: Look, paint: Paint, cell: str) -> None:
    row = table_row(look, *(cell,) * 60, want=40)
    paint(row)
    assert not row.unfinished
    laid_out = ["flow" in vars(cell) for cell in row._cells]
    assert sum(laid_out) <= 3
    assert row.height == table_row(look, "x").height


_PARTS = "word **bold** *it* `code` ~~no~~ [l](https://e.org) 中文 **`b`** العربية 👩\u200d👧 AVAVA"
_CELL_PARTS = (*_PARTS.split(), " ", "e\u0301")


def test_cells_are_lent_to_the_next_version_of_a_row_unless_links_changed(look: Look) -> None:
    def row(cells: tuple[str, ...], meaning: int, previous: TableRow | None = None) -> TableRow:
        leaf = TableLeaf(cells, ("", "right"), (9, 9), (5, 5), 1)
        references = {"L": f"https://example.org/{meaning}"}
        return TableRow(
            leaf, references, look, WIDTH, Sideways(), meaning=meaning, previous=previous
        )

    first = row(("[l]", "[l]"), 1)
    grown = row(("[l]", "[l] and"), 1, first)
    assert grown._cells[0] is first._cells[0]
    assert grown._cells[1].text == "l and"
    wider = TableLeaf(("[l]", "[l]"), ("", "right"), (9, 30), (5, 5), 1)
    moved = TableRow(wider, {}, look, WIDTH, Sideways(), meaning=1, previous=first)
    assert moved._cells[0] is not first._cells[0]
    assert moved._cells[0].spans is first._cells[0].spans
    changed = row(("[l]", "[l]"), 2, first)
    assert changed._cells[0].spans[0].link == "https://example.org/2"


@pytest.mark.usefixtures("qapp")
@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(_CELL_PARTS), max_size=6).map("".join), st.integers(8, 300))
def test_a_cell_that_is_not_laid_out_is_as_high_as_one_that_is(source: str, width: int) -> None:
    look = Look(LIGHT, QGuiApplication.font())
    for face in (look.cell, look.strong_cell):
        spans = parse_inline(source, {})
        align = Qt.AlignmentFlag.AlignLeft
        cell = TableCell(spans, face, look, 0.0, float(width), colour="#000000", align=align)
        told = cell.height(QFontMetricsF(face.font))
        assert told == cell.flow.height


def test_the_header_has_a_ground_and_a_button_while_the_pointer_is_near(
    look: Look, paint: Paint
) -> None:
    sideways = Sideways()
    header = table_row(look, "a", "b", number=0, sideways=sideways)
    below = table_row(look, "a", "b", sideways=sideways)
    other = table_row(look, "a", "b")
    assert [hot.action for hot in header.hots] == [RowAction("copy_table")]
    assert not below.hots
    alone = paint(header)
    assert paint(header, under=other) == alone
    near = paint(header, under=below)
    assert near != alone
    assert paint(header, under=header, hover=RowAction("copy_table")) != near
    assert paint(header, copied=True) not in (alone, near)
    assert paint(header, focus=RowAction("copy_table")) == near


def test_rows_of_a_table_scroll_together(look: Look, paint: Paint) -> None:
    sideways = Sideways()
    first = table_row(look, *("text",) * 9, want=40, sideways=sideways)
    second = table_row(look, *("text",) * 9, want=40, sideways=sideways)
    before = paint(second)
    point = QPointF(20.0, 10.0)
    assert second.character_at(point) < 5
    assert first.scroll(900.0)
    assert second.character_at(point) > 5
    assert paint(second) != before


def test_links_move_with_their_cells(look: Look) -> None:
    row = table_row(look, "[a](https://e.org)", *("text",) * 8, want=40)
    (link,) = (hot for hot in row.hots if isinstance(hot.action, OpenLink))
    row.scroll(5.0)
    (moved,) = (hot for hot in row.hots if isinstance(hot.action, OpenLink))
    assert moved.rect.left() < link.rect.left()
    row.scroll(900.0)
    assert not any(isinstance(hot.action, OpenLink) for hot in row.hots)


def test_the_bar_stands_in_the_last_row_that_is_seen(look: Look) -> None:
    def bars(row: TableRow) -> int:
        return sum(isinstance(hot.action, DragSideways) for hot in row.hots)

    middle = table_row(look, *("text",) * 9, want=40)
    last = table_row(look, *("text",) * 9, want=40, ends=True)
    assert (bars(middle), bars(last)) == (0, 1)
    assert last.height > middle.height
    middle.see(-300.0, 20.0)
    assert bars(middle) == 1
    middle.see(-300.0, 200.0)
    assert bars(middle) == 0


def test_a_table_stays_scrolled_while_it_grows_and_themes_change(
    view: TranscriptView, make_message: Make, aim: Aim
) -> None:
    show_messages(view, [make_message(WIDE + wide_row(0), state=MessageState.STREAMING)])
    row = next(layout for _, layout, _, _ in aim.rows() if isinstance(layout, TableRow))
    row.scroll(150.0)
    for number in range(1, 8):
        view.contents.append("m", "text", wide_row(number))
    view.apply_theme(DARK)
    view.resize(800, 600)
    rows = [layout for _, layout, _, _ in aim.rows() if isinstance(layout, TableRow)]
    assert len(rows) > 6
    assert {layout._sideways.offset for layout in rows} == {150.0}


def test_the_thumb_is_dragged(view: TranscriptView, make_message: Make, aim: Aim) -> None:
    show_messages(view, [make_message(WIDE + wide_row(0))])
    thumbs = [
        (
            area.action.sideways,
            QPoint(round(left + area.rect.center().x()), round(top + area.rect.center().y())),
        )
        for _, layout, left, top in aim.rows()
        for area in layout.hots
        if isinstance(area.action, DragSideways)
    ]
    sideways, point = thumbs[0]
    aim.drag(point, point + QPoint(60, 90))
    assert sideways.offset > 60.0
    assert view.clipboard.selected() == ""
    offset = sideways.offset
    QTest.mouseMove(view.viewport(), point)
    assert sideways.offset == offset


def test_the_whole_table_is_copied(view: TranscriptView, make_message: Make, aim: Aim) -> None:
    show_messages(
        view, [make_message("| a | b |\n|---|---|\n| *x* | y |\n\n| c |\n|---|\n| z |\n")]
    )
    aim.click(aim.hot(0))
    text = QGuiApplication.clipboard().text()
    assert "x" in text
    assert "z" not in text


@pytest.mark.parametrize("width", [400, 900])
def test_cells_are_selected_across_a_table(
    view: TranscriptView, make_message: Make, aim: Aim, width: int
) -> None:
    view.resize(width, 600)
    show_messages(view, [make_message("| a | b |\n|---|---|\n| first | second |\n| third | x |\n")])
    start, end = aim.text(1), aim.text(2, x=300.0)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    aim.drag(start, end)
    text = view.clipboard.selected()
    assert "first" in text
    assert "second" in text
    assert "third" in text

# SPDX-License-Identifier: MIT
"""Code blocks: folding, the header that stays, the bar, selection, buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.messages import Message, MessageState
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.code_row import CodeRow
from chatglm_desktop.gui.transcript.rows.row import ActName, RowAction
from chatglm_desktop.gui.transcript.rows.sideways import DragSideways, Sideways
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.markdown.blocks import Code
from chatglm_desktop.markdown.highlighters import Highlighters
from chatglm_desktop.transcript.leaves import CODE_FOLDED, CODE_UNFOLDED, CodeLeaf, Frame
from tests.gui.transcript.conftest import Aim
from tests.helpers.transcripts import show_messages

Paint = Callable[..., QImage]
Make = Callable[..., Message]

WIDTH = 400.0


def code_row(look: Look, text: str, *, wrapped: bool = False, expanded: bool = True) -> CodeRow:
    leaf = CodeLeaf(Code(text))
    return CodeRow(
        leaf, look, WIDTH, Highlighters(), Sideways(), wrapped=wrapped, expanded=expanded
    )


def lines(count: int) -> str:
    return "\n".join(f"line {number}" for number in range(count))


def fenced(count: int) -> str:
    return f"before\n\n```python\n{lines(count)}\n```\n\nafter\n"


def test_code_at_the_beginning_of_a_list_item_has_a_marker(look: Look, paint: Paint) -> None:
    frame = Frame(indent=24.0, beside=24.0)
    rows = [
        CodeRow(CodeLeaf(Code("a"), each), look, WIDTH, Highlighters(), Sideways())
        for each in (frame, replace(frame, marker="•"))
    ]
    assert paint(rows[0]) != paint(rows[1])


def code_of(aim: Aim) -> tuple[CodeRow, float, float]:
    """The code row in view, its left edge and top."""
    for _, layout, left, top in aim.rows():
        if isinstance(layout, CodeRow):
            return layout, left, top
    raise AssertionError("no code in view")


def click(aim: Aim, name: ActName, nth: int = 0) -> None:
    # Painting tells the row where its header stands.
    aim.view.viewport().repaint()
    layout, left, top = code_of(aim)
    rects = [hot.rect for hot in layout.hots if hot.action == RowAction(name)]
    aim.click((rects[nth].center() + QPointF(left, top)).toPoint())


def test_a_click_in_code_finds_the_character(look: Look) -> None:
    row = CodeRow(CodeLeaf(Code("first\nsecond")), look, WIDTH, Highlighters(), Sideways())
    line = look.code.line_height
    top = 33.0 + 10.0
    assert row.character_at(QPointF(0.0, 5.0)) == 0
    assert row.character_at(QPointF(14.0, top + 0.5 * line)) == 0
    assert row.character_at(QPointF(900.0, top + 0.5 * line)) == 5
    assert row.character_at(QPointF(14.0, top + 1.5 * line)) == 6
    assert row.character_at(QPointF(14.0, top + 9 * line)) == 12
    assert row.length == 12


def test_a_selection_in_code_is_painted(look: Look, paint: Callable[..., QImage]) -> None:
    row = CodeRow(CodeLeaf(Code("first\nsecond\nthird")), look, WIDTH, Highlighters(), Sideways())
    assert len({paint(row, selection=s).cacheKey() for s in ((2, 9), (0, 3))}) == 2
    assert paint(row, selection=(2, 9)) != paint(row)
    assert paint(row, selection=(0, 18), beyond=True) != paint(row, selection=(0, 18))


def test_the_caret_is_painted_at_the_end_of_code(look: Look, paint: Paint) -> None:
    row = code_row(look, "x")
    assert paint(row, caret=True) != paint(row)


def test_long_code_shows_its_first_lines(look: Look, paint: Paint) -> None:
    whole = code_row(look, lines(CODE_UNFOLDED + 1), expanded=True)
    folded = code_row(look, lines(CODE_UNFOLDED + 1), expanded=False)
    assert folded.folded
    assert folded.height < whole.height
    assert folded.length == whole.length
    assert not code_row(look, lines(CODE_UNFOLDED), expanded=False).folded
    more = [hot for hot in folded.hots if hot.label == f"Show all {CODE_UNFOLDED + 1} lines"]
    assert [hot.action for hot in more] == [RowAction("fold_code")]
    end = folded.character_at(QPointF(10.0, folded.height - 5.0))
    assert end == len(lines(CODE_FOLDED))
    clip = paint(folded)
    assert paint(folded, hover=RowAction("fold_code")) != clip


def test_one_endless_line_is_folded_too(look: Look) -> None:
    row = code_row(look, "x" * 200_000, expanded=False)
    assert row.folded
    assert row.height < 700.0


def test_the_header_stays_at_the_top_of_the_view(look: Look, paint: Paint) -> None:
    row = code_row(look, lines(200))
    assert row.header_top == 0.0
    before = {hot.label: hot.rect.top() for hot in row.hots}
    row.see(1000.0, 1400.0)
    assert row.header_top == 1000.0
    assert all(hot.rect.top() == before[hot.label] + 1000.0 for hot in row.hots)
    row.see(row.height + 10.0, row.height + 400.0)
    assert row.header_top < row.height - 33.0
    row.see(100.0, 500.0)
    assert paint(row) != paint(code_row(look, lines(200)))


def test_the_bar_stays_at_the_bottom_of_the_view(look: Look) -> None:
    row = code_row(look, "x" * 300 + "\n" + lines(200))
    (thumb,) = (hot for hot in row.hots if isinstance(hot.action, DragSideways))
    assert thumb.rect.bottom() == pytest.approx(row.height - 1.0)
    row.see(1000.0, 1400.0)
    (thumb,) = (hot for hot in row.hots if isinstance(hot.action, DragSideways))
    assert thumb.rect.bottom() == pytest.approx(1399.0)
    folded = code_row(look, "x" * 300 + "\n" + lines(200), expanded=False)
    (thumb,) = (hot for hot in folded.hots if isinstance(hot.action, DragSideways))
    assert thumb.rect.bottom() < folded.height - 30.0


def test_wide_code_scrolls_and_wrapped_code_does_not(look: Look, paint: Paint) -> None:
    row = code_row(look, "x = " + "wide " * 40)
    before = paint(row)
    assert row.scroll(50.0)
    assert paint(row) != before
    assert row.height > code_row(look, "x").height
    assert not code_row(look, "x" * 300, wrapped=True).scroll(50.0)


@pytest.mark.parametrize("width", [90.0, 180.0, 400.0])
def test_buttons_and_language_do_not_overlap(look: Look, width: float, paint: Paint) -> None:
    leaf = CodeLeaf(Code(lines(40), "a-language-with-a-very-long-name"))
    row = CodeRow(leaf, look, width, Highlighters(), Sideways(), expanded=True)
    buttons = (hot.rect for hot in row.hots if isinstance(hot.action, RowAction))
    rects = sorted(buttons, key=lambda rect: rect.left())
    assert len(rects) == (2 if width < 100 else 4)
    assert rects[0].left() >= 0
    assert all(a.right() <= b.left() for a, b in pairwise(rects))
    assert paint(row, copied=True) != paint(row)


def test_a_finished_block_opens_folded_and_the_choice_of_the_user_stays(
    view: TranscriptView, make_message: Make, aim: Aim
) -> None:
    view.resize(900, 900)
    show_messages(view, [make_message(fenced(100))])
    view.parts.scroller.to_top()
    row, _, top = code_of(aim)
    assert row.folded
    click(aim, "fold_code", -1)
    row, _, top_after = code_of(aim)
    assert not row.folded
    assert top_after == top
    view.resize(800, 600)
    view.parts.scroller.to_top()
    assert not code_of(aim)[0].folded


def test_folding_from_within_keeps_the_header_in_view(
    view: TranscriptView, make_message: Make, aim: Aim, qtbot: QtBot
) -> None:
    show_messages(view, [make_message(fenced(300) + "\n\nmore" * 40)])
    qtbot.waitUntil(lambda: not view.busy)
    view.parts.scroller.to_top()
    click(aim, "fold_code")
    view.parts.scroller.scroll_by(2000.0)
    click(aim, "fold_code")
    row, _, top = code_of(aim)
    assert row.folded
    assert -20.0 <= top <= 0.0


def test_code_that_was_seen_to_arrive_stays_open(
    view: TranscriptView, make_message: Make, aim: Aim
) -> None:
    show_messages(view, [make_message("before", state=MessageState.STREAMING)])
    view.contents.append("m", "text", fenced(100).removeprefix("before"))
    view.contents.update(make_message(fenced(100)))
    view.parts.scroller.to_top()
    assert not code_of(aim)[0].folded
    show_messages(view, [make_message(fenced(100))])
    view.parts.scroller.to_top()
    assert code_of(aim)[0].folded


def test_copied_code_is_all_of_it(view: TranscriptView, make_message: Make, aim: Aim) -> None:
    show_messages(view, [make_message(fenced(100))])
    view.parts.scroller.to_top()
    click(aim, "copy_code")
    assert QGuiApplication.clipboard().text() == lines(100)


def test_code_is_copied_whole_while_it_is_still_being_parsed(
    view: TranscriptView, make_message: Make, aim: Aim, qtbot: QtBot
) -> None:
    show_messages(view, [make_message(fenced(2000))])
    view.parts.scroller.to_top()
    assert view.busy
    click(aim, "copy_code")
    qtbot.waitUntil(lambda: not view.clipboard.busy)
    assert QGuiApplication.clipboard().text() == lines(2000)


def test_code_is_saved_whole_while_it_is_still_being_parsed(
    view: TranscriptView, make_message: Make, aim: Aim, qtbot: QtBot, tmp_path: Path
) -> None:
    show_messages(view, [make_message(fenced(2000))])
    view.parts.scroller.to_top()
    assert view.busy
    click(aim, "save_code")
    qtbot.waitUntil(lambda: bool(file_dialogs()))
    (dialog,) = file_dialogs()
    dialog.fileSelected.emit(str(tmp_path / "code.py"))
    dialog.reject()
    assert (tmp_path / "code.py").read_text() == lines(2000) + "\n"


def file_dialogs() -> list[QFileDialog]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog)]


def test_code_is_saved_from_its_header(view: TranscriptView, make_message: Make, aim: Aim) -> None:
    show_messages(view, [make_message(fenced(3))])
    click(aim, "save_code")
    (dialog,) = file_dialogs()
    assert dialog.selectedFiles()[0].endswith("code.py")
    dialog.reject()


def test_wrapping_is_a_choice_of_the_user(
    view: TranscriptView, make_message: Make, aim: Aim
) -> None:
    show_messages(view, [make_message("```\n" + "word " * 100 + "\n```\n")])
    before = code_of(aim)[0].height
    click(aim, "wrap_code")
    assert code_of(aim)[0].height > before
    click(aim, "wrap_code")
    assert code_of(aim)[0].height == before

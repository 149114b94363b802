# SPDX-License-Identifier: MIT
"""Layouts of all kinds of rows: sizes, characters at points, painting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.messages import Message, MessageState
from chatglm_desktop.gui.theme.tokens import DARK, LIGHT
from chatglm_desktop.gui.transcript.chrome_rows import local_time
from chatglm_desktop.gui.transcript.code_colours import CodeColours
from chatglm_desktop.gui.transcript.code_lines import CodeLines
from chatglm_desktop.gui.transcript.code_row import CodeRow
from chatglm_desktop.gui.transcript.flow import Flow
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.row import Paint, RowLayout
from chatglm_desktop.gui.transcript.table_row import TableRow, column_widths
from chatglm_desktop.gui.transcript.text_row import TextRow
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.gui.transcript.words import word_at
from chatglm_desktop.markdown.blocks import Code, Span
from chatglm_desktop.markdown.highlighters import Highlighters
from chatglm_desktop.markdown.lines import Lines
from chatglm_desktop.transcript.leaves import CodeLeaf, Frame, TableLeaf, TextLeaf

WIDTH = 400.0

GALLERY = """# Title

Text with **bold**, *italic*, ~~strike~~, `code`, [link](https://e.org) and 😀 中文。

1. one
   - nested
     - deeper
       - deepest
2. two

- [ ] open
- [x] done

> quote
>
> > nested `code`

---

```python
def f(x: int) -> str:
\treturn "中文" * x  # 😀
```

| Left | Middle | Right |
|:--|:-:|--:|
| a | **b** | [c](https://e.org) |
| long text that has to be wrapped in its cell because it is long | x | 1 |
"""


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look(LIGHT, QApplication.font())


@pytest.fixture
def paint(look: Look) -> Callable[..., QImage]:
    """Paints a row onto a picture."""

    def painted(row: RowLayout, **values: object) -> QImage:
        image = QImage(int(WIDTH) + 40, 400, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        values.setdefault("clip", QRectF(image.rect()))
        row.paint(painter, Paint(look, **values))  # type: ignore[arg-type]  # by name
        painter.end()
        return image

    return painted


def text_row(text: str, look: Look, **frame: object) -> TextRow:
    leaf = TextLeaf(text, Frame(**frame), verbatim=True)  # type: ignore[arg-type]  # by name
    return TextRow(leaf, (Span(text),) if text else (), look, WIDTH)


def test_every_character_is_found_where_it_is_painted(look: Look) -> None:
    flow = Flow(
        (Span("a😀 "), Span("bold 中", bold=True), Span("code", code=True)), look.body, look, 900
    )
    seen = [flow.character_at(x / 2, 5.0) for x in range(500)]
    assert seen == sorted(seen)
    assert set(seen) == set(range(len(flow.text) + 1))


def test_lines_have_the_same_height_in_every_script(look: Look) -> None:
    heights = {
        Flow((Span(text),), look.body, look, 900).height for text in ("abc", "中文", "😀", "a中😀")
    }
    assert heights == {look.body.line_height}


def test_text_wraps_and_breaks(look: Look) -> None:
    line = look.body.line_height
    assert Flow((Span("word " * 60),), look.body, look, 200).height > 5 * line
    assert Flow((Span("x" * 300),), look.body, look, 200).height > 5 * line
    assert Flow((Span("a\nb\nc"),), look.body, look, 200).height == 3 * line
    assert Flow((), look.body, look, 200).height == line


def test_a_click_in_no_text_is_at_its_start(look: Look) -> None:
    flow = Flow((), look.body, look, 200)
    assert flow.character_at(50.0, 5.0) == 0
    assert flow.end_point() == QPointF(0.0, 0.0)


def test_a_selection_is_painted(look: Look, paint: Callable[..., QImage]) -> None:
    row = text_row("some words", look)
    assert paint(row, selection=(0, 4)) != paint(row)
    assert paint(row, selection=(0, 10), beyond=True) != paint(row, selection=(0, 10))
    empty = text_row("", look)
    assert paint(empty, selection=(0, 0), beyond=True) != paint(empty)


@pytest.mark.parametrize("marker", ["•", "◦", "▪", "☐", "☑", "12."])
def test_markers_are_painted(marker: str, look: Look, paint: Callable[..., QImage]) -> None:
    assert paint(text_row("a", look, indent=40.0, marker=marker)) != paint(
        text_row("a", look, indent=40.0)
    )


def test_the_caret_is_painted_at_the_end(look: Look, paint: Callable[..., QImage]) -> None:
    row = text_row("some words", look)
    assert paint(row, caret=True) != paint(row)
    code = CodeRow(CodeLeaf(Code("x")), look, WIDTH, Highlighters())
    assert paint(code, caret=True) != paint(code)


def test_headings_are_larger_and_thinking_is_smaller(look: Look) -> None:
    heights = [
        TextRow(TextLeaf("a", level=level), (Span("a"),), look, WIDTH).height for level in (1, 2, 3)
    ]
    assert heights == sorted(heights, reverse=True)
    dim = TextRow(TextLeaf("a"), (Span("a"),), look, WIDTH, dim=True)
    assert dim.height < TextRow(TextLeaf("a"), (Span("a"),), look, WIDTH).height
    assert not dim.scroll(10.0)


def test_columns_get_what_they_want_if_there_is_room() -> None:
    padding, widths = column_widths((10, 20), (5, 5), 700.0)
    assert sum(widths) == pytest.approx(700.0)
    assert widths[1] > widths[0]
    assert padding == 14.0


def test_columns_keep_their_words_when_room_is_short() -> None:
    padding, widths = column_widths((100, 8), (6, 8), 400.0)
    assert sum(widths) == pytest.approx(400.0)
    assert widths[1] >= 8 * 8.4
    assert padding == 8.0


def test_columns_share_what_is_less_than_their_words_need() -> None:
    _, widths = column_widths((100, 100, 100), (16, 16, 8), 200.0)
    assert sum(widths) == pytest.approx(200.0)
    assert widths[0] == widths[1] > widths[2]


def test_a_click_in_a_table_finds_the_cell(look: Look, paint: Callable[..., QImage]) -> None:
    leaf = TableLeaf(("first", "", "last"), ("", "center", "right"), (9, 9, 9), (5, 5, 5), False)
    row = TableRow(leaf, {}, look, WIDTH)
    assert row.length == len("first\t\tlast")
    assert row.character_at(QPointF(0.0, 10.0)) == 0
    assert row.character_at(QPointF(WIDTH / 2, 10.0)) == 6
    assert row.character_at(QPointF(WIDTH, 10.0)) == row.length
    assert paint(row, selection=(2, row.length)) != paint(row)
    assert not row.scroll(1.0)


def test_a_click_in_code_finds_the_character(look: Look) -> None:
    row = CodeRow(CodeLeaf(Code("first\nsecond")), look, WIDTH, Highlighters())
    line = look.code.line_height
    top = 33.0 + 10.0
    assert row.character_at(QPointF(0.0, 5.0)) == 0
    assert row.character_at(QPointF(14.0, top + 0.5 * line)) == 0
    assert row.character_at(QPointF(900.0, top + 0.5 * line)) == 5
    assert row.character_at(QPointF(14.0, top + 1.5 * line)) == 6
    assert row.character_at(QPointF(14.0, top + 9 * line)) == 12
    assert row.length == 12


def test_a_selection_in_code_is_painted(look: Look, paint: Callable[..., QImage]) -> None:
    row = CodeRow(CodeLeaf(Code("first\nsecond\nthird")), look, WIDTH, Highlighters())
    assert len({paint(row, selection=s).cacheKey() for s in ((2, 9), (0, 3))}) == 2
    assert paint(row, selection=(2, 9)) != paint(row)
    assert paint(row, selection=(0, 18), beyond=True) != paint(row, selection=(0, 18))


def test_lines_of_code_are_those_of_the_text(look: Look) -> None:
    lines = CodeLines(Code("a\n\nbc"), look, 0, Highlighters())
    assert [lines.span(number) for number in range(len(lines))] == [(0, 1), (2, 2), (3, 5)]


def test_wrapped_lines_are_parts_of_their_line(look: Look) -> None:
    text = "abcdefgh\nij"
    lines = CodeLines(Code(text), look, 3, Highlighters())
    spans = [lines.span(number) for number in range(len(lines))]
    assert [text[start:end] for start, end in spans] == ["abc", "def", "gh", "ij"]
    assert lines.columns == 3


def test_a_very_long_line_goes_on_in_the_next_one(look: Look) -> None:
    lines = CodeLines(Code("x" * 5_000), look, 0, Highlighters())
    assert len(lines) == 3
    assert lines.length == 5_000


def test_code_that_grows_looks_only_at_what_is_new(look: Look) -> None:
    store = ["def f():", "    x = 1"]
    first = CodeLines(Code(Lines(store, 0, 2, "    y"), "python"), look, 0, Highlighters())
    flow = first.flow(0)
    last = first.flow(2)
    store.append("    y = 22")
    grown = CodeLines(
        Code(Lines(store, 0, 3, "    return y"), "python"), look, 0, Highlighters(), first
    )
    assert grown.flow(0) is flow
    assert grown.flow(2) is not last
    whole = "def f():\n    x = 1\n    y = 22\n    return y"
    assert [whole[slice(*grown.span(number))] for number in range(4)] == whole.split("\n")
    assert grown.length == len(whole)


def test_other_code_is_looked_at_anew(look: Look) -> None:
    first = CodeLines(Code("abc"), look, 0, Highlighters())
    other = CodeLines(Code("xyz"), look, 0, Highlighters(), first)
    assert other.flow(0).text == "xyz"
    again = CodeLines(Code("xyz"), look, 5, Highlighters(), other)
    assert again.flow(0) is not other.flow(0)
    code = Code("same")
    before = CodeLines(code, look, 0, Highlighters())
    assert len(CodeLines(code, look, 0, Highlighters(), before)) == 1


def test_only_so_many_lines_are_kept_laid_out(look: Look) -> None:
    lines = CodeLines(
        Code("\n".join(str(number) for number in range(500))), look, 0, Highlighters()
    )
    first = lines.flow(0)
    for number in range(500):
        lines.flow(number)
    assert lines.flow(0) is not first


def reach(colours: CodeColours, line: int) -> None:
    """Call until all lines down to ``line`` have their colours."""
    while not colours.reach(line):
        pass


def test_colours_come_with_a_later_call() -> None:
    colours = CodeColours(Code("x = 1  # note", "python"), Highlighters())
    assert not colours.reach(0)
    assert colours.ranges(0, 0, 13, LIGHT) == []
    reach(colours, 0)
    found = colours.ranges(0, 0, 13, LIGHT)
    assert (7, 6, LIGHT.syntax_comment) in found
    assert (4, 1, LIGHT.syntax_number) in found
    assert colours.ranges(0, 7, 10, DARK) == [(0, 3, DARK.syntax_comment)]


def test_an_unfinished_line_is_coloured_by_guess() -> None:
    colours = CodeColours(Code(Lines(["x = 1"], 0, 1, "return"), "python"), Highlighters())
    reach(colours, 1)
    assert colours.ranges(1, 0, 6, LIGHT) == [(0, 6, LIGHT.syntax_keyword)]


def test_long_code_is_coloured_over_several_calls() -> None:
    colours = CodeColours(Code("x = 1\n" * 9_000, "python"), Highlighters())
    reach(colours, 0)
    assert not colours.reach(8_000)
    reach(colours, 8_000)
    assert colours.ranges(0, 0, 5, LIGHT)
    assert colours.ranges(8_000, 0, 5, LIGHT) == []


@pytest.mark.parametrize(
    ("text", "at", "word"),
    [
        ("alpha beta", 7, "beta"),
        ("alpha beta", 0, "alpha"),
        ("alpha beta", 10, "beta"),
        ("😀😀 word", 4, "word"),
        ("x" * 2000, 1500, "x" * 1000),
        ("", 0, ""),
    ],
)
def test_the_word_at_a_character_is_found(text: str, at: int, word: str) -> None:
    start, end = word_at(text, at)
    assert text[start:end] == word


def test_every_kind_of_block_is_painted_in_every_theme(
    view: TranscriptView, make_message: Callable[..., Message]
) -> None:
    view.resize(700, 1100)
    pictures = []
    for theme in (LIGHT, DARK):
        view.apply_theme(theme)
        view.show_messages([make_message(GALLERY, reasoning="hm")])
        view.select_all()
        pictures.append(view.viewport().grab().toImage())
    assert pictures[0] != pictures[1]


@pytest.mark.parametrize(
    ("state", "words"),
    [(MessageState.STOPPED, "Stopped"), (MessageState.INTERRUPTED, "Interrupted")],
)
def test_a_reply_that_was_cut_off_says_so(
    state: MessageState,
    words: str,
    view: TranscriptView,
    make_message: Callable[..., Message],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []

    def note(text: str, **values: object) -> str:
        said.append(text)
        return text.format(**values)

    monkeypatch.setattr("chatglm_desktop.gui.transcript.notes.tr", note)
    view.show_messages([make_message("part", state=state)])
    assert any(text.startswith(words) for text in said)


def test_a_message_of_today_shows_the_time_only() -> None:
    now = datetime.now()
    assert local_time(now.timestamp()) == f"{now:%H:%M}"
    assert local_time(0.0).startswith("19")


def test_working_dots_move(
    view: TranscriptView, make_message: Callable[..., Message], qtbot: QtBot
) -> None:
    view.show_messages([make_message(state=MessageState.SENDING)])
    before = view.viewport().grab().toImage()
    with qtbot.waitSignal(view._animation.ticked):
        pass
    assert view.viewport().grab().toImage() != before
    view.append_text("m", "text", "begun")
    assert not view._animation.isActive()

# SPDX-License-Identifier: MIT
"""Layouts of all kinds of rows: sizes, characters at points, painting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.messages import Message, MessageState
from chatglm_desktop.gui.theme.tokens import DARK, LIGHT
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.chrome_rows import local_time
from chatglm_desktop.gui.transcript.rows.text_row import TextRow
from chatglm_desktop.gui.transcript.text.flow import Flow
from chatglm_desktop.gui.transcript.text.words import word_at
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.markdown.blocks import Span
from chatglm_desktop.transcript.leaves import Frame, TextLeaf
from tests.helpers.transcripts import show_messages

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
    assert paint(text_row("a", look, indent=40.0, marker=marker, beside=40.0)) != paint(
        text_row("a", look, indent=40.0)
    )


def test_the_caret_is_painted_at_the_end(look: Look, paint: Callable[..., QImage]) -> None:
    row = text_row("some words", look)
    assert paint(row, caret=True) != paint(row)


def test_headings_are_larger_and_thinking_is_smaller(look: Look) -> None:
    heights = [
        TextRow(TextLeaf("a", level=level), (Span("a"),), look, WIDTH).height for level in (1, 2, 3)
    ]
    assert heights == sorted(heights, reverse=True)
    dim = TextRow(TextLeaf("a"), (Span("a"),), look, WIDTH, dim=True)
    assert dim.height < TextRow(TextLeaf("a"), (Span("a"),), look, WIDTH).height
    assert not dim.scroll(10.0)


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
        show_messages(view, [make_message(GALLERY, reasoning="hm")])
        view.selecting.select_all()
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

    monkeypatch.setattr("chatglm_desktop.gui.transcript.rows.notes.tr", note)
    show_messages(view, [make_message("part", state=state)])
    assert any(text.startswith(words) for text in said)


def test_a_message_of_today_shows_the_time_only() -> None:
    now = datetime.now()
    assert local_time(now.timestamp()) == f"{now:%H:%M}"
    assert local_time(0.0).startswith("19")


def test_working_dots_move(
    view: TranscriptView, make_message: Callable[..., Message], qtbot: QtBot
) -> None:
    show_messages(view, [make_message(state=MessageState.SENDING)])
    before = view.viewport().grab().toImage()
    with qtbot.waitSignal(view.parts.upkeep._animation.ticked):
        pass
    assert view.viewport().grab().toImage() != before
    view.contents.append("m", "text", "begun")
    assert not view.parts.upkeep._animation.isActive()


def test_icons_stay_sharp_when_all_is_enlarged(look: Look) -> None:
    def drawn(size: int, scale: float) -> QImage:
        image = QImage(60, 60, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.white)
        with QPainter(image) as painter:
            painter.scale(scale, scale)
            whole = QRectF(0.0, 0.0, 60 / scale, 60 / scale)
            look.draw_icon(painter, "copy", "#000000", whole, size)
        return image

    assert drawn(16, 1.5) == drawn(24, 1.0)

# SPDX-License-Identifier: MIT
"""Footnotes stay where they were written, and references find them wherever they are."""

from __future__ import annotations

import pytest

from chatglm_desktop.markdown.blocks import (
    Block,
    Code,
    Footnote,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Span,
)
from chatglm_desktop.markdown.inline import parse_inline
from chatglm_desktop.markdown.parser import Parser, parse_blocks
from tests.helpers.markdown_reader import Reader


def blocks(text: str) -> list[Block]:
    return [block.block for block in parse_blocks(text)]


def test_a_footnote_holds_blocks() -> None:
    assert blocks("[^a]: one\ntwo\n\n    three\n\n    - four\n\nafter") == [
        Footnote(
            "a",
            (
                Paragraph("one\ntwo"),
                Paragraph("three"),
                ListBlock((ListItem((Paragraph("four"),)),)),
            ),
        ),
        Paragraph("after"),
    ]


def test_footnotes_stay_where_they_were_written() -> None:
    found = blocks("a\n[^1]: b\n[^二]:\n\n> [^3]: c")
    assert found == [
        Paragraph("a"),
        Footnote("1", (Paragraph("b"),)),
        Footnote("二", ()),
        Quote((Footnote("3", (Paragraph("c"),)),)),
    ]


@pytest.mark.parametrize("text", ["[^1] : a", "[^1", "[^"])
def test_what_only_looks_like_a_footnote_is_text(text: str) -> None:
    assert blocks(text) == [Paragraph(text)]


def test_an_indented_footnote_is_code() -> None:
    assert blocks("    [^1]: a") == [Code("[^1]: a")]


def test_all_footnotes_are_told_with_their_places_and_the_first_of_a_label_counts() -> None:
    parsed = Parser().parse("[l]: /x\n\n- [^1]: a\n\n[^1]: b\n[^B]: c\n")
    assert [(item.label, item.target, item.start) for item in parsed.definitions] == [
        ("L", "/x", 0),
        ("^1", "", 9),
        ("^B", "", 28),
    ]


def test_a_reference_to_a_known_footnote_shows_its_label() -> None:
    known = {"^1": "", "^注": ""}
    assert parse_inline("a[^1]**b[^注]**", known) == (
        Span("a"),
        Span("1", note="1"),
        Span("b", bold=True),
        Span("注", bold=True, note="注"),
    )
    assert parse_inline("[^1][^1]", known) == (Span("1", note="1"), Span("1", note="1"))


@pytest.mark.parametrize("inline", ["[^2]", "[^ 1]", "[^]", "`[^1]`", "\\[^1]"])
def test_any_other_reference_stays_text(inline: str) -> None:
    spans = parse_inline(inline, {"^1": ""})
    assert not any(span.note or span.link for span in spans)
    assert "".join(span.text for span in spans) == inline.strip("`").replace("\\", "")


def test_a_footnote_is_no_target_of_a_link() -> None:
    known = {"^1": "", "A": "http://x"}
    assert parse_inline("[a] [b][^1] ![^1]", known) == (
        Span("a", link="http://x"),
        Span(" [b]"),
        Span("1", note="1"),
        Span(" !"),
        Span("1", note="1"),
    )
    assert parse_inline("[^1](http://y)", known) == (Span("^1", link="http://y"),)


def test_a_late_footnote_is_told_once() -> None:
    reader = Reader()
    assert not reader.append("text[^1]\n\nmore\n\n").references_changed
    assert reader.append("[^1]: a note").references_changed
    assert dict(reader.stream.references) == {"^1": ""}
    for piece in (" of words\n", "\n", "after\n", "it\n"):
        assert not reader.append(piece).references_changed
    assert not reader.finish().references_changed


def test_a_footnote_that_arrives_does_not_flash() -> None:
    reader = Reader()
    reader.append("a\n\n")
    for piece in "[^1]:":
        reader.append(piece)
        assert reader.shown() == [Paragraph("a")]
    reader.append(" b")
    assert reader.shown() == [Paragraph("a"), Footnote("1", (Paragraph("b"),))]

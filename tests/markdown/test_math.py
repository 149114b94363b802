# SPDX-License-Identifier: MIT
"""Formulas within text and on lines of their own; money, variables and code are none."""

from __future__ import annotations

import pytest

from chatglm_desktop.markdown.blocks import (
    OBJECT,
    Block,
    Code,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Math,
    Paragraph,
    Quote,
    Span,
    Table,
)
from chatglm_desktop.markdown.inline import parse_inline
from chatglm_desktop.markdown.parser import parse_blocks
from chatglm_desktop.markdown.plain import plain_text
from tests.helpers.markdown_reader import Reader


def blocks(text: str) -> list[Block]:
    return [block.block for block in parse_blocks(text)]


def formulas(inline: str) -> list[str]:
    return [span.math for span in parse_inline(inline, {}) if span.math]


@pytest.mark.parametrize(
    ("inline", "tex"),
    [
        ("$x$，中文", "x"),
        ("中文$x$中文", "x"),
        ("面积$S=\\pi r^2$。", "S=\\pi r^2"),
        ("$a_1*b$ and *c*", "a_1*b"),
        ("$x\n+ y$", "x\n+ y"),
        ("$\\$5$", "\\$5"),
        ("$\\text{速度}$", "\\text{速度}"),
        ("($x$)", "x"),
        ("\\(a*b*c\\)", "a*b*c"),
        ("\\( x_1 \\) 和", "x_1"),
        ("在 $$x$$ 中", "\\displaystyle x"),
        ("在 $$ \\text{$x$} $$ 中", "\\displaystyle \\text{$x$}"),
        ("so \\[x\\\\[2pt] y\\].", "\\displaystyle x\\\\[2pt] y"),
    ],
)
def test_a_formula_within_text_is_one_character(inline: str, tex: str) -> None:
    assert formulas(inline) == [tex]
    assert plain_text(parse_inline(inline, {})).count(OBJECT) == 1


@pytest.mark.parametrize(
    "inline",
    [
        "$5 and $10",
        "US$5 / $10",
        "¥5 和 ￥10",
        "$5到$10，或$5到10$",
        "5$ and 10$",
        "$HOME $PATH",
        "$HOME/$PATH",
        "a $ b $ c",
        "$ x$",
        "$x $",
        "$$",
        "$$ $$",
        "$$$x$$$",
        "\\$x\\$",
        "$x$1",
        "`$x$`",
        "$a `b$ c`",
        "$`a`$",
        "\\(\\)",
        "\\[\\\\\\]",
        "\\(a",
        "$",
    ],
)
def test_what_is_no_formula_stays_text(inline: str) -> None:
    assert formulas(inline) == []
    shown = plain_text(parse_inline(inline, {}))
    assert shown.count("$") == inline.count("$")


def test_a_formula_takes_the_style_around_it() -> None:
    assert parse_inline("**a $x$** [\\(y\\)](http://z)", {}) == (
        Span("a ", bold=True),
        Span(OBJECT, bold=True, math="x"),
        Span(" "),
        Span(OBJECT, link="http://z", math="y"),
    )


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("$$\nx\n$$", "x"),
        ("$$x$$", "x"),
        ("$$ x\n= y $$", "x\n= y"),
        ("$$\nx\n= y $$。", "x\n= y。"),
        ("\\[\nx\n\\]", "x"),
        ("\\[ x \\]", "x"),
        ("\\[\n\nx\n\ny\n\n\\],", "x\n\ny,".replace("\n\n", "\n")),
        ("$$\nx\n\n$$", "x"),
        ("$$\nx", "x"),
        ("\\[\nx\n\ny", "x\ny"),
        ("\\[ x = \\begin{cases}\na\n\\end{cases} \\]", "x = \\begin{cases}\na\n\\end{cases}"),
        ("  $$\n  x\n  $$  ", "x"),
    ],
)
def test_a_formula_on_lines_of_its_own_is_a_block(text: str, tex: str) -> None:
    assert blocks(text) == [Math(tex)]


@pytest.mark.parametrize(
    "text",
    [
        "$$x$$ is a formula",
        "$$x$$ $$y$$",
        "$$$\nx",
        "$$\n\nx",
        "$$ `a`",
        "$$ 是钱",
        "\\[ see also there",
        "$$$$",
        "\\[\\]",
        "\\[not a link](/target)",
        "a $$\nx\n$$",
        "a \\[\n\\[ x\n\\]",
    ],
)
def test_lines_that_only_look_like_one_are_paragraphs(text: str) -> None:
    assert {type(block) for block in blocks(text)} == {Paragraph}


def test_indented_and_fenced_formulas_are_code() -> None:
    assert blocks("    $$\n    x") == [Code("$$\nx")]
    assert blocks("```\n$$\nx\n$$\n```") == [Code("$$\nx\n$$")]


def test_a_formula_interrupts_a_paragraph_and_ends_at_a_blank_line() -> None:
    assert blocks("so:\n$$\nx\n$$\nand") == [Paragraph("so:"), Math("x"), Paragraph("and")]
    assert blocks("so:\n\\[\nx\n\\]\nand") == [Paragraph("so:"), Math("x"), Paragraph("and")]
    assert blocks("$$\nx\n\n# h\n\n$$ y") == [Math("x"), Heading(1, "h"), Math("y")]


def test_formulas_within_lists_quotes_and_footnotes() -> None:
    assert blocks("- a\n  $$\n  x\n  $$\n- b") == [
        ListBlock((ListItem((Paragraph("a"), Math("x"))), ListItem((Paragraph("b"),))))
    ]
    assert blocks("> $$\n> x\n> $$\n> a") == [Quote((Math("x"), Paragraph("a")))]
    assert blocks("> $$\n> x\n\ny") == [Quote((Math("x"),)), Paragraph("y")]
    assert blocks("1. $$\n   x\ny") == [
        ListBlock((ListItem((Math("x"),)),), start=1),
        Paragraph("y"),
    ]
    assert blocks("[^1]: \\[ x \\]") == [Footnote("1", (Math("x"),))]


def test_a_list_goes_on_with_its_number_after_a_formula_at_the_margin() -> None:
    found = blocks("1. a\n$$\nx\n$$\n2. b")
    assert [block.start for block in found if isinstance(block, ListBlock)] == [1, 2]
    assert found[1] == Math("x")


def test_bars_in_a_table_are_escaped_also_in_formulas() -> None:
    (table,) = blocks("| a |\n|---|\n| $\\|x\\|$ |")
    assert isinstance(table, Table)
    assert formulas(table.rows[0][0]) == ["|x|"]


def test_an_open_formula_grows_without_its_marks() -> None:
    reader = Reader()
    shown = []
    for piece in "so:\n$$\nx + y\n$$\n":
        reader.append(piece)
        shown.append(reader.shown())
    found = [block for step in shown for block in step]
    assert {block.inline for block in found if isinstance(block, Paragraph)} <= {"s", "so", "so:"}
    growing = [block.tex for block in found if isinstance(block, Math)]
    assert growing == sorted(growing)
    assert growing[-1] == "x + y"


def test_one_dollar_or_backslash_at_the_end_waits_for_the_next() -> None:
    reader = Reader()
    for piece, shown in (("a ", "a"), ("$", "a"), ("5", "a $5"), ("\\", "a $5"), ("*", "a $5\\*")):
        reader.append(piece)
        assert reader.shown() == [Paragraph(shown)]
    reader.append("\\")
    reader.finish()
    assert reader.shown() == [Paragraph("a $5\\*\\")]

# SPDX-License-Identifier: MIT
"""A whole text becomes the blocks that CommonMark and its tables say."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from chatglm_desktop.markdown.blocks import (
    Block,
    Code,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from chatglm_desktop.markdown.builder import BlockBuilder
from chatglm_desktop.markdown.inline import parse_inline
from chatglm_desktop.markdown.parser import Parser, normalized, parse_blocks
from chatglm_desktop.markdown.plain import plain_text


def blocks(text: str) -> list[Block]:
    return [block.block for block in parse_blocks(text)]


def bullets(*texts: str, tight: bool = True) -> ListBlock:
    return ListBlock(tuple(ListItem((Paragraph(text),)) for text in texts), tight=tight)


def test_headings_of_both_kinds() -> None:
    assert blocks("# a *b*\n\nc\nd\n---\n") == [Heading(1, "a *b*"), Heading(2, "c\nd")]


def test_fenced_and_indented_code() -> None:
    assert blocks("``` py &amp; more\na\n\n```\n\n    b\n    c\n") == [
        Code("a\n", "py"),
        Code("b\nc"),
    ]


def test_code_that_is_not_closed_reaches_to_the_end() -> None:
    assert blocks("~~~\na\n\n") == [Code("a\n")]


def test_a_line_that_opens_a_fence_is_no_table_head() -> None:
    assert blocks("``` | a\n|---|---|\n") == [Code("|---|---|", "|")]


def test_rule_and_raw_html_as_text() -> None:
    assert blocks("<div>\n\n***\n") == [Paragraph("<div>"), Rule()]


def test_ordered_list_keeps_its_number() -> None:
    assert blocks("7. a\n8. b\n") == [
        ListBlock((ListItem((Paragraph("a"),)), ListItem((Paragraph("b"),))), start=7)
    ]
    assert blocks("1) a") == [ListBlock((ListItem((Paragraph("a"),)),), start=1)]


def test_loose_and_tight_lists() -> None:
    assert blocks("- a\n- b\n") == [bullets("a", "b")]
    assert blocks("- a\n\n- b\n") == [bullets("a", "b", tight=False)]


def test_a_loose_list_inside_a_tight_one_does_not_loosen_it() -> None:
    assert blocks("- a\n  - b\n\n    c\n- d\n") == [
        ListBlock(
            (
                ListItem(
                    (
                        Paragraph("a"),
                        ListBlock((ListItem((Paragraph("b"), Paragraph("c"))),), tight=False),
                    )
                ),
                ListItem((Paragraph("d"),)),
            )
        )
    ]


def test_task_items() -> None:
    assert blocks("- [ ] a\n- [x] b\n- [X]\tc\n- [ ]\n- [y] d\n- \n") == [
        ListBlock(
            (
                ListItem((Paragraph("a"),), checked=False),
                ListItem((Paragraph("b"),), checked=True),
                ListItem((Paragraph("c"),), checked=True),
                ListItem((Paragraph("[ ]"),)),
                ListItem((Paragraph("[y] d"),)),
                ListItem(()),
            )
        )
    ]


def test_nested_quotes_with_a_lazy_line() -> None:
    assert blocks("> a\n> > b\nc\n") == [Quote((Paragraph("a"), Quote((Paragraph("b\nc"),))))]


def test_table_with_alignments_and_uneven_rows() -> None:
    text = "|a|b|c|d|\n|:--|:-:|--:|---|\n|1|`x\\|y`|\n|1|2|3|4|5|\n"
    assert blocks(text) == [
        Table(
            ("left", "center", "right", ""),
            ("a", "b", "c", "d"),
            (("1", "`x|y`", "", ""), ("1", "2", "3", "4")),
        )
    ]


def test_an_empty_last_line_after_a_table_in_a_quote() -> None:
    table = Table(("",), ("1",), ())
    assert blocks("> | 1 |\n> ---\n> ") == [Quote((table,))]


def test_table_without_rows() -> None:
    assert blocks("|a|\n|-|\n") == [Table(("",), ("a",), ())]


def test_sources_are_the_lines_as_written() -> None:
    text = "# a\n\n- b\n\n\n> c\n\n```\nd\n```\n\n    e\n"
    assert [block.source for block in parse_blocks(text)] == [
        "# a",
        "- b",
        "> c",
        "```\nd\n```",
        "    e",
    ]


def test_line_breaks_and_nul_are_normalized() -> None:
    assert normalized("a\r\nb\rc\n\0") == "a\nb\nc\n\N{REPLACEMENT CHARACTER}"
    assert blocks("# a\r\n\r\nb\r") == [Heading(1, "a"), Paragraph("b")]


def test_definitions_are_no_blocks_and_the_first_of_a_label_counts() -> None:
    parsed = Parser().parse("[A b]: /x 'title'\n[a B]: /y\n\ntext\n")
    assert [place.block for place in parsed.places] == [Paragraph("text")]
    assert [(item.label, item.target, item.start) for item in parsed.definitions] == [
        ("A B", "/x", 0)
    ]


def test_no_text_is_lost_in_very_deep_nesting() -> None:
    notes = "".join(f"[^{number}]: " for number in range(300)) + "deep"
    for text in (">" * 300 + " deep", "- " * 300 + "deep", "> - " * 150 + "deep\n\nafter", notes):
        shown = repr(blocks(text))
        assert "deep" in shown
        assert ("after" in text) == ("after" in shown)


def test_a_break_in_a_cell_is_the_only_html_that_means_anything() -> None:
    text = "| a<br>b `<br>` c <br /> d<br> |\n|---|\n| <sub>e</sub> \\<br> |\n"
    (table,) = blocks(text)
    assert isinstance(table, Table)
    shown = [plain_text(parse_inline(cell, {})) for cell in (*table.header, *table.rows[0])]
    assert shown == ["a\nb <br> c\nd", "<sub>e</sub> <br>"]
    assert blocks("a<br>b") == [Paragraph("a<br>b")]
    cell = "a<br>" * 1000
    assert blocks(f"| {cell} |\n|---|\n") == [Table(("",), (cell,), ())]


def test_two_hundred_levels_of_quotes_reach_the_limit_and_stop() -> None:
    (block,) = blocks("> " * 200 + "deep")
    depth = 0
    while isinstance(block, Quote):
        (block,) = block.blocks
        depth += 1
    assert depth == 40
    assert isinstance(block, Paragraph)


def test_an_unknown_token_is_an_error() -> None:
    with pytest.raises(ValueError, match="html_block"):
        list(BlockBuilder([Token("html_block", "", 0)]).top_level())


def test_importing_the_package_does_not_import_the_libraries() -> None:
    code = (
        "import sys\n"
        "from chatglm_desktop.markdown import heal, highlight, inline, parser, plain, stream\n"
        "late = ('markdown_it', 'pygments', 'mdit_py_cjk_friendly')\n"
        "print([name for name in late if name in sys.modules])\n"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


def test_every_example_of_the_specification_has_the_structure_of_the_library(
    examples: list[dict[str, Any]],
) -> None:
    library = MarkdownIt("commonmark", {"html": False})
    for example in examples:
        text = example["markdown"]
        assert list(skeletons(blocks(text))) == token_skeleton(library.parse(text)), text


def skeletons(found: list[Block] | tuple[Block, ...]) -> Iterator[str]:
    for block in found:
        yield from skeleton(block)


def skeleton(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(inline):
            yield f"p {inline}"
        case Heading(level, inline):
            yield f"h{level} {inline}"
        case Code(text):
            yield f"code {text}"
        case Quote(inner):
            yield from ("quote", *skeletons(inner), "end")
        case ListBlock(items, start):
            yield f"list {start}"
            for item in items:
                yield from ("item", *skeletons(item.blocks), "end")
            yield "end"
        case _:
            yield "rule"


def token_skeleton(tokens: list[Token]) -> list[str]:
    found = []
    for index, token in enumerate(tokens):
        match token.type:
            case "paragraph_open" | "heading_open":
                found.append(f"{token.tag} {tokens[index + 1].content}")
            case "fence" | "code_block":
                found.append(f"code {token.content.removesuffix(chr(10))}")
            case "blockquote_open":
                found.append("quote")
            case "bullet_list_open":
                found.append("list None")
            case "ordered_list_open":
                found.append(f"list {token.attrs.get('start', 1)}")
            case "list_item_open":
                found.append("item")
            case "hr":
                found.append("rule")
            case "inline" | "paragraph_close" | "heading_close":
                pass
            case _:
                found.append("end")
    return found

# SPDX-License-Identifier: MIT
"""A text that arrives in pieces is shown without flashes and at a bounded cost."""

from __future__ import annotations

import pytest

from chatglm_desktop.markdown.blocks import Code, Heading, ListBlock, Paragraph, Quote, Table
from chatglm_desktop.markdown.parser import Parsed, Parser
from chatglm_desktop.markdown.stream import Change
from tests.helpers.markdown_reader import Reader, assert_same_as_at_once, streamed
from tests.helpers.markdown_texts import cut


class CountingParser(Parser):
    """Counts the characters it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.characters = 0

    def parse(self, text: str) -> Parsed:
        self.characters += len(text)
        return super().parse(text)


class LineCountingParser(Parser):
    """Keeps the most lines that it was given at once."""

    def __init__(self) -> None:
        super().__init__()
        self.most_lines = 0

    def parse(self, text: str) -> Parsed:
        self.most_lines = max(self.most_lines, text.count("\n"))
        return super().parse(text)


def test_settled_blocks_keep_their_identity() -> None:
    reader = Reader()
    reader.append("# a\n\nb\n\nc\n\n")
    first, second = reader.blocks[:2]
    for piece in "d **e**\n\n- f\n\n```\ng\n```\n\nh":
        change = reader.append(piece)
        assert change.first >= 2
    reader.finish()
    assert reader.blocks[0] is first
    assert reader.blocks[1] is second


def test_a_closed_fence_is_settled() -> None:
    reader = Reader()
    reader.append("```\na\n```\n")
    code = reader.blocks[0]
    reader.append("b\n\nc\n\nd")
    reader.finish()
    assert reader.blocks[0] is code


def test_nothing_new_is_an_empty_change() -> None:
    reader = Reader()
    reader.append("a\n\nb")
    assert reader.append("") == Change(2, 0, ())
    assert Reader().finish() == Change(0, 0, ())


@pytest.mark.parametrize("marks", ["-", "- ", "#", "***", "=", "1. ", "> ", "```"])
def test_marks_at_the_end_do_not_flash(marks: str) -> None:
    reader = Reader()
    for piece in ("text\n", *marks):
        reader.append(piece)
        assert reader.shown() == [Paragraph("text")]


def test_marks_at_the_end_are_shown_when_the_text_is_finished() -> None:
    reader = streamed(["text\n", "-"])
    assert reader.shown() == [Heading(2, "text")]


def test_a_table_appears_with_its_second_line() -> None:
    reader = Reader()
    for piece in ("text\n\n| a ", "| b |", "\n", "|--", "-|---|"):
        reader.append(piece)
        assert reader.shown() == [Paragraph("text")]
    reader.append("\n")
    assert reader.shown()[1] == Table(("", ""), ("a", "b"), ())
    reader.append("| 1")
    assert reader.shown()[1] == Table(("", ""), ("a", "b"), (("1", ""),))


def test_lines_with_bars_that_are_no_table_are_shown() -> None:
    reader = Reader()
    reader.append("| a |\nb")
    assert reader.shown() == [Paragraph("| a |\nb")]


def test_an_incomplete_closing_fence_is_not_shown_as_code() -> None:
    reader = Reader()
    for piece in ("```py\n", "a\n", "`", "``"):
        reader.append(piece)
    assert reader.shown() == [Code("a", "py")]
    reader.append("\n")
    reader.append("b")
    assert reader.shown() == [Code("a", "py"), Paragraph("b")]


def test_a_line_break_cut_in_two_is_one() -> None:
    reader = streamed(["a\r", "\nb\r", "\r", "c"])
    assert reader.shown() == [Paragraph("a\nb"), Paragraph("c")]
    assert reader.stream.text == "a\r\nb\r\rc"
    assert streamed(["```\na\r"]).blocks[0].source == "```\na"


def test_late_definitions_are_told() -> None:
    reader = Reader()
    assert not reader.append("[a]\n\n").references_changed
    assert reader.append("[a]: /x\n").references_changed
    assert not reader.append("text").references_changed
    assert dict(reader.stream.references) == {"A": "/x"}


def test_earlier_code_blocks_do_not_grow() -> None:
    reader = Reader()
    reader.append("```\na\n")
    early = reader.blocks[0]
    reader.append("b\n")
    assert early.block == Code("a")
    assert early.source == "```\na"
    assert reader.shown() == [Code("a\nb")]


def test_a_very_long_list_stays_in_parts_that_begin_with_an_item() -> None:
    text = "".join(
        f"{number}. an item\n     - a child\n\n     its text\n" for number in range(1, 501)
    )
    lists = [block for block in streamed(cut(text, [500])).shown() if isinstance(block, ListBlock)]
    assert len(lists) > 2
    first = 1
    for each in lists:
        assert each.start == first
        assert all(len(item.blocks) == 3 for item in each.items)
        first += len(each.items)
    assert first == 501


def test_a_very_long_table_is_one() -> None:
    head = "| a | b |\n|---|:-:|\n"
    rows = tuple((str(number), "x") for number in range(900))
    text = head + "".join(f"| {a} | {b} |\n" for a, b in rows) + "\nafter"
    for sizes in ([500], [len(text)]):
        reader = streamed(cut(text, sizes))
        assert reader.shown() == [Table(("", "center"), ("a", "b"), rows), Paragraph("after")]


def test_a_block_after_a_very_long_one_is_whole() -> None:
    for count in range(180, 220):
        reader = streamed(["- a\n" * count + "\n", "b\n", "c\n", "d\n"])
        assert reader.shown()[-1] == Paragraph("b\nc\nd")
        table = "| a |\n|---|\n" + "| x |\n" * count
        reader = streamed([table, "# b\n", "c\n"])
        rows = (("x",),) * count
        assert reader.shown() == [Table(("",), ("a",), rows), Heading(1, "b"), Paragraph("c")]


@pytest.mark.parametrize(
    "unit",
    [
        "- a\n",
        "- a\n  - b\n    - c\n",
        "| a | b |\n",
        "[a]: /x\n",
        "> a\n",
        "1. a\n\n",
        "$$\nx\n$$\n",
        "[^1]: a\n",
        "\\[\nx\n",
    ],
    ids=["list", "nested", "bars", "definitions", "quote", "loose", "math", "notes", "open"],
)
def test_no_step_parses_more_than_a_bounded_number_of_lines(unit: str) -> None:
    parser = LineCountingParser()
    streamed(cut("| a | b |\n|---|---|\n" + unit * 1500, [200]), parser)
    assert parser.most_lines < 300


def test_a_fence_after_a_long_quote_is_found() -> None:
    text = "> quote\n" * 150 + "```\n" + "code\n" * 3000 + "```\n\nafter\n\n[a]: /x\n"
    reader = streamed(cut(text, [500]))
    assert [type(block) for block in reader.shown()] == [Quote, Code, Paragraph]
    assert_same_as_at_once(reader, text)


@pytest.mark.parametrize(
    "unit",
    ["Some words and **more** of them.\n\n- a\n- b\n\n", "- an item of a list\n", "文字没有空格"],
    ids=["ordinary", "list", "line"],
)
def test_the_cost_of_a_character_does_not_grow_with_the_text(unit: str) -> None:
    costs = []
    for length in (30_000, 120_000):
        parser = CountingParser()
        streamed(cut(unit * (length // len(unit)), [500]), parser)
        costs.append(parser.characters / length)
    assert costs[1] <= costs[0] * 1.3


def test_code_is_not_parsed_again_as_it_grows() -> None:
    parser = CountingParser()
    reader = Reader(parser)
    reader.append("```py\n")
    before = parser.characters
    for _ in range(5000):
        reader.append("x = 1\n")
    assert parser.characters == before
    assert reader.shown() == [Code("\n".join(["x = 1"] * 5000), "py")]


def test_a_very_long_line_of_code_is_shown_in_growing_portions() -> None:
    reader = Reader()
    reader.append("```\n")
    changes = [reader.append("x" * 100) for _ in range(1000)]
    shown = sum(bool(change.added) for change in changes)
    assert 80 < shown < 200
    reader.finish()
    assert reader.shown() == [Code("x" * 100_000)]


def test_a_very_long_line_of_code_goes_on_with_its_end() -> None:
    reader = Reader()
    reader.append("```\n" + "x" * 20_000)
    assert reader.append("y").added == ()
    reader.append("\nz")
    assert reader.shown() == [Code("x" * 20_000 + "y\nz")]

# SPDX-License-Identifier: MIT
"""A table grows by rows, and ends where the whole text says that it does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.markdown.blocks import Heading, Math, Paragraph, Table
from chatglm_desktop.markdown.parser import Parsed, Parser
from tests.helpers.markdown_reader import Reader, assert_same_as_at_once, streamed, whole_parser
from tests.helpers.markdown_texts import SIZES, cut, many

_HEADS = (
    "| a | b |\n|---|:-:|\n",
    "a|b\n-|-\n",
    "text\n  | $$ | b\n  |:-- | --:\n",
    "|\\[|\n|-|\n",
    "| `a\\|b` |\n|---|  \n",
    "[r]: /u\n| a | [r] |\n|:-|-|\n",
)
_LINES = (
    "| 1 | 2 |", "1|2|3", "|", "||", "| |", "x", "  x  ", "   | y", "\t| y", "  \t y", "    code",
    "a\\|b|c", "a\\\\|b", "\\|", "|\\", "`a|b`|c", "| a<br>b<br> |", "| `<br>` |", "", " ",
    "\u3000", "\u3000x", "\x0b", "\x0b$$", "\x1c$$", "- x", "-", "+", "* * *", "*x*", "**x** | y",
    "---", "1. x", "1.", "2) y", "1.5 | x", "# h", "#", "#x", "####### x", "> q", ">", "```",
    "```py", "``` `x", "``x`` | y", "~~~", "~~x~~|y", "===", "$$", "  $$ ", "$$$", "$$ x",
    "$$x$$", "$$x$$ y", "x $$", "| $$ |", "$5 | x", "\\[", "\\[x\\]", "\\[ x", "\\]",
    "| \\[ | \\] |", "\\(x\\) | y", "\\[a\\](/u)", "[r]: /v", "[^1]: note", "<div>", "_x_",
    "- - -", "_ _ _", "中文 | 字", "$$ some prose here for you",
)  # fmt: skip
_TABLES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(("", "\n", "before\n\n", "- x\n\n", "```\nx\n```\n")),
    st.sampled_from(_HEADS),
    st.lists(st.sampled_from(_LINES), max_size=12).map("\n".join),
    st.sampled_from(("", "\n", "\n\nafter", "\n$$", "\n\n[r]: /w\n")),
)


class CountingParser(Parser):
    """Counts the characters it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.characters = 0

    def parse(self, text: str) -> Parsed:
        self.characters += len(text)
        return super().parse(text)


@given(text=_TABLES, sizes=SIZES)
@settings(max_examples=many(1000), deadline=None)
def test_a_table_cut_anywhere_is_the_one_of_the_whole_text(text: str, sizes: list[int]) -> None:
    assert_same_as_at_once(streamed(cut(text, sizes), whole_parser()), text)


@given(text=_TABLES)
@settings(max_examples=many(200), deadline=None)
def test_a_table_that_comes_at_once_is_the_one_of_the_whole_text(text: str) -> None:
    assert_same_as_at_once(streamed([text], whole_parser()), text)


def table(rows: tuple[tuple[str, ...], ...]) -> Table:
    return Table(("", ""), ("a", "b"), rows)


HEAD = "| a | b |\n|---|---|\n"


def test_a_row_grows_cell_by_cell() -> None:
    reader = Reader()
    reader.append(HEAD + "| 1 | 2 |\n")
    seen = []
    for piece in ("| ", "3", " |", " 4"):
        reader.append(piece)
        seen.append(reader.shown())
    done = ("1", "2")
    assert seen == [
        [table((done,))],
        [table((done, ("3", "")))],
        [table((done, ("3", "")))],
        [table((done, ("3", "4")))],
    ]


def test_earlier_versions_do_not_grow() -> None:
    reader = Reader()
    reader.append(HEAD + "| 1 | 2 |\n")
    early = reader.blocks[0]
    reader.append("| 3 | 4 |\n")
    assert early.block == table((("1", "2"),))
    assert early.source == HEAD + "| 1 | 2 |"


def test_blanks_after_the_last_row_are_no_part_of_the_source() -> None:
    assert streamed([HEAD, "| 1 | 2 | \t\n\n", "x"]).blocks[0].source == HEAD + "| 1 | 2 |"


@pytest.mark.parametrize("mark", ["- ", "#", "> ", "$", "1.", "```"])
def test_marks_after_a_table_do_not_flash(mark: str) -> None:
    reader = Reader()
    reader.append(HEAD)
    reader.append(mark)
    assert reader.shown() == [table(())]


def test_what_ends_a_table_is_shown_before_its_line_is_complete() -> None:
    reader = Reader()
    reader.append(HEAD + "| 1 | 2 |\n# head")
    before = [table((("1", "2"),)), Heading(1, "head")]
    assert reader.shown() == before
    whole = reader.blocks[0]
    reader.append("\n")
    assert reader.shown() == before
    reader.append("x\n\ny")
    assert reader.shown() == [*before, Paragraph("x"), Paragraph("y")]
    assert whole.block == table((("1", "2"),))


def test_the_line_after_two_dollars_decides_what_they_are() -> None:
    reader = Reader()
    reader.append(HEAD + "$$\nx\n$$\n")
    assert reader.shown() == [table(()), Math("x")]
    reader = Reader()
    reader.append(HEAD + "$$\n\n")
    assert reader.shown() == [table((("$$", ""),))]


def test_a_definition_in_what_ends_a_table_is_known() -> None:
    reader = streamed(["[a]\n\n", HEAD, "> [a]: /x\n", ">\n", "\ny"])
    assert dict(reader.stream.references) == {"A": "/x"}


def test_rows_are_not_parsed_again() -> None:
    parser = CountingParser()
    reader = Reader(parser)
    reader.append(HEAD)
    before = parser.characters
    for number in range(5000):
        reader.append(f"| {number} | x |\n")
    assert parser.characters == before
    assert len(reader.blocks) == 1
    assert reader.shown() == [table(tuple((str(number), "x") for number in range(5000)))]

# SPDX-License-Identifier: MIT
"""Marks that would flash are not shown until it is clear what they are."""

from __future__ import annotations

import pytest

from chatglm_desktop.markdown.holdback import without_marks, without_table_head


@pytest.mark.parametrize(
    "marks",
    [
        "-",
        "- ",
        "***",
        "#",
        "=",
        "1",
        "12.",
        "1. ",
        "> ",
        "> -",
        "``",
        "```",
        "```py",
        "~~~a",
        "- [",
        "- [ ",
        "- [x] ",
        "|",
        "|--",
        "  ",
        "`",
        "+",
        "_",
    ],
)
def test_a_last_line_of_marks_is_left_out(marks: str) -> None:
    assert without_marks(f"text\n{marks}") == "text\n"
    assert without_marks(f"text\n{marks}\n") == f"text\n{marks}\n"


@pytest.mark.parametrize("line", ["a", "- a", "# h", "1. a", "> q", "``` a`", "- [x] a", "12a"])
def test_a_last_line_with_text_is_kept(line: str) -> None:
    assert without_marks(f"text\n{line}") == f"text\n{line}"


@pytest.mark.parametrize("head", ["| a", "| a | b |", "| a |\n", "| a |\n|--", " | a |\n| :-"])
def test_what_may_become_a_table_is_left_out(head: str) -> None:
    assert without_table_head(f"text\n{head}") == "text\n"
    assert without_table_head(head) == ""


@pytest.mark.parametrize("text", ["", "a", "a | b", "| a |\ntext", "| a |\n\n", "| a |\nb"])
def test_other_text_is_kept(text: str) -> None:
    assert without_table_head(text) == text

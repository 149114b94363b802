# SPDX-License-Identifier: MIT
"""Blocks are values; code and sources may be views of growing lines."""

from __future__ import annotations

from chatglm_desktop.markdown.blocks import Code, Paragraph, SourceBlock
from chatglm_desktop.markdown.lines import Lines


def test_code_is_the_same_value_as_text_and_as_lines() -> None:
    store = ["```", "a", "b"]
    growing = Code(Lines(store, 1, 3), "py")
    assert growing == Code("a\nb", "py")
    assert hash(growing) == hash(Code("a\nb", "py"))
    assert growing != Code("a\nb", "c")


def test_code_gives_text_and_lines_of_either_kind() -> None:
    for code in (Code("a\nb"), Code(Lines(["a"], 0, 1, "b"))):
        assert code.text == "a\nb"
        assert list(code.lines) == ["a", "b"]


def test_code_matches_as_text_and_language() -> None:
    match Code(Lines(["x"], 0, 1), "py"):
        case Code(text, language):
            assert (text, language) == ("x", "py")


def test_source_blocks_compare_by_identity() -> None:
    block = SourceBlock(Paragraph("a"), "a")
    assert block == block  # noqa: PLR0124
    assert block != SourceBlock(Paragraph("a"), "a")
    assert SourceBlock(Paragraph("a"), Lines(["a"], 0, 1)).source == "a"

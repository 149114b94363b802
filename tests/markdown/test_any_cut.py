# SPDX-License-Identifier: MIT
"""A text that arrives in any pieces becomes the same blocks as at once, and loses nothing."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.markdown import stream as stream_module
from chatglm_desktop.markdown.parser import normalized
from tests.helpers.markdown_reader import assert_same_as_at_once, streamed, whole_parser
from tests.helpers.markdown_texts import DOCUMENTS, SIZES, cut, many


@given(text=DOCUMENTS, sizes=SIZES)
@settings(max_examples=many(2000), deadline=None)
def test_any_way_of_cutting_gives_the_same_blocks(text: str, sizes: list[int]) -> None:
    assert_same_as_at_once(streamed(cut(text, sizes), whole_parser()), text)


def test_every_example_of_the_specification_by_single_characters(
    examples: list[dict[str, Any]],
) -> None:
    for example in examples:
        assert_same_as_at_once(streamed(example["markdown"], whole_parser()), example["markdown"])


@given(st.data())
@settings(max_examples=many(100), deadline=None)
def test_examples_of_the_specification_after_each_other(
    examples: list[dict[str, Any]], data: st.DataObject
) -> None:
    chosen = data.draw(st.lists(st.sampled_from(examples), min_size=2, max_size=5))
    sizes = data.draw(st.lists(st.integers(1, 40), min_size=1, max_size=4))
    text = "\n\n".join(example["markdown"] for example in chosen)
    assert_same_as_at_once(streamed(cut(text, sizes), whole_parser()), text)


@given(
    # Definitions are not shown.
    text=DOCUMENTS.map(lambda text: text.replace("]:", "]")),
    sizes=SIZES,
    longest=st.integers(1, 60),
    most_lines=st.integers(5, 10),
)
@settings(max_examples=many(200), deadline=None)
def test_blocks_that_stay_in_parts_lose_no_text(
    text: str, sizes: list[int], longest: int, most_lines: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream_module, "_LONGEST", longest)
        patch.setattr(stream_module, "_MOST_LINES", most_lines)
        reader = streamed(cut(text, sizes), whole_parser())
    shown = Counter("".join(block.source for block in reader.blocks))
    written = Counter(character for character in normalized(text) if not character.isspace())
    assert written <= shown

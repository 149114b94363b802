# SPDX-License-Identifier: MIT
"""Guesses grow with the text and shrink with the width."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from chatglm_desktop.core.deltas import Image, Source
from chatglm_desktop.core.messages import (
    AttachmentPart,
    ImagesPart,
    Message,
    Part,
    Role,
    SourcesPart,
)
from chatglm_desktop.markdown.blocks import Code
from chatglm_desktop.transcript.estimates import (
    LINE,
    item_height,
    leaf_height,
    picture_height,
    text_height,
    usual_height,
)
from chatglm_desktop.transcript.leaves import (
    CodeLeaf,
    Frame,
    MathLeaf,
    RuleLeaf,
    TableLeaf,
    TextLeaf,
)


def test_pictures_sources_and_attachments_take_room(make_message: Callable[..., Message]) -> None:
    message = make_message("word")
    extras: tuple[Part, ...] = (
        ImagesPart((Image("https://e.org/a", 1000, 500),)),
        SourcesPart((Source("https://e.org/"),) * 20),
        AttachmentPart("a.pdf", "application/pdf", 1, "0" * 64),
    )
    grown = [
        item_height(replace(message, parts=(*message.parts, extra)), 700.0) for extra in extras
    ]
    assert [height - item_height(message, 700.0) for height in grown] == [350.0, 196.0, 28.0]


def test_a_picture_takes_the_room_of_its_shape() -> None:
    def height(width: int, height: int) -> float:
        return picture_height(Image("https://e.org/a", width, height), 700.0)

    assert height(1000, 5000) == 432.0
    assert height(0, 0) == 312.0
    assert height(64, 16) == 156.0
    assert height(300, 200) == 200.0


def test_text_takes_a_line_at_least() -> None:
    assert text_height("", 500.0) == LINE


def test_longer_text_and_narrower_columns_are_higher() -> None:
    text = "word " * 200
    assert text_height(text, 300.0) > text_height(text, 600.0) > text_height(text[:100], 600.0)


def test_chinese_takes_more_room() -> None:
    assert text_height("字" * 300, 600.0) > text_height("a" * 300, 600.0)


def test_line_breaks_count() -> None:
    assert text_height("a\nb\nc\nd", 600.0) > text_height("abcd", 600.0)


def test_a_message_is_as_high_as_its_text_and_its_bubble(
    make_message: Callable[..., Message],
) -> None:
    reply = item_height(make_message("word " * 200, reasoning="hidden " * 500), 700.0)
    assert reply > text_height("word " * 200, 700.0)
    assert reply == item_height(make_message("word " * 200), 700.0)


def test_the_bubble_of_the_user_is_narrower(make_message: Callable[..., Message]) -> None:
    text = "word " * 200
    user = item_height(make_message(text, role=Role.USER), 700.0)
    assert user > item_height(make_message(text), 700.0)


@pytest.mark.parametrize(
    ("leaf", "height"),
    [
        (TextLeaf("a"), LINE),
        (TextLeaf("a", Frame(above=8.0)), LINE + 8.0),
        (CodeLeaf(Code("a\nb")), 93.0),
        (TableLeaf(("a", "b"), ("", ""), (1, 1), (1, 1), 0), LINE + 13.0),
        (TableLeaf((), (), (), (), 0), LINE + 13.0),
        (RuleLeaf(), 1.0),
    ],
)
def test_each_kind_of_leaf_has_a_usual_height(
    leaf: TextLeaf | CodeLeaf | TableLeaf | RuleLeaf, height: float
) -> None:
    assert leaf_height(leaf, 700.0) == height


def test_messages_are_expected_to_be_like_those_that_are_known() -> None:
    assert usual_height([100.0, 201.0]) == 150.0
    assert 100.0 < usual_height([]) < 300.0


def test_long_code_that_is_folded_takes_little() -> None:
    code = CodeLeaf(Code("x\n" * 500))
    assert leaf_height(code, 700.0) > 10_000.0
    assert leaf_height(code, 700.0, folded=True) == leaf_height(
        CodeLeaf(Code("x\n" * 50)), 700.0, folded=True
    )
    short = CodeLeaf(Code("x\n" * 20))
    assert leaf_height(short, 700.0, folded=True) == leaf_height(short, 700.0)


def test_a_formula_takes_more_room_than_a_line() -> None:
    height = leaf_height(MathLeaf("x^2"), 700.0)
    assert height > LINE
    assert leaf_height(MathLeaf("x^2", Frame(above=20.0)), 700.0) == height + 20.0

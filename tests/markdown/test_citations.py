# SPDX-License-Identifier: MIT
"""The marks of sources show a number and keep what they say."""

from __future__ import annotations

import pytest

from chatglm_desktop.markdown.blocks import Span
from chatglm_desktop.markdown.inline import parse_inline


@pytest.mark.parametrize(
    ("inline", "span"),
    [
        ("【3†source】", Span("3", cite="3†source")),
        ("【12†来源 *a*】", Span("12", cite="12†来源 *a*")),
        ("【turn1search2】", Span("2", cite="turn1search2")),
        ("[ref_1]", Span("1", cite="ref_1")),
        (
            "[ref_id=turn0search7†标题 [a]†https://a.b/c]",
            Span("7", link="https://a.b/c", cite="turn0search7†标题 [a]†https://a.b/c"),
        ),
        ("[ref_id=a†b†file:///c]", Span("a", cite="a†b†file:///c")),
    ],
)
def test_a_mark_shows_its_number(inline: str, span: Span) -> None:
    assert parse_inline(f"见{inline}。", {}) == (Span("见"), span, Span("。"))


def test_adjacent_marks_are_spans_of_their_own() -> None:
    assert parse_inline("【1†source】【1†source】【turn0search1】", {}) == (
        Span("1", cite="1†source"),
        Span("1", cite="1†source"),
        Span("1", cite="turn0search1"),
    )


@pytest.mark.parametrize(
    "inline",
    ["【注意】", "【1】", "【†source】", "【turn1】", "[ref_]", "[ref_id=a†b]", "`【1†s】`"],
)
def test_other_brackets_stay_text(inline: str) -> None:
    spans = parse_inline(inline, {})
    assert not any(span.cite for span in spans)
    assert "".join(span.text for span in spans) == inline.strip("`")


def test_a_link_is_no_mark() -> None:
    assert parse_inline("[ref_1](http://a)", {}) == (Span("ref_1", link="http://a"),)
    assert parse_inline("[ref_1]", {"REF_1": "http://a"}) == (Span("ref_1", link="http://a"),)

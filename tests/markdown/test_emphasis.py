# SPDX-License-Identifier: MIT
"""Emphasis next to Chinese and Japanese punctuation, which CommonMark leaves as asterisks."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path

import pytest

from chatglm_desktop.markdown.blocks import Span
from chatglm_desktop.markdown.inline import parse_inline
from chatglm_desktop.markdown.plain import plain_text

_CASES: list[dict[str, str]] = json.loads(
    (Path(__file__).parent.parent / "data" / "commonmark_cjk.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["markdown"])
def test_reported_cases_are_bold_and_without_marks(case: dict[str, str]) -> None:
    spans = parse_inline(case["markdown"].removeprefix("* "), {})
    runs = [plain_text(run) for bold, run in groupby(spans, lambda span: span.bold) if bold]
    assert runs == [case["strong"]]
    assert "*" not in plain_text(spans)


def test_italics_and_strikethrough_next_to_punctuation() -> None:
    assert parse_inline("*斜体（带括号）。*后面", {}) == (
        Span("斜体（带括号）。", italic=True),
        Span("后面"),
    )
    assert parse_inline("~~旧（已废弃）。~~新", {}) == (
        Span("旧（已废弃）。", strike=True),
        Span("新"),
    )


@pytest.mark.parametrize("inline", ["3~5天，5~7天", "2 * 3 * 4", "snake_case_name", "文件_名_字"])
def test_marks_that_emphasise_nothing_stay_text(inline: str) -> None:
    assert parse_inline(inline, {}) == (Span(inline),)

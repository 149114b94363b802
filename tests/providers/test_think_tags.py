# SPDX-License-Identifier: MIT
from __future__ import annotations

import time
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.core.deltas import Reasoning, Revision
from chatglm_desktop.providers.think_tags import ThinkTags


def parted(pieces: Iterable[str], *, elsewhere: bool = False) -> tuple[str, str]:
    """The answer and the thinking that a reader ends up with."""
    tags = ThinkTags()
    if elsewhere:
        tags.thought_elsewhere()
    text = reasoning = ""
    passages = [passage for piece in pieces for passage in tags.feed(piece)]
    for passage in (*passages, *tags.close()):
        match passage:
            case str():
                text += passage
            case Reasoning(more):
                reasoning += more
            case Revision(whole, "text"):
                text = whole
            case Revision(whole, _):
                reasoning = whole
    return text, reasoning


@pytest.mark.parametrize(
    ("whole", "text", "reasoning"),
    [
        ("Hello", "Hello", ""),
        ("\n\n  Hello", "  Hello", ""),
        ("  \n", "", ""),
        ("<think>Hm</think>Hello", "Hello", "Hm"),
        ("\n<think>\nHm\n</think>\n\nHello", "Hello", "Hm\n"),
        ("<think></think>\n\nHello", "Hello", ""),
        ("<think>Hm", "", "Hm"),
        ("<think>a < b </thi", "", "a < b </thi"),
        ("Hm</think>Hello", "Hello", "Hm"),
        ("\nHm\n</think>\n\nHello", "Hello", "Hm\n"),
        ("</think>Hello", "Hello", ""),
        ("<think>a</think><think>b</think>Hello", "Hello", "ab"),
        ("<thin is no tag", "<thin is no tag", ""),
        ("<thin", "<thin", ""),
        ("a <th", "a <th", ""),
        ("<think>a</think>b</think>c", "b</think>c", "a"),
        ("Hm</think>a</think>b", "a</think>b", "Hm"),
        ("Write <think> and </think>.", "Write <think> and </think>.", ""),
        ("The tag `</think>` ends it.", "The tag `</think>` ends it.", ""),
        ("The tag `</think>", "", "The tag `"),
        ("a `b`</think>c", "c", "a `b`"),
        ("<|begin_of_box|>42<|end_of_box|>", "42", ""),
        ("It is <|begin_of_box|>`x`<|end_of_box|>.", "It is `x`.", ""),
        ("The mark `<|end_of_box|>`", "The mark `<|end_of_box|>`", ""),
        ("<think>Hm</think>\n<|begin_of_box|>42<|end_of_box|>", "42", "Hm"),
    ],
)
def test_parts_thinking_from_answer_however_it_is_cut(
    whole: str, text: str, reasoning: str
) -> None:
    assert parted([whole]) == (text, reasoning)
    assert parted(whole) == (text, reasoning)
    for at in range(len(whole)):
        assert parted([whole[:at], whole[at:]]) == (text, reasoning), f"cut at {at}"


def test_where_thinking_comes_apart_a_lone_closing_tag_is_text() -> None:
    assert parted(["Hm</think>Hello"], elsewhere=True) == ("Hm</think>Hello", "")
    assert parted(["</think>\nHello"], elsewhere=True) == ("Hello", "")


def test_text_is_handed_out_at_once_unless_it_might_be_a_tag() -> None:
    tags = ThinkTags()
    assert list(tags.feed("Hel")) == ["Hel"]
    assert list(tags.feed("lo <")) == ["lo "]
    assert list(tags.feed("b")) == ["<b"]


pieces = st.sampled_from(
    ("<think>", "</think>", "<|begin_of_box|>", "<|end_of_box|>", "<", "`", "\n", " ", "a", "字")
)


@settings(max_examples=500, deadline=None)
@given(st.lists(pieces, max_size=12), st.data())
def test_any_cut_gives_the_same(parts: list[str], data: st.DataObject) -> None:
    whole = "".join(parts)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(whole)), max_size=10)))
    bounds = [0, *cuts, len(whole)]
    assert parted(whole[a:b] for a, b in pairwise(bounds)) == parted([whole])


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("a<>/think| `\n"), max_size=40))
def test_text_without_tags_is_only_rid_of_blank_lines_before_it(text: str) -> None:
    for tag in ("<think>", "</think>"):
        text = text.replace(tag, "")
    if "<think>" in text or "</think>" in text:
        return
    body = text.lstrip()
    blank = text[: len(text) - len(body)]
    expected = blank[blank.rfind("\n") + 1 :] + body if body else ""
    assert parted(text) == (expected, "")


def test_the_cost_is_in_proportion_to_the_length() -> None:
    def cost(length: int) -> float:
        began = time.process_time()
        parted("a<" * length)
        return time.process_time() - began

    assert cost(40_000) < 40 * min(cost(4_000) for _ in range(3)) + 0.05

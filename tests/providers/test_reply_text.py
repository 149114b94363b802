# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.core.deltas import Reasoning, Revision
from chatglm_desktop.providers.reply_text import ReplyText, Style


def add(reply: ReplyText, key: int, style: Style, text: str, *, whole: bool = True) -> object:
    reply.add(key, style, text, whole=whole)
    return reply.take()


def closed(reply: ReplyText) -> object:
    reply.close()
    return reply.take()


def test_growth_at_the_end_is_only_the_new_text() -> None:
    reply = ReplyText("text")
    assert add(reply, 1, "plain", "One", whole=False) == "One"
    assert add(reply, 1, "plain", ", two", whole=False) == ", two"
    assert add(reply, 1, "plain", "One, two") is None
    assert add(reply, 1, "plain", "One, two.") == "."
    assert reply.take() is None
    assert closed(reply) is None


def test_a_change_before_the_end_is_a_revision_of_the_whole() -> None:
    reply = ReplyText("text")
    add(reply, 1, "plain", "One")
    add(reply, 2, "plain", "two")
    assert add(reply, 1, "plain", "One!") == Revision("One!\n\ntwo")
    assert add(reply, 2, "plain", "Two") == Revision("One!\n\nTwo")
    assert add(reply, 2, "plain", "Two.") == "."


def test_changes_between_two_looks_are_one() -> None:
    reply = ReplyText("text")
    reply.add(1, "plain", "Ome", whole=True)
    reply.add(1, "plain", "One", whole=True)
    assert reply.take() == "One"
    reply.add(1, "plain", "Two", whole=True)
    reply.add(1, "plain", "One", whole=True)
    assert reply.take() is None


def test_reasoning_has_its_own_values() -> None:
    reply = ReplyText("reasoning")
    assert add(reply, 1, "plain", "Hm") == Reasoning("Hm")
    assert add(reply, 1, "plain", "So") == Revision("So", "reasoning")


def test_a_segment_has_its_place_from_its_first_appearance() -> None:
    reply = ReplyText("text")
    assert add(reply, 1, "plain", "") is None
    assert add(reply, 2, "plain", "second") == "second"
    assert add(reply, 1, "plain", "first") == Revision("first\n\nsecond")


@pytest.mark.parametrize(
    ("first", "joint"), [("a", "\n\n"), ("a\n", "\n"), ("a\n\n", ""), ("a\n\n\n", ""), ("\n", "\n")]
)
def test_plain_segments_are_paragraphs(first: str, joint: str) -> None:
    reply = ReplyText("text")
    add(reply, 1, "plain", first)
    assert add(reply, 2, "plain", "b") == joint + "b"


@pytest.mark.parametrize("end", ["", "\n"])
def test_code_and_output_stand_in_fences(end: str) -> None:
    reply = ReplyText("text")
    assert add(reply, 1, "code", f"print(1){end}") == f"```python\nprint(1){end}"
    assert add(reply, 2, "output", "1\n") == ("" if end else "\n") + "```\n\n```\n1\n"
    assert add(reply, 3, "plain", "One.") == "```\n\nOne."
    assert closed(reply) is None


def test_an_open_fence_ends_with_the_reply() -> None:
    reply = ReplyText("text")
    add(reply, 1, "code", "a")
    assert closed(reply) == "\n```"
    rewritten = ReplyText("text")
    add(rewritten, 1, "code", "a")
    rewritten.add(1, "code", "b", whole=True)
    assert closed(rewritten) == Revision("```python\nb\n```")
    assert closed(ReplyText("text")) is None


def test_a_change_after_which_nothing_is_shown_yet() -> None:
    reply = ReplyText("text")
    reply.segment(1, "plain")
    reply.segment(2, "code")
    reply.add(1, "plain", "a", whole=False)
    reply.close()
    assert reply.take() == "a"


def test_a_fence_is_longer_than_those_inside() -> None:
    reply = ReplyText("text")
    assert add(reply, 1, "code", "s = '``", whole=False) == "```python\ns = '``"
    longer = "````python\ns = '```"
    assert add(reply, 1, "code", "`", whole=False) == Revision(longer)
    assert add(reply, 1, "code", "'\n", whole=False) == "'\n"
    assert add(reply, 1, "code", "`", whole=False) == "`"
    assert add(reply, 1, "code", "none") == Revision("```python\nnone")
    assert closed(reply) == "\n```"


styles = st.sampled_from(["plain", "code", "output"])
steps = st.lists(
    st.tuples(st.integers(0, 2), st.text(st.sampled_from("a`\n"), max_size=4), st.booleans()),
    max_size=12,
)


@settings(max_examples=300, deadline=None)
@given(st.tuples(styles, styles, styles), steps)
def test_what_is_told_always_adds_up_to_the_same_text(
    kinds: tuple[Style, Style, Style], changes: list[tuple[int, str, bool]]
) -> None:
    """Looking after every change gives the text that looking once at the end gives."""
    often, once = ReplyText("text"), ReplyText("text")
    shown = ""
    for key, fragment, whole in changes:
        for reply in (often, once):
            reply.add(key, kinds[key], fragment, whole=whole)
        shown = apply(shown, often.take())
    for reply in (often, once):
        reply.close()
    assert apply(shown, often.take()) == apply("", once.take())


def apply(shown: str, change: object) -> str:
    match change:
        case str():
            return shown + change
        case Revision(text, "text"):
            return text
        case None:
            return shown
        case _:
            raise AssertionError(change)

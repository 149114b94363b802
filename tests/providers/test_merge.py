# SPDX-License-Identifier: MIT
from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.providers.merge import Segment

texts = st.text(st.sampled_from("ab"), max_size=24) | st.text(max_size=40)


def cut(text: str, cuts: list[int]) -> list[str]:
    bounds = [0, *sorted(min(at, len(text)) for at in cuts), len(text)]
    return [text[a:b] for a, b in pairwise(bounds)]


def feed(*fragments: str) -> Segment:
    segment = Segment()
    for fragment in fragments:
        before = segment.text
        added = segment.add(fragment, whole=False)
        if added is not None:
            assert segment.text == before + added
    return segment


def is_ambiguous(fragments: list[str]) -> bool:
    """Whether deltas could as well be snapshots, or snapshots with an edited end."""
    filled = [fragment for fragment in fragments if fragment]
    return all(
        later.startswith(earlier) or later[:8] == earlier[:8] for earlier, later in pairwise(filled)
    )


@settings(max_examples=300, deadline=None)
@given(texts, st.lists(st.integers(0, 40), max_size=8))
def test_snapshots_come_out_exact_at_every_step(text: str, cuts: list[int]) -> None:
    segment, so_far = Segment(), ""
    for piece in cut(text, cuts):
        so_far += piece
        assert segment.add(so_far, whole=False) is not None
        assert segment.text == so_far


@settings(max_examples=300, deadline=None)
@given(texts, st.lists(st.integers(0, 40), max_size=8))
def test_deltas_cut_off_come_out_exact_where_they_can_be_told(text: str, cuts: list[int]) -> None:
    fragments = cut(text, cuts)
    assert feed(*fragments).text == text or is_ambiguous(fragments)


@settings(max_examples=300, deadline=None)
@given(texts, st.lists(st.integers(0, 40), max_size=8), st.booleans())
def test_a_finish_is_exact_in_both_dialects(text: str, cuts: list[int], deltas: bool) -> None:
    fragments = cut(text, cuts)
    if not deltas:
        fragments = ["".join(fragments[: end + 1]) for end in range(len(fragments))]
    segment = feed(*fragments)
    for _ in range(2):
        segment.add(text, whole=True)
        assert segment.text == text
        assert segment.add(text, whole=True) == ""
    assert segment.add("", whole=True) == ""
    assert segment.text == text


def test_remembers_fragments_that_looked_like_snapshots() -> None:
    assert feed("ha", "ha").text == "ha"
    assert feed("ha", "ha", "ha!", "x").text == "hahaha!x"


def test_a_snapshot_with_an_edited_end_replaces_the_text() -> None:
    segment = feed("The answer is: 4▌")
    assert segment.add("The answer is: 42▌", whole=False) is None
    assert segment.text == "The answer is: 42▌"


def test_short_texts_with_the_same_beginning_are_deltas() -> None:
    assert feed("print(1)", "print(2)").text == "print(1)print(2)"


def test_text_after_a_finish_follows_it() -> None:
    segment = feed("One", " two")
    segment.add("One, two", whole=True)
    assert segment.add(", three", whole=False) == ", three"
    fresh = Segment()
    fresh.add("One", whole=True)
    assert fresh.add(", two", whole=False) == ", two"
    assert fresh.text == "One, two"


def test_proven_snapshots_may_shrink() -> None:
    text = "x" * 32
    segment = feed(*(text + "." * dots for dots in range(6)))
    assert segment.add(text, whole=False) is None
    assert segment.text == text


def test_nothing_was_said_yet() -> None:
    segment = Segment()
    assert not segment
    assert segment.text == ""
    assert segment.add("", whole=False) == ""
    assert not segment


@pytest.mark.parametrize("snapshots", [False, True])
def test_cost_is_linear_in_what_arrives(snapshots: bool) -> None:
    def seconds(count: int) -> float:
        words = [f"w{number} " for number in range(count)]
        fragments = ["".join(words[: end + 1]) for end in range(count)] if snapshots else words
        began = time.process_time()
        feed_only = Segment()
        for fragment in fragments:
            feed_only.add(fragment, whole=False)
        assert feed_only.text == "".join(words)
        return time.process_time() - began

    few, many = (300, 3000) if snapshots else (10_000, 100_000)
    # What arrives grows by 100 in snapshots and by 10 in deltas.
    factor = 100 if snapshots else 10
    assert seconds(many) < 4 * factor * min(seconds(few) for _ in range(3)) + 0.05

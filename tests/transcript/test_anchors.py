# SPDX-License-Identifier: MIT
"""Reading positions through changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from chatglm_desktop.core.deltas import Source
from chatglm_desktop.core.messages import Message, ReasoningPart, SourcesPart
from chatglm_desktop.core.tabs import Anchor
from chatglm_desktop.transcript.anchors import (
    Target,
    anchor_of,
    index_of,
    kept,
    place_of,
    row_of,
    target_of,
)
from chatglm_desktop.transcript.document import Transcript
from chatglm_desktop.transcript.geometry import Geometry, Place
from chatglm_desktop.transcript.rows import RowChange
from chatglm_desktop.transcript.selection import PartKind


@pytest.mark.parametrize(
    ("place", "change", "expected"),
    [
        (Place(1, 5, 3.0), RowChange(6, 1, 1), Place(1, 5, 3.0)),
        (Place(1, 5, 3.0), RowChange(1, 3, 1), Place(1, 3, 3.0)),
        (Place(1, 5, 3.0), RowChange(1, 0, 4), Place(1, 9, 3.0)),
        (Place(1, 5, 3.0), RowChange(5, 1, 1), Place(1, 5, 3.0)),
        (Place(1, 5, 3.0), RowChange(4, 4, 1), Place(1, 4)),
        (Place(1, 5, 3.0), RowChange(0, 9, 0), Place(1, 0)),
        (Place(0, 5, 3.0), RowChange(0, 9, 0), Place(0, 5, 3.0)),
    ],
)
def test_a_place_stays_with_its_row(place: Place, change: RowChange, expected: Place) -> None:
    assert kept(place, 1, change) == expected


@pytest.fixture
def transcript(make_message: Callable[..., Message]) -> Transcript:
    result = Transcript()
    result.reset([make_message("text", id=name) for name in "abc"], 4, 7)
    return result


@pytest.fixture
def geometry() -> Geometry:
    result = Geometry()
    result.reset(7, 100.0)
    result.open(5, [10.0, 20.0, 30.0])
    return result


def test_an_anchor_leads_back_to_its_place(transcript: Transcript, geometry: Geometry) -> None:
    transcript.open(5)
    for place, anchor in (
        (Place(4, 0, 30.0), Anchor("a", 30.0)),
        (Place(5, 0, 5.0), Anchor("b", 5.0)),
        (Place(5, 1, 5.0), Anchor("b", 5.0, 0)),
        (Place(5, 2, 6.0), Anchor("b", 6.0, 1)),
    ):
        assert anchor_of(place, transcript, geometry) == anchor
        assert place_of(target_of(anchor, 0), transcript, geometry) == place


def test_an_anchor_beyond_its_message_leads_to_the_end_of_it(
    transcript: Transcript, geometry: Geometry
) -> None:
    assert place_of(target_of(Anchor("b", 500.0), 0), transcript, geometry) == Place(5, 2, 29.0)
    assert place_of(target_of(Anchor("b", -5.0), 0), transcript, geometry) == Place(5, 0, 0.0)


def test_an_anchor_in_a_message_without_height_leads_to_its_top(
    transcript: Transcript, geometry: Geometry
) -> None:
    geometry.open(5, [0.0])
    assert place_of(target_of(Anchor("b", 5.0), 0), transcript, geometry) == Place(5, 0)


def test_a_message_that_is_not_at_hand_is_found_by_its_position(
    transcript: Transcript, geometry: Geometry
) -> None:
    far = Target(2, 5.0, anchor=Anchor("x", 5.0))
    assert place_of(far, transcript, geometry) == Place(2, 0, 5.0)
    assert index_of(Target(99), transcript) == 6


def test_a_message_that_has_moved_is_found_by_its_id(transcript: Transcript) -> None:
    assert index_of(Target(2, anchor=Anchor("c", 0.0)), transcript) == 6


def test_a_target_may_be_a_leaf(make_message: Callable[..., Message]) -> None:
    transcript = Transcript()
    transcript.reset([make_message("One.\n\nTwo.\n\nThree.", id="a"), make_message(id="b")])
    geometry = Geometry()
    geometry.reset(2, 100.0)
    for index in range(2):
        geometry.open(index, [10.0] * transcript.open(index).row_count)
    answer = PartKind.ANSWER
    assert place_of(Target(0, 3.0, (answer, 1)), transcript, geometry) == Place(0, 2, 3.0)
    assert place_of(Target(0, 0.0, (answer, 9)), transcript, geometry) == Place(0, 3)
    assert place_of(Target(1, 0.0, (answer, 9)), transcript, geometry) == Place(1, 0)
    plain = make_message("One.", id="s")
    sources = SourcesPart((Source("https://example.org"),))
    transcript.reset([replace(plain, parts=(*plain.parts, sources))])
    item = transcript.open(0)
    assert row_of(Target(0, source=0), item) == item.source_row(0)


@pytest.fixture
def thought(make_message: Callable[..., Message]) -> Transcript:
    """One message: head, thinking line, three leaves, a gap, two leaves of the answer, foot."""
    message = make_message("One.\n\nTwo.", id="t")
    thinking = ReasoningPart("A.\n\nB.\n\nC.", 1.0)
    result = Transcript()
    result.reset([replace(message, parts=(thinking, *message.parts))])
    result.fold(0, False)
    result.open(0)
    return result


def rows(transcript: Transcript, heights: float) -> Geometry:
    """All rows of the first message, each of them as high as the others."""
    result = Geometry()
    result.reset(len(transcript), 100.0)
    result.open(0, [heights] * transcript[0].row_count)
    return result


@pytest.mark.parametrize(
    ("row", "leaf", "thinking"),
    [
        (0, None, False),
        (2, 0, True),
        (4, 2, True),
        (5, 3, True),
        (6, 0, False),
        (7, 1, False),
        (8, 2, False),
    ],
)
def test_an_anchor_names_its_leaf_whatever_height_rows_above_it_have(
    thought: Transcript, row: int, leaf: int | None, thinking: bool
) -> None:
    anchor = anchor_of(Place(0, row, 3.0), thought, rows(thought, 10.0))
    assert anchor == Anchor("t", 3.0, leaf, thinking)
    assert place_of(target_of(anchor, 0), thought, rows(thought, 77.0)) == Place(0, row, 3.0)


def test_an_anchor_in_a_leaf_that_is_lower_by_now_stays_in_it(thought: Transcript) -> None:
    target = target_of(Anchor("t", 90.0, 1, True), 0)
    assert place_of(target, thought, rows(thought, 10.0)) == Place(0, 3, 9.0)
    assert place_of(target, thought, rows(thought, 0.0)) == Place(0, 3, 0.0)


def test_an_anchor_below_the_text_counts_from_its_end(thought: Transcript) -> None:
    target = target_of(Anchor("t", 90.0, 2), 0)
    assert place_of(target, thought, rows(thought, 10.0)) == Place(0, 8, 90.0)


def test_an_anchor_in_text_that_is_gone_leads_to_where_it_would_be(thought: Transcript) -> None:
    gone = target_of(Anchor("t", 5.0, 9), 0)
    assert place_of(gone, thought, rows(thought, 10.0)) == Place(0, 8)
    thinking = target_of(Anchor("t", 5.0, 1, True), 0)
    thought.fold(0, True)
    assert place_of(thinking, thought, rows(thought, 10.0)) == Place(0, 1)
    assert anchor_of(Place(0, 1, 4.0), thought, rows(thought, 10.0)) == Anchor("t", 14.0)

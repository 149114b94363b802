# SPDX-License-Identifier: MIT
"""Reading positions through changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chatglm_desktop.core.messages import Message
from chatglm_desktop.core.tabs import Anchor
from chatglm_desktop.transcript.anchors import anchor_of, kept, place_of
from chatglm_desktop.transcript.document import Transcript
from chatglm_desktop.transcript.geometry import Geometry, Place
from chatglm_desktop.transcript.item import RowChange


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
    result.reset(make_message("text", id=name) for name in "abc")
    return result


@pytest.fixture
def geometry() -> Geometry:
    result = Geometry()
    result.reset([100.0, 50.0, 100.0])
    result.open(1, [10.0, 20.0, 30.0])
    return result


def test_an_anchor_leads_back_to_its_place(transcript: Transcript, geometry: Geometry) -> None:
    for place in (Place(1, 1, 5.0), Place(0, 0, 30.0)):
        anchor = anchor_of(place, transcript, geometry)
        assert place_of(anchor, transcript, geometry) == place
    assert anchor_of(Place(1, 1, 5.0), transcript, geometry) == Anchor("b", 15.0)


def test_an_anchor_beyond_its_message_leads_to_the_end_of_it(
    transcript: Transcript, geometry: Geometry
) -> None:
    assert place_of(Anchor("b", 500.0), transcript, geometry) == Place(1, 2, 29.0)
    assert place_of(Anchor("b", -5.0), transcript, geometry) == Place(1, 0, 0.0)


def test_an_anchor_in_a_message_without_height_leads_to_its_top(
    transcript: Transcript, geometry: Geometry
) -> None:
    geometry.open(1, [0.0])
    assert place_of(Anchor("b", 5.0), transcript, geometry) == Place(1, 0)


def test_the_anchor_of_an_unknown_message_leads_nowhere(
    transcript: Transcript, geometry: Geometry
) -> None:
    assert place_of(Anchor("x", 5.0), transcript, geometry) is None

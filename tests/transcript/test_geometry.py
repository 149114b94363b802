# SPDX-License-Identifier: MIT
"""Where rows stand, before and after they are known."""

from __future__ import annotations

import pytest

from chatglm_desktop.transcript.geometry import Geometry, Place


@pytest.fixture
def geometry() -> Geometry:
    """Three items, the middle one with rows."""
    result = Geometry()
    result.reset([100.0, 50.0, 100.0])
    result.open(1, [10.0, 20.0, 30.0])
    return result


def test_an_opened_item_is_as_high_as_its_rows(geometry: Geometry) -> None:
    assert len(geometry) == 3
    assert geometry.total == 260.0
    assert geometry.item_top(2) == 160.0
    assert geometry.item_height(1) == 60.0
    assert [geometry.is_open(index) for index in range(3)] == [False, True, False]


def test_a_row_is_found_by_its_height(geometry: Geometry) -> None:
    assert geometry.find(115.0) == Place(1, 1, 5.0)
    assert geometry.find(30.0) == Place(0, 0, 30.0)


def test_a_place_has_a_height_whether_its_item_is_open_or_not(geometry: Geometry) -> None:
    assert geometry.y(Place(1, 2, 5.0)) == 135.0
    assert geometry.y(Place(2, 3, 5.0)) == 165.0
    assert geometry.y(Place(1, 99)) == 160.0


def test_a_measured_row_corrects_the_item(geometry: Geometry) -> None:
    assert geometry.set(1, 0, 12.0) == 2.0
    assert geometry.set(1, 0, 12.0) == 0.0
    assert geometry.item_height(1) == 62.0
    assert geometry.row_top(1, 1) == 12.0
    assert geometry.row_height(1, 1) == 20.0


@pytest.mark.parametrize(
    ("first", "removed", "heights", "expected"),
    [
        (1, 1, [5.0, 6.0], [10.0, 5.0, 6.0, 30.0]),
        (1, 1, [5.0], [10.0, 5.0, 30.0]),
        (0, 2, [], [30.0]),
        (2, 0, [1.0], [10.0, 20.0, 1.0, 30.0]),
    ],
)
def test_rows_are_replaced(
    geometry: Geometry, first: int, removed: int, heights: list[float], expected: list[float]
) -> None:
    geometry.replace(1, first, removed, heights)
    count = geometry.row_count(1)
    assert [geometry.row_height(1, row) for row in range(count)] == expected
    assert geometry.item_height(1) == sum(expected)


def test_an_item_can_be_added(geometry: Geometry) -> None:
    geometry.append(40.0)
    assert geometry.item_top(3) == 260.0
    assert not geometry.is_open(3)


def test_rows_of_an_item_that_is_not_open_are_an_error(geometry: Geometry) -> None:
    with pytest.raises(LookupError):
        geometry.row_count(0)

# SPDX-License-Identifier: MIT
"""Where rows stand, before and after they are known."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.transcript.geometry import PAGE, Geometry, Place


@pytest.fixture
def geometry() -> Geometry:
    """Three items, the middle one with rows."""
    result = Geometry()
    result.reset(3, 100.0)
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
    assert geometry.y(Place(1, 1, -5.0)) == 105.0


def test_a_measured_row_corrects_the_item(geometry: Geometry) -> None:
    geometry.set(1, 0, 12.0)
    geometry.set(1, 0, 12.0)
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
    assert geometry.total == 300.0
    assert not geometry.is_open(3)


def test_items_are_added_page_by_page() -> None:
    geometry = Geometry()
    for number in range(2 * PAGE + 1):
        geometry.append(float(number))
    assert geometry.total == sum(range(2 * PAGE + 1))
    assert geometry.item_top(PAGE + 1) == sum(range(PAGE + 1))


def test_rows_of_an_item_that_is_not_open_are_an_error(geometry: Geometry) -> None:
    with pytest.raises(LookupError):
        geometry.row_count(0)


def test_a_better_guess_does_not_touch_an_item_with_rows(geometry: Geometry) -> None:
    geometry.estimate(0, 70.0)
    geometry.estimate(1, 70.0)
    assert geometry.item_height(0) == 70.0
    assert geometry.item_height(1) == 60.0


def test_a_million_items_are_kept_as_pages_until_they_are_looked_at() -> None:
    geometry = Geometry()
    geometry.reset(1_000_000, 150.0)
    assert geometry.known_pages == []
    assert geometry.total == 150_000_000.0
    assert geometry.find(75_000_010.0) == Place(500_000, 0, 10.0)
    geometry.open(500_000, [10.0, 20.0])
    assert geometry.known_pages == [500_000 // PAGE]
    assert geometry.total == 150_000_000.0 - 120.0
    assert geometry.item_top(500_001) == 75_000_030.0


def test_a_forgotten_page_keeps_its_height() -> None:
    geometry = Geometry()
    geometry.reset(3 * PAGE, 100.0)
    geometry.open(PAGE + 3, [50.0, 250.0])
    total = geometry.total
    geometry.forget(1)
    geometry.forget(2)
    assert geometry.total == total
    assert not geometry.is_open(PAGE + 3)
    assert geometry.item_height(PAGE + 3) == (total - 2 * PAGE * 100.0) / PAGE


def test_places_are_clamped_to_what_is_there() -> None:
    geometry = Geometry()
    with pytest.raises(IndexError):
        geometry.find(0.0)
    geometry.reset(PAGE + 2, 10.0)
    assert geometry.find(-5.0) == Place(0, 0)
    last = geometry.find(99_999.0)
    assert last.item == PAGE + 1
    assert geometry.y(last) == 99_999.0


_CHANGES = st.lists(
    st.tuples(st.sampled_from(("guess", "open", "remove", "append", "forget")), st.integers(0, 999))
)


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 3 * PAGE), _CHANGES)
def test_tops_are_the_sums_of_heights_after_any_changes(
    count: int, changes: list[tuple[str, int]]
) -> None:
    geometry = Geometry()
    geometry.reset(count, 30.0)
    for change, number in changes:
        item = number % max(len(geometry), 1)
        match change:
            case "append":
                geometry.append(float(number))
            case "forget":
                geometry.forget(item // PAGE)
            case "remove" if len(geometry):
                before = [geometry.item_height(i) for i in geometry_items(geometry, item)]
                geometry.remove(item)
                known = item // PAGE in geometry.known_pages
                if known:
                    del before[item % PAGE]
                    after = [geometry.item_height(i) for i in geometry_items(geometry, item)]
                    assert after[: len(before)] == before
            case "guess" if len(geometry):
                geometry.estimate(item, 1.0 + number)
            case "open" if len(geometry):
                geometry.open(item, [float(number), 2.0])
    tops = [0.0]
    for item in range(len(geometry)):
        assert geometry.item_top(item) == pytest.approx(tops[-1])
        tops.append(tops[-1] + geometry.item_height(item))
    assert geometry.total == pytest.approx(tops[-1])


def geometry_items(geometry: Geometry, item: int) -> range:
    """The items of the page that ``item`` is in."""
    start = item - item % PAGE
    return range(start, min(start + PAGE, len(geometry)))

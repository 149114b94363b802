# SPDX-License-Identifier: MIT
"""Content wider than its row: scrolling, the bar and its dragging."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage, QPainter

from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.sideways import BAR_ROOM, Sideways


@pytest.fixture
def sideways() -> Sideways:
    """400 pixels in a room of 100."""
    result = Sideways()
    result.fit(400.0, 100.0)
    return result


def test_content_that_fits_does_not_scroll() -> None:
    sideways = Sideways()
    sideways.fit(80.0, 100.0)
    assert not sideways.scroll(10.0)
    assert sideways.thumb(0.0, 50.0).isEmpty()


def test_scrolling_stops_at_both_ends(sideways: Sideways) -> None:
    assert sideways.scroll(1000.0)
    assert sideways.offset == 300.0
    assert sideways.scroll(-1000.0)
    assert sideways.offset == 0.0


def test_the_offset_stays_where_it_can_when_things_change_size(sideways: Sideways) -> None:
    sideways.scroll(200.0)
    sideways.fit(500.0, 100.0)
    assert sideways.offset == 200.0
    sideways.fit(250.0, 100.0)
    assert sideways.offset == 150.0


def test_the_thumb_goes_from_end_to_end(sideways: Sideways) -> None:
    first = sideways.thumb(10.0, 50.0)
    assert (first.left(), first.bottom(), first.height()) == (10.0, 50.0, BAR_ROOM)
    assert first.width() == 32.0
    sideways.scroll(300.0)
    assert sideways.thumb(10.0, 50.0).right() == 110.0


def test_a_dragged_thumb_stays_under_the_pointer(sideways: Sideways) -> None:
    sideways.catch(500.0)
    sideways.drag(520.0)
    assert sideways.thumb(0.0, 50.0).left() == pytest.approx(20.0)
    sideways.drag(9000.0)
    assert sideways.offset == 300.0
    # It comes back only when the pointer is where the thumb is.
    sideways.drag(530.0)
    assert sideways.thumb(0.0, 50.0).left() == pytest.approx(30.0)


def test_a_thumb_as_wide_as_its_track_is_not_dragged() -> None:
    sideways = Sideways()
    sideways.fit(40.0, 20.0)
    sideways.catch(0.0)
    sideways.drag(10.0)
    assert sideways.offset == 0.0


@pytest.mark.parametrize(
    ("span", "offset"), [((350.0, 380.0), 280.0), ((150.0, 180.0), 150.0), ((200.0, 240.0), 200.0)]
)
def test_a_part_of_the_content_is_brought_into_view(
    sideways: Sideways, span: tuple[float, float], offset: float
) -> None:
    sideways.scroll(200.0)
    sideways.reveal(*span)
    assert sideways.offset == offset


def test_the_bar_is_painted_where_there_is_need(look: Look, sideways: Sideways) -> None:
    def painted(state: Sideways, *, caught: bool) -> QImage:
        image = QImage(120, 40, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        with QPainter(image) as painter:
            state.paint(painter, look, state.thumb(0.0, 30.0), caught=caught)
        return image

    nothing = painted(Sideways(), caught=False)
    assert painted(sideways, caught=False) != nothing
    assert painted(sideways, caught=True) != painted(sideways, caught=False)

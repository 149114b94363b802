# SPDX-License-Identifier: MIT
"""One zoom for all tabs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.zoom import STEPS, Zoom


@pytest.fixture
def zoom(qapp: QObject) -> Zoom:
    return Zoom(qapp)


def test_it_goes_by_steps_and_back(zoom: Zoom, qtbot: QtBot) -> None:
    with qtbot.waitSignal(zoom.changed) as told:
        zoom.step(2)
    assert told.args == [1.25]
    zoom.step(-3)
    assert zoom.percent == 90
    zoom.reset()
    assert zoom.factor == 1.0


def test_it_ends_at_the_largest_and_the_smallest_step(zoom: Zoom, qtbot: QtBot) -> None:
    zoom.step(99)
    assert zoom.percent == STEPS[-1]
    with qtbot.assertNotEmitted(zoom.changed):
        zoom.step(1)
    zoom.step(-99)
    assert zoom.percent == STEPS[0]


def test_any_figure_becomes_the_nearest_step(zoom: Zoom) -> None:
    zoom.set_percent(112)
    assert zoom.percent == 110
    zoom.set_percent(9999)
    assert zoom.percent == 300

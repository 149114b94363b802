# SPDX-License-Identifier: MIT
"""Long work is done between events."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.transcript.copying.steps import Steps


@pytest.fixture
def parent(qapp: QApplication) -> QObject:
    return QObject()


@pytest.fixture
def steps(parent: QObject) -> Steps:
    return Steps(parent)


def busy(seconds: float, done: list[str]) -> Iterator[None]:
    for _ in range(5):
        end = perf_counter() + seconds / 5
        while perf_counter() < end:
            pass
        yield
    done.append("done")


def test_short_work_is_done_at_once(steps: Steps) -> None:
    done: list[str] = []
    steps.run(busy(0.0, done))
    assert done == ["done"]
    assert not steps.active


def test_long_work_is_done_in_turns(steps: Steps, qtbot: QtBot) -> None:
    done: list[str] = []
    steps.run(busy(0.05, done))
    assert steps.active
    assert not done
    qtbot.waitUntil(lambda: not steps.active)
    assert done == ["done"]


def test_other_work_takes_the_place_of_what_is_left(steps: Steps, qtbot: QtBot) -> None:
    left: list[str] = []
    done: list[str] = []
    steps.run(busy(0.05, left))
    steps.run(busy(0.05, done))
    qtbot.waitUntil(lambda: not steps.active)
    assert done == ["done"]
    assert not left
    steps.run(busy(0.05, left))
    steps.stop()
    assert not steps.active
    assert not left


def test_work_can_be_stopped_or_replaced_from_within(steps: Steps) -> None:
    done: list[str] = []

    def stopping() -> Iterator[None]:
        steps.stop()
        yield
        done.append("too far")

    def replacing() -> Iterator[None]:
        steps.run(busy(0.0, done))
        yield
        done.append("too far")

    steps.run(stopping())
    steps.run(replacing())
    assert done == ["done"]
    assert not steps.active


def test_work_that_fails_leaves_nothing_to_go_on_with(steps: Steps) -> None:
    def failing() -> Iterator[None]:
        yield
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        steps.run(failing())
    assert not steps.active

# SPDX-License-Identifier: MIT
"""Formulas typeset in a thread and kept."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.theme.tokens import LIGHT
from chatglm_desktop.gui.transcript.look import Looks
from chatglm_desktop.gui.transcript.math import formulas as module
from chatglm_desktop.gui.transcript.math.formula import Formula, Unreadable
from chatglm_desktop.gui.transcript.math.formulas import WAITING, Formulas


@pytest.fixture
def formulas(qapp: QApplication) -> Formulas:
    return Formulas(QApplication.font())


def test_a_formula_comes_later_and_is_then_the_same(formulas: Formulas, qtbot: QtBot) -> None:
    assert formulas.get("x^2", display=False) is None
    qtbot.waitUntil(lambda: formulas.get("x^2", display=False) is not None)
    found = formulas.get("x^2", display=False)
    assert isinstance(found, Formula)
    assert formulas.get("x^2", display=False) is found
    assert formulas.arrived == 1


def test_one_that_cannot_be_typeset_is_not_tried_again(formulas: Formulas, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: formulas.get(r"\foo", display=False) is not None)
    assert isinstance(formulas.get(r"\foo", display=False), Unreadable)
    assert formulas.arrived == 1


def test_both_sizes_of_a_formula_are_two(formulas: Formulas, qtbot: QtBot) -> None:
    def both() -> bool:
        found = [formulas.get(r"\frac12", display=display) for display in (True, False)]
        return None not in found

    qtbot.waitUntil(both)
    assert formulas.get(r"\frac12", display=True) is not formulas.get(r"\frac12", display=False)


def test_only_those_used_last_are_kept(qapp: QApplication, qtbot: QtBot) -> None:
    formulas = Formulas(QApplication.font(), kept=2)
    for name in ("a", "b", "a", "c"):
        qtbot.waitUntil(lambda name=name: formulas.get(name, display=False) is not None)  # type: ignore[misc] # no type is inferred for the default
    assert formulas.get("a", display=False) is not None
    assert formulas.get("c", display=False) is not None
    assert formulas.arrived == 3
    assert formulas.get("b", display=False) is None


def test_of_too_many_those_asked_for_last_are_typeset(formulas: Formulas, qtbot: QtBot) -> None:
    names = [f"y_{{{number}}}" for number in range(3 * WAITING)]
    for name in names:
        formulas.get(name, display=False)
    qtbot.waitUntil(lambda: formulas.arrived >= WAITING, timeout=20_000)
    assert all(formulas.get(name, display=False) is not None for name in names[-WAITING:])
    assert formulas.arrived <= WAITING + 1


def test_nothing_more_is_typeset_when_nobody_looks_any_longer(qapp: QApplication) -> None:
    looks = Looks()
    formulas = looks.get(LIGHT, QApplication.font()).formulas
    with module._LIBRARY:
        for number in range(WAITING):
            formulas.get(f"z_{{{number}}}", display=False)
        looks.stop()
    for thread in threading.enumerate():
        if thread.name == "formulas":
            thread.join()
    assert formulas.arrived == 0

# SPDX-License-Identifier: MIT
"""The program in a test's hands, and nothing left behind when it has ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from chatglm_desktop.gui.theme.manager import ThemeManager
from tests.helpers.leftovers import none_left
from tests.helpers.theatre import Theatre


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a screen Qt says what it cannot do; that is no fault of ours."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """No window and no running timer outlives its test."""
    with none_left():
        yield


@pytest.fixture
def theatre(qapp: QApplication, tmp_path: Path) -> Iterator[Theatre]:
    """A program that can be started again and again on the same data folder."""
    themes = ThemeManager(qapp, "light")
    qapp.setQuitOnLastWindowClosed(False)  # as the program has it
    yield Theatre(qapp, tmp_path / "data", themes)
    themes.deleteLater()

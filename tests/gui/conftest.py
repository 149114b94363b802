# SPDX-License-Identifier: MIT
"""What every test of the window needs: a theme, the English language, and nothing left behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from chatglm_desktop.gui.theme.manager import ThemeManager
from tests.helpers.leftovers import delete_what_waits_for_it, none_left


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a screen Qt says what it cannot do; that is no fault of ours."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support", extend=True))


@pytest.fixture(scope="session", autouse=True)
def empty_clipboard_in_the_end(qapp: QApplication) -> Iterator[None]:
    """What Python still owns must not be in the clipboard when the application ends."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """No window and no running timer outlives its test."""
    with none_left():
        yield


@pytest.fixture
def themes(qapp: QApplication) -> Iterator[ThemeManager]:
    """The light theme, worn by the application."""
    manager = ThemeManager(qapp, "light")
    yield manager
    manager.choose("system")
    manager.deleteLater()
    delete_what_waits_for_it()

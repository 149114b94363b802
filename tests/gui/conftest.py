# SPDX-License-Identifier: MIT
"""What every test of the window needs: a theme, the English language, and nothing left behind."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from chatglm_desktop.gui.theme.manager import ThemeManager


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a screen Qt says what it cannot do; that is no fault of ours."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """No window and no running timer outlives its test."""
    before = set(map(id, QApplication.topLevelWidgets()))
    yield
    _delete_what_waits_for_it()
    windows = [w for w in QApplication.topLevelWidgets() if id(w) not in before and w.isVisible()]
    timers = [t for t in _timers() if t.isActive()]
    names = [_name(window) for window in windows] + [repr(timer) for timer in timers]
    for timer in timers:
        timer.stop()
    for window in windows:
        window.close()
        window.deleteLater()
    _delete_what_waits_for_it()
    assert not names, f"left behind: {names}"


@pytest.fixture
def themes(qapp: QApplication) -> Iterator[ThemeManager]:
    """The light theme, worn by the application."""
    manager = ThemeManager(qapp, "light")
    yield manager
    manager.choose("system")
    manager.deleteLater()
    _delete_what_waits_for_it()


def _timers() -> list[QTimer]:
    found = (o for o in gc.get_objects() if issubclass(type(o), QTimer))
    return [timer for timer in found if shiboken6.isValid(timer)]


def _delete_what_waits_for_it() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _name(window: QWidget) -> str:
    return f"{type(window).__name__} {window.windowTitle()!r}"

# SPDX-License-Identifier: MIT
"""Finds windows and timers that outlive a test; knows no test.

To be imported before anything of the window, so that it hears of every timer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakSet

import shiboken6
from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget

_made: WeakSet[QTimer] = WeakSet()


class _NotedTimer(QTimer):
    """One that can be found without a look at all objects of the process.

    That look takes long, and other threads' objects are in it that are only half made.
    """

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        _made.add(self)


QtCore.QTimer = _NotedTimer  # type: ignore[misc] # every module takes it from there


@contextmanager
def none_left() -> Iterator[None]:
    """No window that is opened and no timer that runs in here may stay; needs an application."""
    before = set(map(id, QApplication.topLevelWidgets()))
    yield
    delete_what_waits_for_it()
    windows = [w for w in QApplication.topLevelWidgets() if id(w) not in before and w.isVisible()]
    timers = [t for t in _timers() if t.isActive()]
    names = [_name(window) for window in windows] + [repr(timer) for timer in timers]
    for timer in timers:
        timer.stop()
    for window in windows:
        window.close()
        window.deleteLater()
    delete_what_waits_for_it()
    assert not names, f"left behind: {names}"


def delete_what_waits_for_it() -> None:
    """Delete now what ``deleteLater`` was asked for."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _timers() -> list[QTimer]:
    return [timer for timer in set(_made) if shiboken6.isValid(timer)]


def _name(window: QWidget) -> str:
    return f"{type(window).__name__} {window.windowTitle()!r}"

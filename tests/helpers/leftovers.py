# SPDX-License-Identifier: MIT
"""Finds windows and timers that outlive a test; knows no test."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget


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
    found = (o for o in gc.get_objects() if issubclass(type(o), QTimer))
    return [timer for timer in found if shiboken6.isValid(timer)]


def _name(window: QWidget) -> str:
    return f"{type(window).__name__} {window.windowTitle()!r}"

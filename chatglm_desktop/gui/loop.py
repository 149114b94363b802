# SPDX-License-Identifier: MIT
"""Runs one asyncio loop inside Qt's; knows nothing of chats."""

from __future__ import annotations

import contextlib
import gc
import signal
import socket
import sys
from collections.abc import Callable, Coroutine, Iterator
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QAbstractEventDispatcher, QSocketNotifier, Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

T = TypeVar("T")

MOST_YOUNG_COLLECTIONS = 500
"""How many there may be, of some 7,000 objects each, before one of everything."""


def run(app: QApplication, main: Coroutine[object, object, T]) -> T:
    """Run ``main`` to its end in a loop that serves ``app`` and asyncio alike."""
    # Late: asyncio is imported after the first paint.
    from qasync import QEventLoop

    loop = QEventLoop(app)
    with loop, collecting_when_idle(app), threads_yielding_soon():
        return loop.run_until_complete(main)  # type: ignore[no-any-return] # qasync has no types


@contextlib.contextmanager
def collecting_when_idle(app: QApplication) -> Iterator[None]:
    """Collect Python's garbage in this thread only, and when there is nothing else to do.

    Python would collect in whichever thread allocates. In the store's thread that could destroy
    widgets and timers, which Qt forbids; in the middle of a frame it would cost the frame.
    A collection of everything takes tens of milliseconds: it waits until the user looks away.
    """
    youngest, young, _ = gc.get_threshold()
    dispatcher = QAbstractEventDispatcher.instance()

    def collect() -> None:
        counts = gc.get_count()
        if counts[2] > MOST_YOUNG_COLLECTIONS:
            gc.collect()
        elif counts[1] > young:
            gc.collect(1)
        elif counts[0] > youngest:
            gc.collect(0)

    def collect_all(state: Qt.ApplicationState) -> None:
        if state is not Qt.ApplicationState.ApplicationActive:
            gc.collect()

    enabled = gc.isenabled()
    gc.disable()
    gc.freeze()
    dispatcher.aboutToBlock.connect(collect)
    app.applicationStateChanged.connect(collect_all)
    try:
        yield
    finally:
        app.applicationStateChanged.disconnect(collect_all)
        dispatcher.aboutToBlock.disconnect(collect)
        gc.unfreeze()
        if enabled:
            gc.enable()


@contextlib.contextmanager
def threads_yielding_soon() -> Iterator[None]:
    """Let a thread that computes give way to the window within 1 ms.

    A frame gives up control several times: with the usual 5 ms it would take several times that.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.001)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@contextlib.contextmanager
def on_terminate(quit: Callable[[], None]) -> Iterator[None]:
    """Call ``quit`` in the loop when the system or the terminal asks the program to end.

    Qt's loop sleeps in C++, where Python sees no signal; the wake-up socket rouses it.
    """
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    writer.setblocking(False)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)

    def wake() -> None:
        reader.recv(64)
        quit()

    notifier.activated.connect(wake)
    previous_fd = signal.set_wakeup_fd(writer.fileno())
    previous = {
        number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(previous_fd)
        notifier.setEnabled(False)
        notifier.deleteLater()
        reader.close()
        writer.close()

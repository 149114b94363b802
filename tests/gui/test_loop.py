# SPDX-License-Identifier: MIT
from __future__ import annotations

import asyncio
import gc
import os
import signal
import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from chatglm_desktop.gui import loop


def test_one_loop_serves_qt_and_asyncio(qapp: QApplication) -> None:
    async def main() -> str:
        fired = asyncio.Event()
        QTimer.singleShot(0, fired.set)
        await fired.wait()
        await asyncio.sleep(0)
        return "both"

    assert loop.run(qapp, main()) == "both"


def test_an_error_of_main_comes_out(qapp: QApplication) -> None:
    async def main() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        loop.run(qapp, main())


class Cycle:
    """Unreachable when dropped, but not freed without a collection."""

    def __init__(self, freed: Callable[[], None]) -> None:
        self.me = self
        self.freed = freed

    def __del__(self) -> None:
        self.freed()


def test_garbage_is_collected_in_the_main_thread_only(qapp: QApplication) -> None:
    collected: list[threading.Thread] = []

    def litter() -> None:
        for _ in range(3000):
            Cycle(lambda: collected.append(threading.current_thread()))

    async def main() -> None:
        await asyncio.to_thread(litter)
        async with asyncio.timeout(10):
            while not collected:  # noqa: ASYNC110 # a collection has no event
                await asyncio.sleep(0.001)

    gc.enable()
    try:
        loop.run(qapp, main())
        assert gc.isenabled()
    finally:
        gc.disable()
    assert set(collected) == {threading.main_thread()}


@pytest.mark.parametrize("cause", ["the user looks away", "many collections"])
def test_old_garbage_is_collected(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, cause: str
) -> None:
    freed = asyncio.Event()

    async def main() -> None:
        cycle = Cycle(freed.set)
        gc.collect(1)
        gc.collect(1)
        del cycle
        gc.collect(1)
        assert not freed.is_set()
        if cause == "many collections":
            monkeypatch.setattr(loop, "MOST_YOUNG_COLLECTIONS", -1)
        else:
            qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
            assert not freed.is_set()
            qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
        await asyncio.wait_for(freed.wait(), 10)

    loop.run(qapp, main())


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot signal itself like this")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_wakes_the_sleeping_loop(qapp: QApplication, number: signal.Signals) -> None:
    before = signal.getsignal(number)

    async def main() -> None:
        quit = asyncio.Event()
        with loop.on_terminate(quit.set):
            os.kill(os.getpid(), number)
            await asyncio.wait_for(quit.wait(), 10)

    loop.run(qapp, main())
    assert signal.getsignal(number) is before

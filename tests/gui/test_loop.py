# SPDX-License-Identifier: MIT
from __future__ import annotations

import asyncio
import os
import signal

import pytest
from PySide6.QtCore import QTimer
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

# SPDX-License-Identifier: MIT
"""Isolation and silence for every test: own home, no network but loopback, no leftovers."""

from __future__ import annotations

import asyncio
import gc
import inspect
import ipaddress
import itertools
import logging
import os
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

import tests.helpers.leftovers  # noqa: F401 # before anything of the window

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
os.environ["LC_ALL"] = "C.UTF-8"


# By itself Python collects in whichever thread allocates, be it one of a test runner. In there that
# could destroy widgets and timers, which Qt forbids.
gc.disable()
_tests = itertools.count(1)


@pytest.fixture(autouse=True)
def garbage_is_collected_here() -> Iterator[None]:
    """What a test leaves is collected after it, in the thread of the tests."""
    yield
    gc.collect(1 if next(_tests) % 100 else 2)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The application of the tests has the style of the program."""
    return ["tests", "-style", "Fusion"]


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for the test, by all the names that systems use."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return home


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any connection that would leave this computer is an error."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])
            if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
                raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def silent_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Any log record of level WARNING or above fails, unless the test cleared it after a look."""
    yield
    loud = [
        record
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.levelno >= logging.WARNING
    ]
    assert not loud, f"unexpected log records: {[record.getMessage() for record in loud]}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test that is a coroutine is looked over for tasks that it left behind."""
    for item in items:
        if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.function):
            # Early, so that it is torn down late, when what fixtures own has ended; but after
            # the look at threads, because those of the loop end with the loop.
            place = item.fixturenames.index("no_thread_left") + 1
            item.fixturenames.insert(place, "no_task_left")


@pytest_asyncio.fixture
async def no_task_left() -> AsyncIterator[None]:
    """Every asyncio task that a test starts has ended with it."""
    yield
    left = asyncio.all_tasks() - {asyncio.current_task()}
    assert not left, f"tasks left behind: {[task.get_name() for task in left]}"


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Every thread that a test starts has ended with it."""
    before = set(threading.enumerate())
    yield
    left = [t for t in threading.enumerate() if t not in before and not t.daemon]
    for thread in left:
        thread.join(timeout=5)
    still = [t.name for t in left if t.is_alive()]
    assert not still, f"threads left behind: {still}"

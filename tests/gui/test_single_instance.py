# SPDX-License-Identifier: MIT
from __future__ import annotations

import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.single_instance import SingleInstance
from chatglm_desktop.settings.instance import instance_name
from chatglm_desktop.settings.paths import Paths
from chatglm_desktop.terminal.neighbour import is_running, tell_changed


def start(program: str, folder: Path) -> subprocess.Popen[str]:
    """A process that runs ``program`` with an ``instance`` of its own."""
    prologue = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from chatglm_desktop.gui.single_instance import SingleInstance;"
        "app = QCoreApplication([]); instance = SingleInstance(Path(sys.argv[1]));"
    )
    return subprocess.Popen(
        [sys.executable, "-c", prologue + program, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_only_one_holds_a_folder(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.claim()
    assert not second.claim()
    first.close()
    assert second.claim()
    second.close()


def test_another_folder_is_another_program(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path / "a"), SingleInstance(tmp_path / "b")
    assert first.claim()
    assert second.claim()
    first.close()
    second.close()


def test_a_second_start_raises_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.claim()
    first.listen()
    with qtbot.waitSignal(first.raise_requested, timeout=10_000):
        second = start("print(instance.claim(), instance.raise_other(within_ms=10_000))", tmp_path)
    assert second.communicate(timeout=20)[0] == "False True\n"
    first.close()


def test_a_silent_first_program_is_given_up(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.claim()
    assert not SingleInstance(tmp_path).raise_other(within_ms=120)
    first.close()


def test_a_program_that_was_killed_does_not_block_the_folder(qtbot: QtBot, tmp_path: Path) -> None:
    process = start("print(instance.claim(), flush=True); sys.stdin.read()", tmp_path)
    assert process.stdout is not None
    assert process.stdout.readline() == "True\n"
    instance = SingleInstance(tmp_path)
    assert not instance.claim()
    process.kill()
    process.communicate()
    assert instance.claim()
    instance.listen()
    instance.close()


def test_a_folder_that_cannot_be_made_does_not_stop_the_start(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    instance = SingleInstance(tmp_path / "file" / "folder")
    assert instance.claim()
    instance.close()


def test_a_link_goes_to_the_first_program(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.claim()
    first.listen()
    link = "chatglm-desktop://conversation/c0ffee/1d"
    raised: list[None] = []
    first.raise_requested.connect(lambda: raised.append(None))
    with qtbot.waitSignal(first.link_opened, timeout=10_000) as opened:
        second = start(f"print(instance.raise_other({link!r}, 10_000))", tmp_path)
    assert opened.args == [link]
    assert raised == [None]
    assert second.communicate(timeout=20)[0] == "True\n"
    first.close()


def test_a_program_without_a_window_tells_what_it_has_changed(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.claim()
    paths = Paths.at(tmp_path)
    assert not tell_changed(paths)
    first.listen()
    with ThreadPoolExecutor() as pool:
        with qtbot.waitSignal(first.store_changed, timeout=10_000):
            heard = pool.submit(tell_changed, paths)
        qtbot.waitUntil(heard.done)
        assert heard.result()
        with qtbot.waitSignal(first.raise_requested, timeout=10_000):
            running = pool.submit(is_running, paths)
        qtbot.waitUntil(running.done)
        assert running.result()
    first.close()


@pytest.mark.skipif(os.name == "nt", reason="sockets of POSIX systems")
def test_whoever_says_too_much_or_nothing_is_not_heard(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.claim()
    first.listen()
    heard: list[str] = []
    first.raise_requested.connect(lambda: heard.append("raise"))
    with ThreadPoolExecutor() as pool:
        for line in ("x" * 5_000, "x"):
            said = pool.submit(_say, instance_name(tmp_path), line.encode())
            qtbot.waitUntil(said.done)
            assert said.result() == b""
    assert heard == []
    first.close()


def _say(name: str, data: bytes) -> bytes:
    """What the answer is to something that is no line."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(0.3)
        connection.connect(f"{os.environ.get('TMPDIR', '/tmp')}/{name}")
        try:
            connection.sendall(data)
            return connection.recv(10)
        except OSError:
            return b""

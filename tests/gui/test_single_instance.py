# SPDX-License-Identifier: MIT
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.single_instance import SingleInstance


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
        second = start("print(instance.claim(), instance.raise_other(10_000))", tmp_path)
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

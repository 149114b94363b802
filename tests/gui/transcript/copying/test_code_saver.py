# SPDX-License-Identifier: MIT
"""Saving code: the dialog that asks where, the file, and what goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.transcript.copying.code_saver import CodeSaver


@pytest.fixture
def saver(qtbot: QtBot) -> CodeSaver:
    window = QWidget()
    qtbot.addWidget(window)
    return CodeSaver(window)


def dialog() -> QFileDialog:
    """The dialog that is open."""
    (found,) = (
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QFileDialog)
    )
    return found


def test_the_user_is_asked_for_a_file_with_a_fitting_name(
    saver: CodeSaver, qtbot: QtBot, tmp_path: Path
) -> None:
    saver.ask("print('中文')", "python")
    asked = dialog()
    assert asked.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert Path(asked.selectedFiles()[0]).name == "code.py"
    asked.setDirectory(str(tmp_path))
    asked.selectFile("mine.py")
    with qtbot.waitSignal(saver.told) as told:
        asked.accept()
    assert told.args == ["Saved as mine.py"]
    assert (tmp_path / "mine.py").read_bytes() == "print('中文')\n".encode()


def test_nothing_is_written_if_the_user_changes_their_mind(saver: CodeSaver, qtbot: QtBot) -> None:
    saver.ask("x", "")
    with qtbot.assertNotEmitted(saver.told):
        dialog().reject()


@pytest.mark.parametrize(
    ("code", "written"), [("", b""), ("a\r\nb\n", b"a\r\nb\n"), ("\ud800", b"?\n")]
)
def test_code_is_written_as_it_is(
    saver: CodeSaver, tmp_path: Path, code: str, written: bytes
) -> None:
    saver.write(code, tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == written


def test_a_file_that_cannot_be_written_is_told(
    saver: CodeSaver, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(saver.told) as told:
        saver.write("x", tmp_path)
    assert told.args is not None
    assert tmp_path.name in told.args[0]
    assert "could not be saved" in told.args[0]

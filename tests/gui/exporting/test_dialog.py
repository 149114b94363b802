# SPDX-License-Identifier: MIT
"""The dialog shows what will be written where, and orders it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from chatglm_desktop.chat.exporting.exporter import Progress
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.export_choice import ExportChoice, ExportContents
from chatglm_desktop.core.exports import Chosen, Everything, Exported, ExportFailed
from chatglm_desktop.gui.exporting.dialog import ExportDialog
from chatglm_desktop.gui.exporting.offer import ExportOffer
from chatglm_desktop.gui.exporting.progress import ProgressCard
from chatglm_desktop.gui.exporting.words import (
    export_words,
    problem_text,
    progress_text,
    result_text,
)
from chatglm_desktop.gui.theme.manager import ThemeManager

OFFERS = (
    ExportOffer("Title", Chosen(("a",)), "Ti/tle"),
    ExportOffer("All", Everything(), "Conversations"),
)
JSON, PDF = 3, 2


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    host = QWidget()
    host.resize(600, 400)
    qtbot.addWidget(host)
    host.show()
    return host


@pytest.fixture
def dialog(host: QWidget, themes: ThemeManager, tmp_path: Path) -> Iterator[ExportDialog]:
    choice = ExportChoice(folder=str(tmp_path))
    dialog = ExportDialog(host, themes, OFFERS, choice)
    dialog.open()
    yield dialog
    if isValid(dialog):
        dialog.close()


def test_names_are_free_and_follow_the_format(dialog: ExportDialog, tmp_path: Path) -> None:
    assert dialog.target == tmp_path / "Ti tle.md"
    dialog.formats.chosen.emit(PDF)
    (tmp_path / "Ti tle.pdf").touch()
    assert dialog.target == tmp_path / "Ti tle (2).pdf"


def test_several_become_a_folder_or_a_zip(dialog: ExportDialog, tmp_path: Path) -> None:
    assert not dialog.zipped.isEnabled()
    dialog.what.show_value(1)
    dialog.what.chosen.emit(1)
    assert dialog.target == tmp_path / "Conversations"
    dialog.zipped.click()
    assert dialog.target == tmp_path / "Conversations.zip"
    dialog.formats.chosen.emit(JSON)
    assert dialog.target == tmp_path / "Conversations.json"
    assert not dialog.thinking.isEnabled()


def test_what_is_chosen_is_ordered(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.thinking.click()
    dialog.times.click()
    with qtbot.waitSignal(dialog.ordered) as told:
        dialog.export_button.click()
    assert told.args is not None
    order, choice = told.args
    assert order.contents == ExportContents(thinking=True, times=False, model=True)
    assert order.target == tmp_path / "Ti tle.md"
    assert choice.folder == str(tmp_path)


def test_the_user_decides_where(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.write_to(str(tmp_path / "mine.MD"))
    assert dialog.target == tmp_path / "mine.MD"
    dialog.write_to(str(tmp_path / "other"))
    assert dialog.target == tmp_path / "other.md"
    dialog.what.show_value(1)
    dialog.what.chosen.emit(1)
    below = tmp_path / "below"
    below.mkdir()
    dialog.write_to(str(below))
    assert dialog.target == below / "Conversations"


@pytest.mark.parametrize("offer", [0, 1])
def test_files_and_folders_are_asked_for(dialog: ExportDialog, offer: int) -> None:
    dialog.what.show_value(offer)
    dialog.where.click()
    [asked] = dialog.findChildren(QFileDialog)
    folder = asked.fileMode() is QFileDialog.FileMode.Directory
    assert folder == (offer == 1)
    asked.close()


def test_a_folder_that_is_gone_is_not_offered(
    host: QWidget, themes: ThemeManager, tmp_path: Path
) -> None:
    dialog = ExportDialog(host, themes, OFFERS[:1], ExportChoice(folder=str(tmp_path / "gone")))
    dialog.open()
    assert dialog.target.parent != tmp_path / "gone"
    assert not dialog.what.isEnabled()
    dialog.close()


def test_progress_is_told_after_a_while_and_can_be_cancelled(
    host: QWidget, themes: ThemeManager, qtbot: QtBot
) -> None:
    card = ProgressCard(themes, host)
    assert not card.isVisible()
    qtbot.waitUntil(card.isVisible)
    card.tell("Half", 0.5)
    assert card.text() == "Half"
    host.resize(300, 300)
    qtbot.waitUntil(lambda: card.width() == 300)
    themes.choose("dark")
    host.grab()
    with qtbot.waitSignal(card.cancelled):
        card.cancel_button.click()
    card.end()


def test_results_and_problems_are_told_in_words() -> None:
    told = Exported(Path("/x/a.md"), 1, 2)
    assert result_text(told) == "Exported as “a.md”."
    assert "One attached file" in result_text(Exported(Path("a.md"), 1, 2, 1))
    assert "3 attached files" in result_text(Exported(Path("a.md"), 1, 2, 3))
    assert problem_text(ExportFailed("other", "why")).endswith("(why)")
    assert problem_text(ExportFailed("disk full", "why")).endswith("Nothing was written.")
    assert progress_text(Progress(1, 1, 1200, 0.5)) == "Exporting… 1,200 messages"
    assert progress_text(Progress(3, 9, 1, 0.5)) == "Exporting… 3 of 9 conversations"
    failed = export_words().failed(Failure("Busy", "w"))
    assert failed == "The service is still working on another reply of yours."

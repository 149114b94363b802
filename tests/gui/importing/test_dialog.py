# SPDX-License-Identifier: MIT
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.chat.importing.import_file import ImportFile
from chatglm_desktop.chat.importing.plan import Preview, Report, Target
from chatglm_desktop.core.errors import DiskFull, ExportDamaged
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.imports import ImportSource, Sketch, Skipped
from chatglm_desktop.gui.importing.dialog import ImportDialog, Stage
from chatglm_desktop.gui.theme.manager import ThemeManager

FOLDERS = {
    "f": Folder("f", "Work", 1.0),
    "g": Folder("g", "Plans", 1.0, "f"),
}


def preview(source: ImportSource = "chatgpt", **told: object) -> Preview:
    wanted = {"c": Sketch("c", "", ("m",), (1.0,))}
    values: dict[str, object] = {"new": 1, "messages": 2, "wanted": wanted} | told
    return Preview(ImportFile(Path("conversations.json")), source, **values)  # type: ignore[arg-type]


@pytest.fixture
def dialog(themes: ThemeManager, qtbot: QtBot) -> Iterator[ImportDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    with qtbot.waitExposed(parent):
        parent.show()
    dialog = ImportDialog(parent, themes)
    dialog.show_looking("conversations.json")
    dialog.open()
    yield dialog
    themes.choose("light")
    parent.close()


def shown(dialog: ImportDialog) -> list[str]:
    """What the rows say."""
    items = (dialog.rows.itemAt(place) for place in range(dialog.rows.count()))
    labels = (item.widget() for item in items if item is not None)
    return [label.text() for label in labels if isinstance(label, QLabel)]


def buttons(dialog: ImportDialog) -> list[str]:
    every = (dialog.another, dialog.undo, dialog.stop, dialog.start, dialog.done_button)
    return [button.text() for button in every if button.isVisible()]


def test_looking_shows_how_far_it_is_and_can_be_cancelled(
    dialog: ImportDialog, qtbot: QtBot
) -> None:
    assert dialog.text() == "Looking through “conversations.json”…"
    dialog.show_share(0.25)
    assert dialog.progress.value() == 250
    assert dialog.progress.isVisible()
    assert buttons(dialog) == ["Cancel"]
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_the_preview_counts_and_asks_for_a_folder(dialog: ImportDialog, qtbot: QtBot) -> None:
    skipped = tuple(Skipped(title, "broken") for title in ("A", "B", "", "C", "D"))
    dialog.show_preview(
        preview(
            new=12,
            grown=3,
            known=4,
            files=2,
            file_bytes=3000,
            left_out=1,
            skipped=(*skipped, Skipped("", "empty")),
        ),
        FOLDERS,
    )
    assert shown(dialog) == [
        "New conversations",
        "12",
        "Conversations with new messages",
        "3",
        "Conversations that are here already",
        "4",
        "Messages to add",
        "2",
        "Files",
        "2 (3 KB)",
        "Files left out",
        "1",
        "Conversations left out",
        "6",
    ]
    assert dialog.text() == "From ChatGPT: “conversations.json”. Nothing has been changed yet."
    assert dialog.skipped.text() == "Damaged: 5  (“A”, “B”, “C” …)\nWithout messages: 1"
    choices = [dialog.folder.itemText(place) for place in range(dialog.folder.count())]
    assert choices == ["New folder “ChatGPT”", "No folder", "Work", "Work / Plans"]
    assert buttons(dialog) == ["Cancel", "Import"]
    assert dialog.focusWidget() is dialog.start
    with qtbot.waitSignal(dialog.import_requested) as wanted:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert wanted.args == [Target(new_folder="ChatGPT")]


def test_the_folder_of_an_earlier_import_is_offered_first(dialog: ImportDialog) -> None:
    dialog.show_preview(preview(), FOLDERS | {"h": Folder("h", "ChatGPT", 1.0)})
    assert dialog.folder.target == Target(folder_id="h")
    dialog.show_preview(preview("chatglm-desktop"), FOLDERS)
    assert dialog.folder.target == Target()
    assert dialog.folder.currentText() == "As in the file"
    assert dialog.folder.itemText(dialog.folder.count() - 1) == "New folder “ChatGLM Desktop”"


def test_a_file_without_news_can_only_be_closed(dialog: ImportDialog) -> None:
    dialog.show_preview(preview(new=0, messages=0, known=5, wanted={}), FOLDERS)
    assert dialog.text() == "There is nothing new in this file."
    assert buttons(dialog) == ["Choose another file…", "Close"]
    assert not dialog.folder.isVisible()


def test_while_it_imports_closing_asks_to_stop(dialog: ImportDialog, qtbot: QtBot) -> None:
    dialog.show_preview(preview(), FOLDERS)
    dialog.show_importing()
    assert shown(dialog) == []
    assert buttons(dialog) == ["Stop"]
    with qtbot.waitSignal(dialog.stop_requested):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not dialog.stop.isEnabled()


def test_the_report_says_what_was_added_and_offers_the_way_back(
    dialog: ImportDialog, qtbot: QtBot
) -> None:
    dialog.show_report(Report(("a", "b"), ("c",), 12, left_out=1))
    assert dialog.stage is Stage.DONE
    assert dialog.text() == "The import is finished."
    assert shown(dialog)[1::2] == ["2", "1", "12", "1"]
    assert buttons(dialog) == ["Undo", "Close"]
    with qtbot.waitSignal(dialog.undo_requested):
        QTest.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)


def test_a_report_says_why_it_ended_early(dialog: ImportDialog) -> None:
    dialog.show_report(Report(stopped=True))
    assert dialog.text().startswith("The import was stopped.")
    assert buttons(dialog) == ["Close"]
    dialog.show_report(Report(("a",), error=DiskFull("x")))
    assert dialog.text().startswith(DiskFull.summary)


def test_an_error_says_what_to_do_and_leads_to_another_file(
    dialog: ImportDialog, themes: ThemeManager, qtbot: QtBot
) -> None:
    dialog.show_error(ExportDamaged())
    assert dialog.text() == f"{ExportDamaged.summary}\n{ExportDamaged.hint}"
    assert buttons(dialog) == ["Choose another file…", "Close"]
    with qtbot.waitSignal(dialog.another_requested):
        QTest.mouseClick(dialog.another, Qt.MouseButton.LeftButton)
    themes.choose("dark")
    assert themes.theme.dim in dialog.skipped.styleSheet()


def test_everything_that_is_shown_has_its_room(dialog: ImportDialog, qtbot: QtBot) -> None:
    skipped = (Skipped("A", "broken"), Skipped("", "empty"))
    dialog.show_preview(preview(grown=3, known=4, files=2, skipped=skipped), FOLDERS)
    dialog.show_looking("conversations.json")
    low = dialog.height()
    dialog.show_preview(preview(grown=3, known=4, files=2, skipped=skipped), FOLDERS)
    assert dialog.height() > low
    labels = [*dialog.findChildren(QLabel), dialog.folder, dialog.start]
    qtbot.waitUntil(
        lambda: all(w.height() >= w.minimumSizeHint().height() for w in labels if w.isVisible())
    )
    dialog.show_looking("conversations.json")
    assert dialog.height() == low

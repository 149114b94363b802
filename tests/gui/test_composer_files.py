# SPDX-License-Identifier: MIT
"""Files in the composer: pasted, picked, sent alone, in the way, kept while others are edited."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.attachments import MOST_FILES, Look
from chatglm_desktop.core.draft import Draft
from chatglm_desktop.core.generation import Abilities
from chatglm_desktop.core.messages import AttachmentPart
from chatglm_desktop.gui.attaching.sources import DataSource, FileSource, Source, StoredSource
from chatglm_desktop.gui.composer import Composer
from chatglm_desktop.gui.composer_editor import ComposerEditor
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.send_button import SendButton
from tests.helpers.image_files import encoded, screen
from tests.helpers.widgets import child

ENTER = Qt.Key.Key_Return
PHOTO = AttachmentPart("photo.png", "image/png", 3, "a" * 64)
NOTES = AttachmentPart("notes.txt", "text/plain", 5, "b" * 64)


class Desk:
    """A composer whose files the test reads."""

    def __init__(self, window: QWidget, composer: Composer) -> None:
        self.window = window
        self.composer = composer
        self.shelf = composer.tray.shelf
        self.wanted: dict[int, Source] = {}
        self.shelf.wanted.connect(self.wanted.__setitem__)
        self.editor = child(composer, ComposerEditor)
        self.button = child(composer, SendButton)

    def put(self, part: AttachmentPart, look: Look | None = None) -> None:
        self.composer.attach([FileSource(Path(part.name))])
        self.shelf.take(max(self.wanted), part, look or Look(10))

    def paste(self, data: QMimeData) -> None:
        QGuiApplication.clipboard().setMimeData(data)
        QTest.keySequence(self.editor, QKeySequence(QKeySequence.StandardKey.Paste))


@pytest.fixture
def desk(themes: ThemeManager, qtbot: QtBot) -> Desk:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 700)
    composer = Composer(themes)
    layout = QVBoxLayout(window)
    layout.addStretch(1)
    layout.addWidget(composer)
    with qtbot.waitExposed(window):
        window.show()
    composer.focus_editor()
    return Desk(window, composer)


def test_files_of_the_clipboard_become_chips(desk: Desk) -> None:
    data = QMimeData()
    data.setUrls([QUrl("file:///tmp/a.txt"), QUrl("file:///tmp/b.txt")])
    data.setText("/tmp/a.txt /tmp/b.txt")
    desk.paste(data)
    paths = [FileSource(Path("/tmp/a.txt")), FileSource(Path("/tmp/b.txt"))]
    assert list(desk.wanted.values()) == paths
    assert desk.composer.text() == ""


def test_a_picture_of_the_clipboard_becomes_a_chip(desk: Desk) -> None:
    picture = encoded(screen(8, 8))
    data = QMimeData()
    data.setData("image/png", picture)
    desk.paste(data)
    assert list(desk.wanted.values()) == [DataSource("Pasted picture", picture)]


def test_long_text_of_the_clipboard_stays_text(desk: Desk) -> None:
    data = QMimeData()
    data.setText("line\n" * 5000)
    desk.paste(data)
    assert len(desk.composer.text()) == 25_000
    assert desk.wanted == {}


def test_files_held_over_the_text_are_for_the_page(desk: Desk) -> None:
    files, text = QMimeData(), QMimeData()
    files.setUrls([QUrl("file:///tmp/a.txt")])
    text.setText("words")
    place, copy = QPoint(5, 5), Qt.DropAction.CopyAction
    held = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for data, taken in ((files, False), (text, True)):
        enter = QDragEnterEvent(place, copy, data, *held)
        QApplication.sendEvent(desk.editor.viewport(), enter)
        assert enter.isAccepted() == taken
        move = QDragMoveEvent(place, copy, data, *held)
        QApplication.sendEvent(desk.editor.viewport(), move)
        assert move.isAccepted() == taken


def test_files_are_picked_in_a_dialog(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    QTest.mouseClick(desk.composer.tray.button, Qt.MouseButton.LeftButton)
    dialog = child(desk.composer.window(), QFileDialog)
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit([str(tmp_path / "a.txt")])
    dialog.close()
    assert list(desk.wanted.values()) == [FileSource(tmp_path / "a.txt")]
    assert "Ctrl+Shift+A" in desk.composer.tray.button.toolTip()


def test_a_file_alone_can_be_sent(desk: Desk, qtbot: QtBot) -> None:
    assert not desk.button.isEnabled()
    desk.put(PHOTO)
    assert desk.button.isEnabled()
    with qtbot.waitSignal(desk.composer.submitted) as sent:
        QTest.keyClick(desk.editor, ENTER)
    assert sent.args == [""]
    assert desk.composer.attachments() == (PHOTO,)
    desk.composer.clear()
    assert desk.composer.attachments() == ()
    assert not desk.button.isEnabled()


def test_a_file_that_is_still_read_is_waited_for(desk: Desk, qtbot: QtBot) -> None:
    desk.composer.set_text("Look")
    desk.composer.attach([FileSource(Path("a.txt"))])
    assert not desk.button.isEnabled()
    assert desk.composer.hint() == "The files are still being read"
    with qtbot.assertNotEmitted(desk.composer.submitted):
        QTest.keyClick(desk.editor, ENTER)
    desk.shelf.take(1, NOTES, Look(1))
    assert desk.button.isEnabled()
    assert desk.composer.hint().startswith("Enter sends")


def test_another_model_refuses_before_anything_is_sent(desk: Desk, qtbot: QtBot) -> None:
    desk.put(PHOTO)
    desk.composer.set_text("Look")
    desk.composer.set_abilities(Abilities())
    assert not desk.button.isEnabled()
    assert desk.composer.hint() == (
        "photo.png: This model does not see pictures. Choose one that does."
    )
    with qtbot.assertNotEmitted(desk.composer.submitted):
        QTest.keyClick(desk.editor, ENTER)
    desk.composer.set_abilities(Abilities(images=True))
    assert desk.button.isEnabled()


def test_the_limit_of_files_is_said_and_does_not_hinder(desk: Desk) -> None:
    desk.composer.attach([FileSource(Path(f"{n}.txt")) for n in range(MOST_FILES + 1)])
    for id in list(desk.wanted):
        desk.shelf.take(id, AttachmentPart(f"{id}", "text/plain", 1, f"{id:064x}"), Look(1))
    assert len(desk.composer.attachments()) == MOST_FILES
    desk.composer.attach([FileSource(Path("one more"))])
    assert desk.composer.hint() == "At most 50 files can go along."
    assert desk.button.isEnabled()


def test_files_count_as_tokens(desk: Desk, qtbot: QtBot) -> None:
    desk.put(NOTES, Look(34_000))
    assert desk.composer.controls.tokens.text() == "≈ 34,000 tokens"
    desk.composer.clear()
    assert desk.composer.controls.tokens.text() == ""


def test_changes_of_files_are_told_as_changes_of_the_draft(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.composer.text_changed):
        desk.put(NOTES)
    assert desk.composer.draft() == Draft("", (NOTES,))


def test_undo_does_not_take_the_draft_of_last_time(desk: Desk) -> None:
    desk.composer.set_draft(Draft("text"))
    QTest.keySequence(desk.editor, QKeySequence(QKeySequence.StandardKey.Undo))
    assert desk.composer.text() == "text"


def test_a_draft_comes_back_with_its_files(desk: Desk) -> None:
    desk.composer.set_draft(Draft("text", (PHOTO,)))
    assert desk.composer.draft() == Draft("text", (PHOTO,))
    assert list(desk.wanted.values()) == [StoredSource(PHOTO)]


def test_the_files_of_a_draft_wait_while_others_are_edited(desk: Desk, qtbot: QtBot) -> None:
    desk.put(PHOTO)
    desk.composer.set_text("draft")
    desk.composer.edit("m1", "question", (NOTES,))
    desk.shelf.take(max(desk.wanted), NOTES, Look(1))
    assert desk.composer.attachments() == (NOTES,)
    assert desk.composer.draft() == Draft("draft", (PHOTO,))
    desk.composer.edit("m2", "other")
    assert desk.composer.attachments() == ()
    assert desk.composer.draft() == Draft("draft", (PHOTO,))
    QTest.keyClick(desk.editor, Qt.Key.Key_Escape)
    assert desk.composer.draft() == Draft("draft", (PHOTO,))
    assert desk.composer.attachments() == (PHOTO,)


def test_the_text_keeps_the_focus_and_gets_it_back(desk: Desk) -> None:
    desk.put(NOTES)
    assert desk.editor.hasFocus()
    chip = desk.composer.tray.chips.chips()[0].button
    chip.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert desk.editor.hasFocus()


def test_everything_can_be_reached_by_tab(desk: Desk) -> None:
    desk.put(NOTES)
    stops = [desk.composer.tray.chips.chips()[0].button, desk.composer.tray.button]
    widget: QWidget | None = desk.editor
    seen = []
    for _ in range(60):
        widget = widget.nextInFocusChain() if widget else None
        seen.append(widget)
    assert all(stop in seen and stop.focusPolicy() & Qt.FocusPolicy.TabFocus for stop in stops)

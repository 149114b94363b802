# SPDX-License-Identifier: MIT
"""Long pasted text beside the message, back in it, looked at, and all of that undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.attachments import Look
from chatglm_desktop.core.messages import AttachmentPart
from chatglm_desktop.gui.attaching.chip import AttachmentChip
from chatglm_desktop.gui.attaching.sources import Source, StoredSource, TextSource
from chatglm_desktop.gui.attaching.text_preview import TextPreview
from chatglm_desktop.gui.composer import Composer
from chatglm_desktop.gui.composer_editor import ComposerEditor
from chatglm_desktop.gui.theme.manager import ThemeManager
from tests.helpers.widgets import child

LONG = "line\n" * 20
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Desk:
    """A composer whose files the test keeps and reads."""

    def __init__(self, window: QWidget, composer: Composer) -> None:
        self.window = window
        self.composer = composer
        self.shelf = composer.tray.shelf
        self.editor = child(composer, ComposerEditor)
        self._texts: dict[AttachmentPart, str] = {}
        self.shelf.wanted.connect(self._keep)
        self.shelf.text_wanted.connect(self._read)

    def _keep(self, id: int, source: Source) -> None:
        if isinstance(source, TextSource):
            size = len(source.text)
            part = AttachmentPart(source.name, "text/plain", size, f"{len(self._texts):064}")
            self._texts[part] = source.text
        else:
            assert isinstance(source, StoredSource)
            part = source.part
        self.shelf.take(id, part, Look(10))

    def _read(self, id: int) -> None:
        item = self.shelf.item(id)
        assert item is not None
        assert item.part is not None
        self.shelf.text_given.emit(id, self._texts[item.part])

    def paste(self, text: str) -> None:
        data = QMimeData()
        data.setText(text)
        QGuiApplication.clipboard().setMimeData(data)
        QTest.keySequence(self.editor, QKeySequence(QKeySequence.StandardKey.Paste))

    def undo(self) -> None:
        QTest.keySequence(self.editor, QKeySequence(QKeySequence.StandardKey.Undo))

    @property
    def names(self) -> list[str]:
        return [item.name for item in self.shelf.items]

    def chip(self) -> AttachmentChip:
        return self.composer.tray.chips.chips()[0]


@pytest.fixture
def desk(themes: ThemeManager, qtbot: QtBot) -> Desk:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 700)
    composer = Composer(themes)
    composer.set_paste_limit(len(LONG))
    layout = QVBoxLayout(window)
    layout.addStretch(1)
    layout.addWidget(composer)
    with qtbot.waitExposed(window):
        window.show()
    composer.focus_editor()
    return Desk(window, composer)


def test_long_text_goes_along_as_a_file_and_short_text_does_not(desk: Desk) -> None:
    desk.paste("short")
    desk.paste(LONG)
    desk.paste(f"{LONG}.")
    assert desk.composer.text() == "short"
    assert desk.names == ["Pasted text.txt", "Pasted text 2.txt"]


def test_nothing_is_too_long_where_that_is_not_wanted(desk: Desk) -> None:
    desk.composer.set_paste_limit(0)
    desk.paste(LONG)
    assert (desk.composer.text(), desk.names) == (LONG, [])


def test_a_long_text_stays_one_with_another_key(desk: Desk) -> None:
    QGuiApplication.clipboard().setText(LONG)
    QTest.keyClick(desk.editor, Qt.Key.Key_V, CTRL_SHIFT)
    assert (desk.composer.text(), desk.names) == (LONG, [])


def test_undo_puts_a_long_text_into_the_message_and_then_takes_it_out(desk: Desk) -> None:
    QTest.keyClicks(desk.editor, "ab")
    QTest.keyClick(desk.editor, Qt.Key.Key_Left)
    desk.paste(LONG)
    desk.undo()
    assert (desk.composer.text(), desk.names) == (f"a{LONG}b", [])
    desk.undo()
    assert desk.composer.text() == "ab"
    desk.undo()
    assert desk.composer.text() == ""


def test_a_file_becomes_text_where_the_cursor_is_and_a_file_again(desk: Desk) -> None:
    desk.paste(LONG)
    QTest.keyClicks(desk.editor, "ab")
    QTest.keyClick(desk.editor, Qt.Key.Key_Left)
    QTest.mouseClick(desk.chip().text_button, Qt.MouseButton.LeftButton)
    assert (desk.composer.text(), desk.names) == (f"a{LONG}b", [])
    desk.undo()
    assert (desk.composer.text(), desk.names) == ("ab", ["Pasted text.txt"])


def test_a_file_that_was_taken_out_comes_back(desk: Desk) -> None:
    desk.paste(LONG)
    QTest.mouseClick(desk.chip().button, Qt.MouseButton.LeftButton)
    assert desk.names == []
    desk.undo()
    assert desk.names == ["Pasted text.txt"]


def test_what_was_undone_in_the_text_before_is_not_undone_twice(desk: Desk) -> None:
    QTest.keyClicks(desk.editor, "a")
    desk.paste(LONG)
    QTest.mouseClick(desk.chip().button, Qt.MouseButton.LeftButton)
    desk.editor.undo()
    desk.undo()
    assert (desk.composer.text(), desk.names) == ("", [])


def test_a_text_is_looked_at_and_inserted_from_there(desk: Desk, qtbot: QtBot) -> None:
    desk.paste(LONG)
    QTest.mouseClick(desk.chip(), Qt.MouseButton.LeftButton)
    preview = child(desk.window, TextPreview)
    assert preview.isVisible()
    assert child(preview, QPlainTextEdit).toPlainText() == LONG
    insert = next(b for b in preview.findChildren(QPushButton) if b.text() == "Insert as text")
    insert.click()
    assert (desk.composer.text(), desk.names) == (LONG, [])
    assert not preview.isVisible()


def test_the_keyboard_opens_a_text_too(desk: Desk) -> None:
    desk.paste(LONG)
    QTest.keyClick(desk.chip().button, Qt.Key.Key_Return)
    preview = child(desk.window, TextPreview)
    assert preview.isVisible()
    QTest.keyClick(preview, Qt.Key.Key_Escape)


def test_another_message_begins_without_what_could_be_undone(desk: Desk) -> None:
    desk.paste(LONG)
    desk.composer.clear()
    desk.undo()
    assert (desk.composer.text(), desk.names) == ("", [])


def test_a_text_that_comes_when_its_file_has_gone_is_dropped(desk: Desk) -> None:
    desk.shelf.text_given.emit(99, "late")
    assert desk.composer.text() == ""


def test_pictures_cannot_be_looked_at_as_text(desk: Desk) -> None:
    desk.composer.tray.shelf.restore([AttachmentPart("p.png", "image/png", 3, "a" * 64)])
    assert desk.chip().text_button.isHidden()
    QTest.mouseClick(desk.chip(), Qt.MouseButton.LeftButton)
    assert desk.window.findChild(TextPreview) is None

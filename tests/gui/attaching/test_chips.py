# SPDX-License-Identifier: MIT
"""Chips: what they say, how they are taken out by mouse and keyboard, how they wrap and scroll."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.attachments import MANY_TOKENS, Look
from chatglm_desktop.core.messages import AttachmentPart
from chatglm_desktop.core.pictures import attached
from chatglm_desktop.gui.attaching.chip import HEIGHT
from chatglm_desktop.gui.attaching.chips import AttachmentChips
from chatglm_desktop.gui.attaching.shelf import Shelf
from chatglm_desktop.gui.attaching.sources import FileSource
from chatglm_desktop.gui.pictures import Pictures
from chatglm_desktop.gui.theme.manager import ThemeManager
from tests.helpers.image_files import screen


class Tray(QWidget):
    """Chips in a column, as in the composer."""

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self.shelf = Shelf(self)
        self.pictures = Pictures(self)
        self.chips = AttachmentChips(themes, self.shelf, self.pictures)
        self.beside = QWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.chips)
        layout.addWidget(self.beside, 1)
        self.wanted: list[int] = []
        self.shelf.wanted.connect(lambda id, source: self.wanted.append(id))

    def add(self, name: str, look: Look | None = None, media_type: str = "text/plain") -> int:
        self.shelf.add([FileSource(Path(name))])
        id = self.wanted[-1]
        if look is not None:
            part = AttachmentPart(name, media_type, 1200, f"{id:064x}")
            self.shelf.take(id, part, look)
        return id

    def names(self) -> list[str]:
        return [chip.accessibleName() for chip in self.chips.chips()]


@pytest.fixture
def tray(themes: ThemeManager, qtbot: QtBot) -> Tray:
    tray = Tray(themes)
    qtbot.addWidget(tray)
    tray.resize(736, 400)
    with qtbot.waitExposed(tray):
        tray.show()
    return tray


def test_without_files_there_is_nothing(tray: Tray) -> None:
    assert tray.chips.isHidden()
    id = tray.add("a.txt")
    assert tray.chips.isVisible()
    tray.shelf.remove(id)
    assert tray.chips.isHidden()


def test_a_chip_says_what_there_is_to_say(tray: Tray) -> None:
    id = tray.add("report.pdf")
    assert tray.names() == ["report.pdf, Reading…"]
    tray.shelf.progress(id, 0.4)
    assert tray.names() == ["report.pdf, Reading… 40%"]
    tray.chips.grab()
    part = AttachmentPart("report.pdf", "application/pdf", 12_000, "a" * 64)
    tray.shelf.take(id, part, Look(3400))
    assert tray.names() == ["report.pdf, 12 KB, ≈ 3,400 tokens"]
    chip = tray.chips.chips()[0]
    assert chip.button.accessibleName() == "Take out report.pdf"
    tray.shelf.take(id, part, Look(0, "scanned pdf"))
    assert "no text" in tray.names()[0]
    assert "no text" in chip.toolTip()


def test_files_look_different_by_how_they_are(tray: Tray, themes: ThemeManager) -> None:
    tray.add("a.txt", Look(5))
    looks = [tray.chips.grab().toImage()]
    tray.shelf.take(tray.wanted[0], tray.shelf.parts[0], Look(MANY_TOKENS))
    looks.append(tray.chips.grab().toImage())
    tray.shelf.take(tray.wanted[0], tray.shelf.parts[0], Look(5, "text too large"))
    looks.append(tray.chips.grab().toImage())
    themes.choose("dark")
    looks.append(tray.chips.grab().toImage())
    assert all(a != b for number, a in enumerate(looks) for b in looks[number + 1 :])


def test_a_picture_has_a_thumbnail_when_it_is_there(tray: Tray) -> None:
    tray.add("a.png", Look(1200), "image/png")
    address = attached(tray.shelf.parts[0].digest)
    assert tray.names() == ["a.png, 1 KB"]
    assert tray.pictures.state(address) == "loading"
    before = tray.chips.grab().toImage()
    tray.pictures.take(address, b"", screen(40, 30))
    assert tray.chips.grab().toImage() != before


def test_a_click_takes_a_file_out(tray: Tray) -> None:
    tray.add("a.txt", Look(1))
    tray.add("b.txt", Look(1))
    QTest.mouseClick(tray.chips.chips()[0].button, Qt.MouseButton.LeftButton)
    assert [item.name for item in tray.shelf.items] == ["b.txt"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space])
def test_the_keyboard_takes_files_out_one_by_one(tray: Tray, qtbot: QtBot, key: Qt.Key) -> None:
    for name in "abc":
        tray.add(name, Look(1))
    first, second, third = (chip.button for chip in tray.chips.chips())
    second.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(second, key)
    assert third.hasFocus()
    QTest.keyClick(third, key)
    assert first.hasFocus()
    with qtbot.waitSignal(tray.chips.left):
        QTest.keyClick(first, key)
    assert tray.shelf.items == ()


def test_arrows_go_from_chip_to_chip(tray: Tray) -> None:
    for name in "abc":
        tray.add(name, Look(1))
    first, second, third = (chip.button for chip in tray.chips.chips())
    first.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(first, Qt.Key.Key_Right)
    QTest.keyClick(second, Qt.Key.Key_Down)
    assert third.hasFocus()
    QTest.keyClick(third, Qt.Key.Key_Right)
    assert third.hasFocus()
    QTest.keyClick(third, Qt.Key.Key_Left)
    QTest.keyClick(second, Qt.Key.Key_Up)
    QTest.keyClick(first, Qt.Key.Key_Up)
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_A)
    assert len(tray.shelf.items) == 3


def test_chips_stand_in_lines_and_scroll(tray: Tray, qtbot: QtBot) -> None:
    for number in range(3):
        tray.add(f"{number}.txt", Look(1))
    assert tray.chips.height() == HEIGHT
    for number in range(3, 12):
        tray.add(f"{number}.txt", Look(1))
    bar = tray.chips.verticalScrollBar()
    qtbot.waitUntil(bar.isVisible)
    assert HEIGHT < tray.chips.height() < 4 * HEIGHT
    assert bar.value() == bar.maximum()
    tray.chips.set_highest(10 * HEIGHT)
    qtbot.waitUntil(lambda: not bar.isVisible())
    tray.resize(200, 400)
    qtbot.waitUntil(lambda: tray.chips.chips()[1].y() > 0)
    assert {chip.x() for chip in tray.chips.chips()} == {0}
    assert tray.chips.chips()[0].width() <= 200

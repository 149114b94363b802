# SPDX-License-Identifier: MIT
"""Dialogs open at once, say what they should, and are gone when closed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop import __version__
from chatglm_desktop.core.errors import DatabaseTooNew, DataFolderMissing
from chatglm_desktop.gui.dialogs.about import show_about
from chatglm_desktop.gui.dialogs.error import show_bug, show_store_error
from chatglm_desktop.gui.dialogs.frame import Frame
from chatglm_desktop.gui.theme.manager import ThemeManager


@pytest.fixture
def parent(themes: ThemeManager, qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    with qtbot.waitExposed(parent):
        parent.show()
    return parent


def press(dialog: Frame, label: str, qtbot: QtBot) -> None:
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == label)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_bug_can_be_copied(parent: QWidget, qtbot: QtBot) -> None:
    dialog = show_bug(parent, "Traceback\nValueError: x")
    assert dialog.isVisible()
    assert dialog.details() == "Traceback\nValueError: x"
    press(dialog, "Copy details", qtbot)
    assert QGuiApplication.clipboard().text() == "Traceback\nValueError: x"
    with qtbot.waitSignal(dialog.destroyed):
        press(dialog, "Close", qtbot)
    assert parent.isVisible()


def test_bugs_share_a_dialog_while_it_is_open(parent: QWidget, qtbot: QtBot) -> None:
    dialog = show_bug(parent, "ValueError: x")
    for text in ("ValueError: y", "ValueError: x", "ValueError: y"):
        assert show_bug(parent, text) is dialog
    assert dialog.details() == "ValueError: x\n\nValueError: y"
    dialog.close()
    other = show_bug(parent, "ValueError: z")
    assert other is not dialog
    assert other.details() == "ValueError: z"
    other.close()


def test_a_store_that_cannot_be_opened_ends_the_program(parent: QWidget, qtbot: QtBot) -> None:
    dialog = show_store_error(parent, DatabaseTooNew("schema 9"))
    assert dialog.windowTitle() == DatabaseTooNew.summary
    assert dialog.text() == f"{DatabaseTooNew.hint}\n\nschema 9"
    with qtbot.waitSignal(dialog.destroyed):
        press(dialog, "Quit", qtbot)
    assert not parent.isVisible()


def test_the_program_can_start_again_or_with_the_usual_folder(
    parent: QWidget, qtbot: QtBot
) -> None:
    used: list[bool] = []
    dialog = show_store_error(
        parent, DataFolderMissing("/gone"), restarting=True, on_usual=lambda: used.append(True)
    )
    buttons = [button.text() for button in dialog.findChildren(QPushButton)]
    assert buttons == ["Start with the usual folder", "Start again"]
    with qtbot.waitSignal(dialog.destroyed):
        press(dialog, "Start with the usual folder", qtbot)
    assert used == [True]
    assert not parent.isVisible()


def test_enter_presses_the_button_that_has_the_focus(parent: QWidget, qtbot: QtBot) -> None:
    pressed: list[str] = []
    dialog = Frame(parent, "Sure?", "")
    field = QLineEdit()
    dialog.body.addWidget(field)
    other, main = dialog.add_button("No"), dialog.add_button("Yes", primary=True)
    other.clicked.connect(lambda: pressed.append("No"))
    main.clicked.connect(lambda: pressed.append("Yes"))
    dialog.open()
    for widget in (field, other, main):
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Return)
    assert pressed == ["Yes", "No", "Yes"]
    dialog.close()


def test_about_lists_version_and_keys(parent: QWidget, qtbot: QtBot) -> None:
    dialog = show_about(parent, [("New conversation", "Ctrl+T")])
    assert __version__ in dialog.text()
    labels = [label.text() for label in dialog.findChildren(QLabel)]
    assert labels[-2:] == ["New conversation", "Ctrl+T"]
    with qtbot.waitSignal(dialog.destroyed):
        QTest.keyClick(dialog, Qt.Key.Key_Return)


def test_a_title_that_the_user_gave_is_no_markup(parent: QWidget, qtbot: QtBot) -> None:
    frame = Frame(parent, "Delete “<img src='picture.png'>”?", "")
    qtbot.addWidget(frame)
    (heading,) = [label for label in frame.findChildren(QLabel) if "img" in label.text()]
    assert heading.textFormat() is Qt.TextFormat.PlainText

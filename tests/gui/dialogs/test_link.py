# SPDX-License-Identifier: MIT
"""The question before a link that leads elsewhere than its text says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.dialogs.link import LinkDialog, ask_link, spelled
from chatglm_desktop.gui.theme.manager import ThemeManager


@pytest.fixture
def parent(themes: ThemeManager, qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    with qtbot.waitExposed(parent):
        parent.show()
    return parent


def shown(dialog: LinkDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_both_hosts_are_shown_and_the_link_opens_on_demand(parent: QWidget, qtbot: QtBot) -> None:
    opened: list[str] = []
    url = "http://evil.example/login"
    dialog = ask_link(parent, url, "www.bank.com", lambda: opened.append(url))
    assert dialog.isVisible()
    assert {"www.bank.com", "evil.example", url} <= set(shown(dialog))
    with qtbot.waitSignal(dialog.destroyed):
        QTest.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert opened == [url]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_escape_open_nothing(parent: QWidget, qtbot: QtBot, key: Qt.Key) -> None:
    opened: list[str] = []
    dialog = ask_link(parent, "http://evil.example", "bank.com", lambda: opened.append(""))
    with qtbot.waitSignal(dialog.destroyed):
        QTest.keyClick(dialog, key)
    assert opened == []


def test_text_that_names_no_host_is_not_shown_as_one(parent: QWidget, qtbot: QtBot) -> None:
    dialog = ask_link(parent, "http://bank.com@evil.example", "click here", lambda: None)
    assert "Its text names" not in shown(dialog)
    assert "evil.example" in shown(dialog)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()


def test_hosts_in_other_letters_are_shown_both_ways() -> None:
    assert spelled("xn--pple-43d.com") == "xn--pple-43d.com (\u0430pple.com)"
    assert spelled("example.com") == "example.com"
    assert spelled("") == "no host"

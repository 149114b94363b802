# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop import resources
from chatglm_desktop.gui.notifying.tray import TrayNotifier


def test_without_a_place_for_icons_there_is_none(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    notifier = TrayNotifier(window)
    notifier.withdraw()
    assert not QSystemTrayIcon.isSystemTrayAvailable()
    notifier.tell("a", "Title", "The reply is there.")
    assert not notifier.findChildren(QSystemTrayIcon)


@pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface")
def test_a_click_on_the_notice_or_the_icon_tells_of_the_last_one(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[str, str]] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(
        QSystemTrayIcon, "showMessage", lambda _, title, text, icon: shown.append((title, text))
    )
    window = QWidget()
    qtbot.addWidget(window)
    window.setWindowIcon(QIcon(str(resources.path("icons/chatglm-desktop.svg"))))
    notifier = TrayNotifier(window)
    notifier.tell("a", "First", "The reply is there.")
    notifier.tell("b", "Second", "The reply has failed.")
    assert shown == [("First", "The reply is there."), ("Second", "The reply has failed.")]
    (icon,) = notifier.findChildren(QSystemTrayIcon)
    assert icon.isVisible()
    with qtbot.waitSignal(notifier.clicked) as told:
        icon.messageClicked.emit()
    assert told.args == ["b"]
    with qtbot.waitSignal(notifier.clicked):
        icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    notifier.withdraw()
    assert not icon.isVisible()

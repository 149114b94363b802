# SPDX-License-Identifier: MIT
"""The question and its answers, by mouse and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.accounts import Account
from chatglm_desktop.core.errors import EngineMissing, EngineNotIncluded
from chatglm_desktop.gui.onboarding.engine_note import EngineNote
from chatglm_desktop.gui.onboarding.key_form import offer
from chatglm_desktop.gui.onboarding.page import Occasion, OnboardingPage, subtitle, title
from chatglm_desktop.gui.onboarding.server_form import LOCAL_PRESETS, server_at
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.link_button import LinkButton
from tests.gui.onboarding.conftest import Engine
from tests.helpers.widgets import child


def link(parent: QWidget, text: str) -> LinkButton:
    return next(button for button in parent.findChildren(LinkButton) if button.text() == text)


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def test_the_field_for_a_key_has_the_keyboard(page: OnboardingPage, qtbot: QtBot) -> None:
    assert page.keys.field.hasFocus()
    assert not page.keys.button.isEnabled()
    press(Qt.Key.Key_Return)
    QTest.keyClicks(page.keys.field, "a.b")
    assert page.keys.button.isEnabled()
    with qtbot.waitSignal(page.key_given) as given:
        press(Qt.Key.Key_Return)
    assert given.args == ["a.b"]
    with qtbot.waitSignal(page.key_given):
        page.keys.button.click()


def test_a_key_is_not_shown(page: OnboardingPage) -> None:
    for field in (page.keys.field, page.servers.key):
        assert field.echoMode() is QLineEdit.EchoMode.Password
    page.keys.field.setText("a.b")
    page.servers.key.setText("c")
    page.clear()
    assert page.keys.field.text() == page.servers.key.text() == ""


def test_where_keys_are_made_and_what_costs_nothing(page: OnboardingPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.link_activated) as opened:
        link(page, "open.bigmodel.cn").click()
    assert opened.args == ["https://open.bigmodel.cn/usercenter/apikeys"]
    assert offer(("a", "b", "c", "d")).endswith("cost nothing: a, b, c.")
    assert "Flash" in offer(())


def test_each_answer_is_told(page: OnboardingPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.guest_chosen):
        QTest.mouseClick(page.card("guest"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.demo_chosen):
        QTest.keyClick(page.card("play"), Qt.Key.Key_Space)


def test_the_keyboard_reaches_every_answer(page: OnboardingPage) -> None:
    page.keys.field.setText("x")
    reached = []
    for _ in range(12):
        press(Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    for name in ("guest", "computer", "cube", "play"):
        assert page.card(name) in reached
    assert page.keys.button in reached
    assert link(page, "Later") in reached


def test_nothing_need_be_chosen(page: OnboardingPage, qtbot: QtBot) -> None:
    page.keys.field.setText("secret")
    with qtbot.waitSignal(page.left):
        link(page, "Later").click()
    assert page.keys.field.text() == ""
    with qtbot.waitSignal(page.left):
        press(Qt.Key.Key_Escape)


def test_what_is_tried_can_be_cancelled(page: OnboardingPage, qtbot: QtBot) -> None:
    page.set_busy(True)
    page.say("Asking…")
    assert page.keys.verdict.text() == "Asking…"
    with qtbot.waitSignal(page.cancelled), qtbot.assertNotEmitted(page.left):
        press(Qt.Key.Key_Escape)
    with qtbot.waitSignal(page.cancelled):
        link(page, "Cancel").click()
    page.set_busy(False)
    assert link(page, "Later").isVisible()


def test_nobody_waits_when_the_window_has_gone(page: OnboardingPage, qtbot: QtBot) -> None:
    page.set_busy(True)
    with qtbot.waitSignal(page.cancelled):
        page.hide()
    page.set_busy(False)
    page.show()
    with qtbot.assertNotEmitted(page.cancelled):
        page.hide()


def test_servers_that_run_are_offered(page: OnboardingPage, qtbot: QtBot) -> None:
    ollama = Account("ollama", "ollama")
    with qtbot.waitSignal(page.servers_wanted):
        page.card("computer").click()
    assert page.servers.address.hasFocus()
    page.show_running([ollama, Account("lm-studio", "lm-studio")])
    assert page.card("computer").meaning() == "Running now: Ollama, LM Studio"
    first = page.servers.running[0]
    qtbot.waitUntil(first.hasFocus)
    with qtbot.waitSignal(page.running_chosen) as chosen:
        first.click()
    assert chosen.args == [ollama]
    page.say("It has no model.", "bad")
    assert page.servers.verdict.isVisible()
    press(Qt.Key.Key_Escape)
    assert page.keys.field.hasFocus()
    page.card("computer").click()
    assert first.hasFocus()


def test_an_address_that_is_being_written_keeps_the_keyboard(page: OnboardingPage) -> None:
    page.card("computer").click()
    QTest.keyClicks(page.servers.address, "local")
    page.show_running([Account("ollama", "ollama")])
    assert page.servers.address.hasFocus()


def test_a_server_is_given_by_its_address(page: OnboardingPage, qtbot: QtBot) -> None:
    page.card("computer").click()
    assert not page.servers.button.isEnabled()
    press(Qt.Key.Key_Return)
    link(page.servers, "LM Studio").click()
    assert page.servers.address.text() == "http://localhost:1234/v1"
    page.servers.key.setText("k")
    with qtbot.waitSignal(page.server_given) as given:
        page.servers.button.click()
    assert given.args == [Account("", "lm-studio"), "k"]
    link(page, "Back").click()
    assert page.keys.field.hasFocus()


@pytest.mark.parametrize(
    ("typed", "account"),
    [
        ("http://localhost:11434/v1/", Account("", "ollama")),
        (" localhost:9/v1 ", Account("", "custom", base_url="http://localhost:9/v1")),
        ("https://a.example/api", Account("", "custom", base_url="https://a.example/api")),
        ("", None),
        ("ftp://a.example", None),
        ("http://", None),
        ("http://:80", None),
    ],
)
def test_addresses_as_people_type_them(typed: str, account: Account | None) -> None:
    assert server_at(typed) == account


def test_every_usual_address_is_that_of_its_preset() -> None:
    found = [server_at(Account("", preset).address) for preset in LOCAL_PRESETS]
    assert [account.preset for account in found if account is not None] == list(LOCAL_PRESETS)


def test_a_model_file_is_chosen(page: OnboardingPage, qtbot: QtBot) -> None:
    page.card("cube").click()
    dialog = child(page, QFileDialog)
    with qtbot.waitSignal(page.file_chosen) as chosen:
        dialog.fileSelected.emit("/models/glm-edge.gguf")
    assert chosen.args == [Path("/models/glm-edge.gguf")]
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()


def test_a_missing_engine_is_explained(page: OnboardingPage, engine: Engine, qtbot: QtBot) -> None:
    engine.missing = EngineMissing()
    page.card("cube").click()
    note = child(page, EngineNote)
    assert note.isVisible()
    with qtbot.waitSignal(page.told) as told:
        child(note, QPushButton).click()
    assert told.args == ["Copied"]
    assert QGuiApplication.clipboard().text() == "pip install chatglm-desktop[local]"
    press(Qt.Key.Key_Escape)
    page.card("cube").click()
    assert page.findChildren(EngineNote) == [note]


def test_a_program_that_cannot_be_extended_names_no_command(
    page: OnboardingPage, engine: Engine
) -> None:
    engine.missing = EngineNotIncluded()
    page.card("cube").click()
    assert not child(page, EngineNote).findChildren(QPushButton)


def test_what_is_asked_depends_on_the_occasion() -> None:
    first, other, again = (Occasion(reason) for reason in ("first", "other", "again"))
    assert title(first) == "How do you want to chat?"
    assert title(other) == title(again) == "Choose a service"
    assert subtitle(again) == "Your question is kept and will be asked again."
    assert subtitle(other) == subtitle(first)


def test_it_is_painted_in_every_theme(page: OnboardingPage, themes: ThemeManager) -> None:
    light = page.grab().toImage()
    themes.choose("dark")
    assert page.grab().toImage() != light
    page.card("guest").setFocus()
    page.servers.show_running([Account("ollama", "ollama")])
    page.resize(300, 300)
    assert not page.grab().isNull()

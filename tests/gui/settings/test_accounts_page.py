# SPDX-License-Identifier: MIT
"""Services are set up, tested, changed and removed; their keys are never shown."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton

from chatglm_desktop.core.accounts import Account
from chatglm_desktop.core.errors import KeyRejected, ServerNotRunning
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.gui.settings.account_editor import AccountEditor
from chatglm_desktop.gui.settings.accounts_page import AccountsPage
from chatglm_desktop.gui.settings.item_row import ItemRow
from chatglm_desktop.settings.options import Options
from tests.gui.settings.conftest import GLM, WORK, Bench, type_into
from tests.helpers.widgets import child

KEY = Secret("0123456789abcdef.abcdefgh")


def page(bench: Bench) -> AccountsPage:
    return child(bench.window, AccountsPage)


def press(row: ItemRow, name: str) -> None:
    """Press the button whose words or name begin so."""
    buttons = row.findChildren(QAbstractButton)
    next(b for b in buttons if (b.text() or b.accessibleName()).startswith(name)).click()


def undo(bench: Bench) -> None:
    buttons = bench.window.toast.findChildren(QPushButton)
    next(b for b in buttons if b.text() == "Undo").click()


async def edit(bench: Bench, account_id: str = "") -> AccountEditor:
    """The dialog for an account, or for a new one."""
    await bench.show("accounts")
    if account_id:
        press(page(bench).row(account_id), "Edit")
    else:
        page(bench).add_button.click()
    await bench.settle()
    editor = bench.window.findChildren(AccountEditor)[-1]
    assert editor.isVisible()
    return editor


async def test_each_service_tells_whom_it_asks(bench: Bench) -> None:
    await bench.show("accounts")
    rows = {row.title.plain(): row for row in page(bench).rows() if isinstance(row, ItemRow)}
    assert list(rows) == ["GLM (open.bigmodel.cn)", "Work", "ChatGLM"]
    assert rows["GLM (open.bigmodel.cn)"].help.plain() == "open.bigmodel.cn · GLM-4.7-Flash"
    assert rows["Work"].help.plain() == "OpenAI-compatible server · llm.example.org · qwen"
    assert rows["GLM (open.bigmodel.cn)"].badge.plain() == "For new conversations"
    assert rows["Work"].badge.isHidden()


async def test_another_service_becomes_the_default(bench: Bench) -> None:
    await bench.show("accounts")
    press(page(bench).row("work"), "Use")
    assert bench.preferences.options.default_account == "work"
    assert not page(bench).row("work").badge.isHidden()
    assert page(bench).row("bigmodel").badge.isHidden()


async def test_a_test_tells_who_answered_how_soon(bench: Bench) -> None:
    await bench.accounts.set_key("work", KEY)
    await bench.show("accounts")
    row = page(bench).row("work")
    press(row, "Test")
    assert row.said.plain() == "Asking for a short reply…"
    await bench.settle()
    assert bench.network.asked == [("https://llm.example.org/v1", KEY, "qwen")]
    assert row.said.plain() == "It works: qwen at llm.example.org answered after 0.0 s."


async def test_a_test_that_fails_tells_why_and_what_helps(bench: Bench) -> None:
    bench.network.refusal = KeyRejected("token expired", host="llm.example.org", code="401")
    await bench.show("accounts")
    row = page(bench).row("work")
    press(row, "Test")
    await bench.settle()
    words = row.said.plain().split("\n")
    assert words[0] == "llm.example.org does not accept the API key."
    assert "A key works only with the host that issued it" in words[1]
    assert words[2] == "The service says: token expired (401)"
    assert words[3] == "Asked qwen at llm.example.org; the answer came after 0.0 s."


async def test_a_service_is_removed_with_its_key_and_put_back(
    bench: Bench, options: Options
) -> None:
    await bench.accounts.set_key("bigmodel", KEY)
    await bench.show("accounts")
    press(page(bench).row("bigmodel"), "Remove")
    await bench.settle()
    assert bench.preferences.options.accounts == (WORK,)
    assert bench.preferences.options.default_account == "work"
    assert await bench.accounts.key("bigmodel") is None
    assert bench.window.toast.text() == "“GLM (open.bigmodel.cn)” and its key are removed."
    undo(bench)
    await bench.settle()
    assert bench.preferences.options == options
    assert await bench.accounts.key("bigmodel") == KEY


async def test_a_service_is_removed_only_once(bench: Bench) -> None:
    await bench.accounts.set_key("work", KEY)
    await bench.show("accounts")
    told: list[Account] = []
    bench.window.controller.removed.connect(lambda account, put_back: told.append(account))
    bench.window.controller.remove(WORK)
    bench.window.controller.remove(WORK)
    await bench.settle()
    assert told == [WORK]
    undo(bench)
    await bench.settle()
    assert bench.accounts.own == (GLM, WORK)
    assert await bench.accounts.key("work") == KEY


async def test_what_was_removed_does_not_come_back_over_another_of_its_name(bench: Bench) -> None:
    await bench.show("accounts")
    press(page(bench).row("work"), "Remove")
    await bench.settle()
    other = Account("work", "zai")
    await bench.accounts.add(other)
    await bench.accounts.set_key("work", KEY)
    undo(bench)
    await bench.settle()
    assert [account for account in bench.accounts.own if account.id == "work"] == [other]
    assert await bench.accounts.key("work") == KEY


async def test_a_new_service_without_a_key_does_not_get_an_old_one(bench: Bench) -> None:
    await bench.accounts.set_key("custom", KEY)
    bench.window.controller.save(Account("custom", "custom", base_url="http://10.0.0.1/v1"), None)
    await bench.settle()
    assert await bench.accounts.key("custom") is None


async def test_a_service_that_is_not_the_default_is_put_back_as_such(
    bench: Bench, options: Options
) -> None:
    await bench.show("accounts")
    press(page(bench).row("work"), "Remove")
    await bench.settle()
    undo(bench)
    await bench.settle()
    assert bench.preferences.options == options


async def test_a_new_service_is_set_up_by_keyboard(bench: Bench) -> None:
    editor = await edit(bench)
    assert editor.address.placeholderText() == "https://open.bigmodel.cn/api/paas/v4"
    type_into(editor.label, "Second", enter=False)
    QTest.keyClicks(editor.key.line, f'  "{KEY.value}" ')
    assert editor.key.line.echoMode() == QLineEdit.EchoMode.Password
    editor.save_button.click()
    await bench.settle()
    made = Account("bigmodel-2", "bigmodel", "Second")
    assert bench.accounts.own == (GLM, WORK, made)
    assert bench.accounts.default == made
    assert await bench.accounts.key("bigmodel-2") == KEY
    assert "bigmodel-2" in {account.id for account in bench.accounts.all}


async def test_the_kind_decides_what_is_asked_for(bench: Bench) -> None:
    editor = await edit(bench)
    assert editor.key_page_button.isVisible()
    editor.preset.show_value("ollama")
    editor.preset.chosen.emit("ollama")
    assert editor.address.placeholderText() == "http://localhost:11434/v1"
    assert editor.in_flight.line.placeholderText() == "4"
    assert not editor.key.isVisible()
    assert not editor.key_page_button.isVisible()
    editor.preset.show_value("custom")
    editor.preset.chosen.emit("custom")
    assert editor.key.isVisible()
    editor.close()


@pytest.mark.parametrize("address", ["llm.example.org", "https://", "https://me:x@llm.example.org"])
async def test_an_address_that_is_none_is_refused(bench: Bench, address: str) -> None:
    editor = await edit(bench, "work")
    type_into(editor.address, address, enter=False)
    editor.save_button.click()
    editor.test_button.click()
    await bench.settle()
    assert editor.isVisible()
    assert bench.network.asked == []
    assert bench.accounts.own == (GLM, WORK)
    assert editor.focusWidget() is editor.address
    editor.close()


async def test_a_number_of_requests_that_is_none_is_refused(bench: Bench) -> None:
    editor = await edit(bench, "work")
    type_into(editor.in_flight.line, "many", enter=False)
    editor.save_button.click()
    assert editor.isVisible()
    type_into(editor.in_flight.line, "3", enter=False)
    editor.save_button.click()
    await bench.settle()
    assert bench.accounts.own == (GLM, replace(WORK, in_flight=3))


async def test_a_kept_key_is_told_but_not_shown(bench: Bench) -> None:
    await bench.accounts.set_key("work", KEY)
    editor = await edit(bench, "work")
    assert editor.key.line.text() == ""
    assert editor.key.line.placeholderText() == "Kept. Write another one to replace it."
    assert editor.key.forget_button.isVisible()
    editor.save_button.click()
    await bench.settle()
    assert await bench.accounts.key("work") == KEY
    assert bench.accounts.own == (GLM, WORK)


async def test_a_kept_key_can_be_replaced_and_forgotten(bench: Bench) -> None:
    await bench.accounts.set_key("work", KEY)
    editor = await edit(bench, "work")
    QTest.keyClicks(editor.key.line, "another")
    editor.save_button.click()
    await bench.settle()
    assert await bench.accounts.key("work") == Secret("another")
    editor = await edit(bench, "work")
    editor.key.forget_button.click()
    assert editor.key.line.placeholderText() == "None"
    editor.save_button.click()
    await bench.settle()
    assert await bench.accounts.key("work") is None


async def test_a_key_does_not_go_to_another_host(bench: Bench) -> None:
    await bench.accounts.set_key("work", KEY)
    editor = await edit(bench, "work")
    type_into(editor.address, "https://other.example.net/v1", enter=False)
    editor.test_button.click()
    await bench.settle()
    assert bench.network.asked == [("https://other.example.net/v1", None, "qwen")]
    editor.save_button.click()
    await bench.settle()
    assert await bench.accounts.key("work") is None


async def test_a_key_stays_with_its_host(bench: Bench) -> None:
    await bench.accounts.set_key("work", KEY)
    editor = await edit(bench, "work")
    type_into(editor.address, "https://llm.example.org/v2", enter=False)
    editor.test_button.click()
    await bench.settle()
    assert bench.network.asked == [("https://llm.example.org/v2", KEY, "qwen")]
    editor.close()


async def test_the_dialog_tests_what_is_written(bench: Bench) -> None:
    editor = await edit(bench, "work")
    QTest.keyClicks(editor.key.line, "fresh")
    editor.model.show_value("")
    bench.network.lists = [ModelInfo("first")]
    editor.test_button.click()
    assert not editor.test_button.isEnabled()
    await bench.settle()
    assert editor.test_button.isEnabled()
    assert bench.network.asked == [("https://llm.example.org/v1", Secret("fresh"), "first")]
    assert editor.verdict.plain().startswith("It works: first at llm.example.org")
    # Nothing is kept yet.
    assert await bench.accounts.key("work") is None
    editor.close()


async def test_a_closed_dialog_waits_for_no_verdict(bench: Bench) -> None:
    bench.network.hold = asyncio.Event()
    editor = await edit(bench, "work")
    editor.test_button.click()
    for _ in range(50):
        if bench.network.asked:
            break
        await asyncio.sleep(0.01)
    editor.close()
    await bench.settle()


async def test_a_second_test_takes_the_place_of_the_first(bench: Bench) -> None:
    bench.network.hold = asyncio.Event()
    await bench.show("accounts")
    press(page(bench).row("work"), "Test")
    press(page(bench).row("bigmodel"), "Test")
    bench.network.hold.set()
    await bench.settle()
    assert [asked[2] for asked in bench.network.asked] == ["glm-4.7-flash"]
    assert page(bench).row("work").said.plain() == ""
    assert page(bench).row("bigmodel").said.plain().startswith("It works")


async def test_another_kind_ends_the_test(bench: Bench) -> None:
    bench.network.hold = asyncio.Event()
    editor = await edit(bench)
    editor.test_button.click()
    assert not editor.test_button.isEnabled()
    editor.preset.show_value("ollama")
    editor.preset.chosen.emit("ollama")
    assert editor.test_button.isEnabled()
    assert editor.verdict.plain() == ""
    editor.close()
    await bench.settle()


async def test_the_service_is_asked_for_its_models(bench: Bench) -> None:
    bench.network.lists = [ModelInfo("a"), ModelInfo("b", retired=True)]
    editor = await edit(bench, "work")
    editor.model.list_button.click()
    await bench.settle()
    assert [editor.model.box.itemText(i) for i in range(editor.model.box.count())] == ["a"]
    assert editor.model.text() == "qwen"
    editor.close()


async def test_a_list_that_does_not_come_is_told(bench: Bench) -> None:
    bench.network.lists = ServerNotRunning(host="llm.example.org")
    editor = await edit(bench, "work")
    editor.model.list_button.click()
    await bench.settle()
    assert editor.form.notes()[editor.model].startswith("No server is running at llm.example.org")
    editor.close()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Addresses that the browser is asked to open."""
    urls: list[str] = []

    def note(url: QUrl) -> bool:
        urls.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    return urls  # type: ignore[return-value]


async def test_the_page_where_keys_are_made_is_opened(bench: Bench, opened: list[str]) -> None:
    editor = await edit(bench)
    editor.key_page_button.click()
    assert opened == ["https://open.bigmodel.cn/usercenter/apikeys"]
    editor.close()


async def test_where_the_key_will_be_is_told(bench: Bench) -> None:
    editor = await edit(bench)
    assert "this system has no keyring" in editor.form.notes()[editor.key]
    editor.close()


async def test_a_model_file_has_neither_address_nor_key(bench: Bench) -> None:
    bench.preferences.change(accounts=(Account("local", "local", model="/m.gguf"),))
    editor = await edit(bench, "local")
    assert not editor.address.isVisible()
    assert not editor.key.isVisible()
    type_into(editor.label, "Edge", enter=False)
    editor.save_button.click()
    await bench.settle()
    assert bench.accounts.own == (Account("local", "local", "Edge", model="/m.gguf"),)


async def test_a_kind_of_a_newer_version_stays(bench: Bench) -> None:
    newer = Account("new", "from-the-future", "New", "https://new.example.org", "m")
    bench.preferences.change(accounts=(newer,))
    editor = await edit(bench, "new")
    type_into(editor.label, "Newer", enter=False)
    editor.save_button.click()
    await bench.settle()
    assert bench.accounts.own == (replace(newer, label="Newer"),)


async def test_a_key_that_cannot_be_kept_is_told(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench.secrets, "set", lambda name, secret: False)
    editor = await edit(bench, "work")
    QTest.keyClicks(editor.key.line, "lost")
    editor.save_button.click()
    await bench.settle()
    assert bench.window.toast.text().startswith("The key could not be kept.")

# SPDX-License-Identifier: MIT
"""The proxy, its password and the certificates are chosen; a way can be looked up and tried."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from chatglm_desktop.core.errors import ConnectionFailed, ProxyUnusable
from chatglm_desktop.core.network import NetworkOptions, ProxyDecision, ProxyReason, RouteTrial
from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.gui.settings.file_field import FileField
from chatglm_desktop.gui.settings.network_page import NetworkPage
from chatglm_desktop.gui.settings.secret_field import SecretField
from chatglm_desktop.gui.settings.words import decision_words
from tests.gui.settings.conftest import Bench, type_into
from tests.helpers.widgets import child

ADDRESS = "https://open.bigmodel.cn/api/paas/v4"


@pytest.fixture
def page(bench: Bench) -> NetworkPage:
    bench.preferences.change(network=NetworkOptions("custom"))
    return child(bench.window, NetworkPage)


async def test_the_fields_of_an_own_proxy_wait_for_it(bench: Bench, page: NetworkPage) -> None:
    await bench.show("network")
    assert all(row.field.isEnabled() for row in page.own)
    bench.preferences.put("network.proxy_mode", "system")
    assert not any(row.field.isEnabled() for row in page.own)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1:8080",
        "http://proxy:8080",
        "HTTPS://proxy",
        "socks5://p",
        "socks5-local://p:1",
        "",
    ],
)
async def test_a_proxy_is_taken(bench: Bench, page: NetworkPage, address: str) -> None:
    bench.preferences.put("network.proxy_url", "before")
    await bench.show("network")
    type_into(child(bench.row("network.proxy_url"), QLineEdit), address)
    assert bench.preferences.options.network.proxy_url == address
    await bench.settle()


@pytest.mark.parametrize("address", ["ftp://proxy", "http://", "http://me:hunter2@proxy:80"])
async def test_a_proxy_that_makes_no_sense_is_refused(
    bench: Bench, page: NetworkPage, address: str
) -> None:
    await bench.show("network")
    row = bench.row("network.proxy_url")
    type_into(child(row, QLineEdit), address)
    assert bench.preferences.options.network.proxy_url == ""
    assert row.problem.isVisible()
    assert "hunter2" not in row.problem.plain()


async def test_the_password_is_kept_with_the_keys_and_not_shown(
    bench: Bench, page: NetworkPage
) -> None:
    await bench.show("network")
    field = child(page.password, SecretField)
    assert field.line.placeholderText() == "None"
    QTest.keyClicks(field.line, "pass word")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert field.line.text() == ""
    await bench.settle()
    assert await bench.accounts.key("proxy") == Secret("pass word")
    assert field.line.placeholderText().startswith("Kept.")
    field.forget_button.click()
    await bench.settle()
    assert await bench.accounts.key("proxy") is None
    assert field.line.placeholderText() == "None"


async def test_an_emptied_password_field_changes_nothing(bench: Bench, page: NetworkPage) -> None:
    await bench.accounts.set_key("proxy", Secret("kept"))
    await bench.show("network")
    field = child(page.password, SecretField)
    QTest.keyClicks(field.line, "x")
    QTest.keyClick(field.line, Qt.Key.Key_Backspace)
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    await bench.settle()
    assert await bench.accounts.key("proxy") == Secret("kept")


async def test_a_file_of_certificates_is_chosen(
    bench: Bench, page: NetworkPage, tmp_path: Path
) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("")
    await bench.show("network")
    field = child(bench.row("network.ca_file"), FileField)
    field.button.click()
    dialog = child(bench.window, QFileDialog)
    dialog.fileSelected.emit(str(file))
    dialog.close()
    assert bench.preferences.options.network.ca_file == str(file)
    type_into(field.line, "/not/there.pem")
    assert bench.row("network.ca_file").problem.plain() == "There is no such file."
    assert bench.preferences.options.network.ca_file == str(file)
    type_into(field.line, "")
    assert bench.preferences.options.network.ca_file == ""


async def test_the_way_of_an_address_is_told_at_once(bench: Bench, page: NetworkPage) -> None:
    bench.network.decision = ProxyDecision("custom", "http://p:8080")
    await bench.show("network")
    assert page.route.line.text() == ADDRESS
    assert page.route.way.plain() == "Through the proxy http://p:8080: it is your own."
    bench.network.decision = ProxyDecision("loopback")
    type_into(page.route.line, "http://localhost", enter=False)
    await bench.settle()
    assert page.route.way.plain() == ("Directly, without a proxy: the host is on this computer.")


async def test_the_way_changes_with_the_options(bench: Bench, page: NetworkPage) -> None:
    await bench.show("network")
    bench.network.decision = ProxyDecision("system-none")
    type_into(child(bench.row("network.proxy_user"), QLineEdit), "me")
    await bench.settle()
    assert "the system has none" in page.route.way.plain()


async def test_a_proxy_that_cannot_be_used_is_told(bench: Bench, page: NetworkPage) -> None:
    bench.network.decision = ProxyUnusable()
    await bench.show("network")
    assert page.route.way.plain().startswith("The proxy cannot be used as it is set.")


async def test_an_address_is_tried(bench: Bench, page: NetworkPage) -> None:
    await bench.show("network")
    page.route.button.click()
    assert not page.route.button.isEnabled()
    await bench.settle()
    assert bench.network.addresses == [ADDRESS]
    assert page.route.came.plain() == "The way is free: an answer after 0.2 s (HTTP 204)."
    assert page.route.button.isEnabled()


async def test_a_trial_that_fails_tells_why(bench: Bench, page: NetworkPage) -> None:
    failure = ConnectionFailed(host="open.bigmodel.cn").failure
    bench.network.trial = RouteTrial(None, 0.1, failure=failure)
    await bench.show("network")
    QTest.keyClick(page.route.line, Qt.Key.Key_Return)
    await bench.settle()
    assert page.route.came.plain().startswith("No connection to the service.")


async def test_what_came_of_another_address_is_not_told(bench: Bench, page: NetworkPage) -> None:
    await bench.show("network")
    page.route.button.click()
    type_into(page.route.line, "http://other", enter=False)
    await bench.settle()
    assert not page.route.came.isVisible()
    assert page.route.button.isEnabled()


def test_every_reason_has_words() -> None:
    words = {decision_words(ProxyDecision(reason)) for reason in get_args(ProxyReason)}
    assert len(words) == len(get_args(ProxyReason))

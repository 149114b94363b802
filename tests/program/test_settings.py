# SPDX-License-Identifier: MIT
"""Settings in the real program: opened by keyboard, in force at once, kept for the next start."""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chatglm_desktop.core.accounts import Account
from chatglm_desktop.gui.settings.network_page import NetworkPage
from chatglm_desktop.gui.settings.option_rows import OptionRow
from chatglm_desktop.gui.settings.window import SettingsWindow
from chatglm_desktop.gui.widgets.choice import Choice
from chatglm_desktop.settings.files import load
from chatglm_desktop.settings.paths import Paths
from tests.helpers.widgets import child

if TYPE_CHECKING:
    from tests.helpers.theatre import Play, Theatre

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(play: Play) -> SettingsWindow:
    QTest.keyClick(play.window, Qt.Key.Key_Comma, CTRL)
    settings = child(play.window, SettingsWindow)
    assert settings.isVisible()
    return settings


def choose(settings: SettingsWindow, place: str, value: object) -> None:
    """Choose in the window, as the user does."""
    rows = (row for page in settings.pages.values() for row in page.rows())
    row = next(row for row in rows if isinstance(row, OptionRow) and row.place == place)
    choice = child(row, Choice)
    choice.show_value(value)
    choice.activated.emit(choice.currentIndex())


def test_options_hold_at_once_in_all_tabs_and_at_the_next_start(
    theatre: Theatre, tmp_path: Path
) -> None:
    async def first(play: Play) -> None:
        pages = [play.page]
        play.page.composer.set_text("a draft")
        play.workspace.new_tab()
        pages.append(play.page)
        settings = opened(play)
        choose(settings, "send_key", "ctrl-enter")
        choose(settings, "theme", "dark")
        choose(settings, "follow", "never")
        choose(settings, "copy_format", "plain")
        for page in pages:
            assert page.composer.hint() == "Ctrl+Enter sends, Enter starts a new line"
            assert page.transcript.follow_mode == "never"
        assert settings.palette().window().color().lightness() < 64
        settings.close()
        choose(settings, "theme", "system")

    async def second(play: Play) -> None:
        assert play.page.composer.hint() == "Ctrl+Enter sends, Enter starts a new line"
        assert play.page.transcript.follow_mode == "never"

    theatre.play(first)
    options, problem = load(Paths.at(tmp_path / "data").settings)
    assert problem is None
    assert (options.send_key, options.follow, options.theme) == ("ctrl-enter", "never", "system")
    theatre.play(second)


def test_the_same_window_opens_again_where_it_was(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        settings = opened(play)
        settings.show_section("network")
        QTest.keyClick(settings.search, Qt.Key.Key_Escape)
        assert not settings.isVisible()
        assert opened(play) is settings
        assert settings.section == "network"
        play.window.sidebar.settings_requested.emit()

    theatre.play(act)


def test_a_proxy_is_looked_up_and_an_address_tried(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        settings = opened(play)
        settings.open_at("network")
        route = child(settings, NetworkPage).route
        route.line.setText(play.server.url)
        route.explain()
        await play.until(lambda: "this computer" in route.way.plain())
        route.button.click()
        await play.until(lambda: "The way is free" in route.came.plain())

    theatre.play(act, "answer")


def test_the_program_ends_while_a_service_is_being_asked(theatre: Theatre) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf, ExitStack() as accepted:
        address = f"http://127.0.0.1:{deaf.getsockname()[1]}"

        async def act(play: Play) -> None:
            controller = opened(play).controller
            controller.try_route(address)
            controller.list_models(Account("slow", "custom", base_url=address))
            for _ in range(2):
                accepted.enter_context((await asyncio.to_thread(deaf.accept))[0])

        began = time.monotonic()
        theatre.play(act)
        assert time.monotonic() - began < 30


def test_a_failed_turn_leads_to_what_helps(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        play.page.settings_wanted.emit("accounts")
        settings = child(play.window, SettingsWindow)
        assert settings.section == "accounts"

    theatre.play(act)


def test_a_service_that_was_set_up_is_chosen_for_the_next_conversation(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        settings = opened(play)
        account = Account("mine", "custom", "Mine", "http://127.0.0.1:9/v1", "m")
        settings.controller.save(account, None)
        await play.until(lambda: play.services.accounts.default == account)

    theatre.play(act)

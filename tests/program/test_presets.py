# SPDX-License-Identifier: MIT
"""Every kind of service through the real window, against a server that speaks as it does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chatglm_desktop.core.accounts import PRESETS, Account, Setup
from chatglm_desktop.core.errors import failure_kind
from chatglm_desktop.core.messages import MessageState
from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.demo.openai_server import DialectServer

if TYPE_CHECKING:
    from chatglm_desktop.core.messages import Message
    from tests.helpers.theatre import Play, Theatre

DIALECTS = {
    "bigmodel": "glm",
    "zai": "glm",
    "bigmodel-coding": "glm",
    "zai-coding": "glm",
    "ollama": "ollama",
    "lm-studio": "lm-studio",
    "llama-cpp": "llama-cpp",
    "vllm": "vllm",
    "sglang": "sglang",
    "openrouter": "openrouter",
    "deepseek": "deepseek",
    "custom": "vllm",
}


def test_every_preset_of_a_server_is_driven() -> None:
    servers = {p.id for p in PRESETS.values() if p.kind in ("glm", "openai")}
    assert DIALECTS.keys() == servers


async def ask(play: Play, text: str) -> Message:
    """Type a question, press Enter, and wait for the reply to end."""
    page = play.page
    page.composer.focus_editor()
    QTest.keyClicks(page.composer.focusWidget(), text)
    QTest.keyClick(page.composer.focusWidget(), Qt.Key.Key_Return)
    await play.until(lambda: page.composer.running)
    await play.until(lambda: not page.composer.running)
    return (await play.conversations.open(play.current_id)).history.messages[-1]


def with_server(
    preset: str, act: Callable[[Play, DialectServer], Awaitable[None]]
) -> Callable[[Play], Awaitable[None]]:
    """``act`` with an account of ``preset`` that leads to a server of its dialect."""

    async def play_it(play: Play) -> None:
        server = DialectServer(DIALECTS[preset], pace=0.0)
        await server.start()
        try:
            account = Account("a", preset, base_url=server.url)
            await play.services.accounts.add(account, Secret(server.key) if server.key else None)
            listed = await play.services.catalogue.models(account)
            assert listed.failure is None
            play.services.accounts.choose_model("a", listed.models[0].id)
            await act(play, server)
        finally:
            await server.stop()

    return play_it


@pytest.mark.parametrize("preset", DIALECTS)
def test_a_reply_streams_into_the_window(theatre: Theatre, preset: str) -> None:
    async def act(play: Play, server: DialectServer) -> None:
        model = play.services.catalogue.model(Setup("a")).id
        reply = await ask(play, "Hello")
        assert reply.state is MessageState.COMPLETE
        assert reply.text in play.page.transcript.clipboard.everything()
        assert reply.metrics is not None
        assert reply.metrics.completion_tokens > 0
        first = server.requests.get_nowait()
        assert first.body["model"] == model
        assert [m["content"] for m in first.body["messages"]] == ["Hello"]
        # Its history goes along, as the service supports it.
        await ask(play, "And then?")
        second = server.requests.get_nowait()
        assert [m["role"] for m in second.body["messages"]] == ["user", "assistant", "user"]
        assert second.body["messages"][1]["content"] == reply.text

    theatre.play(with_server(preset, act))


@pytest.mark.parametrize("preset", ["bigmodel", "openrouter", "deepseek"])
def test_a_wrong_key_is_told_with_the_host(theatre: Theatre, preset: str) -> None:
    async def act(play: Play, server: DialectServer) -> None:
        await play.services.accounts.set_key("a", Secret("wrong.key"))
        reply = await ask(play, "Hello")
        assert reply.failure is not None
        assert failure_kind(reply.failure).__name__ == "KeyRejected"
        assert reply.failure.host in server.url
        assert reply.failure.host in play.page.transcript.clipboard.everything()
        # The question is still there, and is asked again once the key is right.
        await play.services.accounts.set_key("a", Secret(server.key))
        play.page.retry_requested.emit(reply.id)
        await play.until(lambda: play.page.composer.running)
        await play.until(lambda: not play.page.composer.running)
        again = (await play.conversations.open(play.current_id)).history.messages[-1]
        assert again.state is MessageState.COMPLETE

    theatre.play(with_server(preset, act))


def test_an_overloaded_service_is_asked_again_visibly(theatre: Theatre) -> None:
    async def act(play: Play, server: DialectServer) -> None:
        page = play.page
        page.composer.set_text("Hello\n/demo rate-once")
        page.composer.submit()
        session = await play.conversations.open(play.current_id)
        await play.until(lambda: session.status is not None and "Retrying" in repr(session.status))
        page.retry_now_requested.emit()
        await play.until(lambda: not page.composer.running)
        assert session.history.messages[-1].state is MessageState.COMPLETE

    theatre.play(with_server("bigmodel", act))


def test_requests_with_one_key_wait_for_each_other(theatre: Theatre) -> None:
    async def act(play: Play, server: DialectServer) -> None:
        play.services.accounts.change(
            Account("a", "bigmodel", base_url=server.url, model="glm-4.7-flash", in_flight=1)
        )
        first = await play.conversations.open(play.current_id)
        play.page.composer.set_text("One\n/demo silent")
        play.page.composer.submit()
        await play.until(lambda: server.requests.qsize() == 1)
        play.workspace.new_tab()
        second = await play.conversations.open(play.current_id)
        play.page.composer.set_text("Two")
        play.page.composer.submit()
        await play.until(partial(_waits, second))
        first.stop()
        await play.until(lambda: not second.running)
        assert second.history.messages[-1].state is MessageState.COMPLETE

    theatre.play(with_server("bigmodel", act))


def _waits(session: object) -> bool:
    return "Queued(ahead=1)" in repr(getattr(session, "status", None))

# SPDX-License-Identifier: MIT
"""The command line works on the same conversations while the window is open."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from chatglm_desktop.core.deep_links import DeepLink
from chatglm_desktop.demo.openai_server import DialectServer
from tests.helpers.theatre import Play, Theatre


@asynccontextmanager
async def answering() -> AsyncIterator[str]:
    """The address of a server that answers at once, without a key."""
    server = DialectServer("ollama", pace=0.0)
    await server.start()
    try:
        yield server.url
    finally:
        await server.stop()


async def command(folder: Path, *arguments: str) -> str:
    """What the program prints with these arguments, as a process of its own."""

    def run() -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", "chatglm_desktop", "--data-dir", str(folder), *arguments]
        return subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    done = await asyncio.to_thread(run)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_question_from_the_command_line_appears_in_the_open_tab(
    theatre: Theatre, tmp_path: Path
) -> None:
    async def act(play: Play) -> None:
        await play.say("first, in the window")
        id = play.current_id
        async with answering() as url:
            service = ("--base-url", url, "--conversation", id)
            await command(tmp_path / "data", "ask", *service, "then, from the command line")
        await play.until(lambda: len(play.page.message_ids()) == 4)
        assert "then, from the command line" in play.page.transcript.clipboard.everything()
        await play.say("and in the window again")
        history = await play.store.load_history(id, 10)
        assert [m.text for m in history.messages][::2] == [
            "first, in the window",
            "then, from the command line",
            "and in the window again",
        ]

    theatre.play(act, "answer")


def test_a_new_conversation_from_the_command_line_is_listed(
    theatre: Theatre, tmp_path: Path
) -> None:
    async def act(play: Play) -> None:
        await play.say("in the window")
        async with answering() as url:
            await command(tmp_path / "data", "ask", "--base-url", url, "--save", "from outside")
        listed = await command(tmp_path / "data", "list", "--json")
        titles = [json.loads(line)["title"] for line in listed.splitlines()]
        assert titles == ["from outside", "in the window"]
        await play.until(lambda: play.lines() == titles)

    theatre.play(act, "answer")


def test_a_copy_is_not_put_back_under_an_open_window(theatre: Theatre, tmp_path: Path) -> None:
    async def act(play: Play) -> None:
        await play.say("kept")
        copy = (await command(tmp_path / "data", "backup")).strip()
        words = [sys.executable, "-m", "chatglm_desktop", "backup", "--restore", copy]
        done = await asyncio.to_thread(
            subprocess.run,
            [*words, "--data-dir", str(tmp_path / "data")],
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert done.returncode == 1
        assert "Close it" in done.stderr

    theatre.play(act, "answer")


def test_a_link_brings_its_message_to_the_front(theatre: Theatre, tmp_path: Path) -> None:
    async def act(play: Play) -> None:
        await play.say("the first conversation")
        id, message = play.current_id, play.page.message_ids()[0]
        play.window.new_requested.emit()
        await play.until(lambda: play.current_id != id)
        play.window.tabs.close_requested.emit(id)
        await command(tmp_path / "data", str(DeepLink(id, message)))
        await play.until(lambda: play.current_id == id and id in play.workspace.loaded())
        await play.until(play.page.message_ids)

    theatre.play(act, "answer")


def test_a_link_that_leads_nowhere_is_told(theatre: Theatre, tmp_path: Path) -> None:
    async def act(play: Play) -> None:
        await play.say("a conversation")
        await command(tmp_path / "data", str(DeepLink(play.current_id, "gone")))
        toast = play.window.toast
        await play.until(lambda: "no longer there" in toast.text())

    theatre.play(act, "answer")

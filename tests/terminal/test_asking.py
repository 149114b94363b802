# SPDX-License-Identifier: MIT
"""The verbs without a window, as processes against servers that speak real dialects."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from chatglm_desktop import cli
from chatglm_desktop.core.accounts import GUEST, Account
from chatglm_desktop.core.errors import NotConfigured
from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.demo.openai_server import DialectServer
from chatglm_desktop.settings.options import Options
from chatglm_desktop.settings.preferences import Preferences
from chatglm_desktop.terminal.asking import choose_account, key_from
from chatglm_desktop.terminal.verbs import Ask, ListModels, ServiceChoice

PNG = bytes.fromhex("89504e470d0a1a0a")
WORK = Account("work", "bigmodel", model="glm-5")


@dataclass(frozen=True, slots=True)
class Result:
    code: int
    out: str
    err: str

    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


class Terminal:
    """Runs the program in a folder of its own; ``KEY`` is the environment variable with the key."""

    def __init__(self, folder: Path, server: DialectServer) -> None:
        self._folder = folder
        self._server = server

    async def run(self, *arguments: str, key: str | None = None) -> Result:
        return await asyncio.to_thread(self._run, arguments, key)

    def _run(self, arguments: tuple[str, ...], key: str | None) -> Result:
        command = [sys.executable, "-m", "chatglm_desktop", "--data-dir", str(self._folder)]
        done = subprocess.run(
            [*command, *arguments],
            env=os.environ | {"KEY": self._server.key if key is None else key},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return Result(done.returncode, done.stdout, done.stderr)

    async def ask(self, *arguments: str, key: str | None = None) -> Result:
        service = ("--provider", "glm", "--base-url", self._server.url, "--api-key-env", "KEY")
        return await self.run("ask", *service, *arguments, key=key)


@pytest_asyncio.fixture
async def server() -> AsyncIterator[DialectServer]:
    server = DialectServer("glm", pace=0.0)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def terminal(server: DialectServer, tmp_path: Path) -> Terminal:
    return Terminal(tmp_path, server)


async def test_the_answer_is_all_that_is_printed(terminal: Terminal, server: DialectServer) -> None:
    result = await terminal.ask("--model", "glm-4.6", "--system", "Be brief.", "Hello")
    assert (result.code, result.err) == (0, "")
    assert result.out.strip()
    body = server.requests.get_nowait().body
    assert body["model"] == "glm-4.6"
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    assert server.key not in result.out + result.err


async def test_thinking_is_shown_on_stderr_where_it_is_wanted(
    terminal: Terminal, server: DialectServer
) -> None:
    shown = await terminal.ask("--thinking", "show", "Hello")
    assert (shown.code, bool(shown.err.strip())) == (0, True)
    assert server.requests.get_nowait().body["thinking"]["type"] == "enabled"
    hidden = await terminal.ask("--thinking", "off", "Hello")
    assert (hidden.code, hidden.err) == (0, "")
    assert server.requests.get_nowait().body["thinking"]["type"] == "disabled"


async def test_each_delta_is_an_object_on_its_line(terminal: Terminal) -> None:
    deltas = (await terminal.ask("--json", "--thinking", "on", "Hello")).objects()
    kinds = [delta["type"] for delta in deltas]
    assert {"reasoning", "text", "usage"} <= set(kinds)
    assert deltas[-1]["type"] in ("finish", "usage")
    text = "".join(delta["text"] for delta in deltas if delta["type"] == "text")
    assert text.strip()


async def test_an_error_is_told_with_its_host_and_ends_with_1(terminal: Terminal) -> None:
    told = await terminal.ask("Hello", key="wrong.secret-part")
    assert (told.code, told.out) == (1, "")
    assert told.err.startswith("127.0.0.1")
    assert "API key" in told.err
    objects = (await terminal.ask("--json", "Hello", key="wrong.secret-part")).objects()
    assert objects[-1]["type"] == "error"
    assert objects[-1]["kind"] == "KeyRejected"
    assert "secret-part" not in told.err + json.dumps(objects)


async def test_what_is_waited_for_is_told_and_the_answer_comes(terminal: Terminal) -> None:
    result = await terminal.ask("Hello\n/demo rate-once")
    assert result.code == 0
    assert "trying again, 2 of 4" in result.err
    assert result.out.strip()


async def test_pictures_go_along(terminal: Terminal, server: DialectServer, tmp_path: Path) -> None:
    picture = tmp_path / "cat.png"
    picture.write_bytes(PNG)
    result = await terminal.ask("--model", "glm-4.6v-flash", "--image", str(picture), "What?")
    assert (result.code, result.err) == (0, "")
    content = server.requests.get_nowait().body["messages"][0]["content"]
    assert [item["type"] for item in content if item["type"] != "text"] == ["image_url"]


async def test_a_picture_that_cannot_go_along_is_named_before_anything_is_sent(
    terminal: Terminal, server: DialectServer, tmp_path: Path
) -> None:
    large, text = tmp_path / "large.png", tmp_path / "notes.txt"
    with large.open("wb") as file:
        file.truncate(5_000_001)
    text.write_text("Notes")
    sees = ("--model", "glm-4.6v-flash", "--image")
    for arguments, words in (
        ((*sees, str(large)), "5 MB"),
        ((*sees, str(text)), "notes.txt is no"),
        ((*sees, str(tmp_path / "gone.png")), "gone.png cannot be read"),
        (("--model", "glm-4.7-flash", "--image", str(large)), "does not read pictures"),
    ):
        result = await terminal.ask(*arguments, "What?")
        assert result.code == 1
        assert words in result.err
    assert server.requests.empty()


async def test_models_are_listed(terminal: Terminal, server: DialectServer) -> None:
    service = ("--provider", "glm", "--base-url", server.url, "--api-key-env", "KEY")
    listed = (await terminal.run("models", *service, "--json")).objects()
    free = next(model for model in listed if model["id"] == "glm-4.7-flash")
    assert (free["free"], free["inputs"]) == (True, ["text"])
    plain = await terminal.run("models", *service)
    assert "glm-4.7-flash\tfree" in plain.out
    refused = await terminal.run("models", *service, key="wrong")
    assert refused.code == 0
    assert "could not be read" in refused.err


async def test_it_is_said_where_there_is_no_list(terminal: Terminal) -> None:
    result = await terminal.run("models", "--provider", "guest")
    assert (result.code, result.out) == (0, "")
    assert "lists no models" in result.err


async def test_choices_that_lead_nowhere_are_usage_errors(terminal: Terminal) -> None:
    nowhere = await terminal.run("ask", "--provider", "openai", "Hello")
    assert (nowhere.code, nowhere.out) == (2, "")
    assert "--base-url" in nowhere.err
    unset = await terminal.run("ask", "--provider", "glm", "--api-key-env", "NO_SUCH", "Hello")
    assert unset.code == 2
    assert "NO_SUCH is not set" in unset.err


async def test_a_key_on_the_command_line_is_refused_and_not_repeated(terminal: Terminal) -> None:
    for arguments in (["--api-key", "abc.def-secret"], ["--api-key-env", "abc.def-secret"]):
        result = await terminal.run("ask", *arguments, "Hello")
        assert result.code == 2
        assert arguments == ["--api-key", "abc.def-secret"] or "secret" not in result.err


def preferences(*accounts: Account, default: str = "guest") -> Preferences:
    return Preferences(Options(accounts=accounts, default_account=default), lambda options: None)


def test_without_a_choice_the_default_account_answers() -> None:
    assert choose_account(ServiceChoice(), preferences(WORK, default="work")) == WORK
    assert choose_account(ServiceChoice(), preferences()) == GUEST


def test_an_account_of_the_settings_is_used_with_its_own_key() -> None:
    both = preferences(Account("zai", "zai"), WORK)
    choice = ServiceChoice("glm", "https://open.bigmodel.cn/api/paas/v4/")
    assert choose_account(choice, both) == WORK
    assert choose_account(ServiceChoice("glm"), both).id == "zai"
    new = choose_account(ServiceChoice("glm", api_key_env="KEY"), both)
    assert (new.id, new.preset) == ("command-line", "bigmodel")


def test_a_known_address_has_the_dialect_of_its_preset() -> None:
    choice = ServiceChoice("openai", "http://localhost:11434/v1")
    assert choose_account(choice, preferences()).preset == "ollama"
    other = choose_account(ServiceChoice(None, "http://example.org/v1"), preferences())
    assert (other.preset, other.address) == ("custom", "http://example.org/v1")


def test_the_guest_service_can_be_elsewhere() -> None:
    choice = ServiceChoice("guest", "http://127.0.0.1:9/x")
    assert choose_account(choice, preferences()).address == "http://127.0.0.1:9/x"
    assert choose_account(ServiceChoice("local"), preferences()).kind == "local"


def test_a_key_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", "k.s")
    assert key_from("MY_KEY") == Secret("k.s")
    assert key_from("") is None
    with pytest.raises(NotConfigured):
        key_from("OTHER_KEY")


def test_all_options_are_read() -> None:
    service_words = ["--provider", "local", "--base-url", "u", "--api-key-env", "KEY"]
    images_words = ["--image", "a.png", "--image", "b.png"]
    other_words = ["--model", "m", "--system", "s", "--thinking", "off", "--json"]
    arguments = cli.parse(["ask", *service_words, *images_words, *other_words, "question"])
    service = ServiceChoice("local", "u", "KEY")
    images = (Path("a.png"), Path("b.png"))
    assert arguments.verb == Ask("question", service, "m", "s", images, "off", json=True)
    assert cli.parse(["models", "--json"]).verb == ListModels(json=True)

# SPDX-License-Identifier: MIT
"""The demo as a program of its own: URL first, clean end by signal."""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from chatglm_desktop.demo import SCENARIOS
from chatglm_desktop.demo.__main__ import main
from chatglm_desktop.demo.chat_scenarios import scenarios_of
from chatglm_desktop.demo.dialects import DIALECTS

if TYPE_CHECKING:
    from tests.demo.conftest import Client

COMMAND = (sys.executable, "-X", "dev", "-W", "error", "-m", "chatglm_desktop.demo")


def test_list_names_every_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(SCENARIOS)


def test_unknown_scenario_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--scenario", "nonsense"])
    assert "nonsense" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="signals end a program there, without a word")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_prints_its_url_serves_and_ends_by_signal(
    client: Client, number: signal.Signals
) -> None:
    process = await asyncio.create_subprocess_exec(
        *COMMAND,
        *("--port", "0", "--scenario", "hold", "--pace", "0"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    async with client.session.post(url, json=client.body()) as response:
        assert response.status == 200
        process.send_signal(number)
        out, err = await process.communicate()
    assert (process.returncode, out, err) == (0, b"", b"")


async def test_a_taken_port_is_said_in_one_line() -> None:
    blocker = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = blocker.sockets[0].getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "--port", str(port), stderr=asyncio.subprocess.PIPE
    )
    _, err = await process.communicate()
    blocker.close()
    await blocker.wait_closed()
    assert process.returncode == 1
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("dialect", DIALECTS)
def test_list_names_the_scenarios_of_a_dialect(
    dialect: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--dialect", dialect, "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(scenarios_of(dialect))


def test_a_scenario_of_another_dialect_is_a_usage_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--dialect", "ollama", "--scenario", "balance"])
    assert "balance" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="signals end a program there, without a word")
@pytest.mark.parametrize(("dialect", "lines"), [("glm", ["API key: demo.key"]), ("ollama", [])])
async def test_a_dialect_prints_its_address_and_its_key(
    client: Client, dialect: str, lines: list[str]
) -> None:
    process = await asyncio.create_subprocess_exec(
        *COMMAND,
        *("--dialect", dialect),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    async with client.session.get(f"{url}/models") as response:
        assert response.status in (200, 401)
    process.send_signal(signal.SIGTERM)
    out, err = await process.communicate()
    assert (process.returncode, out.decode().splitlines(), err) == (0, lines, b"")

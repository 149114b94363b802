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

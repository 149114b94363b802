# SPDX-License-Identifier: MIT
"""A key is found in the keyring and nowhere else, whatever goes wrong and whoever repeats it."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from chatglm_desktop.core.accounts import Account
from chatglm_desktop.core.network import NetworkOptions
from chatglm_desktop.settings.files import save
from chatglm_desktop.settings.options import Options
from chatglm_desktop.settings.paths import Paths
from tests.helpers.proxy_servers import HttpProxy
from tests.helpers.telltale_server import TelltaleServer

KEY = "sk-TELLtale0123456789abcdef.Zm9v"
PASSWORD = "proxy-PASSword-0123456789"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

PROGRAM = ("-m", "chatglm_desktop")
QUESTIONS = ("good", "refuse", "page", "plain", "late", "garble", "drop")
"""What the server does: see there."""

ROOT = Path(__file__).resolve().parents[2]

CLUMSY_USER = ("-m", "tests.helpers.clumsy_user")


def keep(folder: Path, **secrets: str) -> None:
    """Put secrets into the keyring."""
    service = Paths.at(folder / "data").keyring_service
    passwords = {f"{service} {name}": secret for name, secret in secrets.items()}
    (folder / "keyring.json").write_text(json.dumps(passwords))


Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What the program can write to, and the keyring beside it."""
    (tmp_path / "out").mkdir()
    keep(tmp_path, telltale=KEY)
    return tmp_path


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    """Starts Python with these arguments and variables; nothing it starts outlives the test."""
    with ExitStack() as stack:

        def start(*command: str, **variables: str) -> subprocess.Popen[bytes]:
            process = subprocess.Popen(
                [sys.executable, *command],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=folder / "out",
                env=os.environ
                | {
                    "PYTHON_KEYRING_BACKEND": "tests.helpers.file_keyring.FileKeyring",
                    "PYTHONPATH": str(ROOT),
                    "TEST_KEYRING": str(folder / "keyring.json"),
                }
                | variables,
            )
            stack.callback(process.communicate)
            stack.callback(process.kill)
            return process

        yield start


@pytest_asyncio.fixture
async def server() -> AsyncIterator[TelltaleServer]:
    async with TelltaleServer() as server:
        yield server


async def output(process: subprocess.Popen[bytes]) -> bytes:
    """What the process wrote, when it has ended by itself."""
    out, err = await asyncio.to_thread(process.communicate, timeout=90)
    return out + err


def spellings(secret: str) -> dict[str, bytes]:
    """A secret as it may be written down, but for the beginning that anybody may know."""
    plain = secret[3:].encode()
    return {
        "plain": plain,
        "UTF-16": secret[3:].encode("utf-16-le"),
        "base64": base64.b64encode(secret.encode())[4:-4],
        "hexadecimal": plain.hex().encode(),
        "reversed": plain[::-1],
    }


def places(folder: Path, secret: str, printed: bytes = b"") -> set[str]:
    """Where a secret is found, in any spelling: files by their names, and what was printed."""
    files = {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}
    texts = files | {"printed": printed}
    return {
        name
        for name, text in texts.items()
        if any(spelling in text for spelling in spellings(secret).values())
    }


def set_up(folder: Path, url: str, **options: object) -> tuple[str, ...]:
    """Make the telltale server the default service; returns the program's arguments."""
    account = Account("telltale", "custom", "Telltale", url, "m")
    paths = Paths.at(folder / "data")
    settings = Options(
        accounts=(account,),
        default_account="telltale",
        onboarded=True,
        **options,  # type: ignore[arg-type] # the options' own names
    )
    save(paths.settings, settings)
    return ("--data-dir", str(paths.data))


def test_the_search_finds_what_it_searches_for(folder: Path) -> None:
    for name, spelling in spellings(KEY).items():
        (folder / "out" / name).write_bytes(b"before " + spelling + b" after")
    found = {f"out/{name}" for name in spellings(KEY)}
    assert places(folder, KEY, KEY.encode()) == {"keyring.json", "printed", *found}


@LINUX
@pytest.mark.parametrize("debug", [False, True], ids=["usual", "debug"])
async def test_nothing_but_the_keyring_holds_the_key(
    server: TelltaleServer, folder: Path, start: Start, debug: bool
) -> None:
    arguments = set_up(folder, server.url)
    process = start(
        *CLUMSY_USER,
        str(folder / "out"),
        ",".join(QUESTIONS),
        *arguments,
        *(("--debug",) if debug else ()),
    )
    printed = await output(process)
    assert process.returncode == 0, printed.decode()
    # The server was really told, and what is searched was really written.
    assert set(server.keys) == {KEY}
    seen = (folder / "out" / "seen.txt").read_text()
    for word in ("Incorrect API key provided", "RuntimeError: ('a bug', Secret())", "Half a reply"):
        assert word in seen
    assert "Current thread" in (folder / "out" / "crash.txt").read_text()
    assert "unexpected error" in Paths.at(folder / "data").log_file.read_text()
    assert Paths.at(folder / "data").window.exists()
    assert places(folder, KEY, printed) == {"keyring.json"}


@LINUX
async def test_a_killed_program_leaves_the_key_in_the_keyring_only(
    server: TelltaleServer, folder: Path, start: Start
) -> None:
    arguments = set_up(folder, server.url)
    process = start(*CLUMSY_USER, str(folder / "out"), "hold", *arguments, "--debug")
    await asyncio.wait_for(server.asked.wait(), 60)
    process.send_signal(signal.SIGABRT)
    printed = await output(process)
    assert set(server.keys) == {KEY}
    # The database with its log beside it, as it is in mid-flight.
    assert Paths.at(folder / "data").database.with_name("conversations.db-wal").exists()
    assert places(folder, KEY, printed) == {"keyring.json"}


@LINUX
@pytest.mark.parametrize("refusal", [0, 407], ids=["taken", "refused"])
async def test_the_password_of_a_proxy_is_in_the_keyring_only(
    server: TelltaleServer, folder: Path, start: Start, refusal: int
) -> None:
    keep(folder, telltale=KEY, proxy=PASSWORD)
    ports = {"llm.example": server.port}
    async with HttpProxy(ports, login=f"me:{PASSWORD}", refusal=refusal) as proxy:
        network = NetworkOptions("custom", f"http://127.0.0.1:{proxy.port}", "me")
        arguments = set_up(folder, "http://llm.example/v1", network=network)
        process = start(*CLUMSY_USER, str(folder / "out"), "good,refuse", *arguments, "--debug")
        printed = await output(process)
    assert process.returncode == 0, printed.decode()
    assert {asked.login for asked in proxy.asked} == {f"me:{PASSWORD}"}
    assert bool(server.keys) == (refusal == 0)
    for secret in (KEY, PASSWORD, f"me:{PASSWORD}"):
        assert places(folder, secret, printed) == {"keyring.json"}


@LINUX
async def test_a_key_that_may_lie_in_a_file_lies_there_only(
    server: TelltaleServer, folder: Path, start: Start
) -> None:
    (folder / "keyring.json").unlink()
    arguments = set_up(folder, server.url, key_file=True)
    paths = Paths.at(folder / "data")
    paths.keys.write_text(json.dumps({"telltale": KEY}))
    process = start(
        *CLUMSY_USER,
        str(folder / "out"),
        "good,refuse",
        *arguments,
        PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring",
    )
    printed = await output(process)
    assert process.returncode == 0, printed.decode()
    assert set(server.keys) == {KEY}
    assert places(folder, KEY, printed) == {"data/keys.json"}
    assert stat.S_IMODE(paths.keys.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("question", "json_output"),
    [*((question, False) for question in QUESTIONS), ("good", True), ("refuse", True)],
)
async def test_asked_from_the_command_line_the_key_is_in_its_variable_only(
    server: TelltaleServer, folder: Path, start: Start, question: str, json_output: bool
) -> None:
    process = start(
        *PROGRAM,
        "--debug",
        "--data-dir",
        str(folder / "data"),
        "ask",
        question,
        "--provider",
        "openai",
        "--base-url",
        server.url,
        "--model",
        "m",
        "--api-key-env",
        "TELLTALE",
        *(("--json",) if json_output else ()),
        TELLTALE=KEY,
    )
    printed = await output(process)
    assert set(server.keys) == {KEY}, printed.decode()
    assert process.returncode == (0 if question in ("good", "garble") else 1), printed.decode()
    assert places(folder, KEY, printed) == {"keyring.json"}


@pytest.mark.parametrize("json_output", [False, True], ids=["text", "json"])
async def test_listing_models_shows_no_key(
    server: TelltaleServer, folder: Path, start: Start, json_output: bool
) -> None:
    arguments = set_up(folder, server.url)
    process = start(
        *PROGRAM,
        "--debug",
        *arguments,
        "models",
        "--provider",
        "openai",
        *(("--json",) if json_output else ()),
    )
    printed = await output(process)
    assert process.returncode == 1
    assert b"does not accept the API key" in printed
    assert places(folder, KEY, printed) == {"keyring.json"}


async def test_nothing_that_leaves_the_library_holds_the_key(
    server: TelltaleServer, folder: Path, start: Start
) -> None:
    arguments = set_up(folder, server.url)
    for question in ("good", "page", "plain"):
        await output(start(*PROGRAM, "--debug", *arguments, "ask", "--save", question))
    assert set(server.keys) == {KEY}
    verbs = [
        ("list", "--json"),
        ("search", "good", "--json"),
        ("backup", "--json"),
        ("backup", "--output", "copy.db"),
        *(
            ("export", "--all", "--format", format, "--output", f"all.{format}")
            for format in ("md", "html", "json", "txt")
        ),
    ]
    for verb in verbs:
        process = start(*PROGRAM, "--debug", *arguments, *verb)
        printed = await output(process)
        assert process.returncode == 0, printed.decode()
        assert places(folder, KEY, printed) == {"keyring.json"}, verb
    written = {path.name for path in (folder / "out").iterdir()}
    assert written == {"copy.db", "all.md", "all.html", "all.json", "all.txt"}
    assert "page" in (folder / "out" / "all.json").read_text()


@LINUX
async def test_no_other_program_can_read_the_key_from_the_arguments(
    server: TelltaleServer, folder: Path, start: Start
) -> None:
    arguments = set_up(folder, server.url)
    process = start(*PROGRAM, *arguments, "ask", "hold")
    await asyncio.wait_for(server.asked.wait(), 30)
    assert set(server.keys) == {KEY}
    processes = Path("/proc") / str(process.pid)
    assert KEY.encode() not in (processes / "cmdline").read_bytes()
    assert KEY.encode() not in (processes / "environ").read_bytes()
    process.send_signal(signal.SIGINT)
    assert places(folder, KEY, await output(process)) == {"keyring.json"}

# SPDX-License-Identifier: MIT
from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from chatglm_desktop import __version__, cli
from chatglm_desktop.core import deep_links
from chatglm_desktop.demo import DemoServer
from chatglm_desktop.terminal.verbs import Ask, Search


def start(*arguments: str) -> subprocess.Popen[str]:
    """The program as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "chatglm_desktop", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def run(*arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of the program."""
    process = start(*arguments)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


@pytest_asyncio.fixture
async def server() -> AsyncIterator[DemoServer]:
    server = DemoServer(pace=0)
    await server.start()
    yield server
    await server.stop()


async def in_thread(work: Callable[..., tuple[int, str, str]], *args: str) -> tuple[int, str, str]:
    return await asyncio.to_thread(work, *args)


def test_arguments_are_read() -> None:
    arguments = cli.parse(["--data-dir", "d", "--endpoint", "http://x", "--demo", "ask", "Hi?"])
    assert arguments == cli.Arguments(
        Ask("Hi?"), demo=True, data_dir=Path("d"), endpoint="http://x"
    )
    assert cli.parse([]) == cli.Arguments()


def test_unknown_option_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit:
        cli.parse(["--frobnicate"])
    assert exit.value.code == 2
    assert "--frobnicate" in capsys.readouterr().err


def test_an_empty_question_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit:
        cli.parse(["ask", "  "])
    assert exit.value.code == 2
    assert "empty" in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit:
        cli.parse(["--version"])
    assert exit.value.code == 0
    assert capsys.readouterr().out == f"ChatGLM Desktop {__version__}\n"


async def test_ask_streams_the_answer_to_stdout(server: DemoServer, tmp_path: Path) -> None:
    code, out, err = await in_thread(
        run, "--endpoint", server.url, "--data-dir", str(tmp_path), "ask", "你好，天气怎么样？"
    )
    assert (code, err) == (0, "")
    assert "演示" in out
    request = server.requests.get_nowait()
    assert request.body["messages"][0]["content"][0]["text"] == "你好，天气怎么样？"


async def test_ask_sends_the_same_device_id_each_time(server: DemoServer, tmp_path: Path) -> None:
    ids = set()
    for _ in range(2):
        await in_thread(run, "--endpoint", server.url, "--data-dir", str(tmp_path), "ask", "Hello?")
        ids.add(server.requests.get_nowait().headers["X-Device-Id"])
    assert len(ids) == 1


async def test_ask_without_qt(server: DemoServer, tmp_path: Path) -> None:
    program = (
        "import sys; from chatglm_desktop.app import main; code = main(sys.argv[1:]);"
        "assert not any(m.startswith(('PySide6', 'qasync')) for m in sys.modules); sys.exit(code)"
    )

    def run_program(*arguments: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    code, _, err = await in_thread(
        run_program, "--endpoint", server.url, "--data-dir", str(tmp_path), "ask", "Hello?"
    )
    assert (code, err) == (0, "")


async def test_a_refusal_is_told_on_stderr(server: DemoServer, tmp_path: Path) -> None:
    code, out, err = await in_thread(
        run,
        "--endpoint",
        server.url_for("quota"),
        "--data-dir",
        str(tmp_path),
        "ask",
        "Hello?",
    )
    assert (code, out) == (1, "")
    assert "free quota" in err
    assert "您已多次体验过对话" in err
    assert "Traceback" not in err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
async def test_ctrl_c_ends_with_130(tmp_path: Path) -> None:
    server = DemoServer("hold")
    await server.start()
    process = start("--endpoint", server.url, "--data-dir", str(tmp_path), "ask", "Hello?")
    request = await asyncio.wait_for(server.requests.get(), 30)
    process.send_signal(signal.SIGINT)
    _, err = await asyncio.to_thread(process.communicate, timeout=30)
    await asyncio.wait_for(request.ended.wait(), 10)
    await server.stop()
    assert process.returncode == cli.INTERRUPTED
    assert err.strip() == "Stopped."


def test_ask_with_the_demo_needs_no_server(tmp_path: Path) -> None:
    code, out, err = run("--demo", "--data-dir", str(tmp_path), "ask", "Hello?")
    assert (code, err) == (0, "")
    assert "demo" in out.lower()


def test_a_password_in_an_address_is_refused_and_not_repeated(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.parse(["ask", "Hi", "--base-url", "https://me:hidden@llm.example.org/v1"])
    assert caught.value.code == 2
    assert "hidden" not in capsys.readouterr().err
    cli.parse(["ask", "Hi", "--base-url", "https://llm.example.org/@me/v1"])


def test_the_window_needs_nothing_of_the_verbs() -> None:
    code = (
        "import sys; from chatglm_desktop import cli; cli.parse(['--demo']);"
        "print([m for m in sys.modules if 'terminal' in m or 'deep_links' in m])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "[]\n"


def test_the_scheme_of_links_is_the_one_of_their_parser() -> None:
    assert cli.SCHEME == deep_links.SCHEME
    assert str(cli.parse([f"{cli.SCHEME}://conversation/a/b"]).link).endswith("/a/b")


def test_options_may_follow_a_link() -> None:
    arguments = cli.parse([f"{cli.SCHEME}://conversation/a", "--data-dir", "here", "--demo"])
    assert str(arguments.link).endswith("/a")
    assert arguments.data_dir == Path("here")
    assert arguments.demo


def test_two_links_are_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.parse([f"{cli.SCHEME}://conversation/a", f"{cli.SCHEME}://conversation/b"])
    assert "one link" in capsys.readouterr().err


def test_a_link_beside_a_verb_and_one_to_nowhere_are_usage_errors(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for words, told in (
        (["list", "chatglm-desktop://conversation/a"], "unrecognized arguments"),
        (["chatglm-desktop://nowhere"], "the link leads to no conversation"),
    ):
        with pytest.raises(SystemExit) as exit:
            cli.parse(words)
        assert exit.value.code == 2
        assert told in capsys.readouterr().err


@pytest.mark.parametrize("words", ["chatglm-desktop: how?", "chatglm-desktop://conversation/a"])
def test_what_is_asked_or_searched_may_look_like_a_link(words: str) -> None:
    asked, search = cli.parse(["ask", words]), cli.parse(["search", words])
    assert isinstance(asked.verb, Ask)
    assert isinstance(search.verb, Search)
    assert (asked.verb.question, search.verb.query) == (words, words)
    assert asked.link is None
    assert search.link is None


def test_help_names_all_verbs(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.parse(["--help"])
    told = capsys.readouterr().out
    assert all(f"    {verb} " in told for verb in cli.VERBS)

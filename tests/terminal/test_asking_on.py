# SPDX-License-Identifier: MIT
"""Questions from the command line become part of the saved conversations."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from chatglm_desktop.core.messages import Message, MessageState
from chatglm_desktop.store import Store
from tests.terminal.conftest import WEATHER, Shell


async def saved(shell: Shell, id: str) -> list[Message]:
    store = await Store.open(shell.folder / "conversations.db")
    try:
        return list((await store.load_history(id, 100)).messages)
    finally:
        await store.close()


async def only_id(shell: Shell) -> str:
    (one,) = (await shell.run("list", "--json")).objects()
    return str(one["id"])


async def test_a_saved_question_is_a_conversation_with_its_answer(
    shell: Shell, answering: str
) -> None:
    printed = await shell.run("ask", "--base-url", answering, "--save", "What is GLM?")
    assert printed.code == 0, printed.err
    id = await only_id(shell)
    assert printed.err.strip() == f"Saved as {id}."
    question, reply = await saved(shell, id)
    assert (question.text, reply.text.strip()) == ("What is GLM?", printed.out.strip())
    assert reply.state is MessageState.COMPLETE
    assert "What is GLM?" in (await shell.run("list")).out


async def test_a_question_goes_on_with_a_conversation(
    shell: Shell, library: Path, answering: str
) -> None:
    printed = await shell.run(
        "ask", "--base-url", answering, "--conversation", WEATHER[:6], "--json", "And then?"
    )
    assert printed.objects()[-1] == {"type": "saved", "conversation": WEATHER}
    messages = await saved(shell, WEATHER)
    assert [m.text for m in messages][2] == "And then?"
    assert messages[3].text == "".join(
        line["text"] for line in printed.objects() if line["type"] == "text"
    )


async def test_a_question_comes_from_stdin(shell: Shell, answering: str) -> None:
    service = ("--base-url", answering, "--save")
    await shell.run("ask", *service, stdin="from a pipe\n")
    await shell.run("ask", *service, "--stdin", "Summarise", stdin="a long text\n")
    ids = [one["id"] for one in (await shell.run("list", "--json")).objects()]
    asked = {(await saved(shell, id))[0].text for id in ids}
    assert asked == {"from a pipe", "a long text\n\nSummarise"}
    empty = await shell.run("ask", *service, "-", stdin=" \n")
    assert (empty.code, empty.err) == (2, "The question is empty.\n")


async def test_a_failure_is_told_and_kept(shell: Shell) -> None:
    nobody = "http://127.0.0.1:9/v1"
    printed = await shell.run("ask", "--base-url", nobody, "--model", "m", "--save", "Hello")
    assert printed.code == 1
    assert "127.0.0.1" in printed.err
    reply = (await saved(shell, await only_id(shell)))[1]
    assert reply.state is MessageState.FAILED


async def test_an_unknown_conversation_is_told(shell: Shell, library: Path) -> None:
    printed = await shell.run("ask", "--conversation", "fff", "Hello")
    assert (printed.code, printed.err) == (2, "There is no conversation 'fff'.\n")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")
async def test_what_arrived_before_ctrl_c_is_kept(shell: Shell, slow: str) -> None:
    process = shell.start("ask", "--base-url", slow, "--save", "Tell me a long story")
    assert process.stdout is not None
    first = await asyncio.to_thread(process.stdout.read, 1)
    process.send_signal(signal.SIGINT)
    await asyncio.to_thread(process.communicate, timeout=30)
    assert process.returncode == 130
    reply = (await saved(shell, await only_id(shell)))[1]
    assert reply.state is MessageState.STOPPED
    assert reply.text.startswith(first)


async def test_nothing_is_called_saved_that_was_not(
    shell: Shell, library: Path, answering: str
) -> None:
    with closing(sqlite3.connect(shell.folder / "conversations.db")) as connection:
        connection.execute(
            "CREATE TRIGGER refusing BEFORE INSERT ON message"
            " BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    for words in (["--save"], ["--save", "--json"]):
        printed = await shell.run("ask", "--base-url", answering, *words, "Hello")
        assert printed.code == 1
        assert printed.out.strip()
        assert "refused" in printed.err
        assert "Saved as" not in printed.err
        assert '"saved"' not in printed.out

# SPDX-License-Identifier: MIT
"""A library on disk, and the program as a process that works on it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.messages import Message, ReasoningPart, Role, TextPart
from chatglm_desktop.demo.openai_server import DialectServer
from chatglm_desktop.store import Store

WEATHER = "11111111aaaa"
RECIPE = "11112222bbbb"
OLD = "33333333cccc"
GONE = "44444444dddd"


@dataclass(frozen=True, slots=True)
class Printed:
    """What a run of the program has printed."""

    code: int
    out: str
    err: str

    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


class Shell:
    """Runs the program on the data in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def run(self, *arguments: str, stdin: str = "") -> Printed:
        return await asyncio.to_thread(self._run, arguments, stdin)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self._command(arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def _run(self, arguments: tuple[str, ...], stdin: str) -> Printed:
        done = subprocess.run(
            self._command(arguments),
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Printed(done.returncode, done.stdout, done.stderr)

    def _command(self, arguments: tuple[str, ...]) -> list[str]:
        verb, *rest = arguments
        # After the verb, as people write it.
        data = ["--data-dir", str(self.folder)]
        return [sys.executable, "-m", "chatglm_desktop", verb, *data, *rest]


@pytest_asyncio.fixture
async def answering() -> AsyncIterator[str]:
    """The address of a server that answers at once, without a key."""
    server = DialectServer("ollama", pace=0.0)
    await server.start()
    yield server.url
    await server.stop()


@pytest_asyncio.fixture
async def slow() -> AsyncIterator[str]:
    """The address of one that takes minutes for a long answer."""
    server = DialectServer("ollama", pace=20.0)
    await server.start()
    yield server.url
    await server.stop()


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "data")


@pytest_asyncio.fixture
async def library(shell: Shell) -> Path:
    """Two conversations, one of them in a folder, one in the archive and one in the trash."""
    file = shell.folder / "conversations.db"
    store = await Store.open(file)
    await store.arrangement.arrange((), [(None, Folder("f", "Kitchen", 1.0))])
    for summary in (
        ConversationSummary(WEATHER, "天气 & weather", 1.0, 1_700_000_200.0),
        ConversationSummary(RECIPE, "Soup", 1.0, 1_700_000_100.0, folder_id="f"),
        ConversationSummary(OLD, "Old", 1.0, 1_600_000_000.0, archived_at=5.0),
        ConversationSummary(GONE, "Gone", 1.0, 1.0, trashed_at=1_999_999_999.0),
    ):
        await store.create_conversation(summary)
        text = f"How about {summary.title}?"
        question = Message(f"{summary.id}q", Role.USER, (TextPart(text),), summary.updated_at)
        reply = Message(
            f"{summary.id}r",
            Role.ASSISTANT,
            (ReasoningPart("Let me ponder.", 1.0), TextPart("明天会下雨。 It *will* rain.")),
            summary.updated_at,
            question.id,
            model="glm-5",
        )
        await store.add_message(summary.id, question)
        await store.add_message(summary.id, reply)
    await store.close()
    return file

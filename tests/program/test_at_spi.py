# SPDX-License-Identifier: MIT
"""The window as a screen reader on Linux sees it: a real X server, a real bus, a real client."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.helpers.at_spi import Bus, Node

NEEDED = ("Xvfb", "dbus-daemon", "dbus-send", "/usr/libexec/at-spi-bus-launcher")
pytestmark = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in NEEDED),
    reason="needs Xvfb, dbus and at-spi2-core, which only Linux has",
)

PROGRAM = """
import asyncio, sys
from chatglm_desktop import app, unattended

async def errand(stage):
    page = stage.workspace.page(stage.workspace.current_id)
    page.composer.set_text("Hello\\n/demo answer")
    page.composer.submit()
    while page.composer.running:
        await asyncio.sleep(0.01)
    print("ready", flush=True)
    await asyncio.Event().wait()

unattended.errand = lambda arguments: errand
sys.exit(app.main(sys.argv[1:]))
"""


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def start(stack: ExitStack, *command: str, environment: dict[str, str]) -> str:
    """Start a process that ends with the test; the first line that it writes."""
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    stack.callback(process.communicate)
    stack.callback(process.terminate)
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.fixture
def bus(stack: ExitStack, tmp_path: Path) -> Bus:
    """The program runs, an answer has arrived, and a screen reader could connect."""
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    screen = start(
        stack, "Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", environment=environment
    )
    environment["DISPLAY"] = f":{screen}"
    address = start(
        stack, "dbus-daemon", "--session", "--nofork", "--print-address", environment=environment
    )
    environment["DBUS_SESSION_BUS_ADDRESS"] = address
    bus = Bus(address)
    environment["QT_QPA_PLATFORM"] = "xcb"
    environment["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = environment["QT_ACCESSIBILITY"] = "1"
    arguments = ("--demo", "--data-dir", str(tmp_path / "data"))
    ready = start(stack, sys.executable, "-c", PROGRAM, *arguments, environment=environment)
    assert ready == "ready"
    return bus


def conversation(bus: Bus) -> Node:
    """The list of messages."""
    nodes = (node for program in bus.programs() for node in program.below())
    return next(node for node in nodes if node.role == "list" and node.name == "Conversation")


def dump(node: Node) -> list[str]:
    """A line for each message."""
    return [
        f"{child.role}: {child.name}, {child.description}: {child.text.splitlines()[0]}"
        for child in node.children()
    ]


def test_a_screen_reader_can_read_select_and_act(bus: Bus) -> None:
    messages = conversation(bus)
    question, answer = messages.children()
    assert dump(messages) == [
        "list item: You said, 1 of 2: Hello",
        f"list item: ChatGLM said, 2 of 2: {answer.text.splitlines()[0]}",
    ]
    length = len(answer.text)
    assert length > 200
    assert answer.number("Text.GetCharacterExtents", "int32:1", "uint32:0") > 0
    answer.ask("Text.SetCaretOffset", "int32:7")
    assert answer.caret == 7
    answer.ask("Text.AddSelection", "int32:0", "int32:5")
    assert answer.caret == 5
    assert any(action.startswith("Copy") for action in answer.actions)
    assert "boolean true" in answer.ask("Action.DoAction", f"int32:{answer.actions.index('Copy')}")
    assert question.text.startswith("Hello")

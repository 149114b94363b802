# SPDX-License-Identifier: MIT
"""Conversations of other programs are taken in from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.chat.importing.exports import chatgpt_simple
from tests.terminal.conftest import Shell


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """As NextChat writes a single chat's neighbours: a store of sessions."""
    message = {"id": "m1", "role": "user", "content": "Hello 你好", "date": "2024/5/1 10:00:00"}
    reply = {"id": "m2", "role": "assistant", "content": "Hi", "date": "2024/5/1 10:00:05"}
    session = {
        "id": "s1",
        "topic": "Greeting",
        "messages": [message, reply],
        "lastUpdate": 1714557605000,
        "mask": {"name": "", "context": [], "modelConfig": {"model": "glm-4"}},
    }
    file = tmp_path / "export.json"
    file.write_text(json.dumps({"chat-next-web-store": {"sessions": [session]}}))
    return file


async def test_a_dry_run_only_says_what_would_be(shell: Shell, export: Path) -> None:
    printed = await shell.run("import", str(export), "--dry-run")
    assert printed.out.splitlines() == [
        "From NextChat. Conversations: 1 new, 0 with new messages, 0 here already.",
        "Messages: 2, files: 0.",
    ]
    assert (await shell.run("list")).out == ""


async def test_a_second_import_adds_nothing(shell: Shell, export: Path) -> None:
    preview, imported = (await shell.run("import", str(export), "--json")).objects()
    assert (preview["type"], preview["new"], preview["messages"]) == ("preview", 1, 2)
    assert (imported["type"], imported["messages"]) == ("imported", 2)
    assert (await shell.run("list")).out.strip().endswith("Greeting")
    (again,) = (await shell.run("import", str(export), "--json")).objects()
    assert (again["new"], again["known"]) == (0, 1)
    assert len((await shell.run("list")).out.splitlines()) == 1


async def test_it_can_go_into_a_folder(shell: Shell, export: Path) -> None:
    printed = await shell.run("import", str(export), "--folder", "From NextChat")
    assert printed.out.splitlines()[-1].startswith("Imported. Messages: 2, conversations: 1 new")
    assert (await shell.run("list")).out.strip().endswith("[From NextChat]")


async def test_a_file_that_cannot_be_imported_is_told(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing of the kind")
    printed = await shell.run("import", str(tmp_path / "notes.txt"))
    assert (printed.code, printed.out) == (1, "")
    assert len(printed.err.splitlines()) == 2
    assert (await shell.run("list")).out == ""


async def test_a_file_whose_conversations_are_all_broken_is_a_failure(
    shell: Shell, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps([{**chatgpt_simple(), "mapping": []}]))
    for more in ([], ["--dry-run"]):
        printed = await shell.run("import", str(broken), *more)
        assert printed.code == 1
        assert "Left out: " in printed.out

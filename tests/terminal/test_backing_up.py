# SPDX-License-Identifier: MIT
"""Copies are made, listed and put back from the command line."""

from __future__ import annotations

from pathlib import Path

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.store import Store
from tests.terminal.conftest import Shell


async def test_a_copy_is_put_back_and_the_present_kept(shell: Shell, library: Path) -> None:
    made = await shell.run("backup")
    copy = made.out.strip()
    assert Path(copy).parent == library.parent / "snapshots"
    store = await Store.open(library)
    await store.create_conversation(ConversationSummary("later", "Later", 1.0, 2e9))
    await store.close()
    restored = await shell.run("backup", "--restore", copy)
    assert restored.out.splitlines()[0] == "Conversations: 3, messages: 8."
    assert "Later" not in (await shell.run("list")).out
    before = restored.out.split(": ")[-1].strip()
    again = await shell.run("backup", "--restore", before, "--json")
    assert again.objects()[0]["conversations"] == 4
    assert "Later" in (await shell.run("list")).out


async def test_copies_are_listed(shell: Shell, library: Path) -> None:
    (made,) = (await shell.run("backup", "--json")).objects()
    (listed,) = (await shell.run("backup", "--list", "--json")).objects()
    assert listed["file"] == made["file"]
    assert listed["reason"] == "manual"
    assert made["file"] in (await shell.run("backup", "--list")).out


async def test_a_copy_goes_where_it_is_wanted(shell: Shell, library: Path, tmp_path: Path) -> None:
    printed = await shell.run("backup", "--output", str(tmp_path / "mine.db"))
    assert printed.out.strip() == str(tmp_path / "mine.db")
    store = await Store.open(tmp_path / "mine.db")
    assert len(await store.conversations()) == 3
    await store.close()


async def test_what_is_no_copy_is_refused(shell: Shell, library: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database" * 20)
    printed = await shell.run("backup", "--restore", str(tmp_path / "notes.txt"))
    assert (printed.code, printed.out) == (1, "")
    assert printed.err.startswith("This copy cannot be read")
    printed = await shell.run("backup", "--restore", str(tmp_path / "nowhere.db"))
    assert printed.err.startswith("This copy cannot be read")
    assert len((await shell.run("list")).out.splitlines()) == 2

# SPDX-License-Identifier: MIT
"""Conversations are written to files from the command line."""

# ruff: noqa: ASYNC240 # files are small here

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.terminal.conftest import RECIPE, WEATHER, Shell


@pytest.mark.parametrize(
    ("format", "begins"),
    [("md", b"#"), ("html", b"<!DOCTYPE html>"), ("txt", b""), ("json", b"{"), ("pdf", b"%PDF")],
)
async def test_one_conversation_is_written_in_each_format(
    shell: Shell, library: Path, tmp_path: Path, format: str, begins: bytes
) -> None:
    target = tmp_path / f"out.{format}"
    printed = await shell.run("export", "11111", "--format", format, "--output", str(target))
    assert (printed.code, printed.err) == (0, "")
    assert printed.out.strip() == str(target)
    data = target.read_bytes()
    assert data.lower().startswith(begins.lower())
    assert format == "pdf" or "明天会下雨".encode() in data or b"\\u660e" in data


async def test_all_are_written_and_counted(shell: Shell, library: Path, tmp_path: Path) -> None:
    target = tmp_path / "all.json"
    printed = await shell.run(
        "export", "--all", "--format", "json", "--output", str(target), "--json"
    )
    (told,) = printed.objects()
    assert (told["conversations"], told["messages"], told["path"]) == (3, 6, str(target))
    values = json.loads(target.read_bytes())
    assert {one["id"] for one in values["conversations"]} > {WEATHER, RECIPE}


async def test_thinking_is_written_if_wanted(shell: Shell, library: Path, tmp_path: Path) -> None:
    for options, there in (((), False), (("--thinking",), True)):
        target = tmp_path / f"{there}.md"
        await shell.run("export", WEATHER, "--output", str(target), *options)
        assert ("ponder" in target.read_text(encoding="utf-8")) is there


async def test_several_go_into_a_folder(shell: Shell, library: Path, tmp_path: Path) -> None:
    target = tmp_path / "folder"
    await shell.run("export", WEATHER, RECIPE, "--format", "txt", "--output", str(target))
    assert len([*target.rglob("*.txt")]) == 2


async def test_what_cannot_be_written_is_told(shell: Shell, library: Path, tmp_path: Path) -> None:
    unknown = await shell.run("export", "999", "--output", str(tmp_path / "x.md"))
    assert (unknown.code, unknown.err) == (2, "There is no conversation '999'.\n")
    several = await shell.run("export", "1111", "--output", str(tmp_path / "x.md"))
    assert several.err == "The ids of 2 conversations begin with '1111'.\n"
    nowhere = await shell.run("export", WEATHER, "--output", str(tmp_path / "no" / "x.md"))
    assert nowhere.code == 1
    assert "folder" in nowhere.err
    assert not [*tmp_path.glob("x*")]

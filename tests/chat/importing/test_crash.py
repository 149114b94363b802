# SPDX-License-Identifier: MIT
"""A process that is killed while it imports leaves every conversation whole or absent."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

import chatglm_desktop
from chatglm_desktop.chat.importing import importer as importing
from chatglm_desktop.chat.importing.importer import Importer
from chatglm_desktop.chat.importing.plan import Target
from chatglm_desktop.chat.reading import Reading
from chatglm_desktop.core.imports import Imported, Written
from chatglm_desktop.store import Store
from tests.chat.importing.conftest import NOW, Shelf
from tests.chat.importing.exports import chatgpt_simple

COUNT = 300


def importer_for(store: Store) -> Importer:
    shelf = Shelf()
    return Importer(store, shelf.keep, shelf.put, lambda: NOW)


async def import_aloud(database: Path, export: Path) -> None:
    """Import in small steps, and say of each that it is done."""
    importing.MOST_MESSAGES = 20
    store = await Store.open(database)
    write = store.importing.write

    async def told(batch: list[Imported], *more: object) -> Written:
        written = await write(batch, *more)  # type: ignore[arg-type]
        sys.stdout.write("step\n")
        sys.stdout.flush()
        return written

    store.importing.write = told  # type: ignore[assignment, method-assign]
    importer = importer_for(store)
    preview = await importer.look(export, Reading())
    await importer.take_in(preview, Target(new_folder="ChatGPT"), Reading())


@pytest.mark.parametrize("steps", [1, 17])
async def test_a_killed_import_can_be_done_again(tmp_path: Path, steps: int) -> None:
    database, export = tmp_path / "conversations.db", tmp_path / "export.json"
    several = [
        chatgpt_simple() | {"conversation_id": f"c{n}", "title": f"Number {n}"}
        for n in range(COUNT)
    ]
    export.write_text(json.dumps(several), encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        __file__,
        str(database),
        str(export),
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(chatglm_desktop.__file__).parents[1])},
    )
    assert process.stdout is not None
    for _ in range(steps):
        assert await process.stdout.readline() == b"step\n"
    process.kill()
    await process.communicate()

    store = await Store.open(database)
    there = await store.conversations()
    assert 5 * steps <= len(there) < COUNT
    for summary in there:
        tree, _ = await store.saved.tree(summary.id, 0, 100)
        assert len(tree) == 4
        assert (await store.load_history(summary.id, 100)).length == 3
    importer = importer_for(store)
    preview = await importer.look(export, Reading())
    assert (preview.new, preview.grown) == (COUNT - len(there), 0)
    await importer.take_in(preview, Target(), Reading())
    assert len(await store.conversations()) == COUNT
    await store.close()


if __name__ == "__main__":
    asyncio.run(import_aloud(Path(sys.argv[1]), Path(sys.argv[2])))

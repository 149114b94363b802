# SPDX-License-Identifier: MIT
"""Makes, lists and puts back copies of all conversations from the command line; no window."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from chatglm_desktop.store import Store
from chatglm_desktop.store.snapshot_files import SnapshotFiles
from chatglm_desktop.terminal.neighbour import is_running

if TYPE_CHECKING:
    from pathlib import Path

    from chatglm_desktop.core.backups import Snapshot
    from chatglm_desktop.settings.paths import Paths
    from chatglm_desktop.terminal.verbs import Backup


async def run(verb: Backup, paths: Paths) -> int:
    """Returns 0, or 1 after saying why not. Raises StoreErrors."""
    files = SnapshotFiles(paths.database)
    if verb.list:
        for snapshot in await asyncio.to_thread(files.list):
            print(_line(snapshot, as_json=verb.json))
        return 0
    if verb.restore is not None:
        return await _restore(files, verb.restore, paths, as_json=verb.json)
    # So that there is something to copy, of this version.
    await (await Store.open(paths.database)).close()
    if verb.output is not None:
        file = verb.output.expanduser().absolute()
        await asyncio.to_thread(files.save_copy, file)
    else:
        file = (await asyncio.to_thread(files.take, "manual")).file
    print(json.dumps({"file": str(file)}, ensure_ascii=False) if verb.json else file)
    return 0


async def _restore(files: SnapshotFiles, file: Path, paths: Paths, *, as_json: bool) -> int:
    if await asyncio.to_thread(is_running, paths):
        print(
            "The window has these conversations open. Close it, or restore there.", file=sys.stderr
        )
        return 1
    contents = await asyncio.to_thread(files.look_into, file)
    before = await asyncio.to_thread(files.put_back, file)
    store = await Store.open(paths.database)
    await store.close()
    if as_json:
        values = {
            "conversations": contents.conversations,
            "messages": contents.messages,
            "before": None if before is None else str(before.file),
        }
        print(json.dumps(values, ensure_ascii=False))
        return 0
    print(f"Conversations: {contents.conversations}, messages: {contents.messages}.")
    if before is not None:
        print(f"What was there before is kept: {before.file}")
    return 0


def _line(snapshot: Snapshot, *, as_json: bool) -> str:
    taken_at = datetime.fromtimestamp(snapshot.taken_at, UTC)
    if as_json:
        values = {
            "file": str(snapshot.file),
            "taken_at": snapshot.taken_at,
            "reason": snapshot.reason,
            "size": snapshot.size,
        }
        return json.dumps(values, ensure_ascii=False)
    moment = taken_at.astimezone().strftime("%Y-%m-%d %H:%M")
    return f"{moment}  {snapshot.reason:8}{snapshot.size:>12,} B  {snapshot.file}"

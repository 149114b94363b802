# SPDX-License-Identifier: MIT
"""Prints conversations and what is found in them; no window."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

from chatglm_desktop.store import Store
from chatglm_desktop.terminal.conversations import folder_path, on_shelf
from chatglm_desktop.terminal.verbs import ListConversations

if TYPE_CHECKING:
    from chatglm_desktop.core.conversation import ConversationSummary
    from chatglm_desktop.core.folders import Folder
    from chatglm_desktop.settings.paths import Paths

SHOWN_OF_ID = 8
"""Characters of an id that are printed: enough to name it by."""


async def run(verb: ListConversations, paths: Paths, out: TextIO) -> int:
    """Returns 0. Raises StoreErrors and NotConfigured."""
    store = await Store.open(paths.database)
    try:
        return await _list(store, verb, out)
    finally:
        await store.close()


async def _list(store: Store, verb: ListConversations, out: TextIO) -> int:
    folders = {folder.id: folder for folder in await store.arrangement.folders()}
    found = await on_shelf(store, verb.shelf, verb.folder)
    for summary in found[: verb.limit or None]:
        print(_line(summary, folders, as_json=verb.json), file=out)
    return 0


def _line(summary: ConversationSummary, folders: dict[str, Folder], *, as_json: bool) -> str:
    folder = folder_path(folders, summary)
    if as_json:
        return _json(
            id=summary.id,
            title=summary.title,
            folder=folder,
            created_at=summary.created_at,
            updated_at=summary.updated_at,
            pinned=summary.pinned,
            archived_at=summary.archived_at,
            trashed_at=summary.trashed_at,
        )
    marks = f"  [{folder}]" if folder else ""
    title = summary.title or "New conversation"
    return f"{summary.id[:SHOWN_OF_ID]}  {_moment(summary.updated_at)}  {title}{marks}"


def _json(**values: object) -> str:
    return json.dumps(values, ensure_ascii=False)


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at).strftime("%Y-%m-%d %H:%M")

# SPDX-License-Identifier: MIT
"""Prints conversations and what is found in them; no window."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, TextIO, assert_never

from chatglm_desktop.chat.searching import Searching
from chatglm_desktop.store import Store
from chatglm_desktop.terminal.conversations import folder_path, on_shelf
from chatglm_desktop.terminal.verbs import ListConversations, Search

if TYPE_CHECKING:
    from chatglm_desktop.core.conversation import ConversationSummary
    from chatglm_desktop.core.folders import Folder
    from chatglm_desktop.core.search import Hit
    from chatglm_desktop.settings.paths import Paths

SHOWN_OF_ID = 8
"""Characters of an id that are printed: enough to name it by."""


async def run(verb: ListConversations | Search, paths: Paths, out: TextIO) -> int:
    """Returns 0, or 1 if nothing is found. Raises StoreErrors and NotConfigured."""
    store = await Store.open(paths.database)
    try:
        match verb:
            case ListConversations():
                return await _list(store, verb, out)
            case Search():
                return await _search(store, verb, out)
            case _:
                assert_never(verb)
    finally:
        await store.close()


async def _list(store: Store, verb: ListConversations, out: TextIO) -> int:
    folders = {folder.id: folder for folder in await store.arrangement.folders()}
    found = await on_shelf(store, verb.shelf, verb.folder)
    for summary in found[: verb.limit or None]:
        print(_line(summary, folders, as_json=verb.json), file=out)
    return 0


async def _search(store: Store, verb: Search, out: TextIO) -> int:
    searching = Searching(store)
    # What an older version has written is not in the index yet.
    await searching.complete()
    hits = await searching.find(verb.query, verb.order, verb.limit)
    for hit in hits:
        print(_json_hit(hit) if verb.json else _hit(hit), file=out)
    return 0 if hits else 1


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


def _hit(hit: Hit) -> str:
    labels = [
        label
        for label, there in (
            ("thinking", hit.place == "thinking"),
            ("another version", hit.hidden),
            ("archived", hit.archived),
        )
        if there
    ]
    marks = f"  ({', '.join(labels)})" if labels else ""
    title = hit.title or "New conversation"
    head = f"{hit.conversation_id[:SHOWN_OF_ID]}  {_moment(hit.created_at)}  {title}{marks}"
    snippet = " ".join(hit.snippet.split())
    return head if hit.place == "title" else f"{head}\n          {snippet}"


def _json_hit(hit: Hit) -> str:
    return _json(
        conversation=hit.conversation_id,
        message=hit.message_id,
        title=hit.title,
        role=None if hit.role is None else hit.role.value,
        created_at=hit.created_at,
        snippet=hit.snippet,
        marks=[list(mark) for mark in hit.marks],
        place=hit.place,
        hidden=hit.hidden,
        archived=hit.archived,
        model=hit.model,
    )


def _json(**values: object) -> str:
    return json.dumps(values, ensure_ascii=False)


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at).strftime("%Y-%m-%d %H:%M")

# SPDX-License-Identifier: MIT
"""Finds what is named on the command line in the store, by the beginning of its id; no window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatglm_desktop.core.errors import NotConfigured
from chatglm_desktop.core.folders import Folder, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chatglm_desktop.core.conversation import ConversationSummary
    from chatglm_desktop.store import Store
    from chatglm_desktop.terminal.verbs import Shelf


async def conversation_named(store: Store, beginning: str) -> str:
    """As :func:`conversations_named`, of one."""
    (id,) = await conversations_named(store, [beginning])
    return id


async def conversations_named(store: Store, beginnings: Sequence[str]) -> list[str]:
    """For each, the id of the only conversation whose id begins so, in the archive or not.

    Raises NotConfigured if there is none or are several, and StoreErrors.
    """
    # Of none, nothing has to be read.
    ids = [summary.id for summary in await store.conversations()] if beginnings else []
    return [_named(ids, beginning) for beginning in beginnings]


async def on_shelf(store: Store, shelf: Shelf, folder: str) -> list[ConversationSummary]:
    """The conversations that lie there, the newest first, or those in the folder of that name.

    Raises NotConfigured if there is no such folder, and StoreErrors.
    """
    if shelf == "trash":
        found = await store.trash()
    else:
        archived = shelf == "archived"
        saved = await store.conversations()
        found = [one for one in saved if (one.archived_at is not None) == archived]
    if not folder:
        return found
    inside = await folders_named(store, folder)
    return [one for one in found if one.folder_id in inside]


async def folders_named(store: Store, name: str) -> frozenset[str]:
    """The folders that are called so, with those in them. Raises NotConfigured for none."""
    folders = [one for one in await store.arrangement.folders() if one.trashed_at is None]
    found = [one.id for one in folders if one.name.casefold() == name.casefold()]
    if not found:
        raise NotConfigured(f"There is no folder {name!r}.")
    return frozenset[str]().union(*(within(folders, id) for id in found))


def folder_path(folders: dict[str, Folder], summary: ConversationSummary) -> str:
    """The name of the folder that a conversation lies in, "" if it lies in none."""
    folder = folders.get(summary.folder_id or "")
    return folder.name if folder else ""


def _named(ids: Sequence[str], beginning: str) -> str:
    found = [id for id in ids if id.startswith(beginning.lower())]
    if beginning in found:
        return beginning
    if not found:
        raise NotConfigured(f"There is no conversation {beginning!r}.")
    if len(found) > 1:
        raise NotConfigured(f"The ids of {len(found)} conversations begin with {beginning!r}.")
    return found[0]

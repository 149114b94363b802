# SPDX-License-Identifier: MIT
from __future__ import annotations

from chatglm_desktop.chat.purging import purge
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.listing import TRASH_KEPT
from chatglm_desktop.store import Store

NOW = 10 * TRASH_KEPT


async def test_what_lay_in_the_trash_for_long_is_deleted(store: Store) -> None:
    old, fresh = NOW - TRASH_KEPT - 1, NOW - TRASH_KEPT + 1
    for id, at in (("old", old), ("fresh", fresh), ("used", None)):
        await store.create_conversation(ConversationSummary(id, "", 1.0, 1.0, trashed_at=at))
        await store.arrangement.arrange((), [(None, Folder(id, id, 1.0, trashed_at=at))])
    for _ in range(2):
        await purge(store, lambda: NOW)
        found = await store.arrangement.summaries(["old", "fresh", "used"])
        assert [summary.id for summary in found] == ["fresh", "used"]
        assert [folder.id for folder in await store.arrangement.folders()] == ["fresh", "used"]


async def test_a_store_that_cannot_be_used_stops_nothing(store: Store) -> None:
    await store.close()
    await purge(store, lambda: NOW)

# SPDX-License-Identifier: MIT
from __future__ import annotations

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.store import Store
from chatglm_desktop.store.deleting import AT_ONCE


async def test_only_what_lies_in_the_trash_is_deleted(store: Store) -> None:
    for number in range(AT_ONCE + 2):
        at = None if number == 0 else float(number)
        await store.create_conversation(ConversationSummary(str(number), "", 1, 1, trashed_at=at))
    arrangement = store.arrangement
    assert await arrangement.trashed(older_than=3.0) == ["1", "2"]
    all_of_them = [str(number) for number in range(AT_ONCE + 2)]
    assert await arrangement.trashed() == all_of_them[1:]
    await arrangement.delete_trashed(all_of_them)
    assert [summary.id for summary in await store.conversations()] == ["0"]
    assert await arrangement.trashed() == []


async def test_a_folder_stays_as_long_as_something_can_come_back_to_it(store: Store) -> None:
    folders = [Folder(id, id, 1.0, trashed_at=at) for id, at in (("a", 1.0), ("b", 5.0))]
    folders.append(Folder("used", "used", 1.0))
    arrangement = store.arrangement
    await arrangement.arrange((), [(None, folder) for folder in folders])
    await store.create_conversation(
        ConversationSummary("c", "", 1.0, 1.0, folder_id="a", trashed_at=5.0)
    )
    await arrangement.delete_trashed_folders(older_than=3.0)
    assert await arrangement.folders() == tuple(folders)
    await arrangement.delete_trashed(["c"])
    await arrangement.delete_trashed_folders(older_than=3.0)
    assert await arrangement.folders() == tuple(folders[1:])
    await arrangement.delete_trashed_folders()
    assert await arrangement.folders() == tuple(folders[2:])

# SPDX-License-Identifier: MIT
"""Every verb of the library's order, on a real store."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from chatglm_desktop.chat.conversations import Library
from chatglm_desktop.chat.organiser import Organiser
from chatglm_desktop.chat.service import ServiceFor
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.arranging import Step
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.errors import DiskFull, StoreError
from chatglm_desktop.core.messages import MessageState
from chatglm_desktop.store import Store


class Desk:
    """An organiser and what a test looks at."""

    def __init__(self, store: Store, service: ServiceFor, tasks: Tasks) -> None:
        self.store, self.tasks = store, tasks
        self.conversations = Library(store, service, tasks)
        times: Iterator[int] = count(100)
        self.organiser = Organiser(self.conversations, store, lambda: float(next(times)))
        self.done: list[Step] = []
        self.organiser.done.connect(self.done.append)

    async def add(self, *ids: str) -> None:
        for id in ids:
            await self.store.create_conversation(ConversationSummary(id, id.upper(), 1.0, 1.0))

    async def one(self, id: str) -> ConversationSummary:
        """The conversation as it stands in the store."""
        await self.conversations.undo.settled()
        (found,) = await self.store.arrangement.summaries([id])
        return found

    async def undo(self, times: int = 1) -> None:
        for _ in range(times):
            self.conversations.undo.undo()
        await self.conversations.undo.settled()

    async def redo(self, times: int = 1) -> None:
        for _ in range(times):
            self.conversations.undo.redo()
        await self.conversations.undo.settled()

    async def settled(self) -> None:
        await self.conversations.undo.settled()

    async def names(self) -> list[str]:
        """The folders in use, as the store has them."""
        await self.settled()
        folders = await self.store.arrangement.folders()
        assert {f.id: f for f in folders} == dict(self.conversations.all_folders)
        return [folder.name for folder in folders if folder.trashed_at is None]


@pytest.fixture
async def desk(store: Store, service: ServiceFor, tasks: Tasks) -> Desk:
    desk = Desk(store, service, tasks)
    await desk.add("a", "b")
    await desk.conversations.load()
    await desk.conversations.summaries(["a", "b"])
    return desk


async def test_a_title_given_by_hand_can_be_taken_back(desk: Desk) -> None:
    desk.organiser.rename("a", "  My\n title ")
    renamed = await desk.one("a")
    assert (renamed.title, renamed.titled_by_user) == ("My title", True)
    assert desk.conversations.title("a") == "My title"
    await desk.undo()
    assert ((await desk.one("a")).title, (await desk.one("a")).titled_by_user) == ("A", False)
    await desk.redo()
    assert (await desk.one("a")).title == "My title"


async def test_what_changes_nothing_is_no_step(desk: Desk) -> None:
    desk.organiser.rename("a", "   ")
    desk.organiser.rename("nobody", "Title")
    desk.organiser.pin(["a"], False)
    desk.organiser.move(["a"], None)
    desk.organiser.move(["a"], "nowhere")
    desk.organiser.restore(["a"])
    desk.organiser.rename_folder("nowhere", "Name")
    desk.organiser.rename_folder("nowhere", " ")
    desk.organiser.move_folder("nowhere", None)
    desk.organiser.expand_folder("nowhere", True)
    desk.organiser.trash_folder("nowhere")
    desk.organiser.restore_folder("nowhere")
    desk.organiser.new_folder("Name", "nowhere")
    await desk.settled()
    assert desk.done == []
    assert not desk.conversations.undo.can_undo
    assert await desk.names() == []


async def test_a_conversation_stands_in_one_list(desk: Desk) -> None:
    folder = desk.organiser.new_folder("Work")
    desk.organiser.archive(["a"], True)
    assert (await desk.one("a")).archived_at == 101.0
    desk.organiser.archive(["a"], True)
    desk.organiser.pin(["a"], True)
    pinned = await desk.one("a")
    assert (pinned.pinned, pinned.archived_at) == (True, None)
    desk.organiser.move(["a", "b"], folder)
    moved = await desk.one("a")
    assert (moved.pinned, moved.folder_id) == (False, folder)
    assert (await desk.one("b")).folder_id == folder
    desk.organiser.colour(["a"], "red")
    assert (await desk.one("a")).colour == "red"
    assert [step.kind for step in desk.done] == ["new_folder", "archive", "pin", "move", "colour"]
    await desk.undo(3)
    assert await desk.one("a") == ConversationSummary("a", "A", 1.0, 1.0, archived_at=101.0)
    desk.organiser.archive(["a", "b"], False)
    assert (await desk.one("a")).archived_at is None


async def test_the_trash_gives_back(desk: Desk) -> None:
    desk.organiser.trash(["a"])
    assert (await desk.one("a")).trashed_at == 100.0
    assert "a" not in desk.conversations
    desk.organiser.trash(["a", "b"])
    desk.organiser.pin(["a"], True)
    desk.organiser.archive(["a"], True)
    await desk.settled()
    assert [len(step.conversations) for step in desk.done] == [1, 1]
    desk.organiser.restore(["a", "b"])
    assert (await desk.one("a")) == ConversationSummary("a", "A", 1.0, 1.0)
    assert "b" in desk.conversations
    await desk.undo(3)
    assert "a" in desk.conversations
    await desk.redo(3)
    assert "b" in desk.conversations


async def test_one_step_is_taken_back_by_its_message(desk: Desk) -> None:
    desk.organiser.trash(["a"])
    desk.organiser.rename("b", "Other")
    await desk.settled()
    for _ in range(2):
        desk.organiser.take_back(desk.done[0])
    await desk.settled()
    assert "a" in desk.conversations
    assert (await desk.one("b")).title == "Other"


async def test_trash_stops_a_running_reply(desk: Desk) -> None:
    session = desk.conversations.new()
    session.send("Hi")
    assert desk.conversations.running == [session]
    desk.organiser.trash([session.id])
    await desk.tasks.finish()
    assert desk.conversations.running == []
    assert [s.id for s in await desk.store.trash()] == [session.id]
    assert session.history.messages[-1].state is MessageState.STOPPED


async def test_folders_lie_in_folders_and_never_in_themselves(desk: Desk) -> None:
    organiser = desk.organiser
    outer = organiser.new_folder("  Outer \n")
    inner = organiser.new_folder("Inner", outer)
    organiser.move_folder(outer, inner)
    organiser.rename_folder(inner, "Within")
    organiser.colour_folder(inner, "green")
    organiser.set_folder_prompt(inner, " Be brief. ")
    organiser.expand_folder(inner, False)
    assert await desk.names() == ["Outer", "Within"]
    folder = desk.conversations.folders[inner]
    assert (folder.parent_id, folder.colour, folder.system_prompt, folder.expanded) == (
        outer,
        "green",
        "Be brief.",
        False,
    )
    organiser.move_folder(inner, None)
    await desk.settled()
    assert desk.conversations.folders[inner].parent_id is None
    await desk.undo(6)
    assert await desk.names() == []
    await desk.redo(6)
    assert await desk.names() == ["Outer", "Within"]
    assert desk.conversations.folders[inner].system_prompt == "Be brief."


async def test_a_folder_goes_to_the_trash_with_all_in_it_and_comes_back(desk: Desk) -> None:
    organiser = desk.organiser
    outer = organiser.new_folder("Outer")
    inner = organiser.new_folder("Inner", outer)
    organiser.move(["a"], inner)
    organiser.move(["b"], outer)
    organiser.trash(["b"])
    organiser.trash_folder(outer)
    assert await desk.names() == []
    assert (await desk.one("a")).trashed_at == 103.0
    organiser.rename_folder(outer, "in the trash")
    organiser.move(["a"], outer)
    organiser.restore_folder(outer)
    assert await desk.names() == ["Inner", "Outer"]
    assert (await desk.one("a")).trashed_at is None
    # It was there before.
    assert (await desk.one("b")).trashed_at is not None
    await desk.undo()
    assert await desk.names() == []
    organiser.restore_folder(inner)
    assert await desk.names() == ["Inner", "Outer"]
    assert (await desk.one("a")).trashed_at is None
    organiser.restore_folder(inner)
    await desk.undo(2)
    assert await desk.names() == ["Inner", "Outer"]


async def test_a_conversation_brings_its_folders_back(desk: Desk) -> None:
    outer = desk.organiser.new_folder("Outer")
    inner = desk.organiser.new_folder("Inner", outer)
    desk.organiser.move(["a", "b"], inner)
    desk.organiser.trash_folder(outer)
    desk.organiser.restore(["a"])
    assert await desk.names() == ["Inner", "Outer"]
    assert (await desk.one("a")).folder_id == inner
    assert (await desk.one("b")).trashed_at is not None
    await desk.undo()
    assert await desk.names() == []


async def test_what_is_deleted_forever_is_no_step_and_stops_no_other(desk: Desk) -> None:
    deleted: list[frozenset[str]] = []
    desk.organiser.deleted.connect(deleted.append)
    desk.organiser.rename("a", "Other")
    desk.organiser.trash(["a"])
    desk.organiser.delete_forever(["a", "b"])
    await desk.settled()
    assert deleted == [frozenset(["a"])]
    assert desk.conversations.summary("a") is None
    assert "b" in desk.conversations
    await desk.undo(2)
    assert not desk.conversations.undo.can_undo
    assert [summary.id for summary in await desk.store.conversations()] == ["b"]


async def test_an_emptied_trash_takes_its_folders_along(desk: Desk) -> None:
    folder = desk.organiser.new_folder("Folder")
    desk.organiser.move(["a"], folder)
    desk.organiser.move(["a"], None)
    desk.organiser.trash_folder(folder)
    desk.organiser.trash(["b"])
    desk.organiser.empty_trash()
    await desk.settled()
    assert desk.conversations.all_folders == {}
    # The folder to which the step would take it back is gone for good.
    await desk.undo(4)
    assert (await desk.one("a")).folder_id is None
    assert await desk.store.trash() == []


async def test_what_a_running_reply_has_to_save_comes_before_its_end(
    desk: Desk, store: Store
) -> None:
    failures: list[StoreError] = []
    desk.conversations.failed.connect(failures.append)
    session = desk.conversations.new()
    session.send("Hi")
    desk.organiser.trash([session.id])
    await desk.tasks.finish()
    again = await desk.conversations.open(session.id)
    again.send("In the trash")
    desk.organiser.delete_forever([session.id])
    await desk.tasks.finish()
    assert failures == []
    with pytest.raises(KeyError):
        await desk.conversations.open(session.id)


async def test_what_the_store_refuses_is_told_and_no_step(desk: Desk) -> None:
    failures: list[StoreError] = []
    desk.conversations.failed.connect(failures.append)

    async def refuse(*_: object) -> None:
        raise DiskFull("no space")

    # A disk cannot be filled here; the store's own tests fill one.
    desk.store.arrangement.arrange = refuse  # type: ignore[method-assign, assignment]
    desk.organiser.rename("a", "Title")
    await desk.settled()
    assert [type(error) for error in failures] == [DiskFull]
    assert desk.done == []
    assert desk.conversations.title("a") == "A"


async def test_what_is_not_in_use_is_arranged_without_being_known(desk: Desk) -> None:
    await desk.add("unknown")
    desk.organiser.pin(["unknown"], True)
    assert (await desk.one("unknown")).pinned
    assert desk.conversations.summary("unknown") is None


async def test_a_session_outlives_what_was_deleted_for_good(desk: Desk) -> None:
    session = await desk.conversations.open("a")
    desk.conversations.forget(["a"])
    session.send("too late")
    session.stop()
    await session.settled()
    assert desk.conversations.summary("a") is None

# SPDX-License-Identifier: MIT
from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.imports import Imported, Sketch, Standing, Written
from chatglm_desktop.core.messages import Message, Role, TextPart
from chatglm_desktop.store import Store
from tests.helpers.trash import trash


def message(id: str, parent_id: str | None, at: float, text: str = "") -> Message:
    role = Role.USER if id.startswith("q") else Role.ASSISTANT
    return Message(id, role, (TextPart(text or f"text of {id}"),), at, parent_id)


def imported(*messages: Message, leaf_id: str | None = None, id: str = "i") -> Imported:
    times = [message.created_at for message in messages]
    summary = ConversationSummary(id, "Imported", min(times), max(times), titled_by_user=True)
    return Imported(summary, messages, leaf_id or messages[-1].id)


TURN = (message("q1", None, 10.0), message("a1", "q1", 11.0))


async def ids(store: Store, conversation_id: str = "i") -> list[str]:
    """The active branch."""
    return [m.id for m in (await store.load_history(conversation_id, 100)).messages]


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


async def test_a_conversation_comes_in_whole(store: Store) -> None:
    setup = Setup(generation=Generation(system_prompt="Be brief."))
    other = message("a0", "q1", 10.5)
    taken = imported(TURN[0], other, TURN[1])
    taken = Imported(taken.summary, taken.messages, "a1", setup)
    assert await store.importing.write([taken]) == Written(("i",), (), 3)
    (summary,) = await store.conversations()
    assert summary == taken.summary
    assert await ids(store) == ["q1", "a1"]
    assert await store.setup("i") == setup
    assert (await store.find("i", "text of")).positions == (0, 1)
    assert [prompt.text for prompt in await store.prompts("i")] == ["text of q1"]


async def test_the_same_again_adds_nothing(store: Store) -> None:
    await store.importing.write([imported(*TURN)])
    assert await store.importing.write([imported(*TURN)]) == Written()
    assert len(await store.conversations()) == 1


async def test_a_newer_export_adds_only_what_is_new(store: Store) -> None:
    await store.importing.write([imported(*TURN)])
    await store.rename_conversation("i", "Mine", by_user=True)
    newer = imported(*TURN, message("q2", "a1", 20.0), message("a2", "q2", 21.0))
    assert await store.importing.write([newer]) == Written((), ("i",), 2)
    assert await ids(store) == ["q1", "a1", "q2", "a2"]
    (summary,) = await store.conversations()
    assert (summary.title, summary.updated_at) == ("Mine", 21.0)


async def test_what_went_on_here_stays_in_front(store: Store) -> None:
    await store.importing.write([imported(*TURN)])
    await store.add_message("i", message("q-mine", "a1", 15.0))
    newer = imported(*TURN, message("q2", "a1", 20.0))
    assert (await store.importing.write([newer])).grown == ("i",)
    assert await ids(store) == ["q1", "a1", "q-mine"]


async def test_a_conversation_in_use_goes_on_with_its_branch(store: Store) -> None:
    await store.importing.write([imported(*TURN)])
    newer = imported(*TURN, message("q2", "a1", 20.0))
    assert (await store.importing.write([newer], in_use=["i"])).messages == 1
    assert await ids(store) == ["q1", "a1"]


async def test_a_new_version_beside_the_active_one_stays_behind_it(store: Store) -> None:
    await store.importing.write([imported(*TURN)])
    newer = imported(*TURN, message("a1b", "q1", 12.0), leaf_id="a1")
    assert (await store.importing.write([newer])).messages == 1
    assert await ids(store) == ["q1", "a1"]


async def test_into_an_empty_conversation_the_branch_comes_too(store: Store) -> None:
    await store.create_conversation(ConversationSummary("i", "", 1.0, 2.0))
    await store.importing.write([imported(*TURN)])
    assert await ids(store) == ["q1", "a1"]


async def test_what_was_deleted_here_does_not_come_back(store: Store) -> None:
    turns = (*TURN, message("q2", "a1", 20.0))
    await store.importing.write([imported(*turns)])
    assert await store.tree.delete("q2", 30.0)
    sketch = Sketch("i", "", ("q1", "a1", "q2"))
    assert await store.importing.standings([sketch]) == (Standing(True, 0),)
    newer = imported(*turns, message("a2", "q2", 21.0))
    assert (await store.importing.write([newer])).messages == 1
    assert await ids(store) == ["q1", "a1", "a2"]


async def test_a_conversation_in_the_trash_is_left_there(store: Store) -> None:
    await store.importing.write([imported(*TURN)])
    await trash(store, "i", 50.0)
    newer = imported(*TURN, message("q2", "a1", 20.0))
    assert await store.importing.write([newer]) == Written()
    sketch = Sketch("i", "", ("q1", "a1", "q2"))
    assert await store.importing.standings([sketch]) == (Standing(True, 0, "in the trash"),)
    (summary,) = await store.trash()
    assert summary.updated_at == 11.0


async def test_messages_of_another_conversation_are_not_taken_from_it(store: Store) -> None:
    await store.importing.write([imported(*TURN)])
    thief = imported(TURN[0], message("q9", "q1", 12.0), id="j")
    assert await store.importing.write([thief]) == Written()
    sketch = Sketch("j", "", ("q1", "q9"))
    assert await store.importing.standings([sketch]) == (Standing(False, 0, "taken"),)


async def test_what_is_here_is_told_for_any_number_of_conversations(store: Store) -> None:
    await store.importing.write([imported(*TURN)])
    sketches = [Sketch(f"new{n}", "", (f"x{n}", f"y{n}")) for n in range(6000)]
    sketches.append(Sketch("i", "", ("q1", "a1", "q2")))
    told = await store.importing.standings(sketches)
    assert told[0] == Standing(False, 2)
    assert told[-1] == Standing(True, 1)
    assert len(told) == 6001


async def test_numbers_ascend_with_time_also_where_an_answer_claims_to_be_older(
    store: Store, file: Path
) -> None:
    first = imported(message("q1", None, 10.0), message("a1", "q1", 5.0))
    second = imported(message("q2", None, 7.0), message("a2", "q2", 8.0), id="j")
    await store.importing.write([first, second])
    assert rows(file, "SELECT id FROM message ORDER BY number") == [
        ("a1",),
        ("q2",),
        ("a2",),
        ("q1",),
    ]
    assert await ids(store) == ["q1", "a1"]


async def test_messages_get_the_numbers_that_are_kept_for_them_as_long_as_they_are_free(
    store: Store, file: Path
) -> None:
    assert await store.importing.next_number() == 1
    numbers = {"q1": 3, "a1": 4, "q2": 1, "a2": 2}
    await store.importing.write([imported(*TURN)], numbers=numbers)
    assert await store.importing.next_number() == 5
    await store.importing.write([imported(message("q5", None, 1.0), id="k")], numbers={"q5": 2})
    second = imported(message("q2", None, 7.0), message("a2", "q2", 8.0), id="j")
    await store.importing.write([second], numbers=numbers)
    assert rows(file, "SELECT number, id FROM message ORDER BY number") == [
        (1, "q2"),
        (2, "q5"),
        (3, "q1"),
        (4, "a1"),
        (5, "a2"),
    ]


async def test_folders_come_along_and_stay_as_they_are_here(store: Store, file: Path) -> None:
    folders = [
        Folder("outer", "Work", 1.0),
        Folder("inner", "Plans", 1.0, "outer", "red", "Be exact.", False),
    ]
    one = imported(*TURN)
    inside = Imported(
        ConversationSummary("i", "T", 1.0, 2.0, folder_id="inner"), one.messages, "a1"
    )
    await store.importing.write([inside], folders)
    renamed = [Folder("outer", "Other name", 1.0)]
    again = imported(message("q3", None, 3.0), id="j")
    await store.importing.write([again], renamed, "outer")
    assert rows(file, "SELECT id, name, parent_id FROM folder") == [
        ("outer", "Work", None),
        ("inner", "Plans", "outer"),
    ]
    assert {c.id: c.folder_id for c in await store.conversations()} == {"i": "inner", "j": "outer"}


async def test_a_folder_that_is_not_there_or_in_the_trash_is_replaced(
    store: Store, file: Path
) -> None:
    await store.importing.write(
        [], [Folder("gone", "Gone", 1.0, trashed_at=2.0), Folder("target", "Target", 1.0)]
    )
    for number, folder in enumerate(("gone", "never")):
        one = imported(message(f"q{number}", None, 1.0), id=f"c{number}")
        summary = ConversationSummary(f"c{number}", "T", 1.0, 2.0, folder_id=folder)
        await store.importing.write([Imported(summary, one.messages, None)], (), "target")
    assert {c.folder_id for c in await store.conversations()} == {"target"}


async def test_what_goes_into_a_folder_that_is_deleted_meanwhile_lies_in_none(
    store: Store, file: Path
) -> None:
    brought = [Folder("brought", "Brought", 1.0, "deleted")]
    await store.importing.write([imported(*TURN)], brought, "deleted")
    assert rows(file, "SELECT id, parent_id FROM folder") == [("brought", None)]
    assert [c.folder_id for c in await store.conversations()] == [None]


async def test_what_goes_into_a_folder_that_is_trashed_meanwhile_is_not_hidden_there(
    store: Store, file: Path
) -> None:
    trashed = Folder("trashed", "Trashed", 1.0, trashed_at=2.0)
    brought = Folder("brought", "Brought", 1.0, "trashed")
    await store.importing.write([imported(*TURN)], [trashed, brought], "trashed")
    assert rows(file, "SELECT id, parent_id FROM folder WHERE trashed_at IS NULL") == [
        ("brought", None)
    ]
    assert [c.folder_id for c in await store.conversations()] == [None]


async def test_one_step_is_wholly_done_or_not_at_all(store: Store) -> None:
    lost = imported(message("q5", "nowhere", 1.0), id="k")
    orphan = Imported(lost.summary, lost.messages, None)
    with pytest.raises(StoreError):
        await store.importing.write([imported(*TURN), orphan])
    assert await store.conversations() == []

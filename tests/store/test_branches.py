# SPDX-License-Identifier: MIT
"""The active branch stays that of a plain tree, whatever is done to it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.history import Deleted, History
from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.core.tabs import Anchor, TabState
from chatglm_desktop.store import branches, conversations, deletion, messages, tabs
from chatglm_desktop.store.database import open_database, transaction


@pytest.fixture(scope="module")
def database() -> Iterator[sqlite3.Connection]:
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_database(Path(folder) / "c.db")) as connection,
    ):
        yield connection


@dataclass
class Gone:
    deleted: Deleted
    parent: str | None
    children: set[str]
    active: bool


class Tree:
    """What the store must agree with: parents by id, and the leaf."""

    def __init__(self) -> None:
        self.parents: dict[str, str | None] = {}
        self.leaf: str | None = None

    def branch(self) -> list[str]:
        path, at = list[str](), self.leaf
        while at is not None:
            path.append(at)
            at = self.parents[at]
        return path[::-1]

    def delete(self, id: str, deleted: Deleted) -> Gone:
        gone = Gone(
            deleted,
            self.parents[id],
            {child for child, parent in self.parents.items() if parent == id},
            id in self.branch(),
        )
        if self.leaf == id:
            self.leaf = gone.parent
        for child in gone.children:
            self.parents[child] = gone.parent
        del self.parents[id]
        return gone

    def restore(self, id: str, gone: Gone) -> None:
        branch = self.branch()
        children = {child for child in gone.children if child in self.parents}
        if gone.active and self.leaf == gone.parent:
            self.leaf = id
        elif gone.active:
            children |= {child for child in branch if self.parents[child] == gone.parent}
        for child in children:
            if self.parents[child] == gone.parent:
                self.parents[child] = id
        self.parents[id] = gone.parent


def fresh(database: sqlite3.Connection) -> None:
    database.execute("DELETE FROM conversation")
    for id in ("c", "other"):
        conversations.create(database, ConversationSummary(id, "", 0.0, 0.0))
    messages.add(database, "other", Message("another", Role.USER, (), 0.0))


def agree(database: sqlite3.Connection, tree: Tree) -> None:
    branch = tree.branch()
    history = branches.load_history(database, "c", 3)
    assert history.leaf_id == tree.leaf
    assert history.length == len(branch)
    assert history.first == max(len(branch) - 3, 0)
    assert [m.id for m in history.messages] == branch[-3:]
    for first in range(len(branch) + 1):
        slice = branches.load_slice(database, "c", first, 2)
        assert [m.id for m in slice] == branch[first : first + 2]
        assert [m.parent_id for m in slice] == [tree.parents[m.id] for m in slice]
    for id in tree.parents:
        expected = branch.index(id) if id in branch else None
        assert branches.position_of(database, "c", id) == expected
    stored = dict(database.execute("SELECT id, parent_id FROM message WHERE id != 'another'"))
    assert stored == tree.parents
    assert branches.load_history(database, "other", 3).length == 1


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_slices_lengths_and_positions_are_those_of_the_tree(
    database: sqlite3.Connection, data: st.DataObject
) -> None:
    fresh(database)
    tree, bin = Tree(), dict[str, Gone]()

    def add(parent: str | None) -> None:
        id = f"m{len(tree.parents) + len(bin)}"
        messages.add(database, "c", Message(id, Role.USER, (), 0.0, parent))
        tree.parents[id], tree.leaf = parent, id

    def switch(leaf: str) -> None:
        with transaction(database):
            branches.activate(database, "c", leaf)
        tree.leaf = leaf

    def delete(id: str) -> None:
        deleted = deletion.delete(database, id)
        assert deleted is not None
        bin[id] = tree.delete(id, deleted)

    def restore(id: str) -> None:
        deletion.restore(database, bin[id].deleted)
        tree.restore(id, bin.pop(id))

    for _ in range(data.draw(st.integers(1, 12))):
        known = sorted(tree.parents)
        back = [id for id, gone in bin.items() if gone.parent is None or gone.parent in known]
        choices: list[tuple[Callable[[str], None], list[str]]] = [
            (choice, ids)
            for choice, ids in ((switch, known), (delete, known), (restore, back), (add, known))
            if ids
        ]
        if not choices or data.draw(st.integers(0, 2)):
            add(tree.leaf)
        else:
            choice, ids = data.draw(st.sampled_from(choices))
            choice(data.draw(st.sampled_from(ids)))
        agree(database, tree)


def state(database: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    return [
        database.execute(query).fetchall()
        for query in (
            "SELECT * FROM message ORDER BY number",
            "SELECT * FROM branch ORDER BY conversation_id, position",
            "SELECT * FROM folded ORDER BY number",
            "SELECT * FROM prompt ORDER BY number",
            "SELECT * FROM conversation ORDER BY id",
        )
    ]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_taking_deletions_back_in_reverse_leaves_no_trace(
    database: sqlite3.Connection, data: st.DataObject
) -> None:
    fresh(database)
    ids: list[str] = []
    for number in range(data.draw(st.integers(1, 8))):
        parent = data.draw(st.none() | st.sampled_from(ids)) if ids else None
        messages.add(database, "c", Message(f"m{number}", Role.USER, (), 0.0, parent))
        ids.append(f"m{number}")
    before = state(database)
    deleted = [deletion.delete(database, id) for id in data.draw(st.permutations(ids))]
    assert branches.load_history(database, "c", 9) == History("c")
    for one in reversed(deleted):
        assert one is not None
        deletion.restore(database, one)
    assert state(database) == before


def line(database: sqlite3.Connection, *ids: str) -> None:
    fresh(database)
    parent = None
    for id in ids:
        messages.add(database, "c", Message(id, Role.USER, (), 0.0, parent))
        parent = id


def test_what_is_not_there_is_not_deleted(database: sqlite3.Connection) -> None:
    line(database, "a")
    assert deletion.delete(database, "nobody") is None
    assert branches.load_history(database, "c", 9).length == 1


def test_a_number_that_was_given_away_is_not_taken_back(database: sqlite3.Connection) -> None:
    line(database, "a", "b")
    deleted = deletion.delete(database, "b")
    assert deleted is not None
    messages.add(database, "c", Message("next", Role.USER, (), 0.0, "a"))
    deletion.restore(database, deleted)
    assert [m.id for m in branches.load_slice(database, "c", 0, 9)] == ["a", "b", "next"]


@pytest.mark.parametrize(
    ("deleted", "anchor"),
    [("b", Anchor("c", 0.0)), ("a", Anchor("b", 0.0)), ("c", Anchor("b", 0.0))],
)
def test_a_reading_position_moves_to_a_message_beside(
    database: sqlite3.Connection, deleted: str, anchor: Anchor
) -> None:
    line(database, "a", "b", "c")
    kept = TabState("other", anchor=Anchor("another", 5.0))
    tabs.save_tabs(database, [TabState("c", anchor=Anchor(deleted, 12.5)), kept])
    deletion.delete(database, deleted)
    assert tabs.load_tabs(database) == [TabState("c", anchor=anchor), kept]


def test_the_last_message_takes_the_reading_position_with_it(
    database: sqlite3.Connection,
) -> None:
    line(database, "a")
    tabs.save_tabs(database, [TabState("c", anchor=Anchor("a", 1.0))])
    assert (deleted := deletion.delete(database, "a")) is not None
    assert tabs.load_tabs(database) == [TabState("c")]
    assert deleted.message == replace(deleted.message, id="a", parent_id=None)

# SPDX-License-Identifier: MIT
"""The active branch stays that of a plain tree, whatever is done to it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.history import Aside, History
from chatglm_desktop.core.messages import Message, Role, TextPart
from chatglm_desktop.core.tabs import Anchor, TabState
from chatglm_desktop.store import branches, conversations, deletion, messages, tabs, versions
from chatglm_desktop.store.database import open_database, transaction
from tests.helpers.message_tree import MessageTree


@pytest.fixture(scope="module")
def database() -> Iterator[sqlite3.Connection]:
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_database(Path(folder) / "c.db")) as connection,
    ):
        yield connection


def fresh(database: sqlite3.Connection) -> None:
    database.execute("DELETE FROM conversation")
    for id in ("c", "other"):
        conversations.create(database, ConversationSummary(id, "", 0.0, 0.0))
    messages.add(database, "other", Message("another", Role.USER, (), 0.0))


def agree(database: sqlite3.Connection, tree: MessageTree) -> None:
    branch = tree.branch
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
    aside = versions.aside(database, "c")
    assert aside == tree.aside()
    # Nothing is out of reach: what is not on the branch is told of.
    hidden = sum(version.hidden for version in aside.versions.values()) + aside.beyond
    assert len(branch) + hidden == len(tree.parents)


class Play:
    """Does the same with the database and with the plain tree."""

    def __init__(self, database: sqlite3.Connection) -> None:
        fresh(database)
        self.database = database
        self.tree = MessageTree()
        self._made = 0

    def add(self, parent: str | None) -> None:
        messages.add(self.database, "c", self._new(parent))
        self.tree.add(self._last, parent)
        self.tree.show(self._last)

    def add_versions(self, parent: str) -> None:
        first, second = self._new(parent), self._new(parent)
        messages.add(self.database, "c", first, second)
        self.tree.add(first.id, parent)
        self.tree.add(second.id, parent)
        self.tree.show(first.id)

    def switch(self, leaf: str) -> None:
        with transaction(self.database):
            branches.activate(self.database, "c", leaf)
        self.tree.show(leaf)

    def reveal(self, id: str) -> None:
        assert versions.reveal(self.database, "c", id)
        self.tree.reveal(id)

    def show_version(self, id: str) -> None:
        versions.show_version(self.database, "c", id, 1)
        self.tree.show_version(id, 1)

    def show_beyond(self, _: str) -> None:
        versions.show_beyond(self.database, "c")
        self.tree.show_beyond()

    def clear(self, _: str) -> None:
        versions.clear(self.database, "c")
        self.tree.show(None)

    def delete(self, id: str) -> None:
        assert deletion.delete(self.database, id, 1.0)
        self.tree.delete(id)

    def restore(self, id: str) -> None:
        assert deletion.restore(self.database, id)
        self.tree.restore(id)

    def supersede(self, id: str) -> None:
        new = self._new(self.tree.parents[id])
        versions.supersede(self.database, "c", id, new)
        self.tree.add(new.id, new.parent_id)
        self.tree.take_over(id, new.id)

    def supersede_and_back(self, id: str) -> None:
        self.supersede(id)
        versions.withdraw(self.database, "c", id, self._last, 1.0)
        self.tree.take_over(self._last, id)
        self.tree.delete(self._last)

    def _new(self, parent: str | None) -> Message:
        self._made += 1
        self._last = f"m{self._made}"
        return Message(self._last, Role.USER, (TextPart(self._last),), 0.0, parent)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_slices_versions_and_positions_are_those_of_the_tree(
    database: sqlite3.Connection, data: st.DataObject
) -> None:
    play = Play(database)
    tree = play.tree
    for _ in range(data.draw(st.integers(1, 14))):
        known = sorted(tree.parents)
        # The latest first, as one deletion can be above another.
        back = list(tree.removed)[-1:]
        back = [id for id in back if tree.removed[id].parent in (None, *known)]
        verbs = (play.add, play.add_versions, play.switch, play.reveal, play.show_version)
        more = (play.show_beyond, play.clear, play.delete, play.supersede, play.supersede_and_back)
        choices: list[tuple[Callable[[str], None], list[str]]] = [
            *((verb, known) for verb in (*verbs, *more) if known),
            *([(play.restore, back)] if back else []),
        ]
        if not choices or not data.draw(st.integers(0, 3)):
            play.add(tree.leaf)
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
    for id in data.draw(st.permutations(ids)):
        assert deletion.delete(database, id, 1.0)
    assert branches.load_history(database, "c", 9) == History("c")
    assert versions.aside(database, "c") == Aside(removed=len(ids))
    if data.draw(st.booleans()):
        assert deletion.restore_all(database, "c") == len(ids)
    else:
        assert all(deletion.restore_latest(database, "c") for _ in ids)
        assert not deletion.restore_latest(database, "c")
    assert state(database) == before
    assert deletion.count(database, "c") == 0


def line(database: sqlite3.Connection, *ids: str) -> None:
    fresh(database)
    parent = None
    for id in ids:
        messages.add(database, "c", Message(id, Role.USER, (), 0.0, parent))
        parent = id


def test_what_is_not_there_is_neither_deleted_nor_put_back(database: sqlite3.Connection) -> None:
    line(database, "a")
    assert not deletion.delete(database, "nobody", 1.0)
    assert not deletion.restore(database, "nobody")
    assert not versions.reveal(database, "c", "nobody")
    versions.show_version(database, "c", "a", 5)
    versions.show_beyond(database, "c")
    assert branches.load_history(database, "c", 9).length == 1


def test_a_number_that_was_given_away_is_not_taken_back(database: sqlite3.Connection) -> None:
    line(database, "a", "b")
    deletion.delete(database, "b", 1.0)
    messages.add(database, "c", Message("next", Role.USER, (), 0.0, "a"))
    deletion.restore(database, "b")
    assert [m.id for m in branches.load_slice(database, "c", 0, 9)] == ["a", "b", "next"]


def test_what_is_put_back_hangs_where_something_is_left(database: sqlite3.Connection) -> None:
    line(database, "a", "b", "c", "d")
    for id in ("d", "c", "b"):
        deletion.delete(database, id, 1.0)
    assert deletion.restore(database, "d")
    assert [m.id for m in branches.load_slice(database, "c", 0, 9)] == ["a", "d"]
    deletion.delete(database, "a", 1.0)
    assert deletion.forget_removed(database, 0.5) == 0
    database.execute("DELETE FROM removed WHERE id = 'b'")
    assert deletion.restore(database, "c")
    assert [m.id for m in branches.load_slice(database, "c", 0, 9)][-1] == "d"
    assert deletion.forget_removed(database, 2.0) == 1


def test_an_edit_is_taken_back_and_done_again(database: sqlite3.Connection) -> None:
    line(database, "a", "b", "c")
    versions.supersede(database, "c", "b", Message("new", Role.ASSISTANT, (), 0.0, "a"))
    edited = state(database)
    assert [m.id for m in branches.load_slice(database, "c", 0, 9)] == ["a", "new", "c"]
    versions.withdraw(database, "c", "b", "new", 1.0)
    assert [m.id for m in branches.load_slice(database, "c", 0, 9)] == ["a", "b", "c"]
    versions.supersede_again(database, "c", "b", "new")
    assert state(database) == edited


def test_an_edit_whose_message_was_moved_leaves_all_where_it_is(
    database: sqlite3.Connection,
) -> None:
    line(database, "a", "b", "c")
    versions.supersede(database, "c", "b", Message("new", Role.ASSISTANT, (), 0.0, "a"))
    deletion.delete(database, "b", 1.0)
    versions.withdraw(database, "c", "b", "new", 1.0)
    assert [m.id for m in branches.load_slice(database, "c", 0, 9)] == ["a", "c"]
    versions.supersede_again(database, "c", "b", "new")
    assert [m.id for m in branches.load_slice(database, "c", 0, 9)] == ["a", "new", "c"]


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
    deletion.delete(database, deleted, 1.0)
    assert tabs.load_tabs(database) == [TabState("c", anchor=anchor), kept]


def test_the_last_message_takes_the_reading_position_with_it(
    database: sqlite3.Connection,
) -> None:
    line(database, "a")
    tabs.save_tabs(database, [TabState("c", anchor=Anchor("a", 1.0))])
    assert deletion.delete(database, "a", 1.0)
    assert tabs.load_tabs(database) == [TabState("c")]


def test_the_end_of_a_branch_comes_back_as_its_end(database: sqlite3.Connection) -> None:
    fresh(database)
    for id, parent in (("q", None), ("other version", "q"), ("deep", "other version")):
        messages.add(database, "c", Message(id, Role.USER, (), 0.0, parent))
    messages.add(database, "c", Message("shown", Role.ASSISTANT, (), 0.0, "q"))
    deletion.delete(database, "shown", 1.0)
    deletion.delete(database, "q", 2.0)
    assert branches.load_history(database, "c", 9).length == 0
    deletion.restore(database, "q")
    assert [m.id for m in branches.load_history(database, "c", 9).messages] == ["q"]
    deletion.restore(database, "shown")
    assert [m.id for m in branches.load_history(database, "c", 9).messages] == ["q", "shown"]


def test_what_comes_back_beside_another_version_is_shown_instead(
    database: sqlite3.Connection,
) -> None:
    fresh(database)
    messages.add(database, "c", Message("b", Role.USER, (), 0.0))
    messages.add(database, "c", Message("a", Role.USER, (), 1.0))
    deletion.delete(database, "a", 1.0)
    with transaction(database):
        branches.activate(database, "c", "b")
    deletion.restore(database, "a")
    assert [m.id for m in branches.load_history(database, "c", 9).messages] == ["a"]

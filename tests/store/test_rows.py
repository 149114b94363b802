# SPDX-License-Identifier: MIT
"""Values survive the way into the database and back, whatever they hold."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.deltas import Image, Source
from chatglm_desktop.core.errors import DatabaseDamaged, Failure
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.history import History
from chatglm_desktop.core.journal import JournalEntry
from chatglm_desktop.core.messages import (
    AttachmentPart,
    ImagesPart,
    Message,
    MessageState,
    ReasoningPart,
    Role,
    SourcesPart,
    TextPart,
)
from chatglm_desktop.core.metrics import Metrics
from chatglm_desktop.store import branches, conversations, messages
from chatglm_desktop.store.database import open_database
from chatglm_desktop.store.rows import (
    MESSAGE_COLUMNS,
    message_from_row,
    message_to_row,
    parts_from_json,
    setup_from_json,
    setup_to_json,
    storable,
)

numbers = st.floats(allow_nan=False)
sources = st.builds(Source, st.text(), st.text(), st.text(), st.text())
images = st.builds(Image, st.text(), st.integers(0, 9999), st.integers(0, 9999))
parts = st.one_of(
    st.builds(TextPart, st.text()),
    st.builds(ReasoningPart, st.text(), numbers),
    st.builds(SourcesPart, st.lists(sources, max_size=3).map(tuple)),
    st.builds(ImagesPart, st.lists(images, max_size=3).map(tuple)),
    st.builds(AttachmentPart, st.text(), st.text(), st.integers(0, 2**40), st.text()),
)
failures = st.builds(
    Failure, st.text(), st.text(), st.none() | st.integers(0, 999), st.text(), st.none() | numbers
)
counts = st.integers(0, 2**40)
finite = st.floats(allow_nan=False, allow_infinity=False)
metrics = st.builds(
    Metrics, counts, counts, counts, finite, finite, st.none() | finite, st.text(), st.text()
)
generations = st.builds(
    Generation,
    st.none() | st.text(),
    st.none() | finite,
    st.none() | finite,
    st.none() | counts,
    st.sampled_from([None, "on", "off"]),
    st.sampled_from([None, "low", "max"]),
    st.none() | st.booleans(),
    st.none() | st.lists(st.text(), max_size=3).map(tuple),
)
setups = st.builds(Setup, st.text(), st.text(), generations)
unplaced = st.builds(
    Message,
    st.just(""),
    st.sampled_from(Role),
    st.lists(parts, max_size=4).map(tuple),
    numbers,
    st.none(),
    st.sampled_from(MessageState),
    st.text(),
    st.text(),
    st.none() | failures,
    st.none() | metrics,
)


@st.composite
def trees(draw: st.DrawFn) -> list[Message]:
    """Messages whose parents come before them."""
    tree: list[Message] = []
    for number, message in enumerate(draw(st.lists(unplaced, max_size=8))):
        parent = draw(st.none() | st.sampled_from(tree)) if tree else None
        tree.append(replace(message, id=f"m{number}", parent_id=parent.id if parent else None))
    return tree


@pytest.fixture(scope="module")
def database() -> Iterator[sqlite3.Connection]:
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_database(Path(folder) / "c.db")) as connection,
    ):
        yield connection


def stored(database: sqlite3.Connection, id: str) -> Message:
    row = database.execute(f"SELECT {MESSAGE_COLUMNS} FROM message WHERE id = ?", (id,)).fetchone()
    return message_from_row(row)


@settings(deadline=None, max_examples=60)
@given(unplaced)
def test_a_message_survives_as_a_row(message: Message) -> None:
    assert message_from_row(message_to_row(message)) == message


@settings(deadline=None, max_examples=60)
@given(setups)
def test_a_setup_survives_as_text(setup: Setup) -> None:
    assert setup_from_json(setup_to_json(setup)) == setup


@pytest.mark.parametrize("text", ["", "[]", '{"model": 3}', '{"generation": {"thinking": "hm"}}'])
def test_a_setup_that_cannot_be_read_is_that_of_the_defaults(text: str) -> None:
    assert setup_from_json(text) == Setup()


@pytest.mark.parametrize("text", ["3", "{", '{"cost": Infinity}', '{"seconds": "long"}'])
def test_a_message_is_read_without_metrics_that_make_no_sense(text: str) -> None:
    row = list(message_to_row(Message("m", Role.USER, (TextPart("Hi"),), 1.0)))
    row[9] = text
    read = message_from_row(tuple(row))
    assert (read.text, read.metrics) == ("Hi", None)


def test_a_failure_of_an_older_version_is_read() -> None:
    old = json.dumps(
        {"kind": "Busy", "words": "w", "status": 429, "details": "", "retry_after": None}
    )
    row = list(message_to_row(Message("m", Role.USER, (), 1.0)))
    row[8] = old
    assert message_from_row(tuple(row)).failure == Failure("Busy", "w", 429)


@settings(deadline=None, max_examples=60)
@given(trees(), st.data())
def test_a_tree_survives_and_its_running_replies_are_recovered(
    database: sqlite3.Connection, tree: list[Message], data: st.DataObject
) -> None:
    database.execute("DELETE FROM conversation")
    conversations.create(database, ConversationSummary("c", "", 0.0, 0.0))
    placed: dict[str | None, list[Message]] = {None: []}
    journalled: dict[str, str] = {}
    for message in tree:
        messages.add(database, "c", message)
        placed[message.id] = [*placed[message.parent_id], message]
        if message.state.running:
            pieces = data.draw(st.lists(st.text(min_size=1), max_size=3))
            messages.append_journal(
                database, message.id, [JournalEntry("text", piece) for piece in pieces]
            )
            journalled[message.id] = "".join(pieces)
    assert [stored(database, message.id) for message in tree] == tree
    branch = tuple(placed[tree[-1].id if tree else None])
    leaf_id = tree[-1].id if tree else None
    assert branches.load_history(database, "c", 9) == History("c", leaf_id, len(branch), 0, branch)

    assert messages.recover_interrupted(database) == len(journalled)
    for message in tree:
        found = stored(database, message.id)
        if message.id not in journalled:
            assert found == message
        else:
            # A reply that was gone on with has parts already.
            assert found.text == message.text + journalled[message.id]
            assert replace(found, parts=message.parts) == replace(
                message, state=MessageState.INTERRUPTED
            )
    assert database.execute("SELECT count(*) FROM journal").fetchone() == (0,)


def test_parts_and_keys_of_a_newer_version_do_not_disturb() -> None:
    text = json.dumps(
        [
            {"type": "hologram", "frames": 3},
            {"type": "text", "text": "kept", "colour": "red"},
        ]
    )
    assert parts_from_json(text) == (TextPart("kept"),)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (2, "robot"),
        (3, "asleep"),
        (7, "{"),
        (7, "[{}]"),
        (7, "[3]"),
        (7, "3"),
        (8, "{}"),
    ],
)
def test_a_value_that_was_never_written_is_damage(column: int, value: str) -> None:
    row = list(message_to_row(Message("m", Role.USER, (), 1.0)))
    row[column] = value
    with pytest.raises(DatabaseDamaged, match="message m"):
        message_from_row(tuple(row))


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(codec=None, categories=None)))
def test_every_text_can_be_stored(text: str) -> None:
    stored = storable(text)
    stored.encode()
    if not any("\ud800" <= character <= "\udfff" for character in text):
        assert stored == text

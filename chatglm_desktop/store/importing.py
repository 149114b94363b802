# SPDX-License-Identifier: MIT
"""SQL that takes in conversations from elsewhere: merges, never overwrites."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.imports import Imported, Sketch, Standing, Written
from chatglm_desktop.core.messages import Message
from chatglm_desktop.store import arranging, branches, conversations
from chatglm_desktop.store.database import transaction
from chatglm_desktop.store.jobs import Do, Read
from chatglm_desktop.store.messages import insert

_AT_ONCE = 5_000
"""Ids that one statement looks for."""

_OWNERS = (
    "SELECT id, conversation_id FROM message WHERE id IN (SELECT value FROM json_each(?1))"
    " UNION ALL"
    " SELECT id, conversation_id FROM removed WHERE id IN (SELECT value FROM json_each(?1))"
)


class ImportStore:
    """Reached as ``store.importing``. All methods raise StoreErrors."""

    def __init__(self, do: Do, read: Read) -> None:
        self._do = do
        self._read = read

    async def standings(self, sketches: Sequence[Sketch]) -> tuple[Standing, ...]:
        """What is here already of each conversation."""
        return await self._read(partial(standings, sketches=sketches))

    async def write(
        self,
        batch: Sequence[Imported],
        folders: Sequence[Folder] = (),
        folder_id: str | None = None,
        numbers: Mapping[str, int] | None = None,
        in_use: Collection[str] = (),
    ) -> Written:
        """Add what is not here yet of conversations (each once) and folders, all in one step.

        ``numbers`` are those that messages get as long as they are free. Conversations ``in_use``
        go on with the branch that they have.

        A conversation whose own folder is not there, or in the trash, gets into ``folder_id``, into
        none if that is there no more either. One that is in the trash, or whose messages are
        another's, is left as it is.
        """
        return await self._do(
            write,
            tuple(batch),
            tuple(folders),
            folder_id,
            numbers=numbers or {},
            in_use=frozenset(in_use),
        )

    async def next_number(self) -> int:
        """The first number that no message has had; those after it are free too."""
        return await self._do(next_number)


def standings(connection: sqlite3.Connection, sketches: Sequence[Sketch]) -> tuple[Standing, ...]:
    trashed = dict(
        _looked_up(
            connection,
            "SELECT id, trashed_at IS NOT NULL FROM conversation"
            " WHERE id IN (SELECT value FROM json_each(?1))",
            (sketch.id for sketch in sketches),
        )
    )
    return tuple(_standing(connection, sketch, trashed.get(sketch.id)) for sketch in sketches)


def write(
    connection: sqlite3.Connection,
    batch: Sequence[Imported],
    folders: Sequence[Folder],
    folder_id: str | None,
    *,
    numbers: Mapping[str, int],
    in_use: frozenset[str],
) -> Written:
    with transaction(connection):
        # Messages are added in the order of their times, in which an answer can precede its
        # question where clocks differed.
        connection.execute("PRAGMA defer_foreign_keys = ON")
        for folder in folders:
            arranging.insert_folder(connection, folder)
        additions = [
            addition
            for imported in batch
            if (addition := _addition(connection, imported)) is not None
        ]
        for addition in additions:
            if addition.is_new:
                _add_conversation(connection, addition.imported, folder_id)
        # Where they go may have been trashed since it was chosen.
        arranging.take_out_of_trashed(connection)
        messages = [(a.imported.summary.id, m) for a in additions for m in a.messages]
        messages.sort(key=lambda pair: (numbers.get(pair[1].id, 0), pair[1].created_at))
        for conversation_id, message in messages:
            insert(connection, conversation_id, message, _free(connection, numbers, message))
        for addition in additions:
            _settle(connection, addition, in_use)
    grown = (a.imported.summary.id for a in additions if not a.is_new)
    new = (a.imported.summary.id for a in additions if a.is_new)
    return Written(tuple(new), tuple(grown), len(messages))


def next_number(connection: sqlite3.Connection) -> int:
    (last,) = connection.execute("SELECT max(number) FROM message").fetchone()
    return 1 if last is None else int(last) + 1


def _free(
    connection: sqlite3.Connection, numbers: Mapping[str, int], message: Message
) -> int | None:
    """The number for ``message``; None if what was asked meanwhile has it."""
    number = numbers.get(message.id)
    taken = connection.execute("SELECT 1 FROM message WHERE number = ?", (number,)).fetchone()
    return None if taken else number


@dataclass(frozen=True, slots=True)
class _Addition:
    """What is to be added of a conversation; ``leaf_id`` is where its branch ended before."""

    imported: Imported
    messages: tuple[Message, ...]
    is_new: bool
    leaf_id: str | None = None


def _standing(connection: sqlite3.Connection, sketch: Sketch, trashed: int | None) -> Standing:
    if trashed:
        return Standing(True, 0, "in the trash")
    owners = dict(_looked_up(connection, _OWNERS, sketch.message_ids))
    if any(owner != sketch.id for owner in owners.values()):
        return Standing(trashed is not None, 0, "taken")
    missing = sum(1 for id in sketch.message_ids if id not in owners)
    return Standing(trashed is not None, missing)


def _addition(connection: sqlite3.Connection, imported: Imported) -> _Addition | None:
    """None if nothing is to be added."""
    id = imported.summary.id
    row = connection.execute(
        "SELECT trashed_at IS NOT NULL, leaf_id FROM conversation WHERE id = ?", (id,)
    ).fetchone()
    sketch = Sketch(id, "", tuple(message.id for message in imported.messages))
    standing = _standing(connection, sketch, None if row is None else row[0])
    if standing.reason is not None or not standing.missing:
        return None
    if row is None:
        return _Addition(imported, imported.messages, is_new=True)
    present = {
        id
        for (id,) in connection.execute("SELECT id FROM message WHERE conversation_id = ?", (id,))
    }
    removed = {
        id
        for (id,) in connection.execute("SELECT id FROM removed WHERE conversation_id = ?", (id,))
    }
    return _Addition(imported, _grafted(imported.messages, present, removed), False, row[1])


def _grafted(
    messages: Iterable[Message], present: set[str], removed: set[str]
) -> tuple[Message, ...]:
    """Those that are not here; what followed a deleted message follows the one before it."""
    before: dict[str, str | None] = {}
    missing: list[Message] = []
    for message in messages:
        parent_id = message.parent_id
        if parent_id in before:
            parent_id = before[parent_id]
        if message.id in removed:
            before[message.id] = parent_id
        elif message.id not in present:
            missing.append(replace(message, parent_id=parent_id))
    return tuple(missing)


def _add_conversation(
    connection: sqlite3.Connection, imported: Imported, folder_id: str | None
) -> None:
    summary = replace(imported.summary, folder_id=_folder(connection, imported.summary, folder_id))
    conversations.create(connection, summary)
    conversations.save_setup(connection, summary.id, imported.setup)


def _folder(
    connection: sqlite3.Connection, summary: ConversationSummary, otherwise: str | None
) -> str | None:
    """The first of the two that is there and not in the trash; None if neither is."""
    for id in (summary.folder_id, otherwise):
        if connection.execute(
            "SELECT 1 FROM folder WHERE id = ? AND trashed_at IS NULL", (id,)
        ).fetchone():
            return id
    return None


def _settle(connection: sqlite3.Connection, addition: _Addition, in_use: frozenset[str]) -> None:
    """Make the branch active; in one that was here, only if it goes on where the active one ended.

    A conversation that has grown is as new as its newest message.
    """
    imported = addition.imported
    id, leaf_id = imported.summary.id, imported.leaf_id
    if addition.is_new:
        if leaf_id is not None:
            branches.activate(connection, id, leaf_id)
        return
    added = {message.id: message.parent_id for message in addition.messages}
    at = leaf_id
    while at in added:
        at = added[at]
    goes_on = leaf_id in added and at == addition.leaf_id and id not in in_use
    if goes_on and leaf_id is not None:
        branches.activate(connection, id, leaf_id)
    newest = max(message.created_at for message in addition.messages)
    conversations.touch(connection, id, newest)


def _looked_up(
    connection: sqlite3.Connection, query: str, ids: Iterable[str]
) -> Iterator[tuple[str, Any]]:
    """The rows of ``query`` for all ``ids``, of which each statement gets some."""
    waiting = iter(ids)
    while some := list(islice(waiting, _AT_ONCE)):
        yield from connection.execute(query, (json.dumps(some),)).fetchall()

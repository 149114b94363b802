# SPDX-License-Identifier: MIT
"""SQL of what is not sent yet, and of which files are in use; one thread calls it."""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from chatglm_desktop.core.draft import Draft
from chatglm_desktop.core.messages import AttachmentPart
from chatglm_desktop.store.reading import reading
from chatglm_desktop.store.rows import (
    parts_from_json,
    parts_to_json,
    queued_from_json,
    queued_to_json,
    storable,
)
from chatglm_desktop.store.snapshots import snapshots

log = logging.getLogger(__name__)

_DIGEST = re.compile("[0-9a-f]{64}")

_HAS = "SELECT 1 FROM pragma_table_info(?) WHERE name = ?"
_ATTACHED = """instr(parts, '"type":"attachment"')"""
# Almost all files are those of questions: the table of their beginnings tells which those are.
_NAMING_FILES = {
    ("prompt", "number"): "SELECT parts FROM prompt CROSS JOIN message USING (number)"
    f" WHERE {_ATTACHED}",
    ("draft", "attachments"): "SELECT attachments FROM draft",
    ("draft", "queued"): "SELECT queued FROM draft",
    ("removed", "parts"): f"SELECT parts FROM removed WHERE {_ATTACHED}",
}
"""What names files, by a table and a column that older versions may not have."""

# Replies have files only if another program gave them; to find out, all of them are read.
_NAMING_OTHERS = {
    ("message", "parts"): f"SELECT parts FROM message WHERE role <> 'user' AND {_ATTACHED}"
}

_FORGET_EMPTY = (
    "DELETE FROM draft WHERE conversation_id = ?"
    " AND text = '' AND attachments = '[]' AND queued = '[]'"
)
_NOTHING = ("", "[]")


def save_draft(connection: sqlite3.Connection, conversation_id: str, draft: Draft) -> None:
    connection.execute(
        "INSERT INTO draft (conversation_id, text, attachments)"
        " SELECT id, ?, ? FROM conversation WHERE id = ?"
        " ON CONFLICT (conversation_id) DO UPDATE SET text = excluded.text,"
        " attachments = excluded.attachments",
        (storable(draft.text), parts_to_json(draft.attachments), conversation_id),
    )
    connection.execute(_FORGET_EMPTY, (conversation_id,))


def drafts(connection: sqlite3.Connection) -> dict[str, Draft]:
    rows = connection.execute(
        "SELECT conversation_id, text, attachments FROM draft WHERE text != ? OR attachments != ?",
        _NOTHING,
    )
    return {id: Draft(text, _attachments(attachments)) for id, text, attachments in rows}


def save_queue(
    connection: sqlite3.Connection, conversation_id: str, queued: Iterable[Draft]
) -> None:
    connection.execute(
        "INSERT INTO draft (conversation_id, text, queued)"
        " SELECT id, '', ? FROM conversation WHERE id = ?"
        " ON CONFLICT (conversation_id) DO UPDATE SET queued = excluded.queued",
        (queued_to_json(queued), conversation_id),
    )
    connection.execute(_FORGET_EMPTY, (conversation_id,))


def queue(connection: sqlite3.Connection, conversation_id: str) -> tuple[Draft, ...]:
    row = connection.execute(
        "SELECT queued FROM draft WHERE conversation_id = ?", (conversation_id,)
    ).fetchone()
    return _queued(row[0]) if row else ()


def digests_in_use(
    connection: sqlite3.Connection, path: Path, wanted: Collection[str] | None = None
) -> frozenset[str]:
    """Those that the database at ``path`` names, which is connected, and those of its snapshots.

    It looks no further when all that is ``wanted`` is among them.
    """
    named: frozenset[str] = frozenset()
    for found in _found(connection, path):
        named |= found
        if wanted is not None and named.issuperset(wanted):
            break
    return named


def _found(connection: sqlite3.Connection, path: Path) -> Iterator[frozenset[str]]:
    """What is named at one place after the other, first where it takes little time."""
    for statements in (_NAMING_FILES, _NAMING_OTHERS):
        yield _digests(connection, statements)
        for snapshot in snapshots(path):
            with closing(reading(snapshot.file, unchanging=True)) as copy:
                yield _digests(copy, statements)


def _digests(
    connection: sqlite3.Connection, statements: Mapping[tuple[str, str], str]
) -> frozenset[str]:
    # Not read as values: a message that is damaged still names its files.
    return frozenset(
        digest
        for place, statement in statements.items()
        if connection.execute(_HAS, place).fetchone()
        for (text,) in connection.execute(statement)
        for digest in _DIGEST.findall(text)
    )


def _queued(text: str) -> tuple[Draft, ...]:
    try:
        return queued_from_json(text)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        log.info("what waits to be sent cannot be read: %s", error)
        return ()


def _attachments(text: str) -> tuple[AttachmentPart, ...]:
    try:
        parts = parts_from_json(text)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        # What was written is worth more than what was to go along.
        log.info("the files of a draft cannot be read: %s", error)
        return ()
    return tuple(part for part in parts if isinstance(part, AttachmentPart))

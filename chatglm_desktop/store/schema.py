# SPDX-License-Identifier: MIT
"""The tables, their version, and the steps from older versions; text only.

A released step is never edited. A change of the tables is: a new ``VERSION``, a new ``SCHEMA``,
a new step in ``MIGRATIONS``, and the new schema as text among the tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chatglm_desktop.store.search_schema import SEARCH, SEARCH_OF_OLDER

VERSION = 4

APPLICATION_ID = 0x43474C4D
"""Marks the file as ours: "CGLM"."""

# "branch" are the active branches: narrow rows apart from the messages, because a position far
# up moves all that follow it. A message is in its key so that they can move one after the other.
# "folded" is the text of each finished message as it is compared when finding, "prompt" the
# beginning of each question: the much wider rows of messages are not read for them.
#
# "setup" is what a conversation talks to and "metrics" what a reply took, both as JSON.
# "removed" are messages that were deleted, until nobody can want them back any more. "last_leaf" is
# where the branch ended that was active below a version when another one took its place; what was
# left last has the highest number.
#
# A conversation stands in one list only: the trash, the archive, what is pinned, a folder, or (in
# none of these) the recent ones. There is an index for each.
#
# A message's parent and a conversation's leaf must not cascade: SQLite follows at most 1,000
# cascades in a row, and a conversation may be longer. All of its messages go at once instead.
_TABLES = """\
CREATE TABLE folder (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at REAL NOT NULL,
    parent_id TEXT REFERENCES folder (id) ON DELETE SET NULL,
    colour TEXT NOT NULL,
    system_prompt TEXT NOT NULL,
    expanded INTEGER NOT NULL,
    trashed_at REAL
) STRICT;
CREATE INDEX folder_by_parent ON folder (parent_id);

CREATE TABLE conversation (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    titled_by_user INTEGER NOT NULL,
    created_at REAL NOT NULL,
    updated_at REAL NOT NULL,
    trashed_at REAL,
    leaf_id TEXT,
    setup TEXT NOT NULL DEFAULT '{}',
    folder_id TEXT REFERENCES folder (id) ON DELETE SET NULL,
    pinned INTEGER NOT NULL DEFAULT 0,
    archived_at REAL,
    colour TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX conversation_by_update ON conversation (updated_at) WHERE trashed_at IS NULL;
CREATE INDEX conversation_by_trashing ON conversation (trashed_at) WHERE trashed_at IS NOT NULL;
CREATE INDEX conversation_listed ON conversation (folder_id, updated_at)
    WHERE trashed_at IS NULL AND archived_at IS NULL AND NOT pinned;
CREATE INDEX conversation_pinned ON conversation (updated_at)
    WHERE trashed_at IS NULL AND archived_at IS NULL AND pinned;
CREATE INDEX conversation_archived ON conversation (archived_at)
    WHERE trashed_at IS NULL AND archived_at IS NOT NULL;
CREATE INDEX conversation_in_folder ON conversation (folder_id) WHERE folder_id IS NOT NULL;

CREATE TABLE message (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    parent_id TEXT REFERENCES message (id),
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at REAL NOT NULL,
    model TEXT NOT NULL,
    finish_reason TEXT NOT NULL,
    parts TEXT NOT NULL,
    failure TEXT,
    metrics TEXT
) STRICT;
CREATE INDEX message_by_place ON message (conversation_id, parent_id);
CREATE INDEX message_by_parent ON message (parent_id);
CREATE INDEX message_running ON message (state) WHERE state IN ('sending', 'streaming');

CREATE TABLE removed (
    number INTEGER PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    removed_at REAL NOT NULL,
    position INTEGER,
    child_ids TEXT NOT NULL,
    message_number INTEGER NOT NULL,
    sibling_ids TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    parent_id TEXT,
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at REAL NOT NULL,
    model TEXT NOT NULL,
    finish_reason TEXT NOT NULL,
    parts TEXT NOT NULL,
    failure TEXT,
    metrics TEXT
) STRICT;
CREATE INDEX removed_by_conversation ON removed (conversation_id);
CREATE INDEX removed_by_time ON removed (removed_at);

CREATE TABLE branch (
    conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    number INTEGER NOT NULL REFERENCES message (number) ON DELETE CASCADE,
    PRIMARY KEY (conversation_id, position, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX branch_by_message ON branch (number);

CREATE TABLE last_leaf (
    number INTEGER PRIMARY KEY,
    version INTEGER NOT NULL UNIQUE REFERENCES message (number) ON DELETE CASCADE,
    leaf INTEGER NOT NULL REFERENCES message (number) ON DELETE CASCADE
) STRICT;
CREATE INDEX last_leaf_by_leaf ON last_leaf (leaf);

CREATE TABLE folded (
    number INTEGER PRIMARY KEY REFERENCES message (number) ON DELETE CASCADE,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE prompt (
    number INTEGER PRIMARY KEY REFERENCES message (number) ON DELETE CASCADE,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE journal (
    number INTEGER PRIMARY KEY,
    message_id TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX journal_by_message ON journal (message_id);

CREATE TABLE draft (
    conversation_id TEXT NOT NULL PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    attachments TEXT NOT NULL DEFAULT '[]',
    queued TEXT NOT NULL DEFAULT '[]'
) STRICT;

CREATE TABLE tab (
    position INTEGER PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    active INTEGER NOT NULL,
    anchor_message_id TEXT,
    anchor_offset REAL,
    anchor_leaf INTEGER,
    anchor_thinking INTEGER,
    pinned INTEGER NOT NULL DEFAULT 0,
    closed INTEGER NOT NULL DEFAULT 0,
    place TEXT NOT NULL DEFAULT 'main',
    selection TEXT,
    shape TEXT
) STRICT;
CREATE INDEX tab_by_conversation ON tab (conversation_id);
"""

SCHEMA = _TABLES + SEARCH

_BRANCH_AND_FINDING = """\
CREATE TABLE branch (
    conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    number INTEGER NOT NULL REFERENCES message (number) ON DELETE CASCADE,
    PRIMARY KEY (conversation_id, position, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX branch_by_message ON branch (number);

CREATE TABLE folded (
    number INTEGER PRIMARY KEY REFERENCES message (number) ON DELETE CASCADE,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE prompt (
    number INTEGER PRIMARY KEY REFERENCES message (number) ON DELETE CASCADE,
    text TEXT NOT NULL
) STRICT;

WITH RECURSIVE path (conversation_id, number, parent_id, distance) AS (
    SELECT conversation.id, message.number, message.parent_id, 0
    FROM conversation JOIN message ON message.id = conversation.leaf_id
    UNION ALL
    SELECT path.conversation_id, message.number, message.parent_id, path.distance + 1
    FROM path JOIN message ON message.id = path.parent_id
)
INSERT INTO branch (conversation_id, position, number)
SELECT conversation_id, max(distance) OVER (PARTITION BY conversation_id) - distance, number
FROM path;

INSERT INTO folded (number, text)
SELECT number, fold_parts(parts) FROM message WHERE state NOT IN ('sending', 'streaming');

INSERT INTO prompt (number, text)
SELECT number, prompt_text(parts) FROM message WHERE role = 'user';
"""

_READING_POSITION = """\
ALTER TABLE tab ADD COLUMN anchor_leaf INTEGER;
ALTER TABLE tab ADD COLUMN anchor_thinking INTEGER;
"""

_SETUP_METRICS_AND_ATTACHMENTS = """\
ALTER TABLE conversation ADD COLUMN setup TEXT NOT NULL DEFAULT '{}';
ALTER TABLE message ADD COLUMN metrics TEXT;
ALTER TABLE draft ADD COLUMN attachments TEXT NOT NULL DEFAULT '[]';
"""

_FOLDERS_AND_ORDER = """\
CREATE TABLE folder (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at REAL NOT NULL,
    parent_id TEXT REFERENCES folder (id) ON DELETE SET NULL,
    colour TEXT NOT NULL,
    system_prompt TEXT NOT NULL,
    expanded INTEGER NOT NULL,
    trashed_at REAL
) STRICT;
CREATE INDEX folder_by_parent ON folder (parent_id);

ALTER TABLE conversation
    ADD COLUMN folder_id TEXT REFERENCES folder (id) ON DELETE SET NULL;
ALTER TABLE conversation ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN archived_at REAL;
ALTER TABLE conversation ADD COLUMN colour TEXT NOT NULL DEFAULT '';
CREATE INDEX conversation_listed ON conversation (folder_id, updated_at)
    WHERE trashed_at IS NULL AND archived_at IS NULL AND NOT pinned;
CREATE INDEX conversation_pinned ON conversation (updated_at)
    WHERE trashed_at IS NULL AND archived_at IS NULL AND pinned;
CREATE INDEX conversation_archived ON conversation (archived_at)
    WHERE trashed_at IS NULL AND archived_at IS NOT NULL;
CREATE INDEX conversation_in_folder ON conversation (folder_id) WHERE folder_id IS NOT NULL;
"""

_VERSIONS_AND_REMOVED = """\
DROP INDEX message_by_conversation;
CREATE INDEX message_by_place ON message (conversation_id, parent_id);

CREATE TABLE removed (
    number INTEGER PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    removed_at REAL NOT NULL,
    position INTEGER,
    child_ids TEXT NOT NULL,
    message_number INTEGER NOT NULL,
    sibling_ids TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    parent_id TEXT,
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at REAL NOT NULL,
    model TEXT NOT NULL,
    finish_reason TEXT NOT NULL,
    parts TEXT NOT NULL,
    failure TEXT,
    metrics TEXT
) STRICT;
CREATE INDEX removed_by_conversation ON removed (conversation_id);
CREATE INDEX removed_by_time ON removed (removed_at);

CREATE TABLE last_leaf (
    number INTEGER PRIMARY KEY,
    version INTEGER NOT NULL UNIQUE REFERENCES message (number) ON DELETE CASCADE,
    leaf INTEGER NOT NULL REFERENCES message (number) ON DELETE CASCADE
) STRICT;
CREATE INDEX last_leaf_by_leaf ON last_leaf (leaf);
"""

_QUEUE_AND_TABS = """\
ALTER TABLE draft ADD COLUMN queued TEXT NOT NULL DEFAULT '[]';
ALTER TABLE tab ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tab ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tab ADD COLUMN place TEXT NOT NULL DEFAULT 'main';
ALTER TABLE tab ADD COLUMN selection TEXT;
ALTER TABLE tab ADD COLUMN shape TEXT;
"""

MIGRATIONS: Mapping[int, str] = {
    2: _BRANCH_AND_FINDING + _READING_POSITION,
    3: _SETUP_METRICS_AND_ATTACHMENTS,
    4: _FOLDERS_AND_ORDER + _VERSIONS_AND_REMOVED + _QUEUE_AND_TABS + SEARCH_OF_OLDER,
}
"""By number: the statements that make version ``number`` of the version before it.

They can use the functions in :mod:`chatglm_desktop.store.functions`.
"""


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables of one version and the way there."""

    version: int
    script: str
    migrations: Mapping[int, str]


CURRENT = Schema(VERSION, SCHEMA, MIGRATIONS)

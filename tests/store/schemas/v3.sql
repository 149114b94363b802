CREATE TABLE conversation (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    titled_by_user INTEGER NOT NULL,
    created_at REAL NOT NULL,
    updated_at REAL NOT NULL,
    trashed_at REAL,
    leaf_id TEXT,
    setup TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX conversation_by_update ON conversation (updated_at) WHERE trashed_at IS NULL;
CREATE INDEX conversation_by_trashing ON conversation (trashed_at) WHERE trashed_at IS NOT NULL;

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
CREATE INDEX message_by_conversation ON message (conversation_id);
CREATE INDEX message_by_parent ON message (parent_id);
CREATE INDEX message_running ON message (state) WHERE state IN ('sending', 'streaming');

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
    attachments TEXT NOT NULL DEFAULT '[]'
) STRICT;

CREATE TABLE tab (
    position INTEGER PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    active INTEGER NOT NULL,
    anchor_message_id TEXT,
    anchor_offset REAL,
    anchor_leaf INTEGER,
    anchor_thinking INTEGER
) STRICT;
CREATE INDEX tab_by_conversation ON tab (conversation_id);

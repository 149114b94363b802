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

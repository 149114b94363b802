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

CREATE VIRTUAL TABLE message_index USING fts5 (
    tokens, content = '', detail = none, columnsize = 0, tokenize = 'ascii'
);
CREATE VIRTUAL TABLE title_index USING fts5 (
    tokens, content = '', detail = none, columnsize = 0, tokenize = 'ascii'
);
CREATE TABLE conversation_number (
    number INTEGER PRIMARY KEY,
    conversation_id TEXT NOT NULL UNIQUE REFERENCES conversation (id) ON DELETE CASCADE
) STRICT;
CREATE TABLE run (first INTEGER PRIMARY KEY) STRICT;
CREATE TABLE model_name (name TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE indexing (
    kind TEXT NOT NULL PRIMARY KEY,
    rules INTEGER NOT NULL,
    below INTEGER NOT NULL
) STRICT;
CREATE TRIGGER title_added AFTER INSERT ON conversation BEGIN
    INSERT INTO conversation_number (conversation_id) VALUES (new.id);
    INSERT INTO title_index (rowid, tokens)
        SELECT number, title_tokens(new.title) FROM conversation_number, indexing
        WHERE conversation_id = new.id AND kind = 'title' AND number >= below;
END;
CREATE TRIGGER title_changed AFTER UPDATE OF title ON conversation
WHEN new.title <> old.title BEGIN
    INSERT INTO title_index (title_index, rowid, tokens)
        SELECT 'delete', number, title_tokens(old.title) FROM conversation_number, indexing
        WHERE conversation_id = new.id AND kind = 'title' AND number >= below;
    INSERT INTO title_index (rowid, tokens)
        SELECT number, title_tokens(new.title) FROM conversation_number, indexing
        WHERE conversation_id = new.id AND kind = 'title' AND number >= below;
END;
CREATE TRIGGER title_deleted BEFORE DELETE ON conversation BEGIN
    INSERT INTO title_index (title_index, rowid, tokens)
        SELECT 'delete', number, title_tokens(old.title) FROM conversation_number, indexing
        WHERE conversation_id = old.id AND kind = 'title' AND number >= below;
END;
CREATE TRIGGER message_added AFTER INSERT ON message
WHEN new.state NOT IN ('sending', 'streaming') BEGIN
    INSERT INTO message_index (rowid, tokens)
        SELECT new.number, message_tokens(new.conversation_id, new.role, new.model, new.parts)
        FROM indexing WHERE kind = 'message' AND new.number >= below;
    INSERT OR IGNORE INTO model_name (name) VALUES (new.model);
END;
CREATE TRIGGER message_changed AFTER UPDATE OF conversation_id, role, state, model, parts
ON message BEGIN
    INSERT INTO message_index (message_index, rowid, tokens)
        SELECT 'delete', old.number,
            message_tokens(old.conversation_id, old.role, old.model, old.parts)
        FROM indexing WHERE kind = 'message' AND old.number >= below
            AND old.state NOT IN ('sending', 'streaming');
    INSERT INTO message_index (rowid, tokens)
        SELECT new.number, message_tokens(new.conversation_id, new.role, new.model, new.parts)
        FROM indexing WHERE kind = 'message' AND new.number >= below
            AND new.state NOT IN ('sending', 'streaming');
    INSERT OR IGNORE INTO model_name (name) VALUES (new.model);
END;
CREATE TRIGGER message_deleted BEFORE DELETE ON message
WHEN old.state NOT IN ('sending', 'streaming') BEGIN
    INSERT INTO message_index (message_index, rowid, tokens)
        SELECT 'delete', old.number,
            message_tokens(old.conversation_id, old.role, old.model, old.parts)
        FROM indexing WHERE kind = 'message' AND old.number >= below;
END;
CREATE TRIGGER message_numbered AFTER INSERT ON message BEGIN
    INSERT OR IGNORE INTO run (first) SELECT new.number WHERE new.created_at <
        (SELECT created_at FROM message WHERE number < new.number ORDER BY number DESC LIMIT 1);
    INSERT OR IGNORE INTO run (first) SELECT number FROM
        (SELECT number, created_at FROM message WHERE number > new.number ORDER BY number LIMIT 1)
        WHERE created_at < new.created_at;
END;
CREATE TRIGGER message_timed AFTER UPDATE OF created_at ON message
WHEN new.created_at <> old.created_at BEGIN
    INSERT OR IGNORE INTO run (first) VALUES (new.number);
    INSERT OR IGNORE INTO run (first) VALUES (new.number + 1);
END;

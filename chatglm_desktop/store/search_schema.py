# SPDX-License-Identifier: MIT
"""The tables by which messages and titles are found, and what keeps them true; text only.

Triggers keep them, so that whatever adds, changes or deletes a message does right. They call the
functions in :mod:`chatglm_desktop.store.functions`, which every writing connection has.
"""

from __future__ import annotations

NEVER = 1 << 62
"""A bound that no number reaches."""

# The indices hold nothing but tokens: which of them a message has, under its number. To take it
# out, an index has to be told what it has been told before.
#
# A conversation gets a number of its own, as implicit row numbers may change.
#
# "run" holds where among the numbers of messages the times go back: with an import, for example.
# Within a run they ascend. "model_name" holds whatever has answered.
#
# What has a number from "below" on has been indexed, by the rules of this number; the rest is
# done in the background. Rules 0 are none: such an index is made anew.
_TABLES = """\
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
"""

_TRIGGERS = """\
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
"""

SEARCH = f"""
{_TABLES}
INSERT INTO indexing (kind, rules, below) VALUES ('message', 1, 0), ('title', 1, 0);

{_TRIGGERS}"""

SEARCH_OF_OLDER = f"""
{_TABLES}
INSERT INTO indexing (kind, rules, below)
VALUES ('message', 0, {NEVER}), ('title', 0, {NEVER});

INSERT INTO conversation_number (conversation_id) SELECT id FROM conversation;

INSERT INTO run (first) SELECT number FROM
    (SELECT number, created_at < lag(created_at) OVER (ORDER BY number) AS back FROM message)
    WHERE back;

INSERT OR IGNORE INTO model_name (name) SELECT DISTINCT model FROM message;

{_TRIGGERS}"""

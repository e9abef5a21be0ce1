-- What a chat waits for ends at a moment that fits it. `optional`: words are taken for it, but nobody asked for them by
-- a press, so whatever somebody asks for takes its place.

CREATE TABLE waiting (
    chat_id     INTEGER PRIMARY KEY,
    waits_for   TEXT    NOT NULL,
    data        TEXT    NOT NULL DEFAULT '{}',
    since       TEXT    NOT NULL,
    until       TEXT    NOT NULL,
    optional    INTEGER NOT NULL DEFAULT 0 CHECK (optional IN (0, 1))
) STRICT;
-- Nobody knows how long the old ones were meant for: an hour from when they began.
INSERT INTO waiting (chat_id, waits_for, data, since, until)
SELECT chat_id, waits_for, data, since, strftime('%Y-%m-%dT%H:%M:%fZ', since, '+1 hour') FROM conversation;
DROP TABLE conversation;
ALTER TABLE waiting RENAME TO conversation;

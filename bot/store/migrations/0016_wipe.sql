-- What was erased is overwritten, also after a restart; and of what was handled nothing is kept.

CREATE TABLE wipe (                                   -- something was erased, and traces of it may be left
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    part  TEXT    NOT NULL CHECK (part IN ('file', 'log'))  -- what is still to be done: all, or only to empty the WAL
) STRICT;

UPDATE inbox SET raw = x'7B7D', sender_id = 0 WHERE state <> 'new';

-- Earlier versions let SQLite keep deleted rows in free pages.
INSERT INTO wipe (id, part) SELECT 1, 'file' WHERE EXISTS (SELECT 1 FROM inbox) OR EXISTS (SELECT 1 FROM person);

-- The office's list of who was invited: what it says of each, who of them has joined, and a link for each.

CREATE TABLE roster (
    id          INTEGER PRIMARY KEY,                    -- in the files that are made of it; never given twice
    name        TEXT    NOT NULL,
    name_key    TEXT    NOT NULL,                       -- the name as it is compared: without case
    latin_name  TEXT    NOT NULL DEFAULT '',
    school      TEXT    NOT NULL DEFAULT '',
    district    TEXT    NOT NULL DEFAULT '',
    group_key   TEXT,
    language    TEXT,
    room        TEXT    NOT NULL DEFAULT '',
    phone       TEXT    NOT NULL DEFAULT '',            -- +992901234567
    flight      TEXT    NOT NULL DEFAULT '',
    diet        TEXT    NOT NULL DEFAULT '',
    person_id   INTEGER REFERENCES person (id) ON DELETE SET NULL,  -- who has joined, and is it
    changed_at  TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX roster_person ON roster (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX roster_phone ON roster (phone) WHERE phone <> '';
CREATE INDEX roster_name ON roster (name_key);
CREATE INDEX roster_waiting ON roster (name_key, id) WHERE person_id IS NULL;

INSERT INTO deleted_number (name, last) VALUES ('roster', 0);
CREATE TRIGGER roster_deleted AFTER DELETE ON roster BEGIN
    UPDATE deleted_number SET last = max(last, old.id) WHERE name = 'roster';
END;

ALTER TABLE invite ADD COLUMN roster_id INTEGER;        -- whose link it is, where it is for one person of the roster
CREATE INDEX invite_roster ON invite (roster_id, id) WHERE roster_id IS NOT NULL;

CREATE TABLE roster_import (                            -- a file that was read and not taken yet: one an organizer
    by_id    INTEGER NOT NULL UNIQUE REFERENCES person (id) ON DELETE CASCADE,
    mark     TEXT    NOT NULL,                          -- which one a button is about
    rows     BLOB    NOT NULL,                          -- the rows as JSON, compressed
    made_at  TEXT    NOT NULL
) STRICT;

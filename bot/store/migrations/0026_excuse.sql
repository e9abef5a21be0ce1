-- Who is excused for a day, and what organizers took back of what they had said about the absent.

CREATE TABLE excuse (                                 -- the one without an end is true; the others are the history
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    seminar    TEXT    NOT NULL,                      -- the seminar's key
    date       TEXT    NOT NULL,                      -- where the seminar is, YYYY-MM-DD
    person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    reason     TEXT    NOT NULL CHECK (reason IN ('ill', 'family', 'travelling')),
    by_id      INTEGER REFERENCES person (id) ON DELETE SET NULL,
    at         TEXT    NOT NULL,
    ended_by   INTEGER REFERENCES person (id) ON DELETE SET NULL,
    ended_at   TEXT                                   -- when it was taken back
) STRICT;
CREATE UNIQUE INDEX excuse_open ON excuse (seminar, date, person_id) WHERE ended_at IS NULL;
CREATE INDEX excuse_person ON excuse (person_id);
CREATE INDEX excuse_by ON excuse (by_id);
CREATE INDEX excuse_ended_by ON excuse (ended_by);

CREATE TABLE accounted_undone (                       -- marks of `accounted` that were taken back
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    seminar    TEXT    NOT NULL,
    date       TEXT    NOT NULL,
    slot       TEXT    NOT NULL CHECK (slot IN ('morning', 'evening')),
    person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    by_id      INTEGER REFERENCES person (id) ON DELETE SET NULL,
    at         TEXT    NOT NULL,
    undone_by  INTEGER REFERENCES person (id) ON DELETE SET NULL,
    undone_at  TEXT    NOT NULL
) STRICT;
CREATE INDEX accounted_undone_person ON accounted_undone (person_id);
CREATE INDEX accounted_undone_by ON accounted_undone (by_id);
CREATE INDEX accounted_undone_undone_by ON accounted_undone (undone_by);

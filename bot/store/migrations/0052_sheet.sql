-- Attendance sheets: what stood on each when it was made.

CREATE TABLE sheet (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,      -- the number on its pages; never given twice
    seminar     TEXT    NOT NULL,
    date        TEXT    NOT NULL,                       -- where the seminar is, YYYY-MM-DD
    kind        TEXT    NOT NULL CHECK (kind IN ('day', 'session')),
    about       TEXT    NOT NULL,                       -- the key of the session; '' for a day
    people      TEXT    NOT NULL,                       -- whom it covers: a PeopleFilter
    part        INTEGER NOT NULL,                       -- from 0 on; so many people are on one
    parts       INTEGER NOT NULL,
    version     INTEGER NOT NULL,                       -- another one when something on it has changed
    sessions    TEXT    NOT NULL,                       -- its columns as they were called then: JSON
    digest      TEXT    NOT NULL,                       -- of all that stands on it
    made_at     TEXT    NOT NULL,
    made_by     INTEGER NOT NULL REFERENCES person (id),
    UNIQUE (seminar, date, kind, about, people, part, version)
) STRICT;

CREATE TABLE sheet_person (                             -- a line of a sheet
    sheet_id    INTEGER NOT NULL REFERENCES sheet (id) ON DELETE CASCADE,
    number      INTEGER NOT NULL,                       -- of the line, from 1 on
    person_id   INTEGER REFERENCES person (id),         -- NULL: on the roster, and has not joined
    roster_id   INTEGER REFERENCES roster (id) ON DELETE CASCADE,
    name        TEXT    NOT NULL,
    latin_name  TEXT    NOT NULL,
    school      TEXT    NOT NULL,
    group_key   TEXT    NOT NULL,
    marks       TEXT    NOT NULL,                       -- JSON: for each session [state, how, at] or null
    PRIMARY KEY (sheet_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX sheet_person_person ON sheet_person (person_id);
CREATE INDEX sheet_person_roster ON sheet_person (roster_id);

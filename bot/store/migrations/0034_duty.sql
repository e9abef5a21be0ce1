-- Who is on duty in which shift, what they ask each other, and what they leave for whoever comes after them.

CREATE TABLE duty (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    seminar    TEXT    NOT NULL,                      -- the seminar's key
    date       TEXT    NOT NULL,                      -- on which the shift begins, where the seminar is, YYYY-MM-DD
    shift      TEXT    NOT NULL,                      -- its key in the folder, or whole-day
    person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    by_id      INTEGER REFERENCES person (id) ON DELETE SET NULL,
    at         TEXT    NOT NULL,
    UNIQUE (seminar, date, shift, person_id)
) STRICT;
CREATE INDEX duty_person ON duty (person_id);
CREATE INDEX duty_by ON duty (by_id);

CREATE TABLE duty_request (                           -- one organizer asks another: take it, exchange it, join me
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT    NOT NULL CHECK (kind IN ('give', 'swap', 'join')),
    seminar     TEXT    NOT NULL,
    date        TEXT    NOT NULL,
    shift       TEXT    NOT NULL,
    person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,  -- who asks
    asked_id    INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    other_date  TEXT,                                 -- what the other gives in exchange
    other_shift TEXT,
    asked_at    TEXT    NOT NULL,
    state       TEXT    NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'agreed', 'refused', 'ended')),
    CHECK ((kind = 'swap') = (other_date IS NOT NULL) AND (other_date IS NULL) = (other_shift IS NULL))
) STRICT;
CREATE UNIQUE INDEX duty_request_open ON duty_request (
    kind, seminar, date, shift, person_id, asked_id, coalesce(other_date, ''), coalesce(other_shift, '')
) WHERE state = 'asked';
CREATE INDEX duty_request_person ON duty_request (person_id);
CREATE INDEX duty_request_asked ON duty_request (asked_id);

CREATE TABLE duty_note (                              -- words for whoever has this shift; erased some days later
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    seminar     TEXT    NOT NULL,
    date        TEXT    NOT NULL,
    shift       TEXT    NOT NULL,
    person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,  -- who wrote them
    words       TEXT    NOT NULL,
    written_at  TEXT    NOT NULL,
    UNIQUE (seminar, date, shift, person_id)
) STRICT;
CREATE INDEX duty_note_person ON duty_note (person_id);
CREATE INDEX duty_note_written ON duty_note (written_at);

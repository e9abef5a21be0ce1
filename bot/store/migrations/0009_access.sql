-- Links that are called back, staff roles that are given and taken back, and who has left.

ALTER TABLE invite ADD COLUMN revoked_at TEXT;

CREATE TABLE role_grant (                             -- someone was made an organizer or a coordinator
    id             INTEGER PRIMARY KEY,
    person_id      INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    role           TEXT    NOT NULL CHECK (role IN ('organizer', 'coordinator')),
    how            TEXT    NOT NULL CHECK (how IN ('admission', 'link')),
    given_by       INTEGER REFERENCES person (id) ON DELETE SET NULL,  -- NULL: a link of the command line, or unknown
    given_at       TEXT    NOT NULL,
    ended_as       TEXT    CHECK (ended_as IN ('teacher', 'out')),     -- NULL: it was not taken back
    ended_by       INTEGER REFERENCES person (id) ON DELETE SET NULL,
    ended_at       TEXT
) STRICT;
CREATE INDEX role_grant_person ON role_grant (person_id);
CREATE INDEX role_grant_given_by ON role_grant (given_by);
CREATE INDEX role_grant_ended_by ON role_grant (ended_by);

CREATE TABLE departure (                              -- someone has left; organizers hear of it
    id          INTEGER PRIMARY KEY,
    name        TEXT    NOT NULL,                     -- '': not to be told, or told: it is kept no longer than that
    role        TEXT    NOT NULL CHECK (role IN ('teacher', 'organizer', 'coordinator')),
    group_key   TEXT,
    how         TEXT    NOT NULL CHECK (how IN ('erased', 'declined')),
    closed      INTEGER NOT NULL,                     -- calls for help that end with it
    reopened    INTEGER NOT NULL,                     -- calls that they had taken and that nobody has now
    left_at     TEXT    NOT NULL
) STRICT;
CREATE INDEX departure_named ON departure (id) WHERE name <> '';

-- Certificates: what is printed stands in the row and in its design, so that nothing that changes later changes one.

CREATE TABLE certificate_part (                         -- a design (JSON), or a picture of one; many share it, none changes
    digest   TEXT PRIMARY KEY,                          -- SHA-256 of the content
    content  BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE certificate (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id     INTEGER REFERENCES person (id),       -- NULL once the holder has erased their data
    seminar       TEXT    NOT NULL,
    number        INTEGER NOT NULL,                     -- of the serial, which a corrected copy keeps
    issue         INTEGER NOT NULL,                     -- 1, and one more for each copy
    code          TEXT    NOT NULL UNIQUE,              -- in the QR code; replaced by the row's number once erased
    seal          TEXT    NOT NULL UNIQUE,              -- what the code is known by
    language      TEXT    NOT NULL,
    name          TEXT    NOT NULL,                     -- '' once erased, as all that follows of the person
    latin_name    TEXT    NOT NULL,
    minutes       INTEGER NOT NULL,                     -- of attendance
    lessons       INTEGER NOT NULL,
    competencies  TEXT    NOT NULL,                     -- JSON list of texts by language
    design        TEXT    NOT NULL REFERENCES certificate_part (digest),
    issued_at     TEXT    NOT NULL,
    issued_by     INTEGER NOT NULL REFERENCES person (id),
    ended_as      TEXT    CHECK (ended_as IN ('replaced', 'revoked')),
    ended_at      TEXT,
    ended_by      INTEGER REFERENCES person (id),
    reason        TEXT    NOT NULL DEFAULT '',          -- why it was revoked; for organizers
    UNIQUE (seminar, number, issue),
    CHECK ((ended_as IS NULL) = (ended_at IS NULL))
) STRICT;
CREATE INDEX certificate_person ON certificate (person_id, seminar, id);
CREATE UNIQUE INDEX certificate_standing ON certificate (seminar, person_id) WHERE ended_at IS NULL AND person_id IS NOT NULL;
CREATE INDEX certificate_ended_by ON certificate (ended_by) WHERE ended_by IS NOT NULL;
CREATE INDEX certificate_issued_by ON certificate (issued_by);

CREATE TABLE certificate_exception (                    -- who gets one although something is missing, and why
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    seminar    TEXT    NOT NULL,
    person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    by_id      INTEGER NOT NULL REFERENCES person (id),
    reason     TEXT    NOT NULL,                        -- '' once who wrote it has erased their data
    at         TEXT    NOT NULL,
    ended_by   INTEGER REFERENCES person (id),
    ended_at   TEXT
) STRICT;
CREATE UNIQUE INDEX certificate_exception_stands ON certificate_exception (seminar, person_id) WHERE ended_at IS NULL;
CREATE INDEX certificate_exception_person ON certificate_exception (person_id);
CREATE INDEX certificate_exception_by ON certificate_exception (by_id);

CREATE TABLE certificate_lookup (                       -- who has verified a certificate lately: not more than so often
    telegram_id  INTEGER NOT NULL,
    message_id   INTEGER NOT NULL,                      -- the message with the code: handled twice, it counts once
    at           TEXT    NOT NULL,
    PRIMARY KEY (telegram_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX certificate_lookup_at ON certificate_lookup (at);

CREATE TABLE signing_key (                              -- signs badge files; a safety copy of the database has it, too
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    seed     BLOB    NOT NULL,                          -- the private key of Ed25519, 32 bytes
    made_at  TEXT    NOT NULL
) STRICT;

-- The programme in numbered versions: the folder's is the first, what is published later follows. The newest one runs.

CREATE TABLE programme_version (
    seminar       TEXT    NOT NULL,
    number        INTEGER NOT NULL CHECK (number >= 1),
    base          INTEGER NOT NULL CHECK (base = number - 1),  -- what its author had seen: nothing is overwritten unseen
    document      TEXT    NOT NULL,                      -- JSON: days and sessions, see bot.programme.document
    digest        TEXT    NOT NULL,                      -- of the document: the same publish twice is one version
    source        TEXT    NOT NULL CHECK (source IN ('folder', 'chat', 'file')),
    restores      INTEGER,                               -- the earlier version that it brings back
    by_id         INTEGER REFERENCES person (id) ON DELETE SET NULL,
    published_at  TEXT    NOT NULL,
    reason        TEXT    NOT NULL DEFAULT '',           -- JSON: language -> text; '' for none
    PRIMARY KEY (seminar, number)
) STRICT;
CREATE INDEX programme_version_by ON programme_version (by_id) WHERE by_id IS NOT NULL;

CREATE TABLE programme_draft (                           -- what an organizer has changed and not published yet
    person_id     INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    seminar       TEXT    NOT NULL,
    base          INTEGER NOT NULL,                      -- the version that it changes
    document      TEXT    NOT NULL,
    source        TEXT    NOT NULL CHECK (source IN ('chat', 'file')),
    updated_at    TEXT    NOT NULL,
    reason        TEXT    NOT NULL DEFAULT ''            -- JSON: language -> text; '' for none
) STRICT;

CREATE TABLE programme_folder (                          -- the folder's programme as the last start found it
    seminar       TEXT    PRIMARY KEY,
    document      TEXT    NOT NULL,
    digest        TEXT    NOT NULL,
    version       INTEGER NOT NULL,                      -- the last version that was the folder's
    state         TEXT    NOT NULL CHECK (state IN ('taken', 'offered', 'declined'))
) STRICT, WITHOUT ROWID;

CREATE TABLE programme_seen (                            -- who has said that they saw the notice of a version
    person_id     INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    seminar       TEXT    NOT NULL,
    version       INTEGER NOT NULL,
    seen_at       TEXT    NOT NULL,
    PRIMARY KEY (person_id, seminar, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX programme_seen_version ON programme_seen (seminar, version);

CREATE TABLE programme_agenda (                          -- how far the agendas that were delivered say what runs now
    seminar       TEXT    NOT NULL,
    date          TEXT    NOT NULL,
    version       INTEGER NOT NULL,                      -- what they are changed to
    since         TEXT    NOT NULL,                      -- JSON: the versions that some of them may still show
    cursor        INTEGER NOT NULL,                      -- the last outbox row that was looked at
    done          INTEGER NOT NULL CHECK (done IN (0, 1)),
    PRIMARY KEY (seminar, date)
) STRICT, WITHOUT ROWID;

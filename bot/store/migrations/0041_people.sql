-- Organizers find people by any part of a name, note what they should know of them, pause and remove them, and move
-- them to a new phone.

ALTER TABLE person ADD COLUMN paused_at TEXT;            -- since then nothing is sent that nobody has written to them
ALTER TABLE person ADD COLUMN removed_at TEXT;           -- organizers removed them: no invitation lets them in again
CREATE INDEX person_paused ON person (id) WHERE paused_at IS NOT NULL;

-- Names as they are searched (bot.name_folding), a person's with those on the roster. NULL: the name is new, and is
-- folded before the next search.
CREATE TABLE person_search (
    person_id  INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    folded     TEXT
) STRICT;
CREATE INDEX person_search_folded ON person_search (folded, person_id);
CREATE TABLE roster_search (
    roster_id  INTEGER PRIMARY KEY REFERENCES roster (id) ON DELETE CASCADE,
    folded     TEXT
) STRICT;
CREATE INDEX roster_search_folded ON roster_search (folded, roster_id);

INSERT INTO person_search (person_id) SELECT id FROM person WHERE name <> '';
INSERT INTO roster_search (roster_id) SELECT id FROM roster;

-- In the transaction of whoever writes a name, so that no write can forget it.
CREATE TRIGGER person_search_comes AFTER INSERT ON person WHEN new.name <> '' BEGIN
    INSERT OR REPLACE INTO person_search (person_id) VALUES (new.id);
END;
CREATE TRIGGER person_search_changes AFTER UPDATE OF name, username ON person
WHEN (old.name, old.username) IS NOT (new.name, new.username) BEGIN
    INSERT OR REPLACE INTO person_search (person_id) VALUES (new.id);
END;
CREATE TRIGGER roster_search_comes AFTER INSERT ON roster BEGIN
    INSERT OR REPLACE INTO roster_search (roster_id) VALUES (new.id);
END;
CREATE TRIGGER roster_search_changes AFTER UPDATE OF name, latin_name, person_id ON roster
WHEN (old.name, old.latin_name, old.person_id) IS NOT (new.name, new.latin_name, new.person_id) BEGIN
    INSERT OR REPLACE INTO roster_search (roster_id) VALUES (new.id);
    UPDATE person_search SET folded = NULL WHERE person_id IN (old.person_id, new.person_id);
END;

CREATE TABLE people_list (                              -- what an organizer looked for: buttons carry its number
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,  -- the organizer
    query      TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    group_key  TEXT    NOT NULL,
    language   TEXT    NOT NULL,
    UNIQUE (person_id, query, state, group_key, language)
) STRICT;

CREATE TABLE person_note (                              -- what organizers should know of somebody
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    by_id       INTEGER REFERENCES person (id) ON DELETE SET NULL,
    at          TEXT    NOT NULL,
    words       TEXT    NOT NULL,
    message_id  INTEGER NOT NULL,                       -- the message with it: handled twice, it is one note
    UNIQUE (by_id, message_id)
) STRICT;
CREATE INDEX person_note_person ON person_note (person_id, id);

CREATE TABLE transfer (                                 -- a link by which a person goes on with another account
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    code_hash   TEXT    NOT NULL UNIQUE,                -- SHA-256; the code itself is never stored
    made_by     INTEGER REFERENCES person (id) ON DELETE SET NULL,
    expires_at  TEXT    NOT NULL,
    used_at     TEXT                                    -- or withdrawn: a newer link took its place
) STRICT;
CREATE INDEX transfer_person ON transfer (person_id);
CREATE INDEX transfer_made_by ON transfer (made_by);
CREATE INDEX transfer_open ON transfer (expires_at) WHERE used_at IS NULL;
CREATE INDEX audit_at ON audit (at);

-- A role can be given to a member, too.
DROP TRIGGER role_grant_deleted;
CREATE TABLE role_grant_before AS SELECT * FROM role_grant;
DROP TABLE role_grant;
CREATE TABLE role_grant (
    id             INTEGER PRIMARY KEY,
    person_id      INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    role           TEXT    NOT NULL CHECK (role IN ('organizer', 'coordinator')),
    how            TEXT    NOT NULL CHECK (how IN ('admission', 'link', 'appointment')),
    given_by       INTEGER REFERENCES person (id) ON DELETE SET NULL,  -- NULL: a link of the command line, or unknown
    given_at       TEXT    NOT NULL,
    ended_as       TEXT    CHECK (ended_as IN ('teacher', 'out')),     -- NULL: it was not taken back
    ended_by       INTEGER REFERENCES person (id) ON DELETE SET NULL,
    ended_at       TEXT,
    owner          INTEGER NOT NULL DEFAULT 0 CHECK (owner IN (0, 1))
) STRICT;
INSERT INTO role_grant (id, person_id, role, how, given_by, given_at, ended_as, ended_by, ended_at, owner)
SELECT id, person_id, role, how, given_by, given_at, ended_as, ended_by, ended_at, owner FROM role_grant_before;
DROP TABLE role_grant_before;
CREATE INDEX role_grant_person ON role_grant (person_id);
CREATE INDEX role_grant_given_by ON role_grant (given_by);
CREATE INDEX role_grant_ended_by ON role_grant (ended_by);
CREATE TRIGGER role_grant_deleted AFTER DELETE ON role_grant BEGIN
    UPDATE deleted_number SET last = max(last, old.id) WHERE name = 'role_grant';
END;

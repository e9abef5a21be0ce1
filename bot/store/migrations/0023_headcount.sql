-- Who is here: marks, each with who said so, how and when; headcounts, and the cards on which organizers follow them.

CREATE TABLE mark (                                   -- only added to; the newest of a person is what is true
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    subject    TEXT    NOT NULL,                      -- what it is about: headcount:7
    person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    state      TEXT    NOT NULL CHECK (state IN ('present', 'late', 'excused', 'absent')),
    how        TEXT    NOT NULL CHECK (how IN ('tap', 'roll call', 'buddy', 'code')),
    by_id      INTEGER NOT NULL REFERENCES person (id),
    at         TEXT    NOT NULL
) STRICT;
CREATE INDEX mark_subject ON mark (subject, person_id, id, state, how);
CREATE INDEX mark_person ON mark (person_id, subject, id);
CREATE INDEX mark_by ON mark (by_id);

CREATE TRIGGER mark_stays BEFORE UPDATE ON mark BEGIN
    SELECT raise(ABORT, 'a mark is not changed: a newer one is added');
END;

-- The newest marks of active teachers, counted by group ('' for none). Triggers keep it in the transaction of whoever
-- writes, so that no write can forget it, not even one that moves a person to another group.
CREATE TABLE mark_tally (
    subject    TEXT    NOT NULL,
    group_key  TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    how        TEXT    NOT NULL,
    people     INTEGER NOT NULL,
    PRIMARY KEY (subject, group_key, state, how)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER mark_comes AFTER INSERT ON mark BEGIN
    UPDATE mark_tally SET people = people - 1
     WHERE (subject, group_key, state, how) = (
        SELECT earlier.subject, coalesce(p.group_key, ''), earlier.state, earlier.how
          FROM mark AS earlier JOIN person AS p ON p.id = earlier.person_id
         WHERE earlier.subject = new.subject AND earlier.person_id = new.person_id AND earlier.id < new.id
           AND p.role = 'teacher' AND p.state = 'active'
         ORDER BY earlier.id DESC LIMIT 1);
    INSERT INTO mark_tally (subject, group_key, state, how, people)
    SELECT new.subject, coalesce(group_key, ''), new.state, new.how, 1 FROM person
     WHERE id = new.person_id AND role = 'teacher' AND state = 'active'
    ON CONFLICT DO UPDATE SET people = people + 1;
END;

CREATE TRIGGER mark_moves AFTER UPDATE OF role, state, group_key ON person BEGIN
    UPDATE mark_tally SET people = people - 1
     WHERE old.role = 'teacher' AND old.state = 'active' AND group_key = coalesce(old.group_key, '')
       AND (subject, state, how) IN (
        SELECT subject, state, how FROM (
            SELECT subject, state, how, max(id) FROM mark WHERE person_id = old.id GROUP BY subject));
    INSERT INTO mark_tally (subject, group_key, state, how, people)
    SELECT subject, coalesce(new.group_key, ''), state, how, 1 FROM (
        SELECT subject, state, how, max(id) FROM mark WHERE person_id = new.id GROUP BY subject)
     WHERE new.role = 'teacher' AND new.state = 'active'
    ON CONFLICT DO UPDATE SET people = people + 1;
END;

CREATE TABLE headcount (                              -- organizers count all teachers, or those of some groups
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    seminar      TEXT    NOT NULL,
    audience     TEXT    NOT NULL,                    -- JSON list of groups' keys, in order; [] for all
    date         TEXT,                                -- before which departure it is, if before one:
    session_key  TEXT,                                -- a session's date and key
    started_by   INTEGER NOT NULL REFERENCES person (id),
    started_at   TEXT    NOT NULL,
    ends_at      TEXT    NOT NULL,                    -- it closes then by itself
    closed_by    INTEGER REFERENCES person (id),      -- NULL: by itself
    closed_at    TEXT,
    pings        INTEGER NOT NULL DEFAULT 0,          -- how often the missing were reminded
    pinged_at    TEXT
) STRICT;
CREATE UNIQUE INDEX headcount_open ON headcount (seminar, audience) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX headcount_departure ON headcount (seminar, date, session_key) WHERE session_key IS NOT NULL;

CREATE TABLE headcount_card (                         -- a message that shows a headcount and changes by itself
    chat_id       INTEGER NOT NULL,
    message_id    INTEGER NOT NULL,
    person_id     INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    headcount_id  INTEGER NOT NULL REFERENCES headcount (id),
    list          TEXT    NOT NULL,                   -- which of its lists it shows
    page          INTEGER NOT NULL,
    shown         TEXT    NOT NULL,                   -- a fingerprint of what it shows
    hurry         INTEGER NOT NULL CHECK (hurry IN (0, 1)),  -- its reader has pressed something and waits
    PRIMARY KEY (chat_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX headcount_card_person ON headcount_card (person_id);
CREATE INDEX headcount_card_headcount ON headcount_card (headcount_id);

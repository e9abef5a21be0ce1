-- The group of the staff: a forum with a topic for each teacher and one for alerts.

CREATE TABLE staff_group (
    one          INTEGER PRIMARY KEY CHECK (one = 1),  -- there is one group at most
    group_id     INTEGER NOT NULL,
    title        TEXT    NOT NULL,
    language     TEXT    NOT NULL,                     -- of whoever connected it
    connected_at TEXT    NOT NULL,
    problem      TEXT    NOT NULL DEFAULT '',          -- bot/store/staff_group.py: GroupProblem; '': there is none
    since        TEXT    NOT NULL,                     -- since when the problem is so
    checked_at   TEXT,                                 -- when Telegram was asked last; NULL: it is to be asked now
    unknown      INTEGER NOT NULL DEFAULT 0            -- members whom nobody has made organizers
) STRICT;

-- Organizers who are in it.
CREATE TABLE staff_group_member (
    person_id INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE
) STRICT;

-- Who else is in it, as far as Telegram tells; forgotten once they are gone.
CREATE TABLE staff_group_stranger (
    telegram_id INTEGER PRIMARY KEY,
    name        TEXT NOT NULL
) STRICT;

CREATE TABLE forum_topic (
    group_id  INTEGER NOT NULL,
    subject   TEXT    NOT NULL,                        -- person-17, alerts
    person_id INTEGER REFERENCES person (id) ON DELETE CASCADE,
    thread_id INTEGER NOT NULL,
    closed    INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1)),
    PRIMARY KEY (group_id, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX forum_topic_thread ON forum_topic (group_id, thread_id);
CREATE INDEX forum_topic_person ON forum_topic (person_id) WHERE person_id IS NOT NULL;

-- What was passed on, in pieces, and the message of the group that shows each piece.
CREATE TABLE staff_group_post (
    letter_id  INTEGER NOT NULL REFERENCES help_message (id) ON DELETE CASCADE,
    part       INTEGER NOT NULL,                       -- -1: what is besides the words
    person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,  -- in whose topic
    edited_at  INTEGER,                                -- the change of it that is shown
    outbox_id  INTEGER,                                -- the row that shows it
    message_id INTEGER,                                -- NULL: it waits
    PRIMARY KEY (letter_id, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_group_post_waiting ON staff_group_post (person_id, letter_id) WHERE message_id IS NULL;
CREATE INDEX staff_group_post_row ON staff_group_post (outbox_id) WHERE outbox_id IS NOT NULL;
CREATE INDEX help_message_passed ON help_message (passed_at) WHERE passed_at IS NOT NULL;

-- Cards that change by themselves stand in the group, too, where they are nobody's own.
ALTER TABLE live_card RENAME TO live_card_before;
DROP INDEX live_card_person;
DROP INDEX live_card_subject;
CREATE TABLE live_card (
    chat_id       INTEGER NOT NULL,
    message_id    INTEGER NOT NULL,
    person_id     INTEGER REFERENCES person (id) ON DELETE CASCADE,  -- NULL: the group of the staff
    feature       TEXT    NOT NULL,                   -- which feature reads and renders it: headcount
    subject       TEXT    NOT NULL,                   -- what it is about: headcount:7
    list          TEXT    NOT NULL,                   -- which of the feature's lists it shows
    page          INTEGER NOT NULL,
    shown         TEXT    NOT NULL,                   -- a fingerprint of what it shows
    hurry         INTEGER NOT NULL CHECK (hurry IN (0, 1)),  -- its reader has pressed something and waits
    PRIMARY KEY (chat_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX live_card_person ON live_card (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX live_card_subject ON live_card (feature, subject);
INSERT INTO live_card SELECT chat_id, message_id, person_id, feature, subject, list, page, shown, hurry
  FROM live_card_before;
DROP TABLE live_card_before;

CREATE INDEX outbox_group_words ON outbox (id) WHERE kind IN ('group.words', 'group.media', 'group.album', 'group.pin');

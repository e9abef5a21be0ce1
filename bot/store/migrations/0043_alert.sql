-- What somebody of the staff has to look after: one row for each matter, and who has it. A call for help has one, too,
-- which alone says whether somebody is on it.

CREATE TABLE alert (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT    NOT NULL,                     -- bot/escalation.py: AlertKind
    subject     TEXT    NOT NULL,                     -- the same matter twice is one: help:7, mood:2025-08-04:person-17
    detail      TEXT    NOT NULL DEFAULT '',          -- what its card tells besides, as its kind writes it; no words
    person_id   INTEGER REFERENCES person (id),       -- whom it is about
    state       TEXT    NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'settled')),
    opened_at   TEXT    NOT NULL,
    open_since  TEXT    NOT NULL,                     -- since when nobody has had it: opened, released or opened again
    taken_by    INTEGER REFERENCES person (id),
    taken_at    TEXT,                                 -- when it was taken first
    settled_by  INTEGER REFERENCES person (id),       -- NULL in a settled one: the bot
    settled_at  TEXT,
    round       INTEGER NOT NULL DEFAULT 0,           -- how often it was open again
    reopened    INTEGER NOT NULL DEFAULT 0,           -- of which after it was settled
    level       INTEGER NOT NULL DEFAULT 0,           -- how many steps of its escalation are done
    due_at      TEXT                                  -- when the next one is due; NULL: none is
) STRICT;
CREATE UNIQUE INDEX alert_live ON alert (subject) WHERE state <> 'settled';
CREATE INDEX alert_subject ON alert (subject, id);
CREATE INDEX alert_due ON alert (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX alert_open ON alert (opened_at, id) WHERE state <> 'settled';
CREATE INDEX alert_kind ON alert (kind, opened_at) WHERE state <> 'settled';
CREATE INDEX alert_taken ON alert (taken_by) WHERE state = 'taken';
CREATE INDEX alert_person ON alert (person_id) WHERE person_id IS NOT NULL;

-- Calls of before that are open are not escalated: nobody counted the minutes.
INSERT INTO alert (kind, subject, person_id, state, opened_at, open_since, taken_by, taken_at, settled_by, settled_at)
SELECT kind, 'help:' || id, person_id, CASE state WHEN 'closed' THEN 'settled' ELSE state END, asked_at, asked_at,
       taken_by, taken_at, closed_by, closed_at
  FROM help ORDER BY id;

DROP INDEX help_live;
ALTER TABLE help DROP COLUMN state;
ALTER TABLE help DROP COLUMN taken_by;
ALTER TABLE help DROP COLUMN taken_at;
ALTER TABLE help DROP COLUMN closed_by;
ALTER TABLE help DROP COLUMN closed_at;
ALTER TABLE help ADD COLUMN alert_id INTEGER REFERENCES alert (id) ON DELETE CASCADE;
UPDATE help SET alert_id = (SELECT alert.id FROM alert WHERE alert.subject = 'help:' || help.id);
CREATE INDEX help_alert ON help (alert_id);

CREATE VIEW help_call AS
SELECT help.id, help.person_id, help.kind, help.asked_in, help.asked_at, help.alert_id, alert.state,
       alert.taken_by, alert.taken_at, alert.settled_by, alert.settled_at
  FROM help JOIN alert ON alert.id = help.alert_id;

-- The alerts on organizers' phones change by themselves from here on.
INSERT INTO live_card (chat_id, message_id, person_id, feature, subject, list, page, shown, hurry)
SELECT o.chat_id, o.message_id, o.person_id, 'alert', CAST(h.alert_id AS TEXT), '', 0, '', 1
  FROM help_call AS h JOIN outbox AS o ON o.event = 'help:' || h.id AND o.kind = 'help.alert'
 WHERE h.state <> 'settled' AND o.state = 'sent' AND o.message_id IS NOT NULL AND o.person_id IS NOT NULL
    ON CONFLICT (chat_id, message_id) DO NOTHING;

-- What organizers decided about a message that the bot sends by itself: one row an occurrence, by its key.

CREATE TABLE upcoming_override (
    event       TEXT    PRIMARY KEY,                     -- agenda:2025-08-04, as in `fanout`
    decision    TEXT    NOT NULL CHECK (decision IN ('skip', 'now', 'postpone', 'keep')), -- keep: the last was undone
    planned_at  TEXT    NOT NULL,                        -- when it was to be sent; another time since, and this is void
    due_at      TEXT    NOT NULL,                        -- when it is sent instead
    by_id       INTEGER REFERENCES person (id) ON DELETE SET NULL,
    at          TEXT    NOT NULL,
    revision    INTEGER NOT NULL                         -- how many decisions there were: a button knows which it saw
) STRICT;
CREATE INDEX upcoming_override_by ON upcoming_override (by_id);

-- Who wants a reminder is counted while an organizer looks at what is to come.
CREATE INDEX person_reminder ON person (reminder_minutes) WHERE reminder_minutes IS NOT NULL;

-- What organizers send to many, from the first question to the last message.

CREATE TABLE broadcast (
    id            INTEGER PRIMARY KEY,
    by_id         INTEGER NOT NULL REFERENCES person (id),
    chat_id       INTEGER NOT NULL,                   -- where the organizer wrote it, and the progress card is
    audience      TEXT    NOT NULL,                   -- all, teachers, or group:KEY
    text          TEXT    NOT NULL DEFAULT '',        -- HTML
    state         TEXT    NOT NULL
                  CHECK (state IN ('draft', 'sending', 'stopped', 'finished', 'dropped')),
    recipients    INTEGER NOT NULL DEFAULT 0,         -- when it was confirmed
    blocked       INTEGER NOT NULL DEFAULT 0,         -- of the audience, known to be out of reach when it was confirmed
    card_id       INTEGER,                            -- message id of the progress card
    made_at       TEXT    NOT NULL,
    confirmed_at  TEXT,
    ended_at      TEXT
) STRICT;
CREATE INDEX broadcast_open ON broadcast (id) WHERE state = 'sending' OR (state = 'stopped' AND ended_at IS NULL);

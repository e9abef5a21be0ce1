-- What organizers send to many, from the first question to the last message.

CREATE TABLE broadcast (
    id            INTEGER PRIMARY KEY,
    by_id         INTEGER REFERENCES person (id) ON DELETE SET NULL,
    chat_id       INTEGER NOT NULL,                   -- where the organizer wrote it, and the progress card is
    audience      TEXT    CHECK (audience IN ('all', 'teachers', 'group')),  -- NULL: not chosen yet
    group_key     TEXT    NOT NULL DEFAULT '',
    text          TEXT    NOT NULL DEFAULT '',        -- HTML
    source_id     INTEGER,                            -- message id that the text was written in
    state         TEXT    NOT NULL CHECK (state IN ('draft', 'sending', 'stopped', 'finished', 'dropped')),
    recipients    INTEGER NOT NULL DEFAULT 0,         -- when it was confirmed
    blocked       INTEGER NOT NULL DEFAULT 0,         -- others of the audience, known to be out of reach then
    card_id       INTEGER,                            -- message id of the progress card
    made_at       TEXT    NOT NULL,
    confirmed_at  TEXT,
    ended_at      TEXT
) STRICT;
CREATE INDEX broadcast_open ON broadcast (id) WHERE state = 'sending' OR (state = 'stopped' AND ended_at IS NULL);

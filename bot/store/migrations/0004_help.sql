-- Calls for help, and what people and organizers write to each other through the bot.

CREATE TABLE help (
    id          INTEGER PRIMARY KEY,
    person_id   INTEGER NOT NULL REFERENCES person (id),
    kind        TEXT    NOT NULL CHECK (kind IN ('help', 'unwell', 'lost', 'question', 'other')),
    asked_in    INTEGER NOT NULL,                     -- the message whose button was pressed, or that was passed on
    state       TEXT    NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'closed')),
    asked_at    TEXT    NOT NULL,
    taken_by    INTEGER REFERENCES person (id),
    taken_at    TEXT,
    closed_by   INTEGER REFERENCES person (id),
    closed_at   TEXT,
    UNIQUE (person_id, asked_in)                      -- a tap that comes twice is one call
) STRICT;
CREATE INDEX help_live ON help (person_id, id) WHERE state <> 'closed';

CREATE TABLE help_message (                           -- one message, in either direction
    id          INTEGER PRIMARY KEY,
    person_id   INTEGER NOT NULL REFERENCES person (id),  -- whose conversation with the organizers it belongs to
    author_id   INTEGER NOT NULL REFERENCES person (id),
    help_id     INTEGER REFERENCES help (id),
    chat_id     INTEGER NOT NULL,                     -- where it was written, and as which message there
    message_id  INTEGER NOT NULL,
    words       TEXT    NOT NULL,
    media       TEXT,                                 -- 'media': there is more than words, to be copied
    written_at  TEXT    NOT NULL,
    passed_at   TEXT,                                 -- NULL: nobody has said yet that it shall be passed on
    UNIQUE (chat_id, message_id)
) STRICT;
CREATE INDEX help_message_person ON help_message (person_id, id);
CREATE INDEX help_message_author ON help_message (author_id);

-- Whoever swipes a message to answer it: what was it about?
CREATE INDEX outbox_help ON outbox (chat_id, message_id) WHERE kind IN ('help.alert', 'help.words', 'help.written');

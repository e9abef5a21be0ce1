-- People, how they came, what their chats wait for, and the two queues.
-- Times are UTC ISO-8601 texts with milliseconds and Z, always bound from the clock.

CREATE TABLE person (
    id            INTEGER PRIMARY KEY,
    telegram_id   INTEGER NOT NULL UNIQUE,            -- also the id of the private chat
    username      TEXT,
    name          TEXT    NOT NULL DEFAULT '',
    language      TEXT    NOT NULL CHECK (language IN ('tg', 'ru', 'en', 'ko')),
    role          TEXT    NOT NULL CHECK (role IN ('teacher', 'organizer', 'coordinator')),
    group_key     TEXT,
    state         TEXT    NOT NULL CHECK (state IN ('joining', 'active', 'left')),
    reachable     INTEGER NOT NULL DEFAULT 1 CHECK (reachable IN (0, 1)),
    step          TEXT    CHECK (step IN ('language', 'name', 'group', 'consent')),  -- of joining; NULL: done
    menu          TEXT,                               -- the command menu that the chat shows, as a fingerprint
    consented_at  TEXT,
    joined_at     TEXT,
    created_at    TEXT    NOT NULL
) STRICT;
CREATE INDEX person_audience ON person (role, state, group_key, id);

CREATE TABLE invite (
    id          INTEGER PRIMARY KEY,
    code_hash   TEXT    NOT NULL UNIQUE,              -- SHA-256; the code itself is never stored
    role        TEXT    NOT NULL CHECK (role IN ('teacher', 'organizer', 'coordinator')),
    uses_left   INTEGER,                              -- NULL: any number
    expires_at  TEXT    NOT NULL,
    made_by     INTEGER,                              -- telegram id; NULL: the command line
    made_at     TEXT    NOT NULL
) STRICT;

CREATE TABLE invite_use (                             -- who came through which invitation
    invite_id    INTEGER NOT NULL REFERENCES invite (id),
    telegram_id  INTEGER NOT NULL,
    used_at      TEXT    NOT NULL,
    PRIMARY KEY (invite_id, telegram_id)
) STRICT;
CREATE INDEX invite_use_person ON invite_use (telegram_id);

CREATE TABLE admission (                              -- a stranger asked to be let in
    id           INTEGER PRIMARY KEY,
    telegram_id  INTEGER NOT NULL UNIQUE,
    name         TEXT    NOT NULL,
    username     TEXT,
    language     TEXT    NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('asked', 'admitted', 'refused')),
    role         TEXT    CHECK (role IN ('teacher', 'organizer', 'coordinator')),  -- that they are admitted in
    asked_at     TEXT    NOT NULL,
    answered_at  TEXT,
    answered_by  INTEGER REFERENCES person (id)
) STRICT;

CREATE TABLE conversation (                           -- what a chat is waiting for
    chat_id     INTEGER PRIMARY KEY,
    waits_for   TEXT    NOT NULL,
    data        TEXT    NOT NULL DEFAULT '{}',
    since       TEXT    NOT NULL
) STRICT;

CREATE TABLE inbox (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,   -- the order of arrival; Telegram's numbers can start anew
    update_id    INTEGER NOT NULL UNIQUE,
    sender_id    INTEGER NOT NULL,                    -- whose order it keeps: the person, or the chat
    raw          BLOB    NOT NULL,
    state        TEXT    NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'failed', 'poisoned')),
    attempts     INTEGER NOT NULL DEFAULT 0,
    error        TEXT,
    received_at  TEXT    NOT NULL,
    done_at      TEXT
) STRICT;
CREATE INDEX inbox_new ON inbox (id) WHERE state = 'new';
CREATE INDEX inbox_new_sender ON inbox (sender_id, id) WHERE state = 'new';
CREATE INDEX inbox_old ON inbox (done_at) WHERE state <> 'new';

CREATE TABLE outbox (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,    -- the order in which a chat gets its messages
    key         TEXT    NOT NULL UNIQUE,              -- agenda:2025-08-04:person-17
    event       TEXT    NOT NULL,                     -- agenda:2025-08-04; what many people's rows share
    kind        TEXT    NOT NULL,
    chat_id     INTEGER NOT NULL,
    person_id   INTEGER REFERENCES person (id),
    priority    INTEGER NOT NULL,                     -- smaller goes first
    data        TEXT    NOT NULL DEFAULT '{}',        -- what the kind needs to word itself
    due_at      TEXT    NOT NULL,                     -- never sent before; never changes
    next_at     TEXT    NOT NULL,                     -- due_at, or later after a try that failed
    expires_at  TEXT    NOT NULL,                     -- never sent from here on
    state       TEXT    NOT NULL DEFAULT 'due'
                CHECK (state IN ('due', 'sending', 'sent', 'unknown', 'dead', 'expired', 'cancelled')),
    attempts    INTEGER NOT NULL DEFAULT 0 CHECK (attempts BETWEEN 0 AND 3),  -- requests that may have arrived
    retries     INTEGER NOT NULL DEFAULT 0,           -- requests that surely did not, for the back-off
    message_id  INTEGER,
    error       TEXT,
    created_at  TEXT    NOT NULL,
    done_at     TEXT                                  -- when it came to its last state
) STRICT;
CREATE INDEX outbox_due ON outbox (priority, next_at, id) WHERE state = 'due';
CREATE INDEX outbox_live_chat ON outbox (chat_id, id) WHERE state IN ('due', 'sending');
CREATE INDEX outbox_sending ON outbox (id) WHERE state = 'sending';
CREATE INDEX outbox_expiry ON outbox (expires_at) WHERE state = 'due';
CREATE INDEX outbox_event ON outbox (event, state);
CREATE INDEX outbox_person ON outbox (person_id);

CREATE TABLE fanout (                                 -- events being spread over their people, and those that were
    event       TEXT    PRIMARY KEY,
    kind        TEXT    NOT NULL,
    priority    INTEGER NOT NULL,
    due_at      TEXT    NOT NULL,
    expires_at  TEXT    NOT NULL,
    roles       TEXT    NOT NULL,                     -- JSON list
    audience    TEXT    NOT NULL,                     -- a name in bot.store.audience
    data        TEXT    NOT NULL DEFAULT '{}',
    cursor      INTEGER NOT NULL DEFAULT 0,           -- the last person id that was looked at
    spread      INTEGER NOT NULL DEFAULT 0,           -- rows made
    cancelled   INTEGER NOT NULL DEFAULT 0 CHECK (cancelled IN (0, 1)),
    created_at  TEXT    NOT NULL,
    done_at     TEXT
) STRICT;
CREATE INDEX fanout_open ON fanout (priority, due_at) WHERE done_at IS NULL;

CREATE TABLE pause (                                  -- 429: nothing is sent to the chat (0: to anyone) until then
    chat_id     INTEGER PRIMARY KEY,
    until       TEXT    NOT NULL
) STRICT;

CREATE TABLE setting (                                -- what organizers set in a chat
    key         TEXT    PRIMARY KEY,
    value       TEXT    NOT NULL
) STRICT;

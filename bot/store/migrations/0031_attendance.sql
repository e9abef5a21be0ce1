-- Attendance by session: what its cards and codes are about, reasons of marks, codes that were guessed, screens.

CREATE TABLE attendance (                             -- a session on a date, once anybody has opened it or its code
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    seminar      TEXT    NOT NULL,
    date         TEXT    NOT NULL,
    session_key  TEXT    NOT NULL,
    secret       BLOB    NOT NULL,                    -- its codes come from it; whoever has it knows them all
    UNIQUE (seminar, date, session_key)
) STRICT;

CREATE TABLE mark_reason (                            -- why somebody is excused; as little to be changed as the mark
    mark_id  INTEGER PRIMARY KEY REFERENCES mark (id) ON DELETE CASCADE,
    reason   TEXT    NOT NULL
) STRICT;

CREATE TABLE attendance_guess (                       -- codes that people sent and that were not the one of now
    person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    message_id  INTEGER NOT NULL,                     -- the message with it: handled twice, it counts once
    subject     TEXT    NOT NULL,                     -- what the mark would have been about
    off         INTEGER,                              -- windows from the code to that moment; NULL: it was never one
    at          TEXT    NOT NULL,
    PRIMARY KEY (person_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_guess_subject ON attendance_guess (subject, at);

CREATE TABLE attendance_screen (                      -- a message that shows the code of now
    chat_id        INTEGER NOT NULL,
    message_id     INTEGER NOT NULL,
    person_id      INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    attendance_id  INTEGER NOT NULL REFERENCES attendance (id),
    shown          INTEGER NOT NULL,                  -- the window whose code it shows
    ends           INTEGER NOT NULL DEFAULT 0 CHECK (ends IN (0, 1)),  -- its reader wants no code any more
    PRIMARY KEY (chat_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_screen_person ON attendance_screen (person_id);

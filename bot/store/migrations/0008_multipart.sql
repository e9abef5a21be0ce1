-- Things that people write in several messages, mark, correct afterwards, or keep moving.

CREATE TABLE multipart (                              -- the last album or cut text of each chat
    chat_id     INTEGER PRIMARY KEY,
    first_id    INTEGER NOT NULL,                     -- message ids of its first part and its last so far
    last_id     INTEGER NOT NULL,
    album       TEXT,                                 -- media_group_id
    sent_at     INTEGER NOT NULL,                     -- Unix seconds, of the last part
    units       INTEGER NOT NULL,                     -- UTF-16 units, of the last part
    total       INTEGER NOT NULL,                     -- and of all
    swiped      INTEGER,                              -- message id that it answers
    waits_for   TEXT    NOT NULL,                     -- what the chat waited for when it began; '': nothing
    data        TEXT    NOT NULL
) STRICT;

ALTER TABLE help_message ADD COLUMN part_of INTEGER;              -- message id of the first part; NULL: this is it
ALTER TABLE help_message ADD COLUMN marks TEXT NOT NULL DEFAULT '[]';  -- JSON: kind, offset, length, value of each
ALTER TABLE help_message ADD COLUMN earlier TEXT;                 -- what it said before it was corrected
ALTER TABLE help_message ADD COLUMN edited_at INTEGER;            -- Unix seconds of the last correction
ALTER TABLE help_message ADD COLUMN latitude REAL;                -- of a place that moves
ALTER TABLE help_message ADD COLUMN longitude REAL;
ALTER TABLE help_message ADD COLUMN live_until TEXT;

ALTER TABLE broadcast ADD COLUMN preview_id INTEGER;              -- message id of the preview, which follows edits

CREATE TABLE checkin_part (                           -- the messages that the words about a day were written in
    person_id   INTEGER NOT NULL REFERENCES person (id),
    message_id  INTEGER NOT NULL,
    date        TEXT    NOT NULL,
    words       TEXT    NOT NULL,
    PRIMARY KEY (person_id, message_id)
) STRICT;

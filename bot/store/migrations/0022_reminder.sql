-- Reminders before sessions are each person's own choice, and files that many people get alike are uploaded once.

ALTER TABLE person ADD COLUMN reminder_minutes INTEGER CHECK (reminder_minutes > 0);  -- before a session; NULL: none

CREATE TABLE uploaded_file (
    name          TEXT    PRIMARY KEY,                   -- what it is, like calendar:sejong-2025:tg:pamir
    edition       TEXT    NOT NULL,                      -- what it says: a file that says something else is uploaded
    file_id       TEXT    NOT NULL                       -- Telegram's, for this bot
) STRICT, WITHOUT ROWID;

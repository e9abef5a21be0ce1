-- The relay: what somebody's words answer, which broadcast they are about, what came in one album, and where its
-- copies stand.

ALTER TABLE help_message ADD COLUMN answers INTEGER REFERENCES help_message (id) ON DELETE SET NULL;  -- a reply to this
ALTER TABLE help_message ADD COLUMN broadcast_id INTEGER REFERENCES broadcast (id) ON DELETE SET NULL;  -- or to that
ALTER TABLE help_message ADD COLUMN gathered INTEGER;                 -- waits behind a card: the first of those with it
ALTER TABLE help_message ADD COLUMN asks INTEGER NOT NULL DEFAULT 0;  -- it asks something, so it comes before others
ALTER TABLE help_message ADD COLUMN album TEXT;                       -- Telegram's name of the album that it is a part of
ALTER TABLE help_message ADD COLUMN file TEXT;                        -- by which Telegram sends its file again

CREATE INDEX help_message_answers ON help_message (answers) WHERE answers IS NOT NULL;
CREATE INDEX help_message_broadcast ON help_message (broadcast_id, id) WHERE broadcast_id IS NOT NULL;
CREATE INDEX help_message_gathered ON help_message (broadcast_id, asks, id) WHERE gathered IS NOT NULL;

-- An outbox row remembers one message; an album is several.
CREATE TABLE relay_copy (
    chat_id     INTEGER NOT NULL,
    message_id  INTEGER NOT NULL,
    letter_id   INTEGER NOT NULL REFERENCES help_message (id) ON DELETE CASCADE,  -- whose copy it is
    PRIMARY KEY (chat_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX relay_copy_letter ON relay_copy (letter_id);

-- A receipt may be a reaction on what somebody wrote, in place of a message.
ALTER TABLE receipt ADD COLUMN reaction INTEGER NOT NULL DEFAULT 0 CHECK (reaction IN (0, 1));

DROP INDEX outbox_help;
CREATE INDEX outbox_help ON outbox (chat_id, message_id)
 WHERE kind IN ('help.alert', 'help.words', 'help.written', 'help.copy', 'help.pin', 'help.corrected', 'help.album');

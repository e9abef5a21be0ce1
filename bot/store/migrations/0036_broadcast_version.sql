-- A broadcast has versions, one a language or one for all, of text or copied messages; options; and an hour of its own.

CREATE TABLE old_broadcast AS SELECT * FROM broadcast;
DROP TABLE broadcast;

CREATE TABLE broadcast (
    id             INTEGER PRIMARY KEY,
    by_id          INTEGER REFERENCES person (id) ON DELETE SET NULL,
    chat_id        INTEGER NOT NULL,                   -- where the organizer wrote it, and the progress card is
    audience       TEXT,                               -- JSON of bot.store.broadcast_audience; NULL: not chosen yet
    state          TEXT    NOT NULL CHECK (state IN
                   ('draft', 'scheduled', 'sending', 'stopped', 'finished', 'taken_back', 'dropped')),
    signed         INTEGER NOT NULL DEFAULT 0 CHECK (signed IN (0, 1)),
    silent         INTEGER NOT NULL DEFAULT 0 CHECK (silent IN (0, 1)),
    confirmable    INTEGER NOT NULL DEFAULT 0 CHECK (confirmable IN (0, 1)),  -- with a button that says it was read
    valid_until    TEXT,                               -- so long who joins later is offered it; NULL: nobody is
    due_at         TEXT,                               -- NULL: at once
    fallback       TEXT    NOT NULL DEFAULT '[]',      -- JSON: languages whose readers may get another one's version
    recipients     INTEGER NOT NULL DEFAULT 0,         -- when it was confirmed
    blocked        INTEGER NOT NULL DEFAULT 0,         -- others of the audience, known to be out of reach then
    card_id        INTEGER,                            -- message id: of a draft what asks whether it shall go, then its card
    made_at        TEXT    NOT NULL,
    confirmed_at   TEXT,                               -- when it was told to go, or scheduled
    paused_at      TEXT,                               -- of one that is `sending`: nothing leaves; NULL: it goes on
    taken_back_at  TEXT,
    ended_at       TEXT                                -- its card is not kept up to date any more
) STRICT;
CREATE INDEX broadcast_open ON broadcast (id)
 WHERE state = 'sending' OR (state IN ('stopped', 'taken_back') AND ended_at IS NULL);
CREATE INDEX broadcast_scheduled ON broadcast (due_at) WHERE state = 'scheduled';
CREATE INDEX broadcast_confirmed ON broadcast (confirmed_at) WHERE confirmed_at IS NOT NULL;
CREATE INDEX broadcast_by ON broadcast (by_id, id);

CREATE TABLE broadcast_version (
    broadcast_id  INTEGER NOT NULL REFERENCES broadcast (id) ON DELETE CASCADE,
    language      TEXT    NOT NULL,                    -- '': one for all
    edition       INTEGER NOT NULL,                    -- which change of the content it has followed; only grows
    kind          TEXT    NOT NULL,                    -- text, photo, album, location ...: bot.store.broadcast_version
    text          TEXT    NOT NULL DEFAULT '',         -- HTML: the text, or the caption
    preview_id    INTEGER,                             -- message id of the preview, which follows edits
    edited_at     TEXT    NOT NULL,
    PRIMARY KEY (broadcast_id, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE broadcast_part (                          -- the messages that a version was written in, which are copied
    broadcast_id  INTEGER NOT NULL,
    language      TEXT    NOT NULL,
    position      INTEGER NOT NULL,                    -- in an album, from 0
    chat_id       INTEGER NOT NULL,
    message_id    INTEGER NOT NULL,
    file          TEXT    NOT NULL DEFAULT '',         -- file_unique_id; '': no file
    album         TEXT,                                -- media_group_id
    PRIMARY KEY (broadcast_id, language, position),
    FOREIGN KEY (broadcast_id, language) REFERENCES broadcast_version (broadcast_id, language) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX broadcast_part_message ON broadcast_part (chat_id, message_id);

CREATE TABLE broadcast_confirmation (                  -- who pressed that it was read
    broadcast_id  INTEGER NOT NULL REFERENCES broadcast (id) ON DELETE CASCADE,
    person_id     INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    confirmed_at  TEXT    NOT NULL,
    PRIMARY KEY (broadcast_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX broadcast_confirmation_person ON broadcast_confirmation (person_id);

INSERT INTO broadcast (id, by_id, chat_id, audience, state, recipients, blocked, card_id, made_at, confirmed_at, ended_at)
SELECT id, by_id, chat_id,
       CASE WHEN audience IS NOT NULL THEN json_object(
           'to', audience, 'group', group_key,
           'silence', CASE WHEN silence IS NOT NULL THEN json_object(
               'key', json_object('seminar', json_extract(silence, '$.seminar'), 'on', json_extract(silence, '$.date'),
                                  'slot', json_extract(silence, '$.slot')),
               'opens', json_extract(silence, '$.opens')) END) END,
       state, recipients, blocked, card_id, made_at, confirmed_at, ended_at
  FROM old_broadcast;
INSERT INTO broadcast_version (broadcast_id, language, edition, kind, text, preview_id, edited_at)
SELECT id, '', 1, 'text', text, preview_id, coalesce(confirmed_at, made_at) FROM old_broadcast
 WHERE text <> '' AND (source_id IS NOT NULL OR state <> 'draft');
INSERT INTO broadcast_part (broadcast_id, language, position, chat_id, message_id)
SELECT b.id, '', 0, b.chat_id, b.source_id FROM old_broadcast AS b
  JOIN broadcast_version AS v ON v.broadcast_id = b.id WHERE b.source_id IS NOT NULL;
DROP TABLE old_broadcast;

-- copyMessages makes several messages by one request.
ALTER TABLE outbox ADD COLUMN album_ids TEXT;          -- JSON: message ids of all of an album; NULL: `message_id` is all

-- What somebody has agreed to keep for the case that they need care: what they eat, what makes them ill, whom to call.

CREATE TABLE care (
    person_id     INTEGER PRIMARY KEY REFERENCES person (id),
    edition       INTEGER NOT NULL,                   -- of the words that the person agreed to
    consented_at  TEXT    NOT NULL,
    diet          TEXT    NOT NULL DEFAULT '',        -- a key of bot.store.care.Diet; '': not said
    allergens     TEXT    NOT NULL DEFAULT '[]',      -- JSON list of keys of bot.store.care.Allergen, sorted
    other         TEXT    NOT NULL DEFAULT '',        -- other allergies, in the person's words
    medicine      TEXT    NOT NULL DEFAULT '',
    relative      TEXT    NOT NULL DEFAULT '',
    insurance     TEXT    NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE care_opened (                            -- the one card that an organizer has open
    chat_id     INTEGER PRIMARY KEY,                  -- the organizer's
    message_id  INTEGER NOT NULL,
    person_id   INTEGER NOT NULL REFERENCES person (id)  -- whose card it is
) STRICT;
CREATE INDEX care_opened_person ON care_opened (person_id);

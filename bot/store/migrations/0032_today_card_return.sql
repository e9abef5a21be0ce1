-- A pin that cannot be taken off, because its person has blocked the bot, is taken off when they are back.

DROP TRIGGER today_card_arrives;
ALTER TABLE today_card RENAME TO today_card_before;
DROP INDEX today_card_person;
DROP INDEX today_card_date;
DROP INDEX today_card_pin;

CREATE TABLE today_card (
    chat_id     INTEGER NOT NULL,
    message_id  INTEGER NOT NULL,
    person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    date        TEXT    NOT NULL,                        -- the day that it is about; '' until that is looked up
    sent_at     TEXT    NOT NULL,
    language    TEXT    NOT NULL,                        -- in which it was sent,
    group_key   TEXT,                                    -- and for which group
    shown       TEXT    NOT NULL,                        -- a fingerprint of what it shows; '': what was sent
    pin         TEXT    NOT NULL CHECK (pin IN (
        'wanted', 'pinned',
        'none',                                          -- Telegram refused
        'over',                                          -- it may be pinned, and is to be taken off
        'away'                                           -- the same, and its person cannot be reached; the date is ''
    )),
    PRIMARY KEY (chat_id, message_id)
) STRICT, WITHOUT ROWID;
INSERT INTO today_card (chat_id, message_id, person_id, date, sent_at, language, group_key, shown, pin)
SELECT chat_id, message_id, person_id, date, sent_at, language, group_key, shown, pin FROM today_card_before;
DROP TABLE today_card_before;
CREATE INDEX today_card_person ON today_card (person_id);
CREATE INDEX today_card_date ON today_card (date, person_id);
CREATE INDEX today_card_pin ON today_card (pin);

-- In the transaction that notes the arrival, so that no kill comes in between. The newest agenda of a person is the card.
-- One before it that was wanted may be pinned already, with its note on the way.
CREATE TRIGGER today_card_arrives AFTER UPDATE OF state ON outbox
WHEN new.state = 'sent' AND new.kind IN ('agenda', 'newcomer.agenda')
     AND new.message_id IS NOT NULL AND new.person_id IS NOT NULL
BEGIN
    DELETE FROM today_card WHERE person_id = new.person_id AND pin = 'none';
    UPDATE today_card SET pin = 'over' WHERE person_id = new.person_id;
    INSERT OR REPLACE INTO today_card (chat_id, message_id, person_id, date, sent_at, language, group_key, shown, pin)
    SELECT new.chat_id, new.message_id, new.person_id, coalesce(json_extract(new.data, '$.date'), ''),
           new.done_at, language, group_key, '', 'wanted' FROM person WHERE id = new.person_id;
END;

CREATE TRIGGER today_card_reader_returns AFTER UPDATE OF state, reachable ON person
WHEN new.state = 'active' AND new.reachable = 1 AND (old.state <> 'active' OR old.reachable = 0)
BEGIN
    UPDATE today_card SET pin = iif(pin = 'away', 'over', 'wanted')
     WHERE person_id = new.id AND pin IN ('away', 'none');
END;

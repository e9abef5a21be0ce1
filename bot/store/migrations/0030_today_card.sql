-- The agenda that came this morning is pinned, and changes by itself: one card a person.

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
        'over'                                           -- pinned, and another one takes its place
    )),
    PRIMARY KEY (chat_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX today_card_person ON today_card (person_id);
CREATE INDEX today_card_date ON today_card (date, person_id);
CREATE INDEX today_card_pin ON today_card (pin);

-- In the transaction that notes the arrival, so that no kill comes in between. The newest agenda of a person is the card.
CREATE TRIGGER today_card_arrives AFTER UPDATE OF state ON outbox
WHEN new.state = 'sent' AND new.kind IN ('agenda', 'newcomer.agenda')
     AND new.message_id IS NOT NULL AND new.person_id IS NOT NULL
BEGIN
    DELETE FROM today_card WHERE person_id = new.person_id AND pin IN ('wanted', 'none');
    UPDATE today_card SET pin = 'over' WHERE person_id = new.person_id;
    INSERT OR REPLACE INTO today_card (chat_id, message_id, person_id, date, sent_at, language, group_key, shown, pin)
    SELECT new.chat_id, new.message_id, new.person_id, coalesce(json_extract(new.data, '$.date'), ''),
           new.done_at, language, group_key, '', 'wanted' FROM person WHERE id = new.person_id;
END;

-- Those of this morning, when this release starts in the middle of a day.
INSERT INTO today_card (chat_id, message_id, person_id, date, sent_at, language, group_key, shown, pin)
SELECT o.chat_id, max(o.message_id), p.id, json_extract(o.data, '$.date'), max(o.done_at), p.language, p.group_key, '',
       'wanted'
  FROM outbox AS o JOIN person AS p ON p.id = o.person_id
 WHERE o.event = (SELECT max(event) FROM outbox WHERE kind = 'agenda' AND state = 'sent')
   AND o.state = 'sent' AND o.message_id IS NOT NULL
 GROUP BY o.chat_id, p.id;

DROP TABLE programme_agenda;

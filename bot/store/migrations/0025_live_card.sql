-- The messages that change by themselves, of any feature: one table in place of the headcounts' own.

CREATE TABLE live_card (
    chat_id       INTEGER NOT NULL,
    message_id    INTEGER NOT NULL,
    person_id     INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    feature       TEXT    NOT NULL,                   -- which feature reads and renders it: headcount
    subject       TEXT    NOT NULL,                   -- what it is about: headcount:7
    list          TEXT    NOT NULL,                   -- which of the feature's lists it shows
    page          INTEGER NOT NULL,
    shown         TEXT    NOT NULL,                   -- a fingerprint of what it shows
    hurry         INTEGER NOT NULL CHECK (hurry IN (0, 1)),  -- its reader has pressed something and waits
    PRIMARY KEY (chat_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX live_card_person ON live_card (person_id);
CREATE INDEX live_card_subject ON live_card (feature, subject);

INSERT INTO live_card (chat_id, message_id, person_id, feature, subject, list, page, shown, hurry)
SELECT chat_id, message_id, person_id, 'headcount', 'headcount:' || headcount_id, list, page, shown, hurry
  FROM headcount_card;

DROP TABLE headcount_card;

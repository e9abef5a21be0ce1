-- One card for each organizer with everyone who asks to be let in: changed in place, and sent anew once in a while.

CREATE TABLE admission_card (
    person_id       INTEGER PRIMARY KEY REFERENCES person (id),   -- the organizer
    outbox_id       INTEGER NOT NULL DEFAULT 0,       -- the newest row that brought a card
    message_id      INTEGER,                          -- the card in the chat; NULL: there is none
    old_message_id  INTEGER,                          -- the card before it, to be taken away
    page            INTEGER NOT NULL DEFAULT 0,
    opened          INTEGER,                          -- the request that is shown alone
    made_at         TEXT    NOT NULL DEFAULT '',      -- answers since then are told on the card
    announced       INTEGER NOT NULL DEFAULT 0,       -- the newest request when a card last came as a new message
    seen            INTEGER NOT NULL DEFAULT 0,       -- the newest request that a card has shown
    shown           TEXT    NOT NULL DEFAULT '',      -- what the card shows, as a fingerprint
    sending         TEXT    NOT NULL DEFAULT '',      -- what the message under way shows, and its newest request
    sending_newest  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outbox_admission_card ON outbox (person_id, id) WHERE kind = 'admission.card';
CREATE INDEX admission_waiting ON admission (id) WHERE state = 'asked';

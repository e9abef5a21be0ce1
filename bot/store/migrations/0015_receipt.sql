-- What people were told of the way of their words: messages that change when that has changed.

CREATE TABLE receipt (
    chat_id       INTEGER NOT NULL,
    message_id    INTEGER NOT NULL,
    person_id     INTEGER REFERENCES person (id),     -- who reads it; NULL: somebody who asks to be let in
    help_id       INTEGER REFERENCES help (id) ON DELETE CASCADE,          -- it tells of a call for help,
    letter_id     INTEGER REFERENCES help_message (id) ON DELETE CASCADE,  -- of words,
    admission_id  INTEGER REFERENCES admission (id) ON DELETE CASCADE,     -- or of a request to be let in
    shown         TEXT    NOT NULL CHECK (shown IN ('waiting', 'held', 'arrived', 'taken', 'closed')),
    made_at       TEXT    NOT NULL,
    PRIMARY KEY (chat_id, message_id)
) STRICT;
CREATE INDEX receipt_help ON receipt (help_id) WHERE help_id IS NOT NULL;
CREATE INDEX receipt_letter ON receipt (letter_id) WHERE letter_id IS NOT NULL;
CREATE INDEX receipt_admission ON receipt (admission_id) WHERE admission_id IS NOT NULL;
CREATE INDEX receipt_person ON receipt (person_id);

-- Whether what was promised has arrived is looked up by call and by time.
CREATE INDEX help_message_call ON help_message (help_id) WHERE help_id IS NOT NULL;
CREATE INDEX help_message_alone ON help_message (written_at) WHERE help_id IS NULL AND passed_at IS NOT NULL;

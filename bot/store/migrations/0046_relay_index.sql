-- What is looked up for each message that somebody writes, and each minute, is found without reading what others wrote.

CREATE INDEX help_message_undecided ON help_message (written_at) WHERE passed_at IS NULL;

-- What organizers wrote to a person, alone or as one of many: what they write next may answer it.
CREATE INDEX outbox_letter ON outbox (person_id, done_at)
 WHERE kind IN ('help.written', 'help.copy', 'help.pin', 'help.album', 'broadcast', 'broadcast.note');

-- Words to organizers that have not arrived.
CREATE INDEX outbox_lost_words ON outbox (done_at)
 WHERE state IN ('expired', 'cancelled') AND kind IN ('help.words', 'help.copy', 'help.pin', 'help.album');

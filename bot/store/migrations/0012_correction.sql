-- Whoever swipes a correction, a picture or a pin to answer it: whose was it?

DROP INDEX outbox_help;
CREATE INDEX outbox_help ON outbox (chat_id, message_id)
WHERE kind IN ('help.alert', 'help.words', 'help.written', 'help.copy', 'help.pin', 'help.corrected');

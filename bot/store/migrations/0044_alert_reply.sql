-- A reply to the card of an alert is for whom that is about.

DROP INDEX outbox_help;
CREATE INDEX outbox_help ON outbox (chat_id, message_id)
 WHERE kind IN ('help.alert', 'help.words', 'help.written', 'help.copy', 'help.pin', 'help.corrected', 'help.album',
                'alert.card', 'alert.again', 'alert.handed');

-- Numbers are never given twice. SQLite gives the largest number anew once its row is deleted, and what is about a number
-- outlives it (keys in the outbox, buttons, cards): somebody's call for help that got the number of an erased one was
-- taken for delivered.

CREATE TABLE deleted_number (
    name TEXT    PRIMARY KEY,                         -- of the table
    last INTEGER NOT NULL                             -- the largest number that was there and is not any more
) STRICT;

INSERT INTO deleted_number (name, last)
SELECT 'person', coalesce(max(person_id), 0) FROM outbox;
INSERT INTO deleted_number (name, last)
SELECT 'help', coalesce(max(CAST(substr(event, 6) AS INTEGER)), 0) FROM outbox WHERE event GLOB 'help:[0-9]*';
INSERT INTO deleted_number (name, last)
SELECT 'help_message', coalesce(max(CAST(substr(event, instr(event, ':') + 1) AS INTEGER)), 0) FROM outbox
 WHERE event GLOB 'help.words:[0-9]*' OR event GLOB 'help.written:[0-9]*';
INSERT INTO deleted_number (name, last)
SELECT 'role_grant', coalesce(max(CAST(substr(event, 6) AS INTEGER)), 0) FROM outbox WHERE event GLOB 'role:[0-9]*';
INSERT INTO deleted_number (name, last)
SELECT 'admission', max(
    coalesce((SELECT max(seen) FROM admission_card), 0),
    coalesce((SELECT max(CAST(substr(event, 11) AS INTEGER)) FROM outbox WHERE event GLOB 'admission:[0-9]*'), 0));

CREATE TRIGGER person_deleted AFTER DELETE ON person BEGIN
    UPDATE deleted_number SET last = max(last, old.id) WHERE name = 'person';
END;
CREATE TRIGGER help_deleted AFTER DELETE ON help BEGIN
    UPDATE deleted_number SET last = max(last, old.id) WHERE name = 'help';
END;
CREATE TRIGGER help_message_deleted AFTER DELETE ON help_message BEGIN
    UPDATE deleted_number SET last = max(last, old.id) WHERE name = 'help_message';
END;
CREATE TRIGGER role_grant_deleted AFTER DELETE ON role_grant BEGIN
    UPDATE deleted_number SET last = max(last, old.id) WHERE name = 'role_grant';
END;
CREATE TRIGGER admission_deleted AFTER DELETE ON admission BEGIN
    UPDATE deleted_number SET last = max(last, old.id) WHERE name = 'admission';
END;

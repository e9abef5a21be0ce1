-- What staff did, in the transaction that did it. Numbers and keys only: no names, no words, so erasing a person leaves nothing.

CREATE TABLE audit (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         TEXT    NOT NULL,
    by_id      INTEGER,                               -- the person's number; NULL: the command line or the bot
    action     TEXT    NOT NULL,                      -- broadcast.sent
    person_id  INTEGER,                               -- about whom
    subject    TEXT    NOT NULL DEFAULT '',           -- which broadcast, session, alert
    details    TEXT    NOT NULL DEFAULT '{}'          -- from and to; never what somebody wrote
) STRICT;
CREATE INDEX audit_by ON audit (by_id, id);
CREATE INDEX audit_person ON audit (person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX audit_action ON audit (action, id);

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT raise(ABORT, 'the audit trail is only added to');
END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN
    SELECT raise(ABORT, 'the audit trail is only added to');
END;

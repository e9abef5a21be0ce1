-- An owner by a link: an organizer whom nobody can remove in a chat. The link is a row of `invite` for an organizer.

ALTER TABLE person ADD COLUMN owner INTEGER NOT NULL DEFAULT 0 CHECK (owner IN (0, 1));
ALTER TABLE invite ADD COLUMN owner INTEGER NOT NULL DEFAULT 0 CHECK (owner IN (0, 1));
ALTER TABLE role_grant ADD COLUMN owner INTEGER NOT NULL DEFAULT 0 CHECK (owner IN (0, 1));
CREATE INDEX person_owner ON person (id) WHERE owner = 1;

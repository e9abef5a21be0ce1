-- Check-ins, who was accounted for otherwise, and the roll-ups that statistics read.

CREATE TABLE checkin (
    day          INTEGER NOT NULL,                    -- the day's number
    slot         TEXT    NOT NULL CHECK (slot IN ('morning', 'evening')),
    person_id    INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    group_key    TEXT,                                -- counted under: '' for no group, NULL for no active teacher
    answered_at  TEXT    NOT NULL,                    -- the first answer
    late         INTEGER NOT NULL CHECK (late IN (0, 1)),
    mood         INTEGER CHECK (mood BETWEEN 1 AND 5),  -- the last answer; NULL in the morning
    words        TEXT,
    PRIMARY KEY (day, slot, person_id),
    CHECK ((slot = 'evening') = (mood IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX checkin_person ON checkin (person_id);

CREATE TABLE accounted (                              -- has not answered, but an organizer knows where the person is
    day        INTEGER NOT NULL,
    slot       TEXT    NOT NULL CHECK (slot IN ('morning', 'evening')),
    person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    group_key  TEXT,
    by_id      INTEGER REFERENCES person (id) ON DELETE SET NULL,
    at         TEXT    NOT NULL,
    PRIMARY KEY (day, slot, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX accounted_person ON accounted (person_id);
CREATE INDEX accounted_by ON accounted (by_id);

-- The list of who is missing, reachable people first, from the index alone.
CREATE INDEX person_roll_call ON person (role, state, reachable DESC, group_key, name, id, joined_at, telegram_id);

-- Roll-ups by group ('' for none) of active teachers. Triggers keep them in the transaction of whoever writes, so that
-- no write can forget them, not even one that moves a person to another group.

CREATE TABLE checkin_tally (
    day        INTEGER NOT NULL,
    slot       TEXT    NOT NULL,
    group_key  TEXT    NOT NULL,
    answered   INTEGER NOT NULL DEFAULT 0,
    late       INTEGER NOT NULL DEFAULT 0,            -- of the answered
    accounted  INTEGER NOT NULL DEFAULT 0,            -- and have not answered
    mood_1     INTEGER NOT NULL DEFAULT 0,
    mood_2     INTEGER NOT NULL DEFAULT 0,
    mood_3     INTEGER NOT NULL DEFAULT 0,
    mood_4     INTEGER NOT NULL DEFAULT 0,
    mood_5     INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (day, slot, group_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE person_tally (
    group_key   TEXT    PRIMARY KEY,
    registered  INTEGER NOT NULL DEFAULT 0,
    reachable   INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

INSERT INTO person_tally
SELECT coalesce(group_key, ''), count(*), sum(reachable) FROM person
 WHERE role = 'teacher' AND state = 'active' GROUP BY coalesce(group_key, '');

CREATE TRIGGER checkin_comes AFTER INSERT ON checkin BEGIN
    DELETE FROM accounted WHERE day = new.day AND slot = new.slot AND person_id = new.person_id;
    INSERT INTO checkin_tally (day, slot, group_key)
    SELECT new.day, new.slot, new.group_key WHERE new.group_key IS NOT NULL ON CONFLICT DO NOTHING;
    UPDATE checkin_tally
       SET answered = answered + 1, late = late + new.late,
           mood_1 = mood_1 + (new.mood IS 1), mood_2 = mood_2 + (new.mood IS 2), mood_3 = mood_3 + (new.mood IS 3),
           mood_4 = mood_4 + (new.mood IS 4), mood_5 = mood_5 + (new.mood IS 5)
     WHERE day = new.day AND slot = new.slot AND group_key = new.group_key;
END;

CREATE TRIGGER checkin_goes AFTER DELETE ON checkin BEGIN
    UPDATE checkin_tally
       SET answered = answered - 1, late = late - old.late,
           mood_1 = mood_1 - (old.mood IS 1), mood_2 = mood_2 - (old.mood IS 2), mood_3 = mood_3 - (old.mood IS 3),
           mood_4 = mood_4 - (old.mood IS 4), mood_5 = mood_5 - (old.mood IS 5)
     WHERE day = old.day AND slot = old.slot AND group_key = old.group_key;
END;

CREATE TRIGGER checkin_changes AFTER UPDATE OF mood, group_key ON checkin BEGIN
    UPDATE checkin_tally
       SET answered = answered - 1, late = late - old.late,
           mood_1 = mood_1 - (old.mood IS 1), mood_2 = mood_2 - (old.mood IS 2), mood_3 = mood_3 - (old.mood IS 3),
           mood_4 = mood_4 - (old.mood IS 4), mood_5 = mood_5 - (old.mood IS 5)
     WHERE day = old.day AND slot = old.slot AND group_key = old.group_key;
    INSERT INTO checkin_tally (day, slot, group_key)
    SELECT new.day, new.slot, new.group_key WHERE new.group_key IS NOT NULL ON CONFLICT DO NOTHING;
    UPDATE checkin_tally
       SET answered = answered + 1, late = late + new.late,
           mood_1 = mood_1 + (new.mood IS 1), mood_2 = mood_2 + (new.mood IS 2), mood_3 = mood_3 + (new.mood IS 3),
           mood_4 = mood_4 + (new.mood IS 4), mood_5 = mood_5 + (new.mood IS 5)
     WHERE day = new.day AND slot = new.slot AND group_key = new.group_key;
END;

CREATE TRIGGER accounted_comes AFTER INSERT ON accounted BEGIN
    INSERT INTO checkin_tally (day, slot, group_key)
    SELECT new.day, new.slot, new.group_key WHERE new.group_key IS NOT NULL ON CONFLICT DO NOTHING;
    UPDATE checkin_tally SET accounted = accounted + 1
     WHERE day = new.day AND slot = new.slot AND group_key = new.group_key;
END;

CREATE TRIGGER accounted_goes AFTER DELETE ON accounted BEGIN
    UPDATE checkin_tally SET accounted = accounted - 1
     WHERE day = old.day AND slot = old.slot AND group_key = old.group_key;
END;

CREATE TRIGGER accounted_moves AFTER UPDATE OF group_key ON accounted BEGIN
    UPDATE checkin_tally SET accounted = accounted - 1
     WHERE day = old.day AND slot = old.slot AND group_key = old.group_key;
    INSERT INTO checkin_tally (day, slot, group_key)
    SELECT new.day, new.slot, new.group_key WHERE new.group_key IS NOT NULL ON CONFLICT DO NOTHING;
    UPDATE checkin_tally SET accounted = accounted + 1
     WHERE day = new.day AND slot = new.slot AND group_key = new.group_key;
END;

CREATE TRIGGER person_comes AFTER INSERT ON person WHEN new.role = 'teacher' AND new.state = 'active' BEGIN
    INSERT INTO person_tally (group_key) VALUES (coalesce(new.group_key, '')) ON CONFLICT DO NOTHING;
    UPDATE person_tally SET registered = registered + 1, reachable = reachable + new.reachable
     WHERE group_key = coalesce(new.group_key, '');
END;

CREATE TRIGGER person_goes AFTER DELETE ON person WHEN old.role = 'teacher' AND old.state = 'active' BEGIN
    UPDATE person_tally SET registered = registered - 1, reachable = reachable - old.reachable
     WHERE group_key = coalesce(old.group_key, '');
END;

CREATE TRIGGER person_changes AFTER UPDATE OF role, state, group_key, reachable ON person BEGIN
    INSERT INTO person_tally (group_key) VALUES (coalesce(new.group_key, '')) ON CONFLICT DO NOTHING;
    UPDATE person_tally SET registered = registered - 1, reachable = reachable - old.reachable
     WHERE group_key = coalesce(old.group_key, '') AND old.role = 'teacher' AND old.state = 'active';
    UPDATE person_tally SET registered = registered + 1, reachable = reachable + new.reachable
     WHERE group_key = coalesce(new.group_key, '') AND new.role = 'teacher' AND new.state = 'active';
END;

CREATE TRIGGER person_moves AFTER UPDATE OF role, state, group_key ON person BEGIN
    UPDATE checkin
       SET group_key = CASE WHEN new.role = 'teacher' AND new.state = 'active' THEN coalesce(new.group_key, '') END
     WHERE person_id = new.id;
    UPDATE accounted
       SET group_key = CASE WHEN new.role = 'teacher' AND new.state = 'active' THEN coalesce(new.group_key, '') END
     WHERE person_id = new.id;
END;

-- Facts belong to a seminar and a date. They belonged to a day's number, which means another date after a trial week or
-- a postponed start, and another seminar's day on the same file: yesterday's "I am here" counted today.
--
-- The dates of what is there are known from the events that were announced: each has its date in its key and the day's
-- number in its data. A fact gets the date that its number meant when it was written down. Where nothing had been
-- announced by then the date is not known; it stays `day-<number>`, which no check-in ever has. Which seminar it was
-- the file does not know: '' until `bot.store.seminar.adopt` has compared the first day.

CREATE TABLE numbering (since TEXT NOT NULL, first TEXT NOT NULL) STRICT;
INSERT INTO numbering
SELECT due_at, date(substr(event, instr(event, ':') + 1, 10), (1 - json_extract(data, '$.day')) || ' days')
  FROM fanout WHERE kind IN ('agenda', 'checkin.ask') AND json_extract(data, '$.day') > 0;
CREATE INDEX numbering_since ON numbering (since);

INSERT INTO setting (key, value)
SELECT 'unnamed_seminar', coalesce((SELECT first FROM numbering ORDER BY since DESC LIMIT 1), '')
 WHERE EXISTS (SELECT 1 FROM fanout) OR EXISTS (SELECT 1 FROM lesson_progress);

-- What has not left yet says its date itself.
UPDATE outbox SET data = json_set(data, '$.seminar', '', '$.date', substr(event, instr(event, ':') + 1, 10))
 WHERE state IN ('due', 'sending') AND kind IN
       ('agenda', 'lesson', 'checkin.ask', 'checkin.nudge', 'checkin.mood', 'checkin.words', 'missing.alert');
UPDATE outbox SET data = json_set(data, '$.slot', 'evening')
 WHERE state IN ('due', 'sending') AND kind IN ('checkin.mood', 'checkin.words');
UPDATE fanout SET data = json_set(data, '$.seminar', '', '$.date', substr(event, instr(event, ':') + 1, 10))
 WHERE done_at IS NULL AND kind IN ('agenda', 'lesson', 'checkin.ask', 'checkin.nudge', 'missing.alert');
UPDATE conversation
   SET data = json_set(data, '$.date', date((SELECT first FROM numbering WHERE numbering.since <= conversation.since
                                             ORDER BY numbering.since DESC LIMIT 1),
                                            (json_extract(data, '$.day') - 1) || ' days'))
 WHERE waits_for = 'checkin.words';

-- --- check-ins -----------------------------------------------------------------------------------------------------

DROP TRIGGER person_moves;
CREATE TABLE old_checkin AS SELECT * FROM checkin;
CREATE TABLE old_accounted AS SELECT * FROM accounted;
DROP TABLE accounted;
DROP TABLE checkin;
DROP TABLE checkin_tally;

CREATE TABLE checkin (
    seminar      TEXT    NOT NULL,                    -- the seminar's key
    date         TEXT    NOT NULL,                    -- where the seminar is, YYYY-MM-DD
    slot         TEXT    NOT NULL CHECK (slot IN ('morning', 'evening')),
    person_id    INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    group_key    TEXT,                                -- counted under: '' for no group, NULL for no active teacher
    answered_at  TEXT    NOT NULL,                    -- the first answer
    late         INTEGER NOT NULL CHECK (late IN (0, 1)),
    mood         INTEGER CHECK (mood BETWEEN 1 AND 5),  -- the last answer; NULL in the morning
    words        TEXT,
    PRIMARY KEY (seminar, date, slot, person_id),
    CHECK ((slot = 'evening') = (mood IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX checkin_person ON checkin (person_id, seminar, date);
CREATE INDEX checkin_words ON checkin (seminar, date, answered_at) WHERE words IS NOT NULL;

CREATE TABLE accounted (                              -- has not answered, but an organizer knows where the person is
    seminar    TEXT    NOT NULL,
    date       TEXT    NOT NULL,
    slot       TEXT    NOT NULL CHECK (slot IN ('morning', 'evening')),
    person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    group_key  TEXT,
    by_id      INTEGER REFERENCES person (id) ON DELETE SET NULL,
    at         TEXT    NOT NULL,
    PRIMARY KEY (seminar, date, slot, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX accounted_person ON accounted (person_id);
CREATE INDEX accounted_by ON accounted (by_id);

CREATE TABLE checkin_tally (
    seminar    TEXT    NOT NULL,
    date       TEXT    NOT NULL,
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
    PRIMARY KEY (seminar, date, slot, group_key)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER checkin_comes AFTER INSERT ON checkin BEGIN
    DELETE FROM accounted WHERE seminar = new.seminar AND date = new.date AND slot = new.slot AND person_id = new.person_id;
    INSERT INTO checkin_tally (seminar, date, slot, group_key)
    SELECT new.seminar, new.date, new.slot, new.group_key WHERE new.group_key IS NOT NULL ON CONFLICT DO NOTHING;
    UPDATE checkin_tally
       SET answered = answered + 1, late = late + new.late,
           mood_1 = mood_1 + (new.mood IS 1), mood_2 = mood_2 + (new.mood IS 2), mood_3 = mood_3 + (new.mood IS 3),
           mood_4 = mood_4 + (new.mood IS 4), mood_5 = mood_5 + (new.mood IS 5)
     WHERE seminar = new.seminar AND date = new.date AND slot = new.slot AND group_key = new.group_key;
END;

CREATE TRIGGER checkin_goes AFTER DELETE ON checkin BEGIN
    UPDATE checkin_tally
       SET answered = answered - 1, late = late - old.late,
           mood_1 = mood_1 - (old.mood IS 1), mood_2 = mood_2 - (old.mood IS 2), mood_3 = mood_3 - (old.mood IS 3),
           mood_4 = mood_4 - (old.mood IS 4), mood_5 = mood_5 - (old.mood IS 5)
     WHERE seminar = old.seminar AND date = old.date AND slot = old.slot AND group_key = old.group_key;
END;

CREATE TRIGGER checkin_changes AFTER UPDATE OF mood, group_key ON checkin BEGIN
    UPDATE checkin_tally
       SET answered = answered - 1, late = late - old.late,
           mood_1 = mood_1 - (old.mood IS 1), mood_2 = mood_2 - (old.mood IS 2), mood_3 = mood_3 - (old.mood IS 3),
           mood_4 = mood_4 - (old.mood IS 4), mood_5 = mood_5 - (old.mood IS 5)
     WHERE seminar = old.seminar AND date = old.date AND slot = old.slot AND group_key = old.group_key;
    INSERT INTO checkin_tally (seminar, date, slot, group_key)
    SELECT new.seminar, new.date, new.slot, new.group_key WHERE new.group_key IS NOT NULL ON CONFLICT DO NOTHING;
    UPDATE checkin_tally
       SET answered = answered + 1, late = late + new.late,
           mood_1 = mood_1 + (new.mood IS 1), mood_2 = mood_2 + (new.mood IS 2), mood_3 = mood_3 + (new.mood IS 3),
           mood_4 = mood_4 + (new.mood IS 4), mood_5 = mood_5 + (new.mood IS 5)
     WHERE seminar = new.seminar AND date = new.date AND slot = new.slot AND group_key = new.group_key;
END;

CREATE TRIGGER accounted_comes AFTER INSERT ON accounted BEGIN
    INSERT INTO checkin_tally (seminar, date, slot, group_key)
    SELECT new.seminar, new.date, new.slot, new.group_key WHERE new.group_key IS NOT NULL ON CONFLICT DO NOTHING;
    UPDATE checkin_tally SET accounted = accounted + 1
     WHERE seminar = new.seminar AND date = new.date AND slot = new.slot AND group_key = new.group_key;
END;

CREATE TRIGGER accounted_goes AFTER DELETE ON accounted BEGIN
    UPDATE checkin_tally SET accounted = accounted - 1
     WHERE seminar = old.seminar AND date = old.date AND slot = old.slot AND group_key = old.group_key;
END;

CREATE TRIGGER accounted_moves AFTER UPDATE OF group_key ON accounted BEGIN
    UPDATE checkin_tally SET accounted = accounted - 1
     WHERE seminar = old.seminar AND date = old.date AND slot = old.slot AND group_key = old.group_key;
    INSERT INTO checkin_tally (seminar, date, slot, group_key)
    SELECT new.seminar, new.date, new.slot, new.group_key WHERE new.group_key IS NOT NULL ON CONFLICT DO NOTHING;
    UPDATE checkin_tally SET accounted = accounted + 1
     WHERE seminar = new.seminar AND date = new.date AND slot = new.slot AND group_key = new.group_key;
END;

CREATE TRIGGER person_moves AFTER UPDATE OF role, state, group_key ON person BEGIN
    UPDATE checkin
       SET group_key = CASE WHEN new.role = 'teacher' AND new.state = 'active' THEN coalesce(new.group_key, '') END
     WHERE person_id = new.id;
    UPDATE accounted
       SET group_key = CASE WHEN new.role = 'teacher' AND new.state = 'active' THEN coalesce(new.group_key, '') END
     WHERE person_id = new.id;
END;

-- The triggers count what comes back. Where two numberings lead to one date, the first answer stays.
INSERT OR IGNORE INTO checkin (seminar, date, slot, person_id, group_key, answered_at, late, mood, words)
SELECT '', coalesce(date((SELECT first FROM numbering WHERE since <= answered_at ORDER BY since DESC LIMIT 1),
                         (day - 1) || ' days'), 'day-' || day),
       slot, person_id, group_key, answered_at, late, mood, words
  FROM old_checkin ORDER BY answered_at;
INSERT OR IGNORE INTO accounted (seminar, date, slot, person_id, group_key, by_id, at)
SELECT '', coalesce(date((SELECT first FROM numbering WHERE since <= at ORDER BY since DESC LIMIT 1),
                         (day - 1) || ' days'), 'day-' || day),
       slot, person_id, group_key, by_id, at
  FROM old_accounted ORDER BY at;
DROP TABLE old_checkin;
DROP TABLE old_accounted;
DROP TABLE numbering;

-- --- lessons -------------------------------------------------------------------------------------------------------

DROP TRIGGER lesson_total_leaves;
DROP TRIGGER lesson_total_joins;
DROP TRIGGER lesson_progress_erased;
CREATE TABLE old_progress AS SELECT * FROM lesson_progress;
CREATE TABLE old_answer AS SELECT * FROM lesson_answer;
CREATE TABLE old_total AS SELECT * FROM lesson_total;
DROP TABLE lesson_progress;
DROP TABLE lesson_answer;
DROP TABLE lesson_total;

CREATE TABLE lesson_progress (
    person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    seminar     TEXT    NOT NULL,                        -- the seminar's key: its lessons are its own
    lesson_key  TEXT    NOT NULL,
    reached     INTEGER NOT NULL CHECK (reached >= 1),   -- furthest card shown; cards + 1: the quiz; only grows
    begun_at    TEXT    NOT NULL,
    done_at     TEXT,                                    -- the moment of the last first answer; never changes
    score       INTEGER NOT NULL DEFAULT 0,              -- right answers when done
    questions   INTEGER NOT NULL DEFAULT 0,              -- questions when done
    PRIMARY KEY (person_id, seminar, lesson_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE lesson_answer (
    person_id     INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    seminar       TEXT    NOT NULL,
    lesson_key    TEXT    NOT NULL,
    question_key  TEXT    NOT NULL,
    option        INTEGER NOT NULL CHECK (option >= 0),  -- index of the option; the first answer stays
    answered_at   TEXT    NOT NULL,
    PRIMARY KEY (person_id, seminar, lesson_key, question_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE lesson_total (
    seminar     TEXT    NOT NULL,
    lesson_key  TEXT    NOT NULL,
    group_key   TEXT    NOT NULL,
    begun       INTEGER NOT NULL,
    done        INTEGER NOT NULL,
    score       INTEGER NOT NULL,
    questions   INTEGER NOT NULL,
    PRIMARY KEY (seminar, lesson_key, group_key)
) STRICT, WITHOUT ROWID;

INSERT INTO lesson_progress SELECT person_id, '', lesson_key, reached, begun_at, done_at, score, questions
  FROM old_progress;
INSERT INTO lesson_answer SELECT person_id, '', lesson_key, question_key, option, answered_at FROM old_answer;
INSERT INTO lesson_total SELECT '', lesson_key, group_key, begun, done, score, questions FROM old_total;
DROP TABLE old_progress;
DROP TABLE old_answer;
DROP TABLE old_total;

CREATE TRIGGER lesson_total_begun AFTER INSERT ON lesson_progress BEGIN
    INSERT INTO lesson_total (seminar, lesson_key, group_key, begun, done, score, questions)
    SELECT NEW.seminar, NEW.lesson_key, coalesce(group_key, ''), 1, NEW.done_at IS NOT NULL, NEW.score, NEW.questions
    FROM person WHERE id = NEW.person_id AND role = 'teacher' AND state = 'active'
    ON CONFLICT (seminar, lesson_key, group_key) DO UPDATE SET
        begun = begun + 1, done = done + excluded.done,
        score = score + excluded.score, questions = questions + excluded.questions;
END;

CREATE TRIGGER lesson_total_done AFTER UPDATE OF done_at ON lesson_progress
WHEN OLD.done_at IS NULL AND NEW.done_at IS NOT NULL BEGIN
    UPDATE lesson_total SET done = done + 1, score = score + NEW.score, questions = questions + NEW.questions
    WHERE seminar = NEW.seminar AND lesson_key = NEW.lesson_key AND group_key = (
        SELECT coalesce(group_key, '') FROM person WHERE id = NEW.person_id AND role = 'teacher' AND state = 'active'
    );
END;

CREATE TRIGGER lesson_total_gone AFTER DELETE ON lesson_progress BEGIN
    UPDATE lesson_total SET
        begun = begun - 1, done = done - (OLD.done_at IS NOT NULL),
        score = score - OLD.score, questions = questions - OLD.questions
    WHERE seminar = OLD.seminar AND lesson_key = OLD.lesson_key AND group_key = (
        SELECT coalesce(group_key, '') FROM person WHERE id = OLD.person_id AND role = 'teacher' AND state = 'active'
    );
END;

CREATE TRIGGER lesson_total_leaves AFTER UPDATE OF group_key, role, state ON person
WHEN OLD.role = 'teacher' AND OLD.state = 'active' BEGIN
    UPDATE lesson_total SET
        begun = lesson_total.begun - 1, done = lesson_total.done - (theirs.done_at IS NOT NULL),
        score = lesson_total.score - theirs.score, questions = lesson_total.questions - theirs.questions
    FROM lesson_progress AS theirs
    WHERE theirs.person_id = NEW.id AND lesson_total.seminar = theirs.seminar
        AND lesson_total.lesson_key = theirs.lesson_key
        AND lesson_total.group_key = coalesce(OLD.group_key, '');
END;

CREATE TRIGGER lesson_total_joins AFTER UPDATE OF group_key, role, state ON person
WHEN NEW.role = 'teacher' AND NEW.state = 'active' BEGIN
    INSERT INTO lesson_total (seminar, lesson_key, group_key, begun, done, score, questions)
    SELECT seminar, lesson_key, coalesce(NEW.group_key, ''), 1, done_at IS NOT NULL, score, questions
    FROM lesson_progress WHERE person_id = NEW.id
    ON CONFLICT (seminar, lesson_key, group_key) DO UPDATE SET
        begun = begun + 1, done = done + excluded.done,
        score = score + excluded.score, questions = questions + excluded.questions;
END;

-- While the person is still there to say which group the counts are of.
CREATE TRIGGER lesson_progress_erased BEFORE DELETE ON person BEGIN
    DELETE FROM lesson_progress WHERE person_id = OLD.id;
END;

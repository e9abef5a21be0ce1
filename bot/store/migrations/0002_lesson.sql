-- Lessons: how far each person has come, the first answer to each question, and the counts that statistics read.

CREATE TABLE lesson_progress (
    person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    lesson_key  TEXT    NOT NULL,
    reached     INTEGER NOT NULL CHECK (reached >= 1),   -- furthest card shown; cards + 1: the quiz; only grows
    begun_at    TEXT    NOT NULL,
    done_at     TEXT,                                    -- the moment of the last first answer; never changes
    score       INTEGER NOT NULL DEFAULT 0,              -- right answers when done
    questions   INTEGER NOT NULL DEFAULT 0,              -- questions when done
    PRIMARY KEY (person_id, lesson_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE lesson_answer (
    person_id     INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    lesson_key    TEXT    NOT NULL,
    question_key  TEXT    NOT NULL,
    option        INTEGER NOT NULL CHECK (option >= 0),  -- index of the option; the first answer stays
    answered_at   TEXT    NOT NULL,
    PRIMARY KEY (person_id, lesson_key, question_key)
) STRICT, WITHOUT ROWID;

-- Active teachers by lesson and group ('' for none). Kept by the triggers below, so that no write can forget it,
-- not even one that moves a person to another group.
CREATE TABLE lesson_total (
    lesson_key  TEXT    NOT NULL,
    group_key   TEXT    NOT NULL,
    begun       INTEGER NOT NULL,
    done        INTEGER NOT NULL,
    score       INTEGER NOT NULL,
    questions   INTEGER NOT NULL,
    PRIMARY KEY (lesson_key, group_key)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER lesson_total_begun AFTER INSERT ON lesson_progress BEGIN
    INSERT INTO lesson_total (lesson_key, group_key, begun, done, score, questions)
    SELECT NEW.lesson_key, coalesce(group_key, ''), 1, NEW.done_at IS NOT NULL, NEW.score, NEW.questions
    FROM person WHERE id = NEW.person_id AND role = 'teacher' AND state = 'active'
    ON CONFLICT (lesson_key, group_key) DO UPDATE SET
        begun = begun + 1, done = done + excluded.done,
        score = score + excluded.score, questions = questions + excluded.questions;
END;

CREATE TRIGGER lesson_total_done AFTER UPDATE OF done_at ON lesson_progress
WHEN OLD.done_at IS NULL AND NEW.done_at IS NOT NULL BEGIN
    UPDATE lesson_total SET done = done + 1, score = score + NEW.score, questions = questions + NEW.questions
    WHERE lesson_key = NEW.lesson_key AND group_key = (
        SELECT coalesce(group_key, '') FROM person WHERE id = NEW.person_id AND role = 'teacher' AND state = 'active'
    );
END;

CREATE TRIGGER lesson_total_gone AFTER DELETE ON lesson_progress BEGIN
    UPDATE lesson_total SET
        begun = begun - 1, done = done - (OLD.done_at IS NOT NULL),
        score = score - OLD.score, questions = questions - OLD.questions
    WHERE lesson_key = OLD.lesson_key AND group_key = (
        SELECT coalesce(group_key, '') FROM person WHERE id = OLD.person_id AND role = 'teacher' AND state = 'active'
    );
END;

CREATE TRIGGER lesson_total_leaves AFTER UPDATE OF group_key, role, state ON person
WHEN OLD.role = 'teacher' AND OLD.state = 'active' BEGIN
    UPDATE lesson_total SET
        begun = lesson_total.begun - 1, done = lesson_total.done - (theirs.done_at IS NOT NULL),
        score = lesson_total.score - theirs.score, questions = lesson_total.questions - theirs.questions
    FROM lesson_progress AS theirs
    WHERE theirs.person_id = NEW.id AND lesson_total.lesson_key = theirs.lesson_key
        AND lesson_total.group_key = coalesce(OLD.group_key, '');
END;

CREATE TRIGGER lesson_total_joins AFTER UPDATE OF group_key, role, state ON person
WHEN NEW.role = 'teacher' AND NEW.state = 'active' BEGIN
    INSERT INTO lesson_total (lesson_key, group_key, begun, done, score, questions)
    SELECT lesson_key, coalesce(NEW.group_key, ''), 1, done_at IS NOT NULL, score, questions
    FROM lesson_progress WHERE person_id = NEW.id
    ON CONFLICT (lesson_key, group_key) DO UPDATE SET
        begun = begun + 1, done = done + excluded.done,
        score = score + excluded.score, questions = questions + excluded.questions;
END;

-- While the person is still there to say which group the counts are of.
CREATE TRIGGER lesson_progress_erased BEFORE DELETE ON person BEGIN
    DELETE FROM lesson_progress WHERE person_id = OLD.id;
END;

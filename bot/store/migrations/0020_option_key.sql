-- An answer is kept by its option's key, not by its place, which is another one after the lesson's file was changed. An
-- option without a key of its own is called by its number from 1; `lesson_option` knows what that number meant.

CREATE TABLE keyed_answer (
    person_id     INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    seminar       TEXT    NOT NULL,
    lesson_key    TEXT    NOT NULL,
    question_key  TEXT    NOT NULL,
    option_key    TEXT    NOT NULL,                      -- the first answer stays
    answered_at   TEXT    NOT NULL,
    PRIMARY KEY (person_id, seminar, lesson_key, question_key)
) STRICT, WITHOUT ROWID;
INSERT INTO keyed_answer
SELECT person_id, seminar, lesson_key, question_key, CAST(option + 1 AS TEXT), answered_at FROM lesson_answer;
DROP TABLE lesson_answer;
ALTER TABLE keyed_answer RENAME TO lesson_answer;

CREATE TABLE lesson_option (                             -- what people could choose when the bot last started
    seminar       TEXT    NOT NULL,
    lesson_key    TEXT    NOT NULL,
    question_key  TEXT    NOT NULL,
    option_key    TEXT    NOT NULL,                      -- `~...`: one without a key of its own that is gone
    texts         TEXT    NOT NULL,                      -- JSON: language -> what it said
    is_right      INTEGER NOT NULL CHECK (is_right IN (0, 1)),
    gone          INTEGER NOT NULL CHECK (gone IN (0, 1)), -- it is not in the files any more, and that was told
    PRIMARY KEY (seminar, lesson_key, question_key, option_key)
) STRICT, WITHOUT ROWID;

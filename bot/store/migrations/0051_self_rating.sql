-- What teachers say that they can do: before the seminar, after it, and later.

CREATE TABLE self_rating (
    seminar    TEXT    NOT NULL,
    starts_on  TEXT    NOT NULL,                          -- its first day: a trial week is another seminar
    occasion   TEXT    NOT NULL,                          -- 'first', 'last'; others may follow
    person_id  INTEGER NOT NULL REFERENCES person (id),
    aspect     TEXT    NOT NULL,                          -- of UNESCO's framework
    step       INTEGER NOT NULL CHECK (step BETWEEN 1 AND 5),
    is_late    INTEGER NOT NULL,                          -- they joined too late to tell how they were before
    rated_at   TEXT    NOT NULL,
    PRIMARY KEY (seminar, starts_on, person_id, occasion, aspect)
) STRICT, WITHOUT ROWID;

CREATE INDEX self_rating_person ON self_rating (person_id);

-- What figures and files are about, by number, and whom a coordinator may be told of.

CREATE TABLE figure_filter (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,   -- buttons carry it
    content  TEXT    NOT NULL UNIQUE              -- bot/people_filter.py: FigureFilter, as JSON
) STRICT;

CREATE TABLE scope (                              -- a coordinator without a row may be told of everybody
    person_id  INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    people     TEXT    NOT NULL,                  -- bot/people_filter.py: PeopleFilter, as JSON
    by_id      INTEGER REFERENCES person (id) ON DELETE SET NULL,
    set_at     TEXT    NOT NULL
) STRICT;

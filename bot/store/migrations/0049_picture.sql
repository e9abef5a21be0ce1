-- In which colours a person wants pictures of the numbers.

CREATE TABLE picture_look (
    person_id  INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    look       TEXT    NOT NULL CHECK (look IN ('light', 'dark'))
) STRICT;

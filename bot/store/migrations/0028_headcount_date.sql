-- A headcount knows its date, so that whoever is excused for it is not missing. Earlier ones excuse nobody.

ALTER TABLE headcount ADD COLUMN counted_on TEXT NOT NULL DEFAULT '';  -- where the seminar is, YYYY-MM-DD

-- How long people wait until somebody settles what they need is told from the first time, also where it was opened again.

ALTER TABLE alert ADD COLUMN first_settled_at TEXT;
UPDATE alert SET first_settled_at = settled_at;

-- A message to all who have not answered a check-in: a broadcast to those teachers of whom nobody has heard.

ALTER TABLE broadcast ADD COLUMN silence TEXT;           -- JSON: seminar, date, slot, opens; NULL: not only to the silent

-- What somebody's words about a day said before they were corrected.

ALTER TABLE checkin_part ADD COLUMN earlier TEXT;

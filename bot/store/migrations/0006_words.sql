-- What people wrote about a day, newest first, without a walk over all who answered.

CREATE INDEX checkin_words ON checkin (day, answered_at) WHERE words IS NOT NULL;

-- In which order the updates of different people are handled: 0 a member in trouble, 1 people of the seminar, 2 others.

ALTER TABLE inbox ADD COLUMN rank INTEGER NOT NULL DEFAULT 1 CHECK (rank IN (0, 1, 2));
DROP INDEX inbox_new;
DROP INDEX inbox_new_sender;
CREATE INDEX inbox_new ON inbox (rank, id) WHERE state = 'new';
CREATE INDEX inbox_new_sender ON inbox (sender_id, rank, id) WHERE state = 'new';

-- What ended unsent, for a clock that was ahead and is set back.
CREATE INDEX outbox_ended ON outbox (done_at) WHERE state IN ('expired', 'cancelled');

-- Rows that edit or delete an earlier message, and occurrences that are suspended.

ALTER TABLE outbox ADD COLUMN target_id INTEGER;         -- the message that this row has edited or deleted

-- 0: it goes; 1: nothing of it leaves; 2: it was resumed or called off, and its rows are gone through page by page.
ALTER TABLE fanout ADD COLUMN suspended INTEGER NOT NULL DEFAULT 0 CHECK (suspended IN (0, 1, 2));
ALTER TABLE fanout ADD COLUMN released_to INTEGER NOT NULL DEFAULT 0;  -- the row up to which that has come
CREATE INDEX fanout_released ON fanout (event) WHERE suspended = 2;

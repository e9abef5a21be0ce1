-- A button that sends a broadcast knows which content it stood under: each change of it counts.

ALTER TABLE broadcast ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

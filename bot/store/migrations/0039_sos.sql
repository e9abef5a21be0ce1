-- Whether somebody's chat shows a button in place of the phone's letters, which has to go away again; and which shared
-- places move, so that their end is told.

ALTER TABLE person ADD COLUMN has_keyboard INTEGER NOT NULL DEFAULT 0;
CREATE INDEX help_message_live ON help_message (live_until) WHERE live_until IS NOT NULL;

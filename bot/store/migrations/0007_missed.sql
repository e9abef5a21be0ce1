-- What came and went while the bot was not there.

CREATE TABLE heartbeat (                              -- the last minute at which the bot was there
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    at          TEXT    NOT NULL
) STRICT;

CREATE TABLE outage (
    began_at    TEXT    PRIMARY KEY,                  -- the heartbeat before it
    ended_at    TEXT    NOT NULL,
    passed      TEXT    NOT NULL                      -- JSON list of what lost its worth and had not been said to all
) STRICT;

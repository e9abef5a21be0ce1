"""The rehearsal: a stand-in Bot API server on loopback, a clock that jumps, and a page of phones."""

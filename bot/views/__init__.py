"""How a thing looks in a chat: pure functions from data to a `Screen`, one module a feature."""

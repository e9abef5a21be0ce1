"""The bot under kill -9, floods and faults: `make soak`. Nothing here is imported by the bot."""

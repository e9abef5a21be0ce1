"""Running the bot: one instance a database, health, backup."""

"""Heavy work in a process of its own: its time, its memory and its libraries are not the bot's."""

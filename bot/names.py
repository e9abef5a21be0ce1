"""`bot.text` under its former name, for what was written against it; it goes with the next renaming."""

from bot.text import clean_name, clean_words

__all__ = ["clean_name", "clean_words"]

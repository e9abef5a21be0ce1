"""Tests of `bot.programme`."""

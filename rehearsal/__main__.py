"""`python -m rehearsal`: a seminar against a stand-in Telegram, as a program of its own."""

from bot.command_line import leave
from rehearsal.cli import main

leave(main)

"""`python -m bot`: the command line."""

from bot.cli import main
from bot.command_line import leave

leave(main)

"""A stand-in Telegram: `World` holds people, chats and the judge of every call; `TelegramServer` is its HTTP shell."""

from bot.rehearsal.telegram.account import Account
from bot.rehearsal.telegram.errors import ConnectionLostError, RefusedError, Violation
from bot.rehearsal.telegram.faults import Fault, Faults, Kind
from bot.rehearsal.telegram.flood import FloodLimits
from bot.rehearsal.telegram.group import Group
from bot.rehearsal.telegram.journal import Entry, Journal
from bot.rehearsal.telegram.model import Bubble, Button
from bot.rehearsal.telegram.server import TelegramServer, serve
from bot.rehearsal.telegram.world import World

__all__ = [
    "Account",
    "Bubble",
    "Button",
    "ConnectionLostError",
    "Entry",
    "Fault",
    "Faults",
    "FloodLimits",
    "Group",
    "Journal",
    "Kind",
    "RefusedError",
    "TelegramServer",
    "Violation",
    "World",
    "serve",
]

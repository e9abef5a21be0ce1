"""A stand-in Telegram: `World` holds people, chats and the judge of every call; `TelegramServer` is its HTTP shell."""

from rehearsal.telegram.account import Account
from rehearsal.telegram.errors import ConnectionLostError, RefusedError, Violation
from rehearsal.telegram.faults import Fault, Faults, Kind
from rehearsal.telegram.flood import FloodLimits
from rehearsal.telegram.group import Group
from rehearsal.telegram.journal import Entry, Journal
from rehearsal.telegram.model import Bubble, Button
from rehearsal.telegram.server import TelegramServer, serve
from rehearsal.telegram.world import World

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

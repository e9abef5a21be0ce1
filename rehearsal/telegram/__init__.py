"""A stand-in Telegram: `World` is its state, `BotApi` is called, `TelegramServer` listens, `Account` is a person."""

from rehearsal.telegram.account import Account
from rehearsal.telegram.api import BotApi
from rehearsal.telegram.errors import ConnectionLostError, RefusedError, Violation
from rehearsal.telegram.faults import Fault, Faults, Kind
from rehearsal.telegram.flood import FloodLimits
from rehearsal.telegram.group import GroupChat
from rehearsal.telegram.journal import Entry, Journal
from rehearsal.telegram.model import Button, Message
from rehearsal.telegram.server import TelegramServer, serve
from rehearsal.telegram.world import World

__all__ = [
    "Account",
    "BotApi",
    "Button",
    "ConnectionLostError",
    "Entry",
    "Fault",
    "Faults",
    "FloodLimits",
    "GroupChat",
    "Journal",
    "Kind",
    "Message",
    "RefusedError",
    "TelegramServer",
    "Violation",
    "World",
    "serve",
]

"""A stand-in Telegram: `World` is its state, `BotApi` is called, `TelegramServer` listens, `Account` is a person."""

from rehearsal.telegram.account import Account
from rehearsal.telegram.api import BotApi
from rehearsal.telegram.errors import ConnectionLostError, RefusedError, Violation
from rehearsal.telegram.faults import Fault, FaultKind, Faults
from rehearsal.telegram.flood import FloodLimits
from rehearsal.telegram.group import GroupChat
from rehearsal.telegram.journal import AcceptedCall, Journal
from rehearsal.telegram.model import InlineButton, Message
from rehearsal.telegram.server import TelegramServer, serve
from rehearsal.telegram.world import World

__all__ = [
    "AcceptedCall",
    "Account",
    "BotApi",
    "ConnectionLostError",
    "Fault",
    "FaultKind",
    "Faults",
    "FloodLimits",
    "GroupChat",
    "InlineButton",
    "Journal",
    "Message",
    "RefusedError",
    "TelegramServer",
    "Violation",
    "World",
    "serve",
]

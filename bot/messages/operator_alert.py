"""What staff are told when messages were refused, updates could not be handled (many in one), or others took them."""

import sqlite3
from datetime import timedelta

from bot.clock import from_text, to_text
from bot.delivery.message_types import MessageType, Priority, Rendering, Row
from bot.screen import Screen
from bot.store import operator_alert
from bot.views import operator_alert as view


def _undelivered(connection: sqlite3.Connection, row: Row) -> tuple[int, str]:
    return operator_alert.undelivered(connection, str(row.data["about"]))


def _unhandled(connection: sqlite3.Connection, row: Row) -> tuple[int, str]:
    hour = from_text(str(row.data["about"]))
    return operator_alert.unhandled(connection, to_text(hour), to_text(hour + timedelta(hours=1)))


def _say_undelivered(what: Rendering) -> Screen | None:
    count, error = _facts(what)
    return view.undelivered(what.words, str(what.row.data["about"]), count, error) if count else None


def _say_unhandled(what: Rendering) -> Screen | None:
    count, error = _facts(what)
    return view.unhandled(what.words, count, error) if count else None


def _say_polling_conflict(what: Rendering) -> Screen:
    return view.polling_conflict(what.words, from_text(str(what.row.data["about"])), what.seminar.zone)


def _facts(what: Rendering) -> tuple[int, str]:
    assert isinstance(what.context, tuple)
    count, error = what.context
    return count, error


MESSAGE_TYPES = (
    MessageType(operator_alert.UNDELIVERED, Priority.ALERT, _say_undelivered, _undelivered),
    MessageType(operator_alert.UNHANDLED, Priority.ALERT, _say_unhandled, _unhandled),
    MessageType(operator_alert.POLLING_CONFLICT, Priority.ALERT, _say_polling_conflict),
)

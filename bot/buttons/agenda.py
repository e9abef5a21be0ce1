"""Payloads of buttons: the agenda and its places."""

from datetime import date

from bot.payload import Payload


class AgendaDay(Payload, code="day2"):
    """Show the agenda of this date."""

    on: date


class AgendaEveryone(Payload, code="dayall2"):
    """Show the agenda of a date with the sessions of every group."""

    on: date


class AgendaDays(Payload, code="days1"):
    """Show the list of days."""


class TodayAgain(Payload, code="today1"):
    """Have the card of this date say what is now."""

    on: date


class ShowPlace(Payload, code="place1"):
    """Send the map pin and the local address of a place."""

    place: str


class ShowDriver(Payload, code="driver1"):
    """Send the local address of a place as a driver reads it."""

    place: str

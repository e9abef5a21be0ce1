"""Payloads of buttons: the numbers."""

from datetime import date

from bot.payload import Payload


class StatsPage(Payload, code="stats2"):
    """Show the numbers of a date as they are now."""

    on: date


class StatsToday(Payload, code="statsnow1"):
    """Show the numbers of today."""


class StatsWords(Payload, code="said2"):
    """Show what teachers wrote about a date, newest first, from number `first` (from 0) on."""

    on: date
    first: int


class StatsOf(Payload, code="statsof1"):
    """Show a page of what the numbers say about a topic (a `StatsTopic`), of what the filter of this number says."""

    topic: str
    filter: int
    page: int


class StatsMeaning(Payload, code="statsmean1"):
    """Say what the figures of a topic count."""

    topic: str
    filter: int


class StatsDrop(Payload, code="statsdrop1"):
    """Show a topic without one sort of limit: `people`, `days`, `session` or `lesson`."""

    topic: str
    filter: int
    what: str

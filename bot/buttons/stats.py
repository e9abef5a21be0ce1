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

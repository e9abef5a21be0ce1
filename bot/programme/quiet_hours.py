"""Quiet hours: when people sleep, and nothing that can be said at another time makes a sound.

They begin when the evening is over for the bot: its question has been asked, asked again, and organizers have heard who
is silent. They end with the next day's agenda, which is what wakes people. Both follow the hours of the day, so a day
that begins or ends otherwise says so in `hours` and nowhere else.
"""

from datetime import datetime

from bot.programme.model import Seminar


def quiet_hours(seminar: Seminar, at: datetime) -> tuple[datetime, datetime] | None:
    """The beginning and the end of the quiet hours that hold this aware moment, or None where it is in none."""
    today = (seminar.today(at) - seminar.first).days + 1
    for number in (today - 1, today):
        evening, agenda = seminar.hours_of(number), seminar.hours_of(number + 1)
        begins = seminar.moment(number, evening.evening) + evening.alert_after
        ends = seminar.moment(number + 1, agenda.agenda)
        if begins <= at < ends:
            return begins, ends
    return None

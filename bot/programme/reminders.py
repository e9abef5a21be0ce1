"""When people are reminded of a departure or a session. Pure rules.

A departure is announced half an hour before: time to finish a breakfast, fetch a passport and walk to the bus, and
short enough not to be forgotten again. In quiet hours nobody is woken: what leaves early is announced the evening
before, half an hour before they begin, when people can still plan to get up earlier.

Reminders of sessions are off until someone wants them: the agenda of the morning has told of everything, six sounds a
day more would teach people to mute the bot, and then nobody would hear of the bus.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.programme.model import Seminar, Session
from bot.programme.quiet_hours import quiet_hours

BEFORE_DEPARTURE: Final = timedelta(minutes=30)
CHOICES: Final = (10, 30)  # minutes before a session: to walk there, or to come from elsewhere


@dataclass(frozen=True, slots=True)
class Remind:
    """A reminder is sent from `due` until `ends`, and not later: aware moments."""

    due: datetime
    ends: datetime


def before_departure(seminar: Seminar, session: Session, now: datetime) -> Remind | None:
    """When to remind of what leaves at the start of the session, as it looks at this moment; None for never.

    One that is published after the evening on which it would have been announced is announced when the quiet hours
    end, if it has not left by then; the notice of the change has told of it before.
    """
    start = seminar.moment(session.day, session.start)
    quiet = quiet_hours(seminar, start - BEFORE_DEPARTURE)
    if quiet is not None and now < quiet[0]:
        return Remind(quiet[0] - BEFORE_DEPARTURE, quiet[0])
    return _awake(start, start - BEFORE_DEPARTURE, quiet)


def before_session(seminar: Seminar, session: Session, minutes: int) -> Remind | None:
    """When to remind of a session whoever has chosen so many minutes; None for never."""
    start = seminar.moment(session.day, session.start)
    due = start - timedelta(minutes=minutes)
    return _awake(start, due, quiet_hours(seminar, due))


def _awake(start: datetime, due: datetime, quiet: tuple[datetime, datetime] | None) -> Remind | None:
    since = due if quiet is None else quiet[1]
    return Remind(since, start) if since < start else None

"""Where somebody should be at a moment, as far as the programme tells."""

from datetime import datetime

from bot.programme.model import Seminar, Session


def expected_session(seminar: Seminar, group: str | None, now: datetime) -> Session | None:
    """The session with a place that is on at this aware moment, or comes next today, or else was the last today.

    None on a day without one, and outside the seminar.
    """
    number = seminar.day_number_on(seminar.today(now))
    day = seminar.day(number) if number is not None else None
    if number is None or day is None:
        return None
    found = [one for one in day.sessions_for(group) if one.place in seminar.places and not one.cancelled]
    not_over = [one for one in found if seminar.moment(number, one.end) > now]
    return not_over[0] if not_over else found[-1] if found else None

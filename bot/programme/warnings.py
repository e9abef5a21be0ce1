"""What is allowed and probably not meant: hours that do not fit a day, a departure in quiet hours, a day without an
end, a lesson without sources, and two buttons that say the same.
"""

from collections.abc import Iterator, Sequence
from datetime import time, timedelta
from itertools import combinations
from typing import Final

from bot.programme.certificate import counted_sessions
from bot.programme.checkin import Slot, window
from bot.programme.duty import gaps
from bot.programme.lesson_model import Lesson
from bot.programme.model import Day, Group, InfoPage, Seminar, Session
from bot.programme.problems import listed
from bot.programme.quiet_hours import quiet_hours
from bot.programme.reminders import BEFORE_DEPARTURE, before_departure
from bot.programme.spoken import english

_BEFORE_ANY = timedelta(days=2)  # before the quiet hours that a departure is in
_MIDNIGHT: Final = time(23, 59)  # the last minute of a day: what ends then goes on, or nobody knows until when


def warnings(seminar: Seminar) -> list[str]:
    """One line for each day, or departure, that comes before people are asked, or organizers know who is missing.

    Nobody presses "I am here" after the bus has left, and nobody waits for a teacher who is missed when it is gone.
    One for each departure whose reminder would wake people, and comes the evening before in its place. One for each
    session with attendance in quiet hours: nobody is asked then whether they are there. One for each day
    that has no end, or whose evening question comes before it: nobody can say yet how it was. One for all hours that no
    shift of `duty` covers. One for each lesson without sources: a teacher who doubts a claim has nowhere to look it up.
    One for each thing that the certificate asks for and the programme has not. And one for each two groups, pages or
    lessons that people choose from and cannot tell apart in one of the languages.
    """
    rules = (_of_beginning, _of_later_departures, _of_departures, _of_attendance, _of_end)
    days = [line for day in seminar.days for rule in rules for line in rule(seminar, day)]
    groups = seminar.groups if seminar.has_groups else ()
    choices = (("groups", groups), ("pages", seminar.info), ("lessons", seminar.lessons))
    alike = [line for what, things in choices for line in _alike(seminar, what, things)]
    return [*days, *_of_duty(seminar), *_of_lessons(seminar), *_of_certificate(seminar), *alike]


def _alike(seminar: Seminar, what: str, things: Sequence[Group | InfoPage | Lesson]) -> Iterator[str]:
    for one, other in combinations(things, 2):
        same = [each for each in seminar.languages if one.title.get(each) == other.title.get(each)]
        if same:
            title = one.title.get(same[0])
            where = "every language" if same == [*seminar.languages] else listed(map(english, same))
            yield f"warning: the {what} `{one.key}` and `{other.key}` are both called `{title}` in {where}; rename one"


def _of_lessons(seminar: Seminar) -> Iterator[str]:
    for lesson in seminar.lessons:
        if not lesson.sources:
            what = f"the lesson `{lesson.key}` of day {lesson.day} names no public source"
            yield f"warning: {what}; add `sources`, each with a `title` and an https `address`, at the end of its file"


def _of_certificate(seminar: Seminar) -> Iterator[str]:
    """One line for each rule that nobody, or nobody of a group, can meet."""
    rules = seminar.certificate
    if rules is None:
        return
    if rules.lessons_of(len(seminar.lessons)) > len(seminar.lessons):
        yield f"warning: the certificate asks for {rules.lessons} lessons, and there are {len(seminar.lessons)}"
    wanted = (("attendance", rules.attendance), ("practice", rules.practice))
    for name, share in wanted:
        for group in (None,) if not seminar.has_groups else tuple(one.key for one in seminar.groups):
            there = sum(one.minutes for one in counted_sessions(seminar, group) if name == "attendance" or one.practice)
            if share is not None and (not there or share.of(there) > there):
                whom = f" for the group `{group}`" if group else ""
                sessions = "sessions" if name == "attendance" else "workshops"
                what = f"the certificate's `{name}` cannot be met{whom}: {sessions} with `attendance: true` have"
                yield f"warning: {what} {there // 60} h {there % 60} min together"


def _of_duty(seminar: Seminar) -> Iterator[str]:
    """One line for all hours of a day that no shift covers, where the folder names shifts: on the first such day."""
    days = [(day.number, gaps(seminar, seminar.date_of(day.number))) for day in seminar.days] if seminar.duty else []
    uncovered = [(number, found) for number, found in days if found]
    if uncovered:
        number, found = uncovered[0]
        hours = listed(f"{a.astimezone(seminar.zone):%H:%M}-{b.astimezone(seminar.zone):%H:%M}" for a, b in found)
        more = f", nor some hours of {len(uncovered) - 1} more days" if len(uncovered) > 1 else ""
        what = f"no shift of `duty` covers {hours} of day {number} ({seminar.date_of(number)}){more}"
        yield f"warning: {what}; alerts ring for every organizer then"


def _of_beginning(seminar: Seminar, day: Day) -> Iterator[str]:
    morning = window(seminar, day.number, Slot.MORNING)
    first = _first(day)
    if morning is None or first is None:
        return
    begins = seminar.moment(day.number, first.start)
    late = []
    if begins < seminar.moment(day.number, seminar.hours_of(day.number).agenda):
        late.append(f"the agenda at {seminar.hours_of(day.number).agenda:%H:%M}")
    if begins < morning.opens:
        late.append(f"the morning check-in at {morning.opens.astimezone(seminar.zone):%H:%M}")
    if begins < morning.alert:
        late.append(f"the list of who is missing at {morning.alert.astimezone(seminar.zone):%H:%M}")
    if late:
        what = f"day {day.number} ({morning.on}) begins at {first.start:%H:%M} with `{first.key}`, before"
        yield f"warning: {what} {listed(late)}; give the day earlier `hours` in programme.yaml"


def _of_departures(seminar: Seminar, day: Day) -> Iterator[str]:
    for session in day.sessions:
        if not session.departure or session.cancelled:
            continue
        start = seminar.moment(day.number, session.start)
        if quiet_hours(seminar, start - BEFORE_DEPARTURE) is None:
            continue
        reminder = before_departure(seminar, session, start - _BEFORE_ANY)
        assert reminder is not None  # it is the evening before
        what = f"`{session.key}` of day {day.number} ({seminar.date_of(day.number)}) leaves at {session.start:%H:%M}"
        comes = f"{reminder.due.astimezone(seminar.zone):%Y-%m-%d at %H:%M}, before quiet hours"
        yield f"warning: {what}, so its reminder comes on {comes}; give the day other `hours` if that is not meant"


def _of_attendance(seminar: Seminar, day: Day) -> Iterator[str]:
    for one in _happening(day):
        if one.attendance and quiet_hours(seminar, seminar.moment(day.number, one.start)) is not None:
            what = (
                f"`{one.key}` of day {day.number} ({seminar.date_of(day.number)}) at {one.start:%H:%M} has attendance"
            )
            instead = "give the day other `hours`, or call the roll"
            yield f"warning: {what} and begins in quiet hours, so nobody is asked whether they are there; {instead}"


def _of_later_departures(seminar: Seminar, day: Day) -> Iterator[str]:
    """Departures after the first session, which has its own warning: a breakfast can wait, a bus does not."""
    morning = window(seminar, day.number, Slot.MORNING)
    if morning is None:
        return
    for one in _happening(day):
        if one.departure and one is not _first(day) and seminar.moment(day.number, one.start) < morning.alert:
            known = f"{morning.alert.astimezone(seminar.zone):%H:%M}"
            what = f"the departure `{one.key}` of day {day.number} ({morning.on}) at {one.start:%H:%M} comes before"
            hours = "give the day earlier `hours` in programme.yaml"
            yield f"warning: {what} the list of who is missing at {known}; {hours}"


def _of_end(seminar: Seminar, day: Day) -> Iterator[str]:
    last = max(_happening(day), key=lambda one: one.end, default=None)
    if last is None:
        return
    which = f"day {day.number} ({seminar.date_of(day.number)})"
    if last.end >= _MIDNIGHT:
        yield f"warning: {which} has no end: `{last.key}` goes on until {last.end:%H:%M}; write when people are free"
        return
    evening = window(seminar, day.number, Slot.EVENING)
    if evening is not None and evening.opens < seminar.moment(day.number, last.end):
        asked = f"{evening.opens.astimezone(seminar.zone):%H:%M}"
        what = f"the evening check-in of {which} at {asked} comes before `{last.key}` ends at {last.end:%H:%M}"
        yield f"warning: {what}; give the day a later `evening` under `hours` in programme.yaml"


def _happening(day: Day) -> list[Session]:
    return [one for one in day.sessions if not one.cancelled]


def _first(day: Day) -> Session | None:
    return min(_happening(day), key=_start, default=None)


def _start(session: Session) -> time:
    return session.start

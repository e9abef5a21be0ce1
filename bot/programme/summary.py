"""A seminar in words for the command line: what an organizer reads to see whether the files say what was meant."""

from collections.abc import Iterator

from bot.programme.certificate_model import CertificateRules, Share, Signatory
from bot.programme.model import Day, DutyShift, Hours, Seminar, Session
from bot.programme.spoken import english

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def summary(seminar: Seminar, language: str = "en") -> str:
    """The seminar in some dozens of lines; ends without a newline.

    Its own texts are in `language`, or in its first one where it is not written in that.
    """
    return "\n".join(_lines(seminar, language))


def _lines(seminar: Seminar, language: str) -> Iterator[str]:
    sessions = sum(len(day.sessions) for day in seminar.days)
    yield f"{seminar.title.get(language)} ({seminar.key})"
    dates = f"{seminar.first} to {seminar.last}" if seminar.days_count > 1 else f"{seminar.first}"
    yield f"{seminar.place.get(language)}, {dates}, {_count(seminar.days_count, 'day')}"
    yield f"languages: {', '.join(map(english, seminar.languages))}"
    home = f", at home {seminar.home_zone.key}" if seminar.home_zone else ""
    yield f"{'clocks' if home else 'clock'}: {seminar.zone.key}{home}"
    yield f"hours: {_hours(seminar.hours)}"
    titles = ", ".join(group.title.get(language) for group in seminar.groups)
    yield f"groups: {titles if seminar.has_groups else 'none, everybody is together'}"
    if seminar.driver is not None:
        yield f"drivers read: {seminar.driver.please_take_me} ({seminar.driver.language})"
    if seminar.duty:
        yield f"duty: {', '.join(_shift(one, language) for one in seminar.duty)}"
    if seminar.maps:
        yield f"maps: {', '.join(one.name.get(language) for one in seminar.maps)}"
    if seminar.look.logo is not None:
        yield f"files look: {seminar.look.logo.name}, {seminar.look.color}"
    if seminar.certificate is not None:
        yield f"certificate: {_certificate(seminar.certificate)}, {_signed(seminar.certificate.signatory, language)}"
    for day in seminar.days:
        yield ""
        yield from _day_lines(seminar, day, language)
    yield ""
    yield ", ".join(
        (
            _count(sessions, "session"),
            _count(len(seminar.lessons), "lesson"),
            _count(len(seminar.places), "place"),
            _count(len(seminar.contacts), "contact"),
            _count(len(seminar.info), "page") + " of information",
        )
    )


def _day_lines(seminar: Seminar, day: Day, language: str) -> Iterator[str]:
    on = seminar.date_of(day.number)
    theme = f" · {day.theme.get(language)}" if day.theme else ""
    yield f"Day {day.number} · {_WEEKDAYS[on.weekday()]} {on}{theme}"
    if day.hours is not None:
        yield f"  hours        {_hours(day.hours)}"
    for session in day.sessions:
        yield _session_line(seminar, session, language)
    if not day.sessions:
        yield "  free"
    lesson = seminar.lesson_of_day(day.number)
    if lesson is not None:
        size = f"{lesson.minutes} min, {_count(len(lesson.cards), 'card')}, {_count(len(lesson.quiz), 'question')}"
        yield f"  lesson       {lesson.title.get(language)} ({size})"


def _session_line(seminar: Seminar, session: Session, language: str) -> str:
    line = f"  {session.start:%H:%M}-{session.end:%H:%M}  {session.kind:<12} {session.title.get(language)}"
    if session.place is not None:
        line += f" @ {seminar.places[session.place].title.get(language)}"
    titles = [group.title.get(language) for group in seminar.groups if group.key in session.groups]
    line += f" [{', '.join(titles)}]" if titles else ""
    line += " (departure)" if session.departure else ""
    line += " (attendance)" if session.attendance else ""
    return f"{line} (cancelled)" if session.cancelled else line


def _shift(shift: DutyShift, language: str) -> str:
    title = shift.title.get(language) if shift.title else shift.key
    days = f" (days {', '.join(map(str, shift.days))})" if shift.days else ""
    return f"{title} {shift.start:%H:%M}-{shift.end:%H:%M}{days}"


def _certificate(rules: CertificateRules) -> str:
    wanted = [
        _share(rules.attendance, "the hours of attendance") if rules.attendance else "",
        _share(rules.practice, "the hours of workshops") if rules.practice else "",
        "all lessons" if rules.lessons == "all" else _count(rules.lessons, "lesson") if rules.lessons else "",
    ]
    return ", ".join(one for one in wanted if one)


def _share(share: Share, of: str) -> str:
    return f"{share.percent}% of {of}" if share.percent else f"{share.minutes // 60} h of {of}"


def _signed(signatory: Signatory, language: str) -> str:
    pictures = [path.name for path in (signatory.signature, signatory.stamp) if path is not None]
    return f"signed by {signatory.name.get(language)} ({', '.join(pictures) or 'in ink'})"


def _hours(hours: Hours) -> str:
    return (
        f"agenda {hours.agenda:%H:%M}, morning check-in {hours.morning:%H:%M}, "
        f"lesson {hours.lesson:%H:%M}, evening check-in {hours.evening:%H:%M}; "
        f"nudge after {_minutes(hours.nudge_after.total_seconds())}, "
        f"alert after {_minutes(hours.alert_after.total_seconds())}"
    )


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} min"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"

"""What a seminar is. Immutable; days are numbered from 1, so another first day moves everything.

Texts are plain and must be escaped where they are shown, except `Card.text` and `InfoPage.body`, which
are HTML that Telegram accepts: `<b> <i> <code> <a href>`, with `&lt; &gt; &amp;` for the signs themselves.
What a lesson is stands in `lesson_model`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from urllib.parse import quote
from zoneinfo import ZoneInfo

from bot.languages import DEFAULT_LANGUAGES, Language, Localized
from bot.programme.certificate_model import PLAIN, CertificateRules, Look
from bot.programme.lesson_model import Lesson


class SessionKind(StrEnum):
    """What people do in a session."""

    LECTURE = "lecture"
    WORKSHOP = "workshop"
    SCHOOL_VISIT = "school_visit"
    CULTURE = "culture"
    MEAL = "meal"
    TRAVEL = "travel"


@dataclass(frozen=True, slots=True)
class Hours:
    """When the bot speaks, on the seminar's own clock; the delays count from each check-in's hour."""

    agenda: time
    lesson: time
    morning: time
    evening: time
    nudge_after: timedelta
    alert_after: timedelta


@dataclass(frozen=True, slots=True)
class Group:
    """People who go through the programme together."""

    key: str
    title: Localized


@dataclass(frozen=True, slots=True)
class DutyShift:
    """Hours in which somebody is on duty; those that end when they begin, or earlier, pass midnight.

    Empty `days` means every date, also before and after the seminar. `title` is None for whole days, which the bot
    names itself.
    """

    key: str
    title: Localized | None
    start: time
    end: time
    days: tuple[int, ...] = ()

    @property
    def passes_midnight(self) -> bool:
        """Whether it ends on the next date."""
        return self.end <= self.start


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to turn to: `phone` is empty where nobody should call, `telegram` is a user name without @."""

    key: str
    name: Localized
    role: Localized
    phone: str
    telegram: str | None = None


def _degrees(value: float) -> str:
    written = str(value)
    return f"{value:.6f}" if "e" in written else written


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happens; coordinates are WGS 84 degrees.

    `local_address` is as drivers read it, or None where nobody needs to show it to one.
    """

    key: str
    title: Localized
    address: Localized
    local_address: str | None
    latitude: float
    longitude: float

    @property
    def degrees(self) -> tuple[str, str]:
        """Latitude and longitude as maps and calendars read them: never as `1e-05`."""
        return _degrees(self.latitude), _degrees(self.longitude)


@dataclass(frozen=True, slots=True)
class DriverRequest:
    """What drivers where the seminar is can read: their `language` (ISO 639), and the request above an address."""

    language: str
    please_take_me: str


@dataclass(frozen=True, slots=True)
class MapProvider:
    """A map that people there use. `url` is an https address with `{latitude}`, `{longitude}` and maybe `{name}`."""

    name: Localized
    url: str

    def link(self, place: Place, name: str) -> str:
        """The address of a place on this map; `name` is what the map calls it, where it shows one."""
        latitude, longitude = place.degrees
        filled = self.url.replace("{latitude}", latitude).replace("{longitude}", longitude)
        return filled.replace("{name}", quote(name, safe=""))


@dataclass(frozen=True, slots=True)
class Session:
    """One entry of the programme, on day number `day`. Empty `groups` means everyone.

    A `cancelled` one stays in the programme, so that people see that it does not happen. Nobody can come after the
    start of a `departure`: what leaves then, from its place, does not wait. Where there is `attendance`, it is written
    down who was there.
    """

    key: str
    day: int
    start: time
    end: time
    title: Localized
    kind: SessionKind
    speaker: Localized | None = None
    place: str | None = None
    groups: tuple[str, ...] = ()
    note: Localized | None = None
    cancelled: bool = False
    departure: bool = False
    attendance: bool = False

    def is_for(self, group: str | None) -> bool:
        """Whether people of this group take part; None stands for someone without a group, who sees all."""
        return not self.groups or group is None or group in self.groups

    def overlaps(self, other: "Session") -> bool:
        """Whether some people would have to be at both of these sessions of one day."""
        if self.cancelled or other.cancelled or self.end <= other.start or other.end <= self.start:
            return False
        return not self.groups or not other.groups or bool(set(self.groups) & set(other.groups))


@dataclass(frozen=True, slots=True)
class Day:
    """One day's sessions, in order of their start; `hours` where they are not the seminar's usual ones."""

    number: int
    theme: Localized | None
    sessions: tuple[Session, ...]
    hours: Hours | None = None

    def sessions_for(self, group: str | None) -> tuple[Session, ...]:
        """The sessions of one group (and everyone's), or all of them for None."""
        return tuple(session for session in self.sessions if session.is_for(group))


@dataclass(frozen=True, slots=True)
class InfoPage:
    """A page of practical information. `body` is HTML."""

    key: str
    title: Localized
    body: Localized


@dataclass(frozen=True, slots=True)
class Seminar:
    """The whole of it. `days` holds every number from 1 to the last, `lessons` are in order of their days.

    `languages` are those of every text, the fallback first. `home_zone` is None where there is one clock only;
    `driver` is there where a place has a local address; `maps` are beside the pin of each place. Without `duty`
    organizers take whole days; without `certificate` nobody gets one.
    """

    key: str
    title: Localized
    about: Localized
    place: Localized
    zone: ZoneInfo
    home_zone: ZoneInfo | None
    starts_on: date
    hours: Hours
    groups: tuple[Group, ...]
    contacts: tuple[Contact, ...]
    places: Mapping[str, Place]
    days: tuple[Day, ...]
    lessons: tuple[Lesson, ...]
    info: tuple[InfoPage, ...]
    languages: tuple[Language, ...] = DEFAULT_LANGUAGES
    driver: DriverRequest | None = None
    maps: tuple[MapProvider, ...] = ()
    duty: tuple[DutyShift, ...] = ()
    look: Look = PLAIN
    certificate: CertificateRules | None = None

    @property
    def has_groups(self) -> bool:
        """Whether people belong to groups: one alone is everybody."""
        return len(self.groups) > 1

    @property
    def days_count(self) -> int:
        """How many days it lasts."""
        return len(self.days)

    @property
    def first(self) -> date:
        """The date of day 1."""
        return self.starts_on

    @property
    def last(self) -> date:
        """The date of the last day."""
        return self.date_of(self.days_count)

    def moved(self, starts_on: date) -> "Seminar":
        """The same seminar with another first day."""
        return replace(self, starts_on=starts_on)

    def date_of(self, day_number: int) -> date:
        """The date of a day; numbers outside the seminar count on before and after it."""
        return self.starts_on + timedelta(days=day_number - 1)

    def day_number_on(self, on: date) -> int | None:
        """Which day a date is, or None outside the seminar."""
        number = (on - self.starts_on).days + 1
        return number if 1 <= number <= self.days_count else None

    def day(self, number: int) -> Day | None:
        """The day of that number, or None outside the seminar."""
        return self.days[number - 1] if 1 <= number <= self.days_count else None

    def hours_of(self, number: int) -> Hours:
        """When the bot speaks on a day: at the usual hours, unless the day has its own."""
        day = self.day(number)
        return day.hours if day and day.hours else self.hours

    def today(self, now: datetime) -> date:
        """The date where the seminar is, at an aware moment."""
        if now.tzinfo is None:
            raise ValueError(f"naive datetime: {now!r}")
        return now.astimezone(self.zone).date()

    def moment(self, day_number: int, at: time) -> datetime:
        """The UTC moment of a wall-clock time where the seminar is.

        A time that the clocks skip counts on from before the change; one that comes twice is the first.
        """
        return datetime.combine(self.date_of(day_number), at, self.zone).astimezone(UTC)

    def session(self, key: str) -> Session | None:
        """The session of that key, or None."""
        return next((session for day in self.days for session in day.sessions if session.key == key), None)

    def lesson(self, key: str) -> Lesson | None:
        """The lesson of that key, or None."""
        return next((lesson for lesson in self.lessons if lesson.key == key), None)

    def lesson_of_day(self, number: int) -> Lesson | None:
        """The lesson that belongs to a day, or None for a day without."""
        return next((lesson for lesson in self.lessons if lesson.day == number), None)

    def group(self, key: str | None) -> Group | None:
        """The group of that key; None for one that is not there (any more), and where people are in no groups."""
        return next((group for group in self.groups if group.key == key), None) if self.has_groups else None

    def info_page(self, key: str) -> InfoPage | None:
        """The page of practical information of that key, or None."""
        return next((page for page in self.info if page.key == key), None)

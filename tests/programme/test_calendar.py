"""The calendar file, read back by three readers: one that knows only the rules of RFC 5545, icalendar and vobject."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject  # type: ignore[import-untyped]

from bot.programme import Seminar, load
from bot.programme.calendar import calendar_file, edition
from bot.programme.edits import Added, Cancelled, Moved, edited
from tests import loaded
from tests.programme import small
from tests.programme.test_clock_changes import AUTUMN, SPRING, berlin

NOW = datetime(2025, 8, 1, 6, 0, tzinfo=UTC)
SAMPLE = loaded.seminar(Path(__file__).parents[2] / "seminars/sejong-2025")
Entry = dict[str, str]


class Seen(NamedTuple):
    """What a reader makes of an event."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    status: str
    sequence: int
    location: str | None


def made(
    seminar: Seminar, *, language: str = "en", group: str | None = None, sequence: int = 1, now: datetime = NOW
) -> bytes:
    return calendar_file(seminar, language=language, group=group, sequence=sequence, now=now)


def read_back(content: bytes) -> tuple[Entry, list[Entry]]:
    """The calendar's own properties, and those of its events, unescaped. Asserts the form."""
    text = content.decode()
    assert text.endswith("\r\n")
    raw = text.removesuffix("\r\n").split("\r\n")
    assert all("\n" not in line and "\r" not in line for line in raw)
    assert all(len(line.encode()) <= 75 for line in raw), "a line is longer than 75 bytes"
    lines = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    calendar: Entry = {}
    events: list[Entry] = []
    zone: Entry = {}
    current = calendar
    for line in lines[1:-1]:
        name, value = line.split(":", 1)
        match line:
            case "BEGIN:VEVENT":
                events.append(current := {})
            case "BEGIN:VTIMEZONE" | "BEGIN:STANDARD" | "BEGIN:DAYLIGHT":
                current = zone = {}
            case "END:VEVENT" | "END:VTIMEZONE":
                current = calendar
            case "END:STANDARD" | "END:DAYLIGHT":
                current = zone
            case _:
                assert name not in current, f"{name} twice"
                current[name] = value if name == "GEO" else _unescape(value)
    return calendar, events


def _unescape(value: str) -> str:
    assert not re.search(r"(?<!\\)(\\\\)*[,;]", value), f"a bare comma or semicolon in {value}"
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)


def events_of(seminar: Seminar, *, language: str = "en", group: str | None = None) -> list[Entry]:
    return read_back(made(seminar, language=language, group=group))[1]


def by_icalendar(content: bytes) -> list[Seen]:
    calendar = icalendar.Calendar.from_ical(content)
    return [
        Seen(
            str(event["UID"]),
            event.decoded("DTSTART").astimezone(UTC),
            event.decoded("DTEND").astimezone(UTC),
            str(event["SUMMARY"]),
            str(event["STATUS"]),
            int(str(event["SEQUENCE"])),
            str(event["LOCATION"]) if "LOCATION" in event else None,
        )
        for event in calendar.walk("VEVENT")
    ]


def by_vobject(content: bytes) -> list[Seen]:
    zones = vars(vobject.icalendar)["__tzidMap"]
    for name in zones.keys() - {"UTC"}:
        del zones[name]  # it would read a zone as an earlier file described it
    calendar: Any = vobject.readOne(content.decode(), validate=True)
    return [
        Seen(
            event.uid.value,
            event.dtstart.value.astimezone(UTC),
            event.dtend.value.astimezone(UTC),
            event.summary.value,
            event.status.value,
            int(event.sequence.value),
            event.location.value if hasattr(event, "location") else None,
        )
        for event in calendar.vevent_list
    ]


def expected(seminar: Seminar, language: str, group: str | None, sequence: int) -> Iterator[Seen]:
    for day in seminar.days:
        for one in day.sessions_for(group):
            place = seminar.places[one.place] if one.place else None
            title = one.title.get(language)
            yield Seen(
                f"{one.key}.{seminar.key}@hamroh",
                seminar.moment(one.day, one.start),
                seminar.moment(one.day, one.end),
                f"❌ {title}" if one.cancelled else title,
                "CANCELLED" if one.cancelled else "CONFIRMED",
                sequence,
                f"{place.title.get(language)}, {place.address.get(language)}" if place else None,
            )


READERS = pytest.mark.parametrize("reader", [by_icalendar, by_vobject])
Reader = Callable[[bytes], list[Seen]]


@pytest.fixture
def seminar(tmp_path: Path) -> Seminar:
    return load(small.write(tmp_path))


def test_events_say_when_what_and_where(seminar: Seminar) -> None:
    calendar, events = read_back(made(seminar, sequence=7))
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert calendar["PRODID"]
    assert calendar["X-WR-CALNAME"] == "Small seminar"
    assert [event["SUMMARY"] for event in events] == ["Opening", "Visit", "Talk"]
    assert events[0] == {
        "UID": "opening.small@hamroh",
        "DTSTAMP": "20250801T060000Z",
        "SEQUENCE": "7",
        "DTSTART;TZID=Asia/Seoul": "20250804T090000",
        "DTEND;TZID=Asia/Seoul": "20250804T103000",
        "SUMMARY": "Opening",
        "STATUS": "CONFIRMED",
        "LOCATION": "Hall, 1 Street; back, door",
        "GEO": "36.48;127.29",
        "DESCRIPTION": "A teacher\nBring a pen\n세종시 한누리대로 1",
    }


def test_degrees_are_written_out_beside_greenwich_and_on_the_equator(seminar: Seminar) -> None:
    place = replace(seminar.places["hall"], latitude=0.00005, longitude=-0.00001)
    events = events_of(replace(seminar, places={**seminar.places, "hall": place}))
    assert events[0]["GEO"] == "0.000050;-0.000010"


def test_a_group_and_another_first_day(seminar: Seminar) -> None:
    events = events_of(seminar.moved(date(2026, 1, 1)), language="ru", group="blue")
    assert [event["UID"] for event in events] == ["opening.small@hamroh", "talk.small@hamroh"]
    assert events[0]["DTSTART;TZID=Asia/Seoul"] == "20260101T090000"


@READERS
@pytest.mark.parametrize("language", ["tg", "ru", "en", "ko"])
def test_every_reader_sees_the_sample_in_every_language(reader: Reader, language: str) -> None:
    for group in (None, "pamir"):
        content = made(SAMPLE, language=language, group=group, sequence=3)
        assert reader(content) == list(expected(SAMPLE, language, group, 3))
    assert read_back(content)[0]["X-WR-CALNAME"] == SAMPLE.title.get(language)


@READERS
def test_a_session_that_moves_stays_the_same_event_of_a_later_version(reader: Reader) -> None:
    key = SAMPLE.days[0].sessions[0].key
    before, after = reader(made(SAMPLE, sequence=1)), reader(made(edited(SAMPLE, Moved(key, 15)), sequence=2))
    assert [one.uid for one in before] == [one.uid for one in after]
    [old], [new] = ([one for one in seen if one.uid.startswith(f"{key}.")] for seen in (before, after))
    assert new.start - old.start == timedelta(minutes=15)
    assert (old.sequence, new.sequence) == (1, 2)


@READERS
def test_a_cancelled_session_stays_and_says_so(reader: Reader, seminar: Seminar) -> None:
    seen = reader(made(edited(seminar, Cancelled("visit")), sequence=2))
    assert [(one.summary, one.status) for one in seen] == [
        ("Opening", "CONFIRMED"),
        ("❌ Visit", "CANCELLED"),
        ("Talk", "CONFIRMED"),
    ]


@READERS
@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("Europe/Berlin", SPRING - timedelta(days=1)),
        ("Europe/Berlin", AUTUMN - timedelta(days=1)),
        ("Australia/Lord_Howe", date(2027, 4, 3)),  # half an hour back
        ("Africa/Casablanca", date(2027, 2, 6)),  # its winter time is the daylight one, and ends for Ramadan
        ("America/Caracas", date(2027, 5, 1)),  # a zone without a name of letters
        ("UTC", date(2027, 5, 1)),
    ],
)
def test_where_clocks_change_during_the_seminar_every_reader_sees_the_same_moments(
    reader: Reader, tmp_path: Path, zone: str, first: date
) -> None:
    seminar = load(berlin(tmp_path, first, zone))
    one = seminar.days[0].sessions[0]
    for number in (2, 3):
        seminar = edited(seminar, Added(replace(one, key=f"again-{number}", day=number)))
    assert reader(made(seminar)) == list(expected(seminar, "en", None, 1))


def test_the_hour_after_a_change_of_clocks_is_read_by_the_rule_of_the_standard(tmp_path: Path) -> None:
    spring = made(load(berlin(tmp_path, SPRING))).decode()
    [daylight] = re.findall(r"BEGIN:DAYLIGHT\r\n(.*?)END:DAYLIGHT", spring, re.DOTALL)
    assert daylight.split("\r\n")[:-1] == [
        "DTSTART:20270328T020000",  # as the clocks stand before they change
        "TZNAME:CEST",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
    ]


def test_every_zone_that_is_named_is_described(seminar: Seminar) -> None:
    text = made(seminar).decode()
    assert set(re.findall("TZID[=:]([^:\r]+)", text)) == {"Asia/Seoul"}
    assert text.count("BEGIN:VTIMEZONE") == 1


def test_now_may_be_in_any_zone(seminar: Seminar) -> None:
    assert made(seminar, now=NOW.astimezone(ZoneInfo("Asia/Seoul"))) == made(seminar)


def test_an_edition_is_another_one_when_the_file_would_say_anything_else(seminar: Seminar) -> None:
    def named(of: Seminar, language: str = "en", group: str | None = None, sequence: int = 1) -> str:
        return edition(of, language=language, group=group, sequence=sequence)

    elsewhere = replace(seminar.places["hall"], latitude=1.0)
    others = [
        named(seminar, "ru"),
        named(seminar, group="red"),
        named(seminar, sequence=2),
        named(seminar.moved(date(2026, 1, 1))),
        named(edited(seminar, Moved("talk", 5))),
        named(edited(seminar, Cancelled("talk"))),
        named(replace(seminar, places={"hall": elsewhere})),
    ]
    assert named(seminar) == named(seminar)
    assert len({named(seminar), *others}) == 1 + len(others)


def test_the_sample_is_a_small_file() -> None:
    sizes = [len(made(SAMPLE, language=language)) for language in SAMPLE.languages]
    assert max(sizes) < 50_000

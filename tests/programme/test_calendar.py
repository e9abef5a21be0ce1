"""The calendar file, read back by a reader that knows only RFC 5545."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.programme import Seminar, load
from bot.programme.calendar import calendar_text
from tests.programme import small

NOW = datetime(2025, 8, 1, 6, 0, tzinfo=UTC)
Event = dict[str, str]


def read_back(text: str) -> tuple[Event, list[Event]]:
    """The calendar's own properties, and those of its events, unescaped. Asserts the form."""
    assert text.endswith("\r\n")
    raw = text.removesuffix("\r\n").split("\r\n")
    assert all("\n" not in line and "\r" not in line for line in raw)
    assert all(len(line.encode()) <= 75 for line in raw), "a line is longer than 75 bytes"
    lines = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    calendar: Event = {}
    events: list[Event] = []
    current = calendar
    for line in lines[1:-1]:
        name, value = line.split(":", 1)
        if line == "BEGIN:VEVENT":
            current = {}
        elif line == "END:VEVENT":
            events.append(current)
            current = calendar
        else:
            assert name not in current, f"{name} twice"
            current[name] = value if name == "GEO" else _unescape(value)
    return calendar, events


def _unescape(value: str) -> str:
    assert not re.search(r"(?<!\\)(\\\\)*[,;]", value), f"a bare comma or semicolon in {value}"
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)


@pytest.fixture
def seminar(tmp_path: Path) -> Seminar:
    return load(small.write(tmp_path))


def test_events_say_when_what_and_where(seminar: Seminar) -> None:
    calendar, events = read_back(calendar_text(seminar, language="en", now=NOW))
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    assert calendar["X-WR-CALNAME"] == "Small seminar"
    assert [event["SUMMARY"] for event in events] == ["Opening", "Visit", "Talk"]
    assert events[0] == {
        "UID": "opening.small@hamroh",
        "DTSTAMP": "20250801T060000Z",
        "DTSTART": "20250804T000000Z",
        "DTEND": "20250804T013000Z",
        "SUMMARY": "Opening",
        "STATUS": "CONFIRMED",
        "LOCATION": "Hall, 1 Street; back, door",
        "GEO": "36.48;127.29",
        "DESCRIPTION": "A teacher\nBring a pen\n세종시 한누리대로 1",
    }


def test_a_day_a_group_and_another_first_day(seminar: Seminar) -> None:
    moved = seminar.moved(date(2026, 1, 1))
    _, events = read_back(calendar_text(moved, language="ru", now=NOW, day=1, group="blue"))
    assert [event["UID"] for event in events] == ["opening.small@hamroh", "talk.small@hamroh"]
    assert events[0]["DTSTART"] == "20260101T000000Z"
    _, none = read_back(calendar_text(moved, language="ru", now=NOW, day=2))
    assert none == []


def test_a_cancelled_session_stays_and_says_so(tmp_path: Path) -> None:
    text = small.PROGRAMME.replace("kind: school_visit", "kind: school_visit\n        cancelled: true")
    seminar = load(small.write(tmp_path, **{"programme.yaml": text}))
    _, events = read_back(calendar_text(seminar, language="en", now=NOW))
    assert [event["STATUS"] for event in events] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]


def test_now_may_be_in_any_zone(seminar: Seminar) -> None:
    seoul = NOW.astimezone(ZoneInfo("Asia/Seoul"))
    assert calendar_text(seminar, language="en", now=seoul) == calendar_text(seminar, language="en", now=NOW)


@pytest.mark.parametrize("language", ["tg", "ru", "en", "ko"])
def test_the_sample_in_every_language(language: str) -> None:
    sample = load(Path(__file__).parents[2] / "seminars/sejong-2025")
    calendar, events = read_back(calendar_text(sample, language=language, now=NOW))
    assert calendar["X-WR-CALNAME"] == sample.title.get(language)
    sessions = [session for day in sample.days for session in day.sessions]
    assert [event["SUMMARY"] for event in events] == [session.title.get(language) for session in sessions]
    assert len({event["UID"] for event in events}) == len(events)

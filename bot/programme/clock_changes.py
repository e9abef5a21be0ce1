"""Times of the programme that do not exist, or come twice, as the clocks change on that day where the seminar is.

It looks at the files' trees, so that it sees each time with its line, also where something else is wrong. A time that
does not exist is a problem. One that comes twice is a warning: the bot takes the first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot.clock import read_date
from bot.programme import tree
from bot.programme.problems import Log
from bot.programme.source import Entries, Node
from bot.programme.values import read_time
from bot.programme.zones import read_zone

_HOURS: Final = ("agenda", "morning", "lesson", "evening")
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_SEMINAR, _PROGRAMME = "seminar.yaml", "programme.yaml"


@dataclass(frozen=True, slots=True)
class _Time:
    """A time as it is written: in which file and line, what for, and on which day of the seminar."""

    file: str
    line: int
    what: str
    day: int
    at: time
    usual: bool = False


@dataclass(frozen=True, slots=True)
class _AffectedTime:
    """A time to speak of; `missing` is one that does not exist."""

    file: str
    line: int
    what: str
    instead: str
    missing: bool


def note_missing(trees: Mapping[str, Node], starts_on: date | None, log: Log) -> None:
    """Note in the log each time that does not exist. `trees` are by file name, `log.file` is the seminar's folder.

    `starts_on` replaces the seminar's own first day.
    """
    for change in _find(trees, starts_on):
        if change.missing:
            log.of(str(Path(log.file) / change.file)).add(change.line, change.what, change.instead)


def coming_twice(folder: Path, trees: Mapping[str, Node], starts_on: date | None) -> list[str]:
    """One warning for each time that comes twice."""
    twice = [one for one in _find(trees, starts_on) if not one.missing]
    return [f"{folder / one.file}:{one.line}: warning: {one.what}, {one.instead}" for one in twice]


def _find(trees: Mapping[str, Node], starts_on: date | None) -> Iterator[_AffectedTime]:
    """Each time that does not exist or comes twice. What cannot be read is passed over: the loader speaks of it."""
    top = trees.get(_SEMINAR)
    zone, first = read_zone(tree.text(top, "zone")), starts_on or read_date(tree.text(top, "starts_on"))
    if zone is None or first is None:
        return
    for one in _times(trees):
        change = _judged(one, first + (one.day - 1) * _DAY, zone)
        if change is not None:
            yield change


def _judged(one: _Time, on: date, zone: ZoneInfo) -> _AffectedTime | None:
    there = datetime.combine(on, one.at)
    # In a gap the first offset is that of before, the smaller one; where a time comes twice it is the larger one.
    early, late = (zone.utcoffset(there.replace(fold=fold)) or timedelta() for fold in (0, 1))
    what = f"{one.what} of day {one.day} ({on})"
    if early < late:
        begin = there
        while zone.utcoffset(begin.replace(fold=0)) != zone.utcoffset(begin.replace(fold=1)):
            begin -= _MINUTE
        before, after = begin + _MINUTE, begin + _MINUTE + late - early
        what = f"{what} does not exist: the clocks of {zone.key} go from {before:%H:%M} to {after:%H:%M}"
        instead = f"write {after:%H:%M} or later, or {begin:%H:%M} or earlier"
        return _AffectedTime(one.file, one.line, what, _of_usual(instead, one), missing=True)
    if early > late:
        what = f"{what} comes twice: the clocks of {zone.key} are put back"
        first = f"{there.replace(tzinfo=zone):%z}"
        instead = f"the bot takes the first (UTC{first[:3]}:{first[3:]}); write another time if the second is meant"
        return _AffectedTime(one.file, one.line, what, _of_usual(instead, one), missing=False)
    return None


def _of_usual(instead: str, one: _Time) -> str:
    return f"{instead}, or give day {one.day} `hours` of its own in programme.yaml" if one.usual else instead


def _times(trees: Mapping[str, Node]) -> Iterator[_Time]:
    usual = tree.child(trees.get(_SEMINAR), "hours")
    for day in tree.items(trees.get(_PROGRAMME), "days"):
        number = tree.text(day, "day")
        if not number.isdecimal() or len(number) > 2:
            continue
        own = tree.child(day, "hours")
        yield from _hours(_PROGRAMME, own, int(number), usual=False)
        if isinstance(usual, Entries):
            left = {key: entry for key, entry in usual.values.items() if tree.child(own, key) is None}
            yield from _hours(_SEMINAR, Entries(usual.line, left), int(number), usual=True)
        for session in tree.items(day, "sessions"):
            if tree.text(session, "cancelled") == "true":
                continue
            for key in ("start", "end"):
                if (at := read_time(tree.text(session, key))) is not None:
                    what = f"`{key}: {at:%H:%M}` of session `{tree.text(session, 'key')}`"
                    yield _Time(_PROGRAMME, tree.line(session, key), what, int(number), at)


def _hours(file: str, hours: Node | None, day: int, *, usual: bool) -> Iterator[_Time]:
    for key in _HOURS:
        if (at := read_time(tree.text(hours, key))) is not None:
            yield _Time(file, tree.line(hours, key), f"`{key}: {at:%H:%M}`", day, at, usual)

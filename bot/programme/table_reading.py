"""From a table to the days of a programme, or to everything in it that is wrong.

What a table does not say stays as it was: a missing column changes nothing. A session whose row is gone is left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import InitVar, dataclass, field, replace
from datetime import time
from hashlib import sha256

from bot.languages import LANGUAGES, Localized
from bot.programme.markup import utf16_length
from bot.programme.model import Day, Seminar, Session, SessionKind
from bot.programme.table import (
    FLAGS,
    SESSIONS_A_DAY,
    TEXTS,
    Row,
    Table,
    TableError,
    TableProblem,
    columns,
    group_names,
    place_names,
)
from bot.programme.table_values import (
    clean,
    date_like,
    is_empty,
    nearest,
    one_line,
    shown,
    time_like,
    to_date,
    to_flag,
    to_list,
    to_text,
    to_time,
)
from bot.programme.values import is_key

_NEW = Session("", 1, time(), time(), Localized({"": ""}), SessionKind.WORKSHOP)


@dataclass(frozen=True, slots=True)
class ReadTable:
    """The programme that a table holds; where there are `problems`, in the order of the file, it is not to be used."""

    seminar: Seminar
    problems: tuple[TableProblem, ...]


def read(base: Seminar, table: Table, language: str) -> ReadTable:
    """The programme `base` as a table changes it; names of places are given in `language` where one is wrong."""
    reader = _Reader(base, language)
    sessions: list[tuple[Session, Row]] = []
    for row in table.rows:
        before = len(reader.problems)
        session = reader.session(row)
        if len(reader.problems) == before:
            sessions.append((session, row))
    problems = [*table.problems, *reader.problems, *_of_days(base, sessions)]
    days = tuple(_day(day, [one for one, _row in sessions if one.day == day.number]) for day in base.days)
    return ReadTable(replace(base, days=days), tuple(sorted(problems, key=_order)))


def _order(problem: TableProblem) -> tuple[int, int, str]:
    """Row by row and from left to right, as it is corrected: `Programme!AB14` is row 14 and column AB."""
    cell = problem.where.rpartition("!")[2].partition(":")[0]
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), len(letters), letters


@dataclass
class _Reader:
    """Reads rows, and notes what is wrong with them."""

    base: Seminar
    language: InitVar[str]
    problems: list[TableProblem] = field(default_factory=list)

    def __post_init__(self, language: str) -> None:
        base = self.base
        self._sessions = {session.key: session for day in base.days for session in day.sessions}
        self._keys: dict[str, str] = {}
        self._places = _known({key: place.title for key, place in base.places.items()})
        self._groups = _known({group.key: group.title for group in base.groups})
        self._place_names = tuple(place_names(base, language).values())
        self._group_names = tuple(group_names(base, language).values())
        self._kinds = {kind.value: kind.value for kind in SessionKind}
        self._texts = [column for column in columns(base, language) if column.field in TEXTS]

    def session(self, row: Row) -> Session:
        """The session of a row, of use where no problem was added. Cells are read in the order of the columns."""
        key = self._key(row)
        was = self._sessions.get(key)
        old = was or _NEW
        day, before = self._day(row, was), len(self.problems)
        start, end = self._time(row, "start", was), self._time(row, "end", was)
        if len(self.problems) == before and end <= start:
            self._wrong(row, "end", TableError.END_FIRST, f"{start:%H:%M}")
        title = self._text(row, "title", was) or _NEW.title
        kind = self._kind(row, old)
        place = self._choice(row, "place", self._places, self._place_names, old.place)
        groups, speaker, note = self._group(row, old), self._text(row, "speaker", was), self._text(row, "note", was)
        flags = {flag: self._flag(row, flag, getattr(old, flag)) for flag in FLAGS}
        session = Session(key, day, start, end, title, kind, speaker, place, groups, note, **flags)
        if session.departure and place is None and session != was and is_empty(row.cells.get("place")):
            self._wrong(row, "departure", TableError.NO_PLACE)
        return session if key else replace(session, key=self._new_key(session))

    def _key(self, row: Row) -> str:
        value = row.cells.get("key")
        if is_empty(value):
            return ""
        key = one_line(value) if isinstance(value, str) else shown(value)
        if not is_key(key):
            self._wrong(row, "key", TableError.NOT_KEY)
        elif key in self._keys:
            self._wrong(row, "key", TableError.KEY_TWICE, self._keys[key])
        self._keys.setdefault(key, row.where("key"))
        return key

    def _new_key(self, session: Session) -> str:
        """A key that the same row always gets: a file that is read twice adds a session once."""
        said = f"{session.day} {session.start} {sorted(session.title.texts.items())}"
        for number in range(len(self._keys) + 1):
            key = f"f-{sha256(f'{said} {number}'.encode()).hexdigest()[:10]}"
            if key not in self._keys:
                break
        self._keys[key] = ""
        return key

    def _day(self, row: Row, was: Session | None) -> int:
        if "day" in row.cells:  # a file in the shape of the folder's has numbers
            return self._day_number(row)
        name, value = "date", row.cells.get("date")
        if is_empty(value):
            if was is not None and name not in row.cells:
                return was.day
            self._wrong(row, name, TableError.MISSING, self.base.first.isoformat())
            return 1
        on = to_date(value)
        if on is None:
            meant = date_like(value, self.base.first, self.base.last)
            self._wrong(row, name, TableError.NOT_DATE, meant.isoformat())
            return 1
        number = self.base.day_number_on(on)
        if number is None:
            self._wrong(row, name, TableError.OTHER_DATE, f"{self.base.first} – {self.base.last}")
        return number or 1

    def _day_number(self, row: Row) -> int:
        text = shown(row.cells["day"])
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
        if self.base.day(number) is None:
            self._wrong(row, "day", TableError.OTHER_DATE, f"1 – {self.base.days_count}")
        return number

    def _time(self, row: Row, name: str, was: Session | None) -> time:
        value = row.cells.get(name)
        if is_empty(value):
            if was is not None and name not in row.cells:
                at: time = getattr(was, name)
                return at
            self._wrong(row, name, TableError.MISSING, "09:30")
            return time()
        read = to_time(value)
        if read is None:
            self._wrong(row, name, TableError.NOT_TIME, time_like(value))
        return read or time()

    def _text(self, row: Row, field: str, was: Session | None) -> Localized | None:
        before: Localized | None = getattr(was, field) if was is not None else None
        texts = dict(before.texts) if before is not None else {}
        for column in (one for one in self._texts if one.field == field and one.name in row.cells):
            value, old = row.cells[column.name], texts.get(column.language)
            text = None if is_empty(value) else self._words(row, column.name, value, TEXTS[field])
            if text is None:
                texts.pop(column.language, None)
            elif old is None or clean(old) != text:  # what only looks the same stays as it was
                texts[column.language] = text
        if texts:
            return before if before is not None and texts == before.texts else Localized(texts)
        if field == "title":
            first = next(one.name for one in self._texts if one.field == field)
            self._wrong(row, first, TableError.MISSING)
        return None

    def _words(self, row: Row, name: str, value: object, limit: int) -> str | None:
        text = to_text(value)
        if text is None:
            self._wrong(row, name, TableError.NOT_TEXT)
        elif utf16_length(text) > limit:
            self._wrong(row, name, TableError.TOO_LONG, str(limit))
        return text

    def _kind(self, row: Row, old: Session) -> SessionKind:
        kind = self._choice(row, "kind", self._kinds, tuple(self._kinds), old.kind.value)
        if kind is None and is_empty(row.cells["kind"]):
            self._wrong(row, "kind", TableError.MISSING, ", ".join(self._kinds))
        return SessionKind(kind or old.kind)

    def _choice(
        self, row: Row, name: str, known: Mapping[str, str], names: Iterable[str], was: str | None
    ) -> str | None:
        value = row.cells.get(name)
        if name not in row.cells:
            return was
        if is_empty(value):
            return None
        key = known.get(_folded(value))
        if key is None:
            self._wrong(row, name, TableError.UNKNOWN, nearest(shown(value), names))
        return key

    def _group(self, row: Row, was: Session) -> tuple[str, ...]:
        if "groups" not in row.cells:
            return was.groups
        keys: dict[str, None] = {}
        value = row.cells["groups"]
        for name in to_list(value) if not is_empty(value) else ():
            key = self._groups.get(name.casefold(), name if name in was.groups else None)
            if key is None:
                self._wrong(row, "groups", TableError.UNKNOWN, nearest(name, self._group_names), said=name)
            else:
                keys[key] = None
        return was.groups if set(keys) == set(was.groups) else tuple(keys)

    def _flag(self, row: Row, name: str, was: bool) -> bool:
        if name not in row.cells:
            return was
        read = to_flag(row.cells[name])
        if read is None:
            self._wrong(row, name, TableError.NOT_FLAG)
        return bool(read)

    def _wrong(self, row: Row, name: str, error: TableError, instead: str = "", *, said: str | None = None) -> None:
        if said is None and error is TableError.MISSING and name not in row.places:
            said = name  # the place is the whole row's
        said = shown(row.cells.get(name)) if said is None else said
        self.problems.append(TableProblem(row.where(name), error, said, instead))


def _folded(value: object) -> str:
    """A name as it is compared: on one line, of small letters."""
    return (one_line(value) if isinstance(value, str) else shown(value)).casefold()


def _known(titles: Mapping[str, Localized]) -> dict[str, str]:
    """The keys by every name that is one thing's alone, in any language, and by themselves."""
    known: dict[str, str | None] = {}
    for key, title in titles.items():
        for name in {text.casefold() for code, text in title.texts.items() if code in set(LANGUAGES)}:
            known[name] = None if name in known else key
    known |= {key: key for key in titles}
    return {one_line(name): key for name, key in known.items() if key is not None}


def _day(day: Day, sessions: list[Session]) -> Day:
    return replace(day, sessions=tuple(sorted(sessions, key=lambda one: (one.start, one.end))))


def _of_days(base: Seminar, sessions: list[tuple[Session, Row]]) -> Iterator[TableProblem]:
    """What is wrong with sessions beside each other. What was so before, an organizer has wanted so in the chat."""
    known = {session.key: session for day in base.days for session in day.sessions}
    by_day: dict[int, list[tuple[Session, Row]]] = {}
    for session, row in sessions:
        by_day.setdefault(session.day, []).append((session, row))
    for number, its in by_day.items():
        if len(its) > max(SESSIONS_A_DAY, len(base.days[number - 1].sessions)):
            yield TableProblem(its[SESSIONS_A_DAY][1].place, TableError.FULL_DAY, str(number), str(SESSIONS_A_DAY))
            continue
        for place, (session, row) in enumerate(its):
            other = next((one for one in its[:place] if session.overlaps(one[0])), None)
            if other is not None and not all(known.get(one.key) == one for one in (session, other[0])):
                yield TableProblem(
                    row.where("start"), TableError.OVERLAPS, f"{session.start:%H:%M}", other[1].where("start")
                )

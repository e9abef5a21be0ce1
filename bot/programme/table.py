"""A programme as a table: one row a session, typed columns, one column for each language of each text.

What a file holds is a `Table`; `to_table` makes one of a seminar, and `table_reading` makes a programme of one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from bot.languages import Localized
from bot.programme.model import Seminar, Session, SessionKind
from bot.programme.parts import TITLE
from bot.programme.sessions import NOTE, SPEAKER

SHEET = "Programme"
STAMP_SHEET = "Hamroh"  # hidden
SESSIONS_A_DAY = 30
YES = "yes"

# The flags of a session and its texts, by the names of their fields, with the longest text in UTF-16 units.
FLAGS = ("cancelled", "departure", "attendance")
TEXTS: Mapping[str, int] = {"title": TITLE, "speaker": SPEAKER, "note": NOTE}

Value = str | float | bool | date | time | None


class ColumnType(StrEnum):
    """What the cells of a column hold."""

    KEY = "key"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"  # of a list
    GROUPS = "groups"  # several of a list, with commas
    FLAG = "flag"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `name` is its heading, `field` what it is of a session, `choices` what a drop-down offers."""

    name: str
    field: str
    type: ColumnType
    language: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which programme a file was made from: the seminar's key and the number and digest of a version."""

    seminar: str
    version: int
    digest: str


@dataclass(frozen=True, slots=True)
class FileBase:
    """What a file changes: the seminar with the days of the version that `stamp` names, which `document` holds, too."""

    stamp: Stamp
    seminar: Seminar
    document: str


@dataclass(frozen=True, slots=True)
class Row:
    """One session of a file: what it says, by the names of columns, and where each of that stands.

    A place is a cell (`Programme!C14`), or the number of a line. What has none stands at `place`.
    """

    place: str
    cells: Mapping[str, Value]
    places: Mapping[str, str]

    def where(self, name: str) -> str:
        """The place of a cell."""
        return self.places.get(name, self.place)


class TableError(StrEnum):
    """What can be wrong with one place of a file."""

    MISSING = "missing"
    NOT_TIME = "not_time"
    NOT_DATE = "not_date"
    OTHER_DATE = "other_date"  # not a date of the seminar
    NOT_KEY = "not_key"
    KEY_TWICE = "key_twice"
    UNKNOWN = "unknown"  # not one of a list
    NOT_FLAG = "not_flag"
    NOT_TEXT = "not_text"
    TOO_LONG = "too_long"
    END_FIRST = "end_first"
    NO_PLACE = "no_place"  # a departure from nowhere
    OVERLAPS = "overlaps"
    FULL_DAY = "full_day"
    NO_VALUE = "no_value"  # a formula that was never calculated
    CELL_ERROR = "cell_error"  # `#REF!`
    MERGED = "merged"
    COLUMN_TWICE = "column_twice"
    UNKNOWN_FIELD = "unknown_field"
    EACH_LANGUAGE = "each_language"  # a text that does not say its language
    NOT_YAML = "not_yaml"


@dataclass(frozen=True, slots=True)
class TableProblem:
    """One thing to correct, and where; `shown` is what stands there, `instead` what could.

    Where a cell is missing whose place nobody can see, `shown` is its name.
    """

    where: str
    error: TableError
    shown: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds. `stamp` is None where it does not say; `unread`: what of it is not read, by its heading."""

    rows: tuple[Row, ...]
    stamp: Stamp | None = None
    unread: tuple[str, ...] = ()
    problems: tuple[TableProblem, ...] = ()


def columns(seminar: Seminar, language: str) -> tuple[Column, ...]:
    """The columns of a seminar's programme; drop-downs are in this language."""
    return tuple(_columns(seminar, language))


def _columns(seminar: Seminar, language: str) -> Iterator[Column]:
    yield Column("key", "key", ColumnType.KEY)
    yield Column("date", "date", ColumnType.DATE)
    yield Column("start", "start", ColumnType.TIME)
    yield Column("end", "end", ColumnType.TIME)
    yield from _texts(seminar, "title")
    yield Column("kind", "kind", ColumnType.CHOICE, choices=tuple(kind.value for kind in SessionKind))
    yield Column("place", "place", ColumnType.CHOICE, choices=tuple(place_names(seminar, language).values()))
    if seminar.has_groups:
        yield Column("groups", "groups", ColumnType.GROUPS, choices=tuple(group_names(seminar, language).values()))
    yield from _texts(seminar, "speaker")
    yield from _texts(seminar, "note")
    for flag in FLAGS:
        yield Column(flag, flag, ColumnType.FLAG, choices=(YES,))


def _texts(seminar: Seminar, field: str) -> Iterator[Column]:
    for language in seminar.languages:
        yield Column(f"{field} {language.value}", field, ColumnType.TEXT, language.value)


def place_names(seminar: Seminar, language: str) -> dict[str, str]:
    """What a file calls each place, by its key: its title, or the key where two places have that title."""
    return _names({key: place.title for key, place in seminar.places.items()}, language)


def group_names(seminar: Seminar, language: str) -> dict[str, str]:
    """What a file calls each group, by its key; a title with a comma would be two in a cell."""
    names = _names({group.key: group.title for group in seminar.groups}, language)
    return {key: key if "," in name or ";" in name else name for key, name in names.items()}


def _names(titles: Mapping[str, Localized], language: str) -> dict[str, str]:
    said = {key: title.get(language) for key, title in titles.items()}
    taken = [name.casefold() for name in said.values()]
    return {key: name if taken.count(name.casefold()) == 1 and name not in said else key for key, name in said.items()}


def to_rows(seminar: Seminar, language: str) -> list[list[Value]]:
    """The sessions of a seminar in the order of `columns`."""
    its_columns = columns(seminar, language)
    places, groups = place_names(seminar, language), group_names(seminar, language)
    return [
        [_value(seminar, session, column, places, groups) for column in its_columns]
        for day in seminar.days
        for session in day.sessions
    ]


def _value(
    seminar: Seminar, session: Session, column: Column, places: Mapping[str, str], groups: Mapping[str, str]
) -> Value:
    match column.type:
        case ColumnType.DATE:
            return seminar.date_of(session.day)
        case ColumnType.TEXT:
            text: Localized | None = getattr(session, column.field)
            return text.texts.get(column.language) if text is not None else None
        case ColumnType.GROUPS:
            return ", ".join(groups.get(key, key) for key in session.groups) or None
        case ColumnType.FLAG:
            return YES if getattr(session, column.field) else None
    value = getattr(session, column.field)
    if column.field == "place":
        return None if value is None else places.get(value, value)
    return value.value if isinstance(value, SessionKind) else value

"""What a picture shows, in its reader's language. Pure data: who makes one needs no library for drawing."""

from dataclasses import dataclass
from enum import StrEnum


class Look(StrEnum):
    """The colours of a picture, as the reader's phone has them."""

    LIGHT = "light"
    DARK = "dark"


class Shade(StrEnum):
    """What one person was at one session."""

    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    ABSENT = "absent"
    UNKNOWN = "unknown"  # nobody has said anything


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over and under every picture: `note` says what the numbers are of, and when they were."""

    title: str
    subtitle: str
    note: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a heat map. Columns of one `day` stand together; `label` is shown where there is room for it."""

    day: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, as a cell of a heat map."""

    part: int
    whole: int


Cell = Shade | Share | None  # None: it was not for them


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a heat map; rows of one `band` stand together under it. An empty `label` leaves its place to cells."""

    label: str
    band: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """People or groups by sessions or days. `keys` are the words of the shades, `below` is a list under the map."""

    head: Head
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    keys: tuple[tuple[Shade, str], ...] = ()
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """One day of check-ins: who answered of who was asked, for each series; `mood` from 1 to 5, None where unknown."""

    label: str
    answers: tuple[Share | None, ...]
    mood: float | None
    mood_text: str


@dataclass(frozen=True, slots=True)
class DayChart:
    """Check-ins and mood over the days. `series` names the check-ins; `mood` is the heading of the lower part."""

    head: Head
    days: tuple[Day, ...]
    series: tuple[str, ...]
    mood: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its words over it: of `whole`, the first of `parts` is the largest and the others lie within it."""

    label: str
    parts: tuple[int, ...]
    whole: int
    text: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars under each other. `keys` name their parts, from the largest one on; a relative bar is its own measure."""

    head: Head
    bars: tuple[Bar, ...]
    keys: tuple[str, ...] = ()
    is_relative: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A value before and after, from 1 to the number of steps."""

    label: str
    before: float
    after: float
    text: str


@dataclass(frozen=True, slots=True)
class PairChart:
    """Values before and after, on steps whose first and last one have words."""

    head: Head
    pairs: tuple[Pair, ...]
    steps: int
    ends: tuple[str, str]
    keys: tuple[str, str]


Chart = HeatMap | DayChart | BarChart | PairChart

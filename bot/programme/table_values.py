"""Cells as people and programs fill them, as values of a programme. No function raises for what it is given."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Final

from bot.text import clean_words

_TIME: Final = re.compile(r"(\d{1,2})[:.](\d{2})(?::00)?")
_NUMBER_AS_TIME: Final = re.compile(r"(\d{1,2})(?:[.,](\d))?")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_KOREAN: Final = re.compile(r"(\d{4})[.년]\s*(\d{1,2})[.월]\s*(\d{1,2})[.일]?")
_EXCEL_EPOCH: Final = date(1899, 12, 30)
_LAST_SERIAL: Final = 2_958_465  # 9999-12-31
_MINUTES: Final = 24 * 60
_TRUE: Final = frozenset({"yes", "true", "1", "x", "✓", "✔", "да", "ҳа", "예", "네"})
_FALSE: Final = frozenset({"", "no", "false", "0", "-", "нет", "не", "아니오", "아니요"})


def clean(value: object) -> str:
    """A text without spaces around it: no-break spaces and Windows' line ends become usual ones."""
    text = str(value).replace("\u00a0", " ")
    if text.isprintable():  # as nearly every cell is: looking at each sign costs a hundred times as much
        return text.strip()
    text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return clean_words(text.replace("\ufeff", ""))


def one_line(value: object) -> str:
    """A cleaned text with one space between words."""
    return " ".join(clean(value).split())


def to_text(value: object) -> str | None:
    """A text; a whole number is what it looks like. None for a date, a time, a truth value and other numbers."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return None


def to_time(value: object) -> time | None:
    """A time of day: `09:30`, `9:30`, a time, a moment whose time is meant, a fraction of a day; None for others."""
    if isinstance(value, datetime):
        return _minute(value.time())
    if isinstance(value, time):
        return _minute(value)
    if isinstance(value, float):
        return _of_fraction(value)
    found = _TIME.fullmatch(one_line(value)) if isinstance(value, str) else None
    return _of(int(found[1]), int(found[2])) if found else None


def time_like(value: object) -> str:
    """The time that was probably meant: `09:30` for `9.5`; an example where nobody can know."""
    text = shown(value)
    if (found := _TIME.fullmatch(text) or re.fullmatch(r"(\d{1,2})(\d{2})", text)) and _of(
        int(found[1]), int(found[2])
    ):
        return f"{int(found[1]):02}:{found[2]}"
    if (number := _NUMBER_AS_TIME.fullmatch(text)) and int(number[1]) < 24:
        return f"{int(number[1]):02}:{int(number[2] or 0) * 6:02}"
    return "09:30"


def to_date(value: object) -> date | None:
    """A date: `2025-08-04`, `04.08.2025`, a date, a moment of it, Excel's number of a day; or None.

    `8/4/2025` is none: it is another day in another country.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float):
        whole = value.is_integer() and 1 <= value <= _LAST_SERIAL
        return _EXCEL_EPOCH + timedelta(days=int(value)) if whole else None
    if not isinstance(value, str):
        return None
    text = one_line(value)
    if (found := _ISO.fullmatch(text) or _KOREAN.fullmatch(text)) is not None:
        return _date(int(found[1]), int(found[2]), int(found[3]))
    found = _DAY_FIRST.fullmatch(text)
    return _date(int(found[3]), int(found[2]), int(found[1])) if found else None


def date_like(value: object, first: date, last: date) -> date:
    """The day from `first` to `last` that was probably meant: 5 August for `8/5/2025`; else `first`."""
    numbers = [int(one) for one in re.findall(r"\d{1,4}", shown(value))][:3]
    if len(numbers) < 3:
        return first
    one, two, year = numbers
    year += 2000 if year < 100 else 0
    meant = {on for on in (_date(year, one, two), _date(year, two, one)) if on is not None and first <= on <= last}
    return meant.pop() if len(meant) == 1 else first


def to_flag(value: object) -> bool | None:
    """Yes or no, in any of the bot's languages; an empty cell is no. None for others."""
    if value is None or isinstance(value, bool):
        return bool(value)
    word = shown(value).casefold()
    return True if word in _TRUE else False if word in _FALSE else None


def to_list(value: object) -> list[str]:
    """The parts of a text with commas or semicolons between them."""
    return [part for part in (one_line(one) for one in re.split(r"[,;，、]", shown(value))) if part]


def is_empty(value: object) -> bool:
    """Whether there is nothing to see."""
    return value is None or (isinstance(value, str) and (not value or not clean(value)))


def shown(value: object) -> str:
    """A value on one line as an error quotes it, at most 40 characters."""
    match value:
        case None:
            text = ""
        case float():
            text = f"{value:g}"
        case datetime() | date():
            text = value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
        case _:
            text = one_line(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def nearest(word: str, known: Iterable[str]) -> str:
    """What was probably meant; all that there is, where that is not clear."""
    known = tuple(known)
    folded = {one.casefold(): one for one in known}
    close = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else ", ".join(known[:6])


def _of(hour: int, minute: int) -> time | None:
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _minute(at: time) -> time | None:
    """A time to the minute: programs keep 09:30 as a fraction, which may be a little less."""
    return _of_fraction((at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6) / 86_400)


def _of_fraction(value: float) -> time | None:
    minutes = round(value * _MINUTES)
    if not 0 <= minutes < _MINUTES or abs(value * _MINUTES - minutes) > 0.02:
        return None
    return time(minutes // 60, minutes % 60)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

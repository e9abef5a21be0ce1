"""Cells of a roster as people and programs fill them: which value each is, or what is wrong with it."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, time
from typing import Final

from bot.documents.roster_table import LANGUAGES, LIMITS, RosterError, folded
from bot.documents.workbook_reading import Cell
from bot.programme.table_values import one_line, shown, to_text
from bot.text import clean_name

# What is wrong (None: nothing), the value, and what could be there instead.
Judged = tuple[RosterError | None, str | None, str]

_KEY: Final = re.compile(r"[Rr]([1-9][0-9]{0,9})")
_PHONE: Final = re.compile(r"\+[1-9][0-9]{7,14}")
_DIGITS: Final = re.compile(r"[1-9][0-9]{10,14}")
_BETWEEN: Final = str.maketrans("", "", " \u00a0\u202f\u200e\u2060-\u2010\u2011\u2012\u2013\u2014().")
_SHORTENED: Final = re.compile(r"\d[.,]\d+[eEеЕ]\+?\d+")
_AS_TEXT: Final = re.compile(r'="([^"]*)"')  # how Excel is told that a value is text
_CUT: Final = "000000"  # a number that a program has read back from 9.92901E+11
_LOST: Final = re.compile("\ufffd|[^\\W\\d_]\\?[^\\W\\d_]")
_EXAMPLE: Final = "+992 90 123 45 67"


def judged(name: str, cell: Cell, groups: Mapping[str, str]) -> Judged:
    """A cell of the column `name`; `groups` are the keys by their folded names."""
    if cell is None:
        return (RosterError.NO_NAME if name == "name" else None), _nothing(name), ""
    text = _of_cell(cell)
    if text is None:
        return RosterError.NOT_TEXT, None, ""
    if text.startswith("="):
        return RosterError.FORMULA, None, ""
    if name == "phone" and isinstance(cell, float) and text.endswith(_CUT):
        return RosterError.SHORTENED, None, _EXAMPLE
    return _of_column(name, text, groups)


def _of_column(name: str, text: str, groups: Mapping[str, str]) -> Judged:
    match name:
        case "id":
            found = _KEY.fullmatch(text)
            return _known(found[1] if found else None, RosterError.NOT_ID, "")
        case "phone":
            return _phone(text)
        case "language":
            return _known(LANGUAGES.get(folded(text)), RosterError.UNKNOWN_LANGUAGE, "tg, ru, en, ko")
        case "group_key":
            return _known(groups.get(folded(text)), RosterError.UNKNOWN_GROUP, "")
    return _words(name, text)


def written(cell: Cell) -> str:
    """What stands in a cell, as its writer sees it: a long number with all of its digits."""
    return _of_cell(cell) or one_line(shown(cell))


def _known(value: str | None, error: RosterError, instead: str) -> Judged:
    return (error, None, instead) if value is None else (None, value, "")


def _words(name: str, text: str) -> Judged:
    value = clean_name(text) if name in {"name", "latin_name"} else text
    if name == "name" and not value:
        return RosterError.NO_NAME, None, ""
    if _LOST.search(value) or (name == "name" and "?" in value):
        return RosterError.LOST_LETTERS, None, ""
    if len(value) > LIMITS[name]:
        return RosterError.TOO_LONG, None, str(LIMITS[name])
    return None, value, ""


def _nothing(name: str) -> str | None:
    return None if name in {"group_key", "language", "id"} else ""


def _of_cell(cell: Cell) -> str | None:
    """A cell's text on one line; None for what is no text."""
    if isinstance(cell, (bool, date, time)):
        return None
    if isinstance(cell, float) and not cell.is_integer():
        return f"{cell:.10g}"
    text = to_text(cell)
    if text is None:
        return None
    found = _AS_TEXT.fullmatch(text)
    return unicodedata.normalize("NFC", one_line(found[1] if found else text))


def _phone(text: str) -> Judged:
    if _SHORTENED.fullmatch(text):
        return RosterError.SHORTENED, None, _EXAMPLE
    number = text.removeprefix("'").translate(_BETWEEN)
    number = f"+{number[2:]}" if number.startswith("00") else number
    if _PHONE.fullmatch(number):
        return None, number, ""
    # Eleven digits that begin with 8 are a Russian number as it is dialled there; else the sign alone is missing.
    if _DIGITS.fullmatch(number) and not (len(number) == 11 and number.startswith("8")):
        return None, f"+{number}", ""
    is_number = number.isascii() and number.isdigit() and 5 <= len(number) <= 12
    return (RosterError.NO_COUNTRY if is_number else RosterError.NOT_PHONE), None, _EXAMPLE

"""The roster as a table: what its columns are called, what a cell of each may hold, and what can be wrong with it."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Final

from bot.languages import Language

SHEET: Final = "roster"
STAMP_SHEET: Final = "hamroh"
MOST_ROWS: Final = 5_000  # of one file; a longer roster comes in several, since who is not in a file is kept


@dataclass(frozen=True, slots=True)
class RosterFacts:
    """What the office's list says of somebody; "" and None for what it leaves empty. `phone` is as +992901234567."""

    name: str
    latin_name: str = ""
    school: str = ""
    district: str = ""
    group_key: str | None = None
    language: str | None = None
    room: str = ""
    phone: str = ""
    flight: str = ""
    diet: str = ""


FACTS: Final = tuple(one.name for one in fields(RosterFacts))
COLUMNS: Final = ("id", *FACTS)


class RosterError(StrEnum):
    """What is wrong with a cell. `shown` is what is there, `instead` what could be."""

    NO_NAME = "no_name"
    TOO_LONG = "too_long"
    UNKNOWN_GROUP = "unknown_group"
    UNKNOWN_LANGUAGE = "unknown_language"
    NOT_PHONE = "not_phone"
    NO_COUNTRY = "no_country"  # a phone number without the code of its country
    SHORTENED = "shortened"  # 9.92901E+11: a program has dropped digits
    NOT_TEXT = "not_text"  # a date, a time, yes or no
    FORMULA = "formula"
    NO_VALUE = "no_value"  # a formula that was never calculated
    CELL_ERROR = "cell_error"
    MERGED = "merged"
    COLUMN_TWICE = "column_twice"
    NOT_ID = "not_id"
    ID_TWICE = "id_twice"
    PHONE_TWICE = "phone_twice"
    PERSON_TWICE = "person_twice"
    LOST_LETTERS = "lost_letters"  # Ра?имова: a program has written ? for a letter that its encoding lacks
    SEVERAL = "several"  # people on the roster who could be meant


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """What is wrong with one cell, as `C14`; `column` is one of `COLUMNS`, or "" where it is none of them."""

    where: str
    column: str
    error: RosterError
    shown: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A row without mistakes: its number in the file, the entry's (0: none), and what the columns of the file say."""

    number: int
    id: int
    values: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A file that was read. `problems` are the first of `problem_count`, in `wrong_rows` rows, which are left out.

    `unread` are headings of what is not read. `cells` says where a column's cells are: its letters.
    """

    rows: tuple[RosterRow, ...]
    problems: tuple[RosterProblem, ...] = ()
    problem_count: int = 0
    wrong_rows: int = 0
    unread: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)


# In how many characters.
LIMITS: Final[Mapping[str, int]] = {
    "name": 64, "latin_name": 64, "school": 120, "district": 80, "room": 20, "flight": 60, "diet": 120,
}  # fmt: skip

# How people head such columns in the four languages, folded by `folded`. Those of the file to fill in are among them.
HEADINGS: Final[Mapping[str, str]] = {
    heading: column
    for column, headings in {
        "id": "key",  # not "number" or "№": in people's own lists that counts the rows
        "name": (
            "name, full name, first name, given name, ном, ному насаб, насаб ва ном, "
            "имя, имя и фамилия, фамилия и имя, фио, ф и о, "
            "фамилия имя отчество, имя фамилия, фамилия имя, насаб ном, ном насаб, насаб ном номи падар, "
            "имя в программе, 이름, 성명, 성함"
        ),
        "latin_name": (
            "latin name, name in latin letters, passport name, ном бо ҳарфҳои лотинӣ, номи лотинӣ, "
            "имя латиницей, имя латинскими буквами, латиница, 영문 이름, 영문 성명, 영문명"
        ),
        "school": "school, workplace, мактаб, муассиса, школа, учреждение, место работы, 학교, 소속",
        "district": "district, region, ноҳия, вилоят, район, регион, 지역, 구역",
        "group_key": "group, гурӯҳ, группа, 모둠, 조, 그룹",
        "language": "language, забон, язык, 언어",
        "room": "room, ҳуҷра, утоқ, комната, номер комнаты, 방, 방 번호, 객실",
        "phone": "phone, phone number, mobile, тел, телефон, рақами телефон, номер телефона, 전화, 전화번호, 휴대전화",
        "flight": "flight, парвоз, рейс, 항공편",
        "diet": "diet, food, парҳез, ғизо, питание, диета, 식단, 식사",
    }.items()
    for heading in headings.split(", ")
}
# Lists that keep it apart: it is put after what stands in the column of the name.
SURNAMES: Final = frozenset({"surname", "last name", "family name", "насаб", "фамилия", "성"})
# What people write for a language, beside its code.
LANGUAGES: Final[Mapping[str, str]] = {
    name: code.value
    for code, names in {
        Language.TAJIK: "tg, tj, tajik, тоҷикӣ, тоҷики, точики, таджикский, 타지크어",
        Language.RUSSIAN: "ru, russian, русӣ, руси, русский, 러시아어",
        Language.ENGLISH: "en, english, англисӣ, английский, 영어",
        Language.KOREAN: "ko, kr, korean, кореягӣ, корейский, 한국어",
    }.items()
    for name in names.split(", ")
}


def folded(text: str) -> str:
    """A heading or a name as it is compared: without case, and signs that are no letters, digits or №."""
    composed = unicodedata.normalize("NFC", text.casefold())  # phones and Macs write й and ӣ as two characters
    kept = "".join(char if char.isalnum() or char == "№" else " " for char in composed)
    return " ".join(kept.split())

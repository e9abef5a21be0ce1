"""Lists of people: every mistake with its cell, and values as people and programs write them."""

import unicodedata
from datetime import date
from time import perf_counter

import pytest

from bot.documents.refusals import FileRefusal
from bot.documents.roster_table import COLUMNS, FACTS, HEADINGS, MOST_ROWS
from tests.documents.rosters import problems, read, refusal, values, workbook
from tests.documents.test_refused_file import MALFORMED


async def test_every_mistake_is_told_with_its_cell() -> None:
    found = await problems(
        workbook(
            ("List of teachers 2025",),
            (),
            ("key", "name", "group", "language", "phone", "room", "school", "phone number"),
            (None, None, "Pamir", "tg", "+992901111111"),
            (None, "a" * 65, "Everest", "Martian", "901234567"),
            (None, "Ann", None, None, "9.92901E+11", date(2025, 8, 4), "s" * 121),
            ("12", "Ben", None, None, "call me", True),
            ("R5", "Zoe", None, None, "+992902222222"),
            ("R5", "Zoe Z", None, None, "+992903333333"),
            (None, "Rustam", None, None, "+992902222222"),
            (None, "Siyar Nabi", None, None, None, "1"),
            (None, "siyar  NABI", None, None, None, "2"),
            (None, "Lola", None, None, "=A1&B1", "=1/0"),
            (None, "Merged", None, None, None, "5"),
            change=lambda sheet: sheet.merge_cells("F14:G14"),
        )
    )
    assert found == [
        ("H3", "phone", "column_twice", "phone number", ""),
        ("F14:G14", "room", "merged", "", ""),
        ("E13", "phone", "no_value", "", ""),
        ("F13", "room", "no_value", "", ""),
        ("B4", "name", "no_name", "", ""),
        ("B5", "name", "too_long", "a" * 39 + "…", "64"),
        ("C5", "group_key", "unknown_group", "Everest", ""),
        ("D5", "language", "unknown_language", "Martian", "tg, ru, en, ko"),
        ("E5", "phone", "no_country", "901234567", "+992 90 123 45 67"),
        ("E6", "phone", "shortened", "9.92901E+11", "+992 90 123 45 67"),
        ("F6", "room", "not_text", "2025-08-04", ""),
        ("G6", "school", "too_long", "s" * 39 + "…", "120"),
        ("A7", "id", "not_id", "12", ""),
        ("E7", "phone", "not_phone", "call me", "+992 90 123 45 67"),
        ("F7", "room", "not_text", "True", ""),
        ("A9", "id", "id_twice", "R5", "8"),
        ("E10", "phone", "phone_twice", "+992902222222", "8"),
        ("B12", "name", "person_twice", "siyar NABI", "11"),
    ]


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("+992 90 123-45-67", "+992901234567"),
        ("00992901234567", "+992901234567"),
        (992901234567, "+992901234567"),
        (992901234567.0, "+992901234567"),
        ("'+82 (10) 1234.5678", "+821012345678"),
        ("+7 912 345 67 89", "+79123456789"),
    ],
)
async def test_a_phone_number_is_read_as_it_is_written(cell: object, phone: str) -> None:
    assert await values(workbook(("name", "phone"), ("Ann", cell))) == [{"name": "Ann", "phone": phone}]


@pytest.mark.parametrize(
    "cell", ["89123456789", "01012345678", 901234567, "+99290", "+992 90 123 45 67 / 68", "٣٤٥٦٧٨٩"]
)
async def test_a_number_that_cannot_be_dialled_from_abroad_is_not_taken(cell: object) -> None:
    [(where, column, error, _shown, instead)] = await problems(workbook(("name", "phone"), ("Ann", cell)))
    assert (where, column, instead) == ("B2", "phone", "+992 90 123 45 67")
    assert error in {"no_country", "not_phone"}


async def test_headings_stand_in_any_language_and_order_and_what_is_not_read_is_named() -> None:
    file = await read(
        workbook(
            ("№", "Школа", "학교 전화", "Забон", "ФИО", "Ҳуҷра", "식단"), (1, "5", "x", "한국어", "Ann", 304, "vegan")
        )
    )
    assert file.unread == ("№", "학교 전화")
    assert [dict(row.values) for row in file.rows] == [
        {"name": "Ann", "school": "5", "language": "ko", "room": "304", "diet": "vegan"}
    ]
    assert set(HEADINGS.values()) == set(COLUMNS) == {"id", *FACTS}


async def test_a_surname_of_its_own_column_and_headings_in_two_languages_are_read() -> None:
    rows = (("Фамилия", "Имя / Ном", "Отчество"), ("Каримов", "Али", "Валиевич"), (None, "Лола"), ("=A1", "Шоҳин"))
    file = await read(workbook(*rows, (date(2025, 8, 4), "Наим")))
    assert [row.values["name"] for row in file.rows] == ["Али Каримов", "Лола"]
    assert [(one.where, one.error.value) for one in file.problems] == [("A4", "no_value"), ("B5", "not_text")]
    assert file.unread == ("Отчество",)
    assert await values(workbook(("Ном\nName", "Телефон (Phone)"), ("Лола", "+992901234567"))) == [
        {"name": "Лола", "phone": "+992901234567"}
    ]
    assert (await read(workbook(("name", "Имя (паспорт)"), ("Лола", "x")))).unread == ("Имя (паспорт)",)


async def test_letters_of_two_signs_are_those_of_one() -> None:
    rows = (("Ном", "Гурӯҳ", "Забон"), ("Тоҷиев Алӣ", "Помир", "тоҷикӣ"))
    written = [[unicodedata.normalize("NFD", cell) for cell in row] for row in rows]
    assert await values(workbook(*written)) == [{"name": "Тоҷиев Алӣ", "group_key": "pamir", "language": "tg"}]


async def test_what_a_program_has_lost_is_not_taken() -> None:
    text = "Ном;Мактаб\nРаҳимова;1\nСодиқ;1\nИванов;Кадом?\nПетров;Ҳа?\n".encode("cp1251", "replace")
    assert await problems(text, "a.csv") == [
        ("A2", "name", "lost_letters", "Ра?имова", ""),
        ("A3", "name", "lost_letters", "Соди?", ""),
    ]
    rows = (("name", "phone"), ("Ann", 9.92e11), ("Ben", 992901000000), ("Zoe", "+992 90 100 00 00"))
    assert [(where, error) for where, _column, error, *_rest in await problems(workbook(*rows))] == [
        ("B2", "shortened"),
        ("B3", "shortened"),
    ]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
async def test_a_text_is_read_in_the_encoding_that_it_is_in(encoding: str, separator: str) -> None:
    rows = [["имя", "телефон", "комната"], ["Зарина Рахимова", '="+992901234567"', "0304"], ["Пётр", "", ""]]
    data = "\r\n".join(separator.join(row) for row in rows).encode(encoding)
    assert await values(data, "люди.csv") == [
        {"name": "Зарина Рахимова", "phone": "+992901234567", "room": "0304"},
        {"name": "Пётр", "phone": "", "room": ""},
    ]


async def test_other_texts_are_read_where_they_are_certain_and_refused_where_not() -> None:
    assert await values("이름,학교\n홍길동,세종고\n".encode("cp949"), "a.csv") == [
        {"name": "홍길동", "school": "세종고"}
    ]
    assert await values(b"sep=|\nname|room\nAnn|7\n", "a.csv") == [{"name": "Ann", "room": "7"}]
    assert await values(b'name,school\n"Ann, PhD","a\nb"\n', "a.csv") == [{"name": "Ann, PhD", "school": "a b"}]
    assert await refusal("name;school\nJosé Peña;Liceo\n".encode("cp1252"), "a.csv") is FileRefusal.ENCODING
    assert await refusal(b"name\n\xff\xfe\x80\x81\n", "a.csv") is FileRefusal.ENCODING
    assert await refusal(b"", "a.csv") is FileRefusal.NO_NAMES
    assert await refusal(b"room;phone\n1;2", "a.csv") is FileRefusal.NO_NAMES
    assert await refusal("имя\n".encode(), "a.csv") is FileRefusal.NO_PEOPLE
    assert await refusal(b"name\n" + b"x" * 3_000_000, "a.csv") is FileRefusal.TOO_LARGE
    assert await refusal(b"name," + b"," * 200 + b"\nAnn\n", "a.csv") is FileRefusal.TOO_BIG_INSIDE
    assert await problems(b"name,room\n=cmd|x!A1,7\n", "a.csv") == [("A2", "name", "formula", "=cmd|x!A1", "")]
    assert await values(workbook(("name",), ("Ann",)), "a.csv") == [{"name": "Ann"}]  # a workbook by another name


async def test_five_thousand_people_are_read_in_seconds_and_more_are_refused() -> None:
    rows = [(f"Ҷамшед {n}", f"School {n}", f"{n:04}", 992900000001 + n) for n in range(MOST_ROWS)]
    file = workbook(("name", "school", "room", "phone"), *rows)
    started = perf_counter()
    found = await read(file)
    assert perf_counter() - started < 5
    assert len(found.rows) == MOST_ROWS
    assert dict(found.rows[-1].values)["room"] == "4999"
    assert await refusal(workbook(("name",), *[(f"a{n}",) for n in range(MOST_ROWS + 1)])) is FileRefusal.TOO_MANY_ROWS


@pytest.mark.parametrize(("name", "data", "why"), MALFORMED)
async def test_what_is_no_workbook_is_refused_as_for_a_programme(name: str, data: bytes, why: FileRefusal) -> None:
    assert await refusal(data, name) is why

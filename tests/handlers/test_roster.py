"""The office's list of who was invited: a file goes out, comes back, is shown with every mistake, and is taken."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl

from tests.kit import System, User
from tests.kit.workbooks import content

HEADINGS = ("Ном", "Latin name", "학교", "Гурӯҳ", "Язык", "Room", "Телефон", "Flight", "Size of shirt")
ZARINA = ("Зарина Раҳимова", "Zarina Rahimova", "Мактаби №5", "Помир", "тоҷикӣ", "0304", "+992 90 123-45-67", "KE 955")


def workbook(*rows: Sequence[object], change: Callable[[Any], object] = lambda _sheet: None) -> bytes:
    """A workbook as an office makes it."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


async def imports(organizer: User, *rows: Sequence[object]) -> None:
    """Send a list and take it."""
    await organizer.asks("/roster file")
    await organizer.sends_document("people.xlsx", workbook(HEADINGS, *rows))
    await organizer.presses("✅ Take it")


async def test_a_list_is_shown_before_it_is_taken_and_twice_changes_nothing(system: System) -> None:
    organizer = await system.organizer("Minji")
    assert "The roster is empty" in (await organizer.asks("/roster")).words
    await organizer.presses("📄 The file")
    assert [file.name for file in organizer.chat[-1].files] == ["sejong-2025-roster.xlsx"]
    rows = (ZARINA, ("Фарҳод Назаров", None, None, None, None, 415, 992907654321))
    await organizer.sends_document("people.xlsx", workbook(HEADINGS, *rows))
    shown = organizer.chat[-1]
    assert "Nothing has changed yet" in shown.words
    assert "2 new people" in shown.words
    assert "➕ Зарина Раҳимова" in shown.words
    assert "Size of shirt" in shown.words
    assert system.value("SELECT count(*) FROM roster") == 0
    await organizer.presses("✅ Take it")
    assert "The roster is up to date" in shown.words
    kept = system.rows("SELECT name, school, group_key, language, room, phone, flight FROM roster ORDER BY id")
    assert [tuple(row.values()) for row in kept] == [
        ("Зарина Раҳимова", "Мактаби №5", "pamir", "tg", "0304", "+992901234567", "KE 955"),
        ("Фарҳод Назаров", "", None, None, "415", "+992907654321", ""),
    ]
    assert system.value("SELECT action FROM audit") == "roster.imported"
    await organizer.asks("/people file")  # the same, where people are looked for
    file = content(organizer.chat[-1])
    await organizer.sends_document("back.xlsx", file)
    again = organizer.chat[-1]
    assert "0 new people" in again.words
    assert "2 as before" in again.words
    assert again.labels == ["👥 The roster"]
    book = openpyxl.load_workbook(io.BytesIO(file))
    sheet = book["roster"]
    sheet["B3"], sheet["H4"] = "Зарина Раҳимзода", "501"
    sheet.delete_rows(4)
    saved = io.BytesIO()
    book.save(saved)
    await organizer.sends_document("back.xlsx", saved.getvalue())
    changed = organizer.chat[-1]
    assert "✏️ Зарина Раҳимова: Name: Зарина Раҳимова → Зарина Раҳимзода" in changed.words
    assert "1 who has not joined is not in the file" in changed.words
    await organizer.presses("🗑 Also forget others")
    assert "• Фарҳод Назаров" in changed.words
    await organizer.presses("🗑 Yes, forget them")
    assert system.rows("SELECT name FROM roster") == [{"name": "Зарина Раҳимзода"}]
    await organizer.sends_document("old.xlsx", file)
    assert "1 row is left out" in organizer.chat[-1].words


async def test_two_organizers_at_once_lose_nobody_whom_the_other_has_added(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    await imports(minji, ZARINA, ("Гӯзал Саидова",))
    await minji.sends_document("people.xlsx", workbook(HEADINGS, ZARINA))
    assert "1 who has not joined is not in the file" in minji.chat[-1].words
    await minji.presses("🗑 Also forget others")
    await system.later(minutes=1)
    await imports(bora, ("Фарҳод Назаров",))
    await minji.presses("🗑 Yes, forget them")
    assert [row["name"] for row in system.rows("SELECT name FROM roster ORDER BY id")] == [
        "Зарина Раҳимова",
        "Фарҳод Назаров",
    ]


async def test_mistakes_are_told_in_the_readers_language_and_the_right_rows_can_be_taken(system: System) -> None:
    organizer = await system.organizer("Bora", language="ko")
    await organizer.asks("/roster file")
    rows = (ZARINA, ("Бе рақам", None, None, "Эверест", None, None, "90 123 45 67"), (None, "Nobody"))
    await organizer.sends_document("people.xlsx", workbook(HEADINGS, *rows))
    shown = organizer.chat[-1]
    assert "✋ 고칠 것이 3개 있습니다. 해당 행은 제외합니다:" in shown.words
    assert "• D3 (모둠): “Эверест”은(는) 모둠이 아닙니다. 이렇게 써 주세요: 파미르, 자라프숀, " in shown.words
    assert "• G3 (전화): “90 123 45 67”에 국가 번호가 없습니다. 이렇게 써 주세요: +992 90 123 45 67" in shown.words
    assert "• A4 (이름): 이름이 없습니다" in shown.words
    await organizer.presses("✅ 맞는 행만 반영")
    assert [row["name"] for row in system.rows("SELECT name FROM roster")] == ["Зарина Раҳимова"]
    await organizer.taps_again()
    assert system.value("SELECT count(*) FROM roster") == 1
    await organizer.sends_document("people.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504)
    assert "(.xls)" in organizer.chat[-1].words
    teacher = await system.teacher("Ann")
    await teacher.sends("/roster")
    assert teacher.shows("Sorry, this is not for your role.")

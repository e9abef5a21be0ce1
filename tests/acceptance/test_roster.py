"""The roster, over real HTTP: a list with ten kinds of mistakes, the corrected one, codes, and who comes in."""

from tests.documents.rosters import workbook
from tests.handlers.test_roster_link import link_for
from tests.kit import System

HEADINGS = ("ФИО", "Имя латиницей", "Школа", "Группа", "Язык", "Комната", "Телефон")
RIGHT = [
    ("Зарина Раҳимова", "Zarina Rahimova", "№5", "Помир", "тоҷикӣ", "0304", "+992901234567"),
    ("Фарҳод Назаров", "Farhod Nazarov", "№7", "Памир", "русский", 415, 992907654321),
]
WRONG = [
    (None, "Nobody", None, None, None, None, "+992901000001"),
    ("я" * 65, None, None, None, None, None, None),
    ("Группа Другая", None, None, "Эверест", None, None, None),
    ("Язык Другой", None, None, None, "марсианский", None, None),
    ("Без Кода", None, None, None, None, None, 901234567),
    ("Не Номер", None, None, None, None, None, "спросить"),
    ("Потерянные Цифры", None, None, None, None, None, "9.92901E+11"),
    ("Тот Же Телефон", None, None, None, None, None, "+992 90 123 45 67"),
    ("=A1", None, None, None, None, None, None),
    ("Да Нет", None, None, None, None, True, None),
]
KINDS = (
    "A4 (Имя): нет имени",
    "A5 (Имя): длиннее 64 знаков",
    "D6 (Группа): «Эверест» — нет такой группы",
    "E7 (Язык): «марсианский» — нет такого языка",
    "G8 (Телефон): в «901234567» нет номера страны",
    "G9 (Телефон): «спросить» — не номер телефона",
    "G10 (Телефон): в «9.92901E+11» потеряны цифры",
    "G11 (Телефон): номер +992901234567 есть и в строке 2",
    "A12 (Имя): у формулы нет значения",
    "F13 (Комната): «True» хранится как дата или да/нет",
)


async def test_a_list_with_ten_kinds_of_mistakes_is_corrected_and_brings_people_in(http_system: System) -> None:
    minji, bora = await http_system.organizer("Minji", language="ru"), await http_system.organizer("Bora")
    await minji.sends("/roster file")
    await minji.sends_document("список.xlsx", workbook(HEADINGS, *RIGHT, *WRONG))
    shown = minji.chat[-1]
    assert "Нужно исправить: 10" in shown.words
    for kind in KINDS:
        assert kind in shown.words
    await minji.presses("✅ Принять верные")
    assert http_system.value("SELECT count(*) FROM roster") == 2
    corrected = [(f"Учитель {n}", *[None] * 5, f"+99290200000{n}") for n in range(8)]
    await bora.sends("/roster file")
    await bora.sends_document("fixed.xlsx", workbook(HEADINGS, *RIGHT, *corrected))
    assert "8 new people" in bora.chat[-1].words
    assert "2 as before" in bora.chat[-1].words
    await bora.presses("✅ Take it")
    assert http_system.value("SELECT count(*) FROM roster") == 10
    await bora.sends("/roster")
    await bora.presses("🖨 QR codes to print")
    await bora.presses("🖨 Make it")
    assert bora.chat[-1].files[0].content.startswith(b"%PDF-")
    zarina = http_system.stranger("Zed", language="tg")
    await zarina.opens(await link_for(bora, "Зарина"))
    await zarina.presses("Розӣ ҳастам")
    joined = http_system.rows("SELECT p.name, r.phone FROM roster AS r JOIN person AS p ON p.id = r.person_id")
    assert joined == [{"name": "Зарина Раҳимова", "phone": "+992901234567"}]
    audited = [row["action"] for row in http_system.rows("SELECT action FROM audit ORDER BY id")]
    assert audited == ["roster.imported", "roster.imported", "roster.links_made", "roster.links_made"]

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.i18n import Html, Locales
from bot.languages import LANGUAGES, Language
from tests.words import unseen, unseen_everywhere

LOCALES = Locales.load()


@pytest.mark.parametrize(
    ("language", "day", "short"),
    [
        ("tg", "душанбе, 4 август", "4 август"),
        ("ru", "понедельник, 4 августа", "4 августа"),
        ("en", "Monday, 4 August", "4 August"),
        ("ko", "8월 4일 월요일", "8월 4일"),
    ],
)
def test_dates_are_written_as_people_write_them(language: str, day: str, short: str) -> None:
    assert LOCALES[language].day(date(2025, 8, 4)) == day
    assert LOCALES[language].short_day(date(2025, 8, 4)) == short


@pytest.mark.parametrize(("language", "mood"), [("tg", "3,5"), ("ru", "3,5"), ("en", "3.5"), ("ko", "3.5")])
def test_decimals_are_written_as_people_write_them(language: str, mood: str) -> None:
    assert LOCALES[language].decimal(3.5) == mood


def test_every_value_is_escaped_unless_it_is_html_already() -> None:
    _ = LOCALES["en"]
    assert _("Hello, {name}", name="<3 & <b>") == "Hello, &lt;3 &amp; &lt;b&gt;"
    assert _("Hello, {name}", name=Html("<b>Ситора</b>")) == "Hello, <b>Ситора</b>"


def test_plain_words_are_for_places_without_markup() -> None:
    assert LOCALES["en"].plain("Hello, {name}", name="<3") == "Hello, <3"


def test_a_message_that_nobody_translated_is_said_in_english() -> None:
    assert LOCALES["ko"]("no catalogue has this sentence") == "no catalogue has this sentence"


def test_plurals_follow_the_language(tmp_path: Path) -> None:
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "hamroh.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : '
        'n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"\n\n'
        'msgid "{n} lesson"\nmsgid_plural "{n} lessons"\n'
        'msgstr[0] "{n} урок"\nmsgstr[1] "{n} урока"\nmsgstr[2] "{n} уроков"\n',
        "utf-8",
    )
    _ = Locales.load(folder=tmp_path)["ru"]
    said = [_.plural("{n} lesson", "{n} lessons", n) for n in (1, 2, 5, 11, 21)]
    assert said == ["1 урок", "2 урока", "5 уроков", "11 уроков", "21 урок"]


def test_times_are_told_in_the_zone_that_is_asked_for() -> None:
    moment = datetime(2025, 8, 4, 0, 30, tzinfo=UTC)
    assert LOCALES["ko"].time(moment, ZoneInfo("Asia/Seoul")) == "09:30"
    assert LOCALES["tg"].time(moment, ZoneInfo("Asia/Dushanbe")) == "05:30"


@pytest.mark.parametrize(
    ("phone", "language"),
    [
        ("tg", "tg"),
        ("ru-RU", "ru"),
        ("ko", "ko"),
        ("en-GB", "en"),
        ("uz", "ru"),
        ("fa-AF", "tg"),
        ("pt", "en"),
        (None, "en"),
    ],
)
def test_a_phone_starts_with_the_closest_language(phone: str | None, language: str) -> None:
    assert LOCALES.closest(phone).language == language


def test_a_phone_in_a_language_that_the_seminar_is_not_in_starts_with_its_first() -> None:
    locales = Locales.load((Language.RUSSIAN, Language.ENGLISH))
    assert [locales.closest(phone).language for phone in ("pt", None, "tg", "en-GB")] == ["ru", "ru", "ru", "en"]


def test_an_unknown_language_speaks_english_and_all_are_offered_in_order() -> None:
    assert LOCALES["xx"].language == "en"
    assert [words.language for words in LOCALES.all()] == list(LANGUAGES)


def test_tajik_tells_one_person_from_several_by_the_verb(tmp_path: Path) -> None:
    folder = tmp_path / "tg" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "hamroh.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "{n} answered"\nmsgid_plural "{n} answered."\n'
        'msgstr[0] "{n} нафар ҷавоб дод"\nmsgstr[1] "{n} нафар ҷавоб доданд"\n',
        "utf-8",
    )
    _ = Locales.load(folder=tmp_path)["tg"]
    said = [_.plural("{n} answered", "{n} answered.", n) for n in (0, 1, 5, 21)]
    assert said == [
        "0 нафар ҷавоб доданд",
        "1 нафар ҷавоб дод",
        "5 нафар ҷавоб доданд",
        "21 нафар ҷавоб доданд",
    ]


def test_the_catalogues_follow_the_plurals_of_their_language() -> None:
    _ = LOCALES["tg"]
    source = "🚫 {n} person has blocked the bot", "🚫 {n} people have blocked the bot"
    assert [_.plural(*source, n).split()[-1] for n in (1, 2)] == ["кардааст", "кардаанд"]


def test_no_message_hides_in_an_f_string_where_no_catalogue_would_have_it() -> None:
    code = """text = f"{_('Or call:')} {_.plain('Call')} {_(known)} {shown}"\nother = _('Seen')\n"""
    assert list(unseen(code)) == [(1, "'Or call:'"), (1, "'Call'"), (1, "known")]
    assert list(unseen_everywhere()) == []

"""Nobody is asked what has one answer, and nobody reads a language that the seminar is not in."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import date
from pathlib import Path

import pytest

from bot.access import Role
from tests.kit import System, open_system
from tests.programme import least, small


def elsewhere(folder: Path, files: dict[str, str]) -> AbstractAsyncContextManager[System]:
    """The bot for another seminar, whose folder is beside the database."""
    seminar = folder / "elsewhere"
    seminar.mkdir(exist_ok=True)
    return open_system(folder, seminar=small.write(seminar, **files))


@pytest.fixture
async def english(tmp_path: Path) -> AsyncIterator[System]:
    """A seminar in one language, on one clock, with one group, whose contact has no phone number."""
    files = small.bare("en")
    files["seminar.yaml"] += "groups:\n  - key: red\n    title: {en: Red}\n"
    async with elsewhere(tmp_path, files) as opened:
        yield opened


@pytest.fixture
async def bilingual(tmp_path: Path) -> AsyncIterator[System]:
    """The small seminar in English and Russian."""
    async with elsewhere(tmp_path, small.written_in("en", "ru")) as opened:
        yield opened


async def test_one_language_and_one_group_leave_two_questions(english: System) -> None:
    teacher = english.stranger("Нино", language="tg")
    await teacher.starts(await english.invitation())
    assert teacher.chat[-1].words.startswith("👋 Welcome to Small seminar!\n\n✍️ What is your name?")
    await teacher.presses("Нино")
    consent = teacher.chat[-1]
    assert "your name, language and Telegram account" in consent.words
    assert "group" not in consent.words
    await teacher.presses("I agree")
    assert teacher.chat[-2].words.startswith("🎉 Welcome to Small seminar, Нино! The agenda comes every morning.\n")
    assert teacher.chat[-1].words.startswith("☀️ Good morning! Monday, 4 August\nDay 1 of 3\n")
    assert "/language" not in teacher.chat[-2].words
    agenda = teacher.chat[-1]
    assert "🏠" not in agenda.words
    assert "👥" not in agenda.words
    assert agenda.labels == ["📍 Hall", "📅 All days", "5 August ›"]
    await teacher.presses("📍 Hall")
    assert teacher.chat[-1].labels == []
    assert english.rows("SELECT language, group_key, state FROM person") == [
        {"language": "en", "group_key": None, "state": "active"}
    ]


async def test_a_name_is_typed_where_it_is_the_first_question(english: System) -> None:
    teacher = english.stranger("Stranger", language="ko")
    await teacher.starts(await english.invitation())
    await teacher.sends("Нино")
    assert english.value("SELECT name FROM person") == "Нино"
    await teacher.starts()
    assert "before we begin" in teacher.chat[-1].words.lower()


async def test_one_language_is_not_offered_afterwards_either(english: System) -> None:
    teacher = await english.member("Ann", Role.TEACHER)
    await teacher.starts()
    assert "lesson" in [name for name, _what in teacher.commands]
    assert "language" not in [name for name, _what in teacher.commands]
    assert (await teacher.asks("/language")).words == "🌐 I speak one language in this seminar: English."
    assert teacher.chat[-1].labels == []
    assert "Language:" not in (await teacher.asks("/me")).words
    assert teacher.chat[-1].labels[3:] == ["✍️ Name", "🩺 Care sheet", "📦 Export my data", "🗑 Erase my data"]


async def test_who_is_let_in_begins_with_a_press_where_there_is_one_language(english: System) -> None:
    minji, someone = await english.organizer(), english.stranger("Karim", language="tg")
    await someone.starts()
    assert len(someone.chat[-1].words.split("\n\n")) == 1
    await someone.presses("🙋 Ask an organizer")
    await minji.presses("Let in as a teacher")
    assert someone.chat[-1].words == "🎉 An organizer has let you in. Welcome! A few short questions come first."
    await someone.presses("▶️ Begin")
    assert someone.chat[-1].words.startswith("👋 Welcome to Small seminar!\n\n✍️ What is your name?")


async def test_organizers_see_no_groups_where_everybody_is_in_one(english: System) -> None:
    minji, teacher = await english.organizer(), await english.member("Ann", Role.TEACHER, group="red")
    await minji.sends("/broadcast")
    assert minji.chat[-1].labels == ["Everyone (2)", "Teachers (1)", "👥 Others …", "✖️ Cancel"]
    assert "By group" not in (await minji.asks("/stats")).words
    await teacher.sends("/help")
    assert "please find an organizer in person" in teacher.chat[-1].words
    await teacher.presses("I am lost")
    assert "Ann is lost" in minji.chat[-1].words
    await english.at("2025-08-04 09:20")
    assert "1. Ann" in (await minji.asks("/missing")).words
    assert "Ann ·" not in minji.chat[-1].words
    await minji.sends("/info")
    await minji.presses("☎️ Contacts")
    assert minji.chat[-1].words == "☎️ Contacts\n\nSomeone\nOn duty"


async def test_two_languages_are_offered_and_no_other_is_read(bilingual: System) -> None:
    teacher = bilingual.stranger("Ситора", language="tg")
    await teacher.starts(await bilingual.invitation())
    assert teacher.chat[-1].labels == ["Русский", "English"]
    assert len(teacher.chat[-1].words.splitlines()) == 2
    await teacher.presses("Русский")
    assert teacher.chat[-1].words.startswith("✍️ Как вас зовут?")
    await teacher.presses("Ситора")
    assert teacher.chat[-1].labels == ["Имя", "Имя"]
    await teacher.sends("/language")
    assert teacher.chat[-1].labels == ["✓ Русский", "English"]
    await teacher.presses_payload("speak1:ko", on=teacher.chat[-1])
    assert teacher.toast == ("На этом семинаре я не говорю на этом языке.", False)
    assert bilingual.value("SELECT language FROM person") == "ru"


async def test_a_phone_in_a_language_that_is_not_there_reads_the_first(bilingual: System) -> None:
    someone = bilingual.stranger("Ситора", language="tg")
    await someone.starts()
    assert "🙋 Ask an organizer" in someone.labels()
    await someone.presses("🙋 Ask an organizer")
    assert bilingual.value("SELECT language FROM admission") == "en"
    minji = await bilingual.organizer()
    await minji.starts()
    await minji.presses("Let in as a teacher")
    assert someone.chat[-1].labels == ["Русский", "English"]
    assert someone.chat[-1].words.startswith("🎉 An organizer has let you in.")


async def test_a_place_says_how_drivers_there_are_asked(tmp_path: Path) -> None:
    files = small.written_in("en", "ru")
    files["seminar.yaml"] = (
        files["seminar.yaml"].replace("language: ko", "language: ka").replace("여기로 가 주세요:", "აქ:")
    )
    async with elsewhere(tmp_path, files) as system:
        teacher = await system.teacher()
        await teacher.sends("/today")
        await teacher.presses("📍 Hall")
        await teacher.presses("🚕 Show to a driver")
        assert teacher.chat[-1].words == "🚕 აქ:\n\n세종시 한누리대로 1"
        pin = teacher.chat[-2]
        (other := tmp_path / "other").mkdir()
        await system.restarts(seminar=small.write(other, **small.bare("en", "ru")))
        await teacher.presses("🚕 Show to a driver")
        assert pin.venue is not None
        assert teacher.toast == ("This place has no address for drivers any more.", False)


async def test_of_one_day_without_lessons_there_is_no_list_of_days_or_lessons(tmp_path: Path) -> None:
    (folder := tmp_path / "least").mkdir()
    one_day = date(2025, 8, 5)
    async with open_system(tmp_path, seminar=least.write(folder), starts_on=one_day) as system:
        teacher, minji = await system.teacher(language="ru"), await system.organizer(language="ru")
        today = (await teacher.asks("/today")).words
        assert today.startswith("День школьных библиотек\nНачало: вторник, 5 августа.")
        assert teacher.chat[-1].labels == ["📅 5 августа"]
        await teacher.presses("📅 5 августа")
        assert teacher.chat[-1].words.startswith("вторник, 5 августа\n\n📍 Зал\n🎓 10:00–11:00 Открытие")
        assert teacher.chat[-1].labels == ["📍 Зал"]
        await teacher.starts()
        assert {name for name, _what in teacher.commands} & {"agenda", "lesson", "language"} == set()
        assert "/agenda" not in teacher.chat[-1].words
        await system.at("2025-08-05 20:00")
        numbers = (await minji.asks("/stats")).words
        assert numbers.startswith("📊 вторник, 5 августа\n")
        assert "📚" not in numbers

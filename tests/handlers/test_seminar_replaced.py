"""The operator replaces the seminar while people are in the bot: languages, groups and questions follow."""

from pathlib import Path

import pytest

from tests.clocks import eventually
from tests.kit import System
from tests.programme import small


async def replace_seminar(system: System, folder: Path, files: dict[str, str]) -> None:
    """The operator puts another seminar into the bot's settings and starts it again."""
    (other := folder / "other").mkdir()
    await system.restarts(seminar=small.write(other, **files))


def menus(system: System) -> set[str | None]:
    """The languages that have a menu for people from outside."""
    return {
        language or None for scope, language in system.world.profile.commands if scope == ("all_private_chats", 0, 0)
    }


async def test_menus_stay_in_the_languages_of_the_seminar_alone(system: System, tmp_path: Path) -> None:
    await eventually(lambda: menus(system) == {None, "tg", "ru", "en", "ko"})
    await replace_seminar(system, tmp_path, small.written_in("ru", "en"))
    await eventually(lambda: menus(system) == {None, "ru", "en"})
    korean = system.stranger(language="ko")
    assert ("start", system.app.runtime.locales["ru"].plain("Begin, or see today")) in korean.commands


async def test_who_chose_a_language_that_is_gone_reads_the_first_and_has_it_again_when_it_is_back(
    system: System, tmp_path: Path
) -> None:
    teacher = await system.teacher("Ситора", language="tg")
    await replace_seminar(system, tmp_path, small.bare("ru"))
    await system.at("2025-08-04 08:16")
    words = system.app.runtime.locales["ru"]
    assert words.plain("✅ I am here") in teacher.chat[-1].labels
    assert "понедельник, 4 августа\nДень 1 из 3\nИмя\n" in (await teacher.asks("/today")).words
    assert "👥" not in (await teacher.asks("/me")).words
    assert system.value("SELECT language FROM person") == "tg"


@pytest.mark.parametrize("step", ["language", "group"])
async def test_who_was_asked_what_has_one_answer_now_is_asked_the_next(
    system: System, tmp_path: Path, step: str
) -> None:
    teacher = system.stranger("Ann")
    await teacher.starts(await system.invitation())
    if step == "group":
        await teacher.presses("English")
        await teacher.presses("Ann")
    old = teacher.chat[-1]
    assert system.value("SELECT step FROM person") == step
    await replace_seminar(system, tmp_path, small.bare("en"))
    await teacher.sends("hello?")
    asked = {"language": "👋 Welcome to Small seminar!\n\n✍️ What", "group": "🔒 Before we begin"}[step]
    assert teacher.chat[-1].words.startswith(asked)
    await teacher.presses_payload({"language": "lang1:ru", "group": "group1:red"}[step], on=old)
    assert old.words.startswith(asked)
    assert system.rows("SELECT language, group_key FROM person") == [{"language": "en", "group_key": None}]


async def test_a_group_that_is_gone_is_nobody_to_write_to(system: System, tmp_path: Path) -> None:
    minji, _ = await system.organizer(), await system.teacher()
    await minji.sends("/broadcast")
    assert "Pamir (1)" in minji.chat[-1].labels
    await replace_seminar(system, tmp_path, small.bare("en"))
    await minji.presses("Pamir (1)")
    assert minji.toast == ("That group is no longer there.", False)
    assert system.value("SELECT audience FROM broadcast") is None


async def test_who_is_in_no_group_of_the_seminar_is_asked_for_one_and_counted(system: System, tmp_path: Path) -> None:
    teacher, minji = await system.teacher("Ann", group="vakhsh"), await system.organizer()
    await replace_seminar(system, tmp_path, small.written_in("en"))
    await system.at("2025-08-04 09:20")
    assert "By group\nno group: 1 ·" in (await minji.asks("/stats")).words
    assert "\nGroup: not chosen yet\n" in (await teacher.asks("/me")).words
    await teacher.starts()
    assert (teacher.chat[-1].words, teacher.chat[-1].labels[:2]) == ("👥 Which group are you in?", ["Red", "Blue"])
    await teacher.presses("Blue")
    assert system.value("SELECT group_key FROM person WHERE role = 'teacher'") == "blue"
    await teacher.starts()
    assert "Which group" not in teacher.chat[-1].words
    assert "not chosen" not in (await minji.asks("/me")).words

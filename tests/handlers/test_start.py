"""People arrive: by a link, as owners, by an organizer's word, or not at all."""

from pathlib import Path

import pytest

from bot.access import Role
from tests.kit import OWNER, System, open_system


async def test_a_teacher_comes_in_and_has_todays_agenda_at_once(system: System) -> None:
    await system.at("2025-08-04 10:00")
    teacher = system.stranger("Ситора Раҳимова", language="tg")
    await teacher.starts(await system.invitation())
    assert {"Тоҷикӣ", "Русский", "English", "한국어"} <= set(teacher.labels())
    await teacher.presses("English")
    assert teacher.shows("What is your name?")
    await teacher.sends("Sitora  Rahimova\u202e")
    assert teacher.shows("Which group are you in?")
    await teacher.presses(system.seminar.groups[1].title.get("en"))
    assert teacher.shows("what I keep")
    await teacher.presses("I agree")
    assert teacher.shows("Sitora Rahimova! The agenda comes every morning.")
    assert teacher.shows("/today – Today's agenda")
    assert "Day 1 of" in teacher.chat[-1].words
    [row] = system.rows("SELECT * FROM person")
    assert (row["state"], row["role"], row["name"], row["language"]) == ("active", "teacher", "Sitora Rahimova", "en")
    assert row["group_key"] == system.seminar.groups[1].key
    assert row["consented_at"]
    assert system.rows("SELECT * FROM conversation") == []


async def test_before_the_seminar_the_first_day_is_shown(tmp_path: Path) -> None:
    async with open_system(tmp_path, "2025-07-28 10:00") as system:
        teacher = system.stranger()
        await teacher.joins(await system.invitation())
        assert "It begins on Monday, 4 August. 7 days to go." in teacher.chat[-2].words
        assert teacher.chat[-2].words.startswith("🎉 Welcome")
        assert "Day 1 of" in teacher.chat[-1].words
        shown = len(teacher.chat)
        await teacher.starts()
        assert len(teacher.chat) == shown + 2  # /start, and one answer
        assert "7 days to go" in teacher.chat[-1].words
        assert teacher.chat[-1].labels[0] == "See the first day"


async def test_start_again_resumes_at_each_step(system: System) -> None:
    teacher = system.stranger("Ann")
    code = await system.invitation()
    await teacher.starts(code)
    await teacher.starts(code)
    assert "In which language" in teacher.chat[-1].words
    await teacher.presses("English")
    await teacher.starts()
    assert "What is your name?" in teacher.chat[-1].words
    await teacher.presses("Ann")
    await teacher.starts()
    assert "Which group" in teacher.chat[-1].words
    await teacher.presses(system.seminar.groups[0].title.get("en"))
    await teacher.starts()
    assert "what I keep" in teacher.chat[-1].words
    await teacher.presses("I agree")
    await teacher.starts()
    assert "Day 1 of" in teacher.chat[-1].words
    assert len(system.rows("SELECT * FROM person")) == 1


async def test_staff_are_not_asked_for_a_group_and_see_what_they_can_do(system: System) -> None:
    organizer = system.stranger("Minji", language="ko")
    await organizer.joins(await system.invitation(Role.ORGANIZER), group=False)
    assert organizer.shows("You organize")
    assert organizer.shows("/invite – Invite people")
    coordinator = system.stranger("Farhod")
    await coordinator.joins(await system.invitation(Role.COORDINATOR), group=False)
    assert coordinator.shows("You coordinate")
    assert not coordinator.shows("/invite")


async def test_no_code_is_a_kind_refusal_in_every_language_with_one_way_in(system: System) -> None:
    await system.organizer()
    someone = system.stranger(language="ko")
    await someone.starts()
    words = someone.chat[-1].words
    assert str(someone.id) not in words
    assert len(words.split("\n\n")) == 4
    assert len(someone.labels()) == 1
    assert system.rows("SELECT * FROM person WHERE telegram_id = ?", someone.id) == []


@pytest.mark.parametrize("rubbish", ["nonsense", "x" * 5_000, "' OR 1=1 --", "\u202e\u0000", "<b>", "ҷӯ"])
async def test_rubbish_after_start_is_answered_clearly(system: System, rubbish: str) -> None:
    someone = system.stranger()
    await someone.starts(rubbish)
    assert someone.shows("This invitation link is not right")
    assert "🙋 Ask an organizer" in someone.labels()


async def test_expired_and_used_links_say_so(system: System) -> None:
    code, staff = await system.invitation(days=1), await system.invitation(Role.ORGANIZER)
    first, second = system.stranger("First"), system.stranger("Second")
    await first.starts(staff)
    await second.starts(staff)
    assert second.shows("has been used already")
    await first.starts(staff)
    assert not first.shows("has been used already")
    await system.later(days=1)
    third = system.stranger("Third")
    await third.starts(code)
    assert third.shows("This invitation has expired")


async def test_an_owner_joins_without_a_code_as_an_organizer(system: System) -> None:
    owner = system.owner_account
    await owner.joins(group=False)
    assert owner.shows("You organize")
    assert system.value("SELECT role FROM person WHERE telegram_id = ?", OWNER) == "organizer"


async def test_an_owner_who_says_not_now_comes_back_with_start(system: System) -> None:
    owner = system.owner_account
    await owner.starts()
    await owner.presses("English")
    await owner.presses("Owner")
    await owner.presses("Not now")
    assert owner.shows("To come back, press /start.")


async def test_a_new_organizer_hears_what_still_waits(system: System) -> None:
    teacher = await system.teacher("Ann")
    await teacher.calls_for_help("I am lost")
    someone = system.stranger("Karim")
    await someone.asks_to_be_let_in()
    organizer = system.stranger("Minji")
    await organizer.joins(await system.invitation(Role.ORGANIZER), group=False)
    assert organizer.shows("Ann (")
    assert organizer.shows("is lost")
    assert organizer.shows("Karim")

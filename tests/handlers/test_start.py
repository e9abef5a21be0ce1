"""People arrive: by a link, as owners, by an organizer's word, or not at all."""

from pathlib import Path

import pytest

from bot.access import Role
from bot.store import joining
from rehearsal.telegram import GroupChat
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
    assert "day 1 of" in teacher.chat[-1].words
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
        assert "day 1 of" in teacher.chat[-1].words
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
    assert "day 1 of" in teacher.chat[-1].words
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


async def test_names_are_cleaned_and_limited(system: System) -> None:
    teacher = system.stranger("\u200b\u202e")
    await teacher.starts(await system.invitation())
    await teacher.presses("English")
    assert teacher.chat[-1].labels == []
    await teacher.sends("ㅤ🙂")
    assert teacher.shows("I cannot read a name in that")
    await teacher.sends("x" * 10_000)
    assert teacher.shows("at most 64 letters")
    await teacher.sends_sticker()
    assert teacher.shows("I can only read text here")
    await teacher.sends("<b>A\u0000n\u200bn</b> & co")
    assert system.value("SELECT name FROM person") == "<b>Ann</b> & co"
    await teacher.presses(system.seminar.groups[0].title.get("en"))
    await teacher.presses("I agree")
    assert teacher.shows("<b>Ann</b> & co! The agenda")


async def test_words_where_a_button_is_asked_for_bring_the_question_again(system: System) -> None:
    teacher = system.stranger()
    await teacher.starts(await system.invitation())
    await teacher.sends("hello?")
    assert "In which language" in teacher.chat[-1].words
    assert teacher.count("In which language") == 2


async def test_the_name_of_a_group_may_be_typed_and_other_words_bring_its_buttons(system: System) -> None:
    teacher, groups = system.stranger("Ann"), system.seminar.groups
    await teacher.starts(await system.invitation())
    await teacher.presses("English")
    await teacher.presses("Ann")
    await teacher.sends("which one is mine?")
    assert teacher.chat[-1].words == "👆 Please press a button."
    assert teacher.chat[-1].labels == [group.title.get("en") for group in groups]
    await teacher.sends(f" {groups[1].title.get('ru').upper()}!")
    assert system.value("SELECT group_key FROM person") == groups[1].key
    assert "what I keep" in teacher.chat[-1].words


async def test_a_question_at_the_consent_does_not_repeat_all_of_it(system: System) -> None:
    teacher = system.stranger("Ann")
    await teacher.starts(await system.invitation())
    await teacher.presses("English")
    await teacher.presses("Ann")
    await teacher.presses(system.seminar.groups[0].title.get("en"))
    await teacher.sends("Who sees my number?")
    assert teacher.chat[-1].words.startswith("🔒 Here I can only read the two buttons.")
    assert len([one for one in teacher.chat if "before we begin" in one.words.lower()]) == 1
    await teacher.presses("I agree")
    assert system.value("SELECT state FROM person") == "active"


async def test_not_now_keeps_nothing_and_gives_the_link_back(system: System) -> None:
    organizer = system.stranger("Minji")
    code = await system.invitation(Role.ORGANIZER)
    await organizer.starts(code)
    await organizer.presses("English")
    await organizer.presses("Minji")
    await organizer.presses("Not now")
    assert organizer.shows("I have kept nothing about you. To come back, open your invitation link again.")
    assert system.rows("SELECT * FROM person") == []
    assert system.rows("SELECT * FROM invite_use") == []
    await organizer.joins(code, group=False)
    assert organizer.shows("You organize")


async def test_tapping_agree_twice_welcomes_once(system: System) -> None:
    teacher = system.stranger("Ann")
    await teacher.joins(await system.invitation())
    shown = len(teacher.chat)
    await teacher.taps_again()
    assert len(teacher.chat) == shown
    assert teacher.toast == ("You are already in.", False)


async def test_old_buttons_of_joining_change_nothing_for_members(system: System) -> None:
    teacher = system.stranger("Ann")
    await teacher.joins(await system.invitation())
    for payload in ("lang1:ru", "name1", "group1:nowhere", "consent1:0"):
        await teacher.presses_payload(payload, on=teacher.chat[0])
    [row] = system.rows("SELECT * FROM person")
    assert (row["language"], row["state"]) == ("en", "active")


async def test_forged_answers_do_not_skip_questions(system: System) -> None:
    teacher = system.stranger("Ann")
    await teacher.starts(await system.invitation())
    first = teacher.chat[-1]
    for payload in ("consent1:1", "lang1:xx", "group1:nowhere"):
        await teacher.presses_payload(payload, on=first)
    [row] = system.rows("SELECT * FROM person")
    assert (row["state"], row["step"], row["group_key"]) == ("joining", "language", None)
    someone = system.stranger("Nobody")
    await someone.starts()
    await someone.presses_payload("consent1:1", on=someone.chat[-1])
    assert someone.toast == ("Please open your invitation link again.", False)


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


async def test_start_brings_back_who_could_not_be_reached(system: System) -> None:
    teacher = await system.teacher()
    await teacher.blocks()
    assert system.value("SELECT reachable FROM person") == 0
    teacher.blocked = False
    await teacher.starts()
    assert system.value("SELECT reachable FROM person") == 1


async def test_who_comes_back_sees_today_at_once_and_nothing_old(system: System) -> None:
    teacher = await system.teacher()
    teacher.blocked = True  # Telegram says so only when the bot writes
    await system.at("2025-08-04 08:20")
    assert system.value("SELECT error FROM outbox") == "unreachable"
    teacher.blocked = False
    shown = len(teacher.chat)
    await teacher.starts()
    assert ["day 1 of" in message.words for message in teacher.chat[shown + 1 :]] == [True]
    assert system.value("SELECT count(*) FROM outbox WHERE state <> 'cancelled'") == 0


async def test_who_left_can_come_in_again_and_decline_again(system: System) -> None:
    teacher = system.stranger("Ann")
    await teacher.joins(await system.invitation())
    await system.write(lambda c: c.execute("UPDATE person SET state = 'left'") and None)
    await teacher.starts(await system.invitation())
    assert system.value("SELECT state FROM person") == "joining"
    await teacher.presses("English")
    person_id = system.value("SELECT id FROM person")
    await system.write(joining.go_to, person_id, joining.Step.CONSENT)
    await teacher.starts()
    await teacher.presses("Not now")
    assert system.value("SELECT state FROM person") == "left"


async def test_start_in_a_group_leads_to_the_private_chat(system: System) -> None:
    someone = system.stranger()
    group = GroupChat(system.world, "Bus", [someone])
    await someone.sends("/start", chat=group)
    assert group.shows("I speak with each of you in private.")
    assert system.rows("SELECT * FROM person") == []


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

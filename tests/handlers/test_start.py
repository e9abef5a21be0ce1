"""People arrive: by a link, as owners, by an organizer's word, or not at all."""

from pathlib import Path

import pytest

from bot.access import Role
from bot.store import joining
from rehearsal.telegram import Account, GroupChat
from tests.handlers.arriving import comes_in, link, opens, presses, says
from tests.kit import OWNER, System, open_system


async def test_a_teacher_comes_in_and_has_todays_agenda_at_once(system: System) -> None:
    await system.at("2025-08-04 10:00")
    teacher = system.stranger("Ситора Раҳимова", language="tg")
    await opens(system, teacher, await link(system))
    assert {"Тоҷикӣ", "Русский", "English", "한국어"} <= set(teacher.labels())
    await presses(system, teacher, "English")
    assert teacher.shows("What is your name?")
    await says(system, teacher, "Sitora  Rahimova\u202e")
    assert teacher.shows("Which group are you in?")
    await presses(system, teacher, system.seminar.groups[1].title.get("en"))
    assert teacher.shows("what I keep")
    await presses(system, teacher, "I agree")
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
        await comes_in(system, teacher, await link(system))
        assert "It begins on Monday, 4 August. 7 days to go." in teacher.chat[-2].words
        assert teacher.chat[-2].words.startswith("🎉 Welcome")
        assert "day 1 of" in teacher.chat[-1].words
        shown = len(teacher.chat)
        await opens(system, teacher)
        assert len(teacher.chat) == shown + 2  # /start, and one answer
        assert "7 days to go" in teacher.chat[-1].words
        assert teacher.chat[-1].labels[0] == "See the first day"


async def test_start_again_resumes_at_each_step(system: System) -> None:
    teacher = system.stranger("Ann")
    code = await link(system)
    await opens(system, teacher, code)
    await opens(system, teacher, code)
    assert "In which language" in teacher.chat[-1].words
    await presses(system, teacher, "English")
    await opens(system, teacher)
    assert "What is your name?" in teacher.chat[-1].words
    await presses(system, teacher, "Ann")
    await opens(system, teacher)
    assert "Which group" in teacher.chat[-1].words
    await presses(system, teacher, system.seminar.groups[0].title.get("en"))
    await opens(system, teacher)
    assert "what I keep" in teacher.chat[-1].words
    await presses(system, teacher, "I agree")
    await opens(system, teacher)
    assert "day 1 of" in teacher.chat[-1].words
    assert len(system.rows("SELECT * FROM person")) == 1


async def test_staff_are_not_asked_for_a_group_and_see_what_they_can_do(system: System) -> None:
    organizer = system.stranger("Minji", language="ko")
    await comes_in(system, organizer, await link(system, Role.ORGANIZER), group=False)
    assert organizer.shows("You organize")
    assert organizer.shows("/invite – Invite people")
    coordinator = system.stranger("Farhod")
    await comes_in(system, coordinator, await link(system, Role.COORDINATOR), group=False)
    assert coordinator.shows("You coordinate")
    assert not coordinator.shows("/invite")


async def test_names_are_cleaned_and_limited(system: System) -> None:
    teacher = system.stranger("\u200b\u202e")
    await opens(system, teacher, await link(system))
    await presses(system, teacher, "English")
    assert teacher.chat[-1].labels == []
    await says(system, teacher, "ㅤ🙂")
    assert teacher.shows("I cannot read a name in that")
    await says(system, teacher, "x" * 10_000)
    assert teacher.shows("at most 64 letters")
    await teacher.sends_sticker()
    await system.wait_idle()
    assert teacher.shows("I can only read text here")
    await says(system, teacher, "<b>A\u0000n\u200bn</b> & co")
    assert system.value("SELECT name FROM person") == "<b>Ann</b> & co"
    await presses(system, teacher, system.seminar.groups[0].title.get("en"))
    await presses(system, teacher, "I agree")
    assert teacher.shows("<b>Ann</b> & co! The agenda")


async def test_words_where_a_button_is_asked_for_bring_the_question_again(system: System) -> None:
    teacher = system.stranger()
    await opens(system, teacher, await link(system))
    await says(system, teacher, "hello?")
    assert "In which language" in teacher.chat[-1].words
    assert len([one for one in teacher.chat if "In which language" in one.words]) == 2


async def test_the_name_of_a_group_may_be_typed_and_other_words_bring_its_buttons(system: System) -> None:
    teacher, groups = system.stranger("Ann"), system.seminar.groups
    await opens(system, teacher, await link(system))
    await presses(system, teacher, "English")
    await presses(system, teacher, "Ann")
    await says(system, teacher, "which one is mine?")
    assert teacher.chat[-1].words == "👆 Please press a button."
    assert teacher.chat[-1].labels == [group.title.get("en") for group in groups]
    await says(system, teacher, f" {groups[1].title.get('ru').upper()}!")
    assert system.value("SELECT group_key FROM person") == groups[1].key
    assert "what I keep" in teacher.chat[-1].words


async def test_a_question_at_the_consent_does_not_repeat_all_of_it(system: System) -> None:
    teacher = system.stranger("Ann")
    await opens(system, teacher, await link(system))
    await presses(system, teacher, "English")
    await presses(system, teacher, "Ann")
    await presses(system, teacher, system.seminar.groups[0].title.get("en"))
    await says(system, teacher, "Who sees my number?")
    assert teacher.chat[-1].words.startswith("🔒 Here I can only read the two buttons.")
    assert len([one for one in teacher.chat if "before we begin" in one.words.lower()]) == 1
    await presses(system, teacher, "I agree")
    assert system.value("SELECT state FROM person") == "active"


async def test_not_now_keeps_nothing_and_gives_the_link_back(system: System) -> None:
    organizer = system.stranger("Minji")
    code = await link(system, Role.ORGANIZER)
    await opens(system, organizer, code)
    await presses(system, organizer, "English")
    await presses(system, organizer, "Minji")
    await presses(system, organizer, "Not now")
    assert organizer.shows("I have kept nothing about you. To come back, open your invitation link again.")
    assert system.rows("SELECT * FROM person") == []
    assert system.rows("SELECT * FROM invite_use") == []
    await comes_in(system, organizer, code, group=False)
    assert organizer.shows("You organize")


async def test_tapping_agree_twice_welcomes_once(system: System) -> None:
    teacher = system.stranger("Ann")
    await comes_in(system, teacher, await link(system))
    shown = len(teacher.chat)
    await teacher.taps_again()
    await system.wait_idle()
    assert len(teacher.chat) == shown
    assert teacher.toast == ("You are already in.", False)


async def test_old_buttons_of_joining_change_nothing_for_members(system: System) -> None:
    teacher = system.stranger("Ann")
    await comes_in(system, teacher, await link(system))
    for payload in ("lang1:ru", "name1", "group1:nowhere", "consent1:0"):
        await teacher.presses_payload(payload, on=teacher.chat[0])
        await system.wait_idle()
    [row] = system.rows("SELECT * FROM person")
    assert (row["language"], row["state"]) == ("en", "active")


async def test_forged_answers_do_not_skip_questions(system: System) -> None:
    teacher = system.stranger("Ann")
    await opens(system, teacher, await link(system))
    first = teacher.chat[-1]
    for payload in ("consent1:1", "lang1:xx", "group1:nowhere"):
        await teacher.presses_payload(payload, on=first)
        await system.wait_idle()
    [row] = system.rows("SELECT * FROM person")
    assert (row["state"], row["step"], row["group_key"]) == ("joining", "language", None)
    someone = system.stranger("Nobody")
    await opens(system, someone)
    await someone.presses_payload("consent1:1", on=someone.chat[-1])
    await system.wait_idle()
    assert someone.toast == ("Please open your invitation link again.", False)


async def test_no_code_is_a_kind_refusal_in_every_language_with_one_way_in(system: System) -> None:
    await system.organizer()
    someone = system.stranger(language="ko")
    await opens(system, someone)
    words = someone.chat[-1].words
    assert str(someone.id) not in words
    assert len(words.split("\n\n")) == 4
    assert len(someone.labels()) == 1
    assert system.rows("SELECT * FROM person WHERE telegram_id = ?", someone.id) == []


@pytest.mark.parametrize("rubbish", ["nonsense", "x" * 5_000, "' OR 1=1 --", "\u202e\u0000", "<b>", "ҷӯ"])
async def test_rubbish_after_start_is_answered_clearly(system: System, rubbish: str) -> None:
    someone = system.stranger()
    await opens(system, someone, rubbish)
    assert someone.shows("This invitation link is not right")
    assert "🙋 Ask an organizer" in someone.labels()


async def test_expired_and_used_links_say_so(system: System) -> None:
    code, staff = await link(system, days=1), await link(system, Role.ORGANIZER)
    first, second = system.stranger("First"), system.stranger("Second")
    await opens(system, first, staff)
    await opens(system, second, staff)
    assert second.shows("has been used already")
    await opens(system, first, staff)
    assert not first.shows("has been used already")
    await system.later(days=1)
    third = system.stranger("Third")
    await opens(system, third, code)
    assert third.shows("This invitation has expired")


async def test_an_owner_joins_without_a_code_as_an_organizer(system: System) -> None:
    owner = Account.get(system.world, OWNER)
    await comes_in(system, owner, "", group=False)
    assert owner.shows("You organize")
    assert system.value("SELECT role FROM person WHERE telegram_id = ?", OWNER) == "organizer"


async def test_an_owner_who_says_not_now_comes_back_with_start(system: System) -> None:
    owner = Account.get(system.world, OWNER)
    await opens(system, owner)
    await presses(system, owner, "English")
    await presses(system, owner, "Owner")
    await presses(system, owner, "Not now")
    assert owner.shows("To come back, press /start.")


async def test_start_brings_back_who_could_not_be_reached(system: System) -> None:
    teacher = await system.teacher()
    await teacher.blocks()
    await system.wait_idle()
    assert system.value("SELECT reachable FROM person") == 0
    teacher.blocked = False
    await opens(system, teacher)
    assert system.value("SELECT reachable FROM person") == 1


async def test_who_comes_back_sees_today_at_once_and_nothing_old(system: System) -> None:
    teacher = await system.teacher()
    teacher.blocked = True  # Telegram says so only when the bot writes
    await system.at("2025-08-04 08:20")
    assert system.value("SELECT error FROM outbox") == "unreachable"
    teacher.blocked = False
    shown = len(teacher.chat)
    await opens(system, teacher)
    assert ["day 1 of" in bubble.words for bubble in teacher.chat[shown + 1 :]] == [True]
    assert system.value("SELECT count(*) FROM outbox WHERE state <> 'cancelled'") == 0


async def test_who_left_can_come_in_again_and_decline_again(system: System) -> None:
    teacher = system.stranger("Ann")
    await comes_in(system, teacher, await link(system))
    await system.app.runtime.db.write(lambda c: c.execute("UPDATE person SET state = 'left'") and None)
    await opens(system, teacher, await link(system))
    assert system.value("SELECT state FROM person") == "joining"
    await presses(system, teacher, "English")
    person_id = system.value("SELECT id FROM person")
    await system.app.runtime.db.write(joining.go_to, person_id, joining.Step.CONSENT)
    await opens(system, teacher)
    await presses(system, teacher, "Not now")
    assert system.value("SELECT state FROM person") == "left"


async def test_start_in_a_group_leads_to_the_private_chat(system: System) -> None:
    someone = system.stranger()
    group = GroupChat(system.world, "Bus", [someone])
    await someone.sends("/start", chat=group)
    await system.wait_idle()
    assert group.shows("I speak with each of you in private.")
    assert system.rows("SELECT * FROM person") == []


async def test_a_new_organizer_hears_what_still_waits(system: System) -> None:
    teacher = await system.teacher("Ann")
    await says(system, teacher, "/help")
    await presses(system, teacher, "I am lost")
    someone = system.stranger("Karim")
    await opens(system, someone)
    await presses(system, someone, "Ask an organizer")
    organizer = system.stranger("Minji")
    await comes_in(system, organizer, await link(system, Role.ORGANIZER), group=False)
    assert organizer.shows("Ann (")
    assert organizer.shows("is lost")
    assert organizer.shows("Karim")

"""People arrive: by a link, as owners, by an organizer's word, or not at all."""

from pathlib import Path

import pytest

from bot.access import Role
from bot.store import joining
from tests.handlers.arriving import comes_in, link, opens, presses, says
from tests.kit import OWNER, House, open_house


async def test_a_teacher_comes_in_and_has_todays_agenda_at_once(house: House) -> None:
    await house.at("2025-08-04 10:00")
    teacher = house.stranger("Ситора Раҳимова", language="tg")
    await opens(house, teacher, await link(house))
    assert {"Тоҷикӣ", "Русский", "English", "한국어"} <= set(teacher.labels())
    await presses(house, teacher, "English")
    assert teacher.shows("What is your name?")
    await says(house, teacher, "Sitora  Rahimova\u202e")
    assert teacher.shows("Which group are you in?")
    await presses(house, teacher, house.seminar.groups[1].title.get("en"))
    assert teacher.shows("what I keep")
    await presses(house, teacher, "I agree")
    assert teacher.shows("Sitora Rahimova! The agenda comes every morning.")
    assert teacher.shows("/today – Today's agenda")
    assert "day 1 of" in teacher.chat[-1].words
    [row] = house.rows("SELECT * FROM person")
    assert (row["state"], row["role"], row["name"], row["language"]) == ("active", "teacher", "Sitora Rahimova", "en")
    assert row["group_key"] == house.seminar.groups[1].key
    assert row["consented_at"]
    assert house.rows("SELECT * FROM conversation") == []


async def test_before_the_seminar_the_first_day_is_shown(tmp_path: Path) -> None:
    async with open_house(tmp_path, "2025-07-28 10:00") as house:
        teacher = house.stranger()
        await comes_in(house, teacher, await link(house))
        assert "It begins on Monday, 4 August. 7 days to go." in teacher.chat[-2].words
        assert teacher.chat[-2].words.startswith("🎉 Welcome")
        assert "day 1 of" in teacher.chat[-1].words
        shown = len(teacher.chat)
        await opens(house, teacher)
        assert len(teacher.chat) == shown + 2  # /start, and one answer
        assert "7 days to go" in teacher.chat[-1].words
        assert teacher.chat[-1].labels[0] == "See the first day"


async def test_start_again_resumes_at_each_step(house: House) -> None:
    teacher = house.stranger("Ann")
    code = await link(house)
    await opens(house, teacher, code)
    await opens(house, teacher, code)
    assert "In which language" in teacher.chat[-1].words
    await presses(house, teacher, "English")
    await opens(house, teacher)
    assert "What is your name?" in teacher.chat[-1].words
    await presses(house, teacher, "Ann")
    await opens(house, teacher)
    assert "Which group" in teacher.chat[-1].words
    await presses(house, teacher, house.seminar.groups[0].title.get("en"))
    await opens(house, teacher)
    assert "what I keep" in teacher.chat[-1].words
    await presses(house, teacher, "I agree")
    await opens(house, teacher)
    assert "day 1 of" in teacher.chat[-1].words
    assert len(house.rows("SELECT * FROM person")) == 1


async def test_staff_are_not_asked_for_a_group_and_see_what_they_can_do(house: House) -> None:
    organizer = house.stranger("Minji", language="ko")
    await comes_in(house, organizer, await link(house, Role.ORGANIZER), group=False)
    assert organizer.shows("You organize")
    assert organizer.shows("/invite – Invite people")
    coordinator = house.stranger("Farhod")
    await comes_in(house, coordinator, await link(house, Role.COORDINATOR), group=False)
    assert coordinator.shows("You coordinate")
    assert not coordinator.shows("/invite")


async def test_names_are_cleaned_and_limited(house: House) -> None:
    teacher = house.stranger("\u200b\u202e")
    await opens(house, teacher, await link(house))
    await presses(house, teacher, "English")
    assert teacher.chat[-1].labels == []
    await says(house, teacher, "ㅤ🙂")
    assert teacher.shows("I cannot read a name in that")
    await says(house, teacher, "x" * 10_000)
    assert teacher.shows("at most 64 letters")
    await teacher.sends_sticker()
    await house.wait_idle()
    assert teacher.shows("I can only read text here")
    await says(house, teacher, "<b>A\u0000n\u200bn</b> & co")
    assert house.value("SELECT name FROM person") == "<b>Ann</b> & co"
    await presses(house, teacher, house.seminar.groups[0].title.get("en"))
    await presses(house, teacher, "I agree")
    assert teacher.shows("<b>Ann</b> & co! The agenda")


async def test_words_where_a_button_is_asked_for_bring_the_question_again(house: House) -> None:
    teacher = house.stranger()
    await opens(house, teacher, await link(house))
    await says(house, teacher, "hello?")
    assert "In which language" in teacher.chat[-1].words
    assert len([one for one in teacher.chat if "In which language" in one.words]) == 2


async def test_the_name_of_a_group_may_be_typed_and_other_words_bring_its_buttons(house: House) -> None:
    teacher, groups = house.stranger("Ann"), house.seminar.groups
    await opens(house, teacher, await link(house))
    await presses(house, teacher, "English")
    await presses(house, teacher, "Ann")
    await says(house, teacher, "which one is mine?")
    assert teacher.chat[-1].words == "👆 Please press a button."
    assert teacher.chat[-1].labels == [group.title.get("en") for group in groups]
    await says(house, teacher, f" {groups[1].title.get('ru').upper()}!")
    assert house.value("SELECT group_key FROM person") == groups[1].key
    assert "what I keep" in teacher.chat[-1].words


async def test_a_question_at_the_consent_does_not_repeat_all_of_it(house: House) -> None:
    teacher = house.stranger("Ann")
    await opens(house, teacher, await link(house))
    await presses(house, teacher, "English")
    await presses(house, teacher, "Ann")
    await presses(house, teacher, house.seminar.groups[0].title.get("en"))
    await says(house, teacher, "Who sees my number?")
    assert teacher.chat[-1].words.startswith("🔒 Here I can only read the two buttons.")
    assert len([one for one in teacher.chat if "before we begin" in one.words.lower()]) == 1
    await presses(house, teacher, "I agree")
    assert house.value("SELECT state FROM person") == "active"


async def test_not_now_keeps_nothing_and_gives_the_link_back(house: House) -> None:
    organizer = house.stranger("Minji")
    code = await link(house, Role.ORGANIZER)
    await opens(house, organizer, code)
    await presses(house, organizer, "English")
    await presses(house, organizer, "Minji")
    await presses(house, organizer, "Not now")
    assert organizer.shows("I have kept nothing about you. To come back, open your invitation link again.")
    assert house.rows("SELECT * FROM person") == []
    assert house.rows("SELECT * FROM invite_use") == []
    await comes_in(house, organizer, code, group=False)
    assert organizer.shows("You organize")


async def test_tapping_agree_twice_welcomes_once(house: House) -> None:
    teacher = house.stranger("Ann")
    await comes_in(house, teacher, await link(house))
    shown = len(teacher.chat)
    teacher.taps_again()
    await house.wait_idle()
    assert len(teacher.chat) == shown
    assert teacher.toast == ("You are already in.", False)


async def test_old_buttons_of_joining_change_nothing_for_members(house: House) -> None:
    teacher = house.stranger("Ann")
    await comes_in(house, teacher, await link(house))
    for payload in ("lang1:ru", "name1", "group1:nowhere", "consent1:0"):
        await teacher.presses_payload(payload, on=teacher.chat[0])
        await house.wait_idle()
    [row] = house.rows("SELECT * FROM person")
    assert (row["language"], row["state"]) == ("en", "active")


async def test_forged_answers_do_not_skip_questions(house: House) -> None:
    teacher = house.stranger("Ann")
    await opens(house, teacher, await link(house))
    first = teacher.chat[-1]
    for payload in ("consent1:1", "lang1:xx", "group1:nowhere"):
        await teacher.presses_payload(payload, on=first)
        await house.wait_idle()
    [row] = house.rows("SELECT * FROM person")
    assert (row["state"], row["step"], row["group_key"]) == ("joining", "language", None)
    someone = house.stranger("Nobody")
    await opens(house, someone)
    await someone.presses_payload("consent1:1", on=someone.chat[-1])
    await house.wait_idle()
    assert someone.toast == ("Please open your invitation link again.", False)


async def test_no_code_is_a_kind_refusal_in_every_language_with_one_way_in(house: House) -> None:
    await house.organizer()
    someone = house.stranger(language="ko")
    await opens(house, someone)
    words = someone.chat[-1].words
    assert str(someone.id) not in words
    assert len(words.split("\n\n")) == 4
    assert len(someone.labels()) == 1
    assert house.rows("SELECT * FROM person WHERE telegram_id = ?", someone.id) == []


@pytest.mark.parametrize("rubbish", ["nonsense", "x" * 5_000, "' OR 1=1 --", "\u202e\u0000", "<b>", "ҷӯ"])
async def test_rubbish_after_start_is_answered_clearly(house: House, rubbish: str) -> None:
    someone = house.stranger()
    await opens(house, someone, rubbish)
    assert someone.shows("This invitation link is not right")
    assert "🙋 Ask an organizer" in someone.labels()


async def test_expired_and_used_links_say_so(house: House) -> None:
    code, staff = await link(house, days=1), await link(house, Role.ORGANIZER)
    first, second = house.stranger("First"), house.stranger("Second")
    await opens(house, first, staff)
    await opens(house, second, staff)
    assert second.shows("has been used already")
    await opens(house, first, staff)
    assert not first.shows("has been used already")
    await house.later(days=1)
    third = house.stranger("Third")
    await opens(house, third, code)
    assert third.shows("This invitation has expired")


async def test_an_owner_joins_without_a_code_as_an_organizer(house: House) -> None:
    owner = house.world.accounts[OWNER]
    await comes_in(house, owner, "", group=False)
    assert owner.shows("You organize")
    assert house.value("SELECT role FROM person WHERE telegram_id = ?", OWNER) == "organizer"


async def test_an_owner_who_says_not_now_comes_back_with_start(house: House) -> None:
    owner = house.world.accounts[OWNER]
    await opens(house, owner)
    await presses(house, owner, "English")
    await presses(house, owner, "Owner")
    await presses(house, owner, "Not now")
    assert owner.shows("To come back, press /start.")


async def test_start_brings_back_who_could_not_be_reached(house: House) -> None:
    teacher = await house.teacher()
    teacher.blocks()
    await house.wait_idle()
    assert house.value("SELECT reachable FROM person") == 0
    teacher.blocked = False
    await opens(house, teacher)
    assert house.value("SELECT reachable FROM person") == 1


async def test_who_comes_back_sees_today_at_once_and_nothing_old(house: House) -> None:
    teacher = await house.teacher()
    teacher.blocked = True  # Telegram says so only when the bot writes
    await house.at("2025-08-04 08:20")
    assert house.value("SELECT error FROM outbox") == "unreachable"
    teacher.blocked = False
    shown = len(teacher.chat)
    await opens(house, teacher)
    assert ["day 1 of" in bubble.words for bubble in teacher.chat[shown + 1 :]] == [True]
    assert house.value("SELECT count(*) FROM outbox WHERE state <> 'cancelled'") == 0


async def test_who_left_can_come_in_again_and_decline_again(house: House) -> None:
    teacher = house.stranger("Ann")
    await comes_in(house, teacher, await link(house))
    await house.app.services.db.write(lambda c: c.execute("UPDATE person SET state = 'left'") and None)
    await opens(house, teacher, await link(house))
    assert house.value("SELECT state FROM person") == "joining"
    await presses(house, teacher, "English")
    person_id = house.value("SELECT id FROM person")
    await house.app.services.db.write(lambda c: joining.go_to(c, person_id, joining.Step.CONSENT))
    await opens(house, teacher)
    await presses(house, teacher, "Not now")
    assert house.value("SELECT state FROM person") == "left"


async def test_start_in_a_group_leads_to_the_private_chat(house: House) -> None:
    someone = house.stranger()
    group = house.world.group("Bus", [someone])
    await someone.sends("/start", chat=group)
    await house.wait_idle()
    assert group.shows("I speak with each of you in private.")
    assert house.rows("SELECT * FROM person") == []


async def test_a_new_organizer_hears_what_still_waits(house: House) -> None:
    teacher = await house.teacher("Ann")
    await says(house, teacher, "/help")
    await presses(house, teacher, "I am lost")
    someone = house.stranger("Karim")
    await opens(house, someone)
    await presses(house, someone, "Ask an organizer")
    organizer = house.stranger("Minji")
    await comes_in(house, organizer, await link(house, Role.ORGANIZER), group=False)
    assert organizer.shows("Ann (")
    assert organizer.shows("is lost")
    assert organizer.shows("Karim")

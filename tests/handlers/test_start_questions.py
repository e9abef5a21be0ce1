"""The questions of joining: typed, skipped, answered twice, or declined."""

from bot.access import Role
from tests.kit import System


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

"""Strangers ask to be let in."""

from tests.kit import System


async def test_an_organizer_lets_a_stranger_in(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    someone = await system.applicant("Karim <i>", username="karim")
    assert someone.shows("I have asked the organizers.")
    assert someone.shows("They see your name, but not what you write here.")
    assert minji.shows("Karim <i> (@karim) asks to be let in.")
    await minji.presses("Let in as a teacher")
    assert minji.shows("✅ Let in by Minji.")
    assert bora.shows("✅ Let in by Minji.")
    assert bora.labels() == []
    assert someone.shows("An organizer has let you in.")
    await someone.presses("English")
    await someone.presses("Karim <i>")
    await someone.presses(system.seminar.groups[0].title.get("en"))
    await someone.presses("Not now")
    assert someone.shows("To come back, press /start.")
    assert system.rows("SELECT * FROM admission") == []
    await system.later(minutes=2)  # strangers are answered once in a while
    await someone.asks_to_be_let_in()
    assert someone.shows("I have asked the organizers.")


async def test_staff_can_be_let_in_too_once_it_is_confirmed_what_they_may_see(system: System) -> None:
    minji = await system.organizer()
    for label, role, may in (
        ("as an organizer", "organizer", "sees everybody's name"),
        ("as a coordinator", "coordinator", "sees numbers: no names"),
    ):
        someone = await system.applicant(role)
        await minji.presses(f"… {label}")
        assert may in minji.chat[-1].words
        assert system.rows("SELECT * FROM person WHERE telegram_id = ?", someone.id) == []
        await minji.presses(f"Yes, {label}")
        assert system.value("SELECT role FROM person WHERE telegram_id = ?", someone.id) == role


async def test_a_role_of_the_staff_can_be_thought_better_of_and_asked_for_too_late(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    someone = await system.applicant("Karim <i>", username="karim")
    await minji.presses("… as an organizer")
    await minji.presses("No, leave it")
    assert system.rows("SELECT * FROM person WHERE telegram_id = ?", someone.id) == []
    await minji.presses("… as an organizer")
    question = minji.chat[-1]
    await bora.presses("Let in as a teacher")
    await minji.presses("Yes, as an organizer", on=question)
    assert minji.toast == ("Bora has answered already.", False)
    assert system.value("SELECT role FROM person WHERE telegram_id = ?", someone.id) == "teacher"
    await minji.presses_payload("admit1:1:organizer", on=question)
    assert system.value("SELECT role FROM person WHERE telegram_id = ?", someone.id) == "teacher"


async def test_asking_twice_alerts_once(system: System) -> None:
    minji = await system.organizer()
    someone = await system.applicant("Karim <i>", username="karim")
    await someone.taps_again()
    await system.later(minutes=1)
    await someone.starts()
    assert "I have asked the organizers." in someone.chat[-1].words
    await someone.presses_payload("ask1", on=someone.chat[1])  # the button of before is still on the phone
    assert len(minji.chat) == 1


async def test_who_waits_or_was_refused_reads_that_and_no_way_that_leads_nowhere(system: System) -> None:
    minji, someone = await system.organizer(), await system.applicant("Karim <i>", username="karim")
    for words in ("I am Daler from Khujand, school 5", "hello", "/today"):
        await system.later(minutes=1)
        await someone.sends(words)
        assert someone.chat[-1].words.startswith("⏳ You have asked to be let in")
    await minji.presses("✖️ No")
    for words in ("/start", "Why?", "/today"):
        await system.later(hours=1)  # a stranger is answered a few times an hour
        await someone.sends(words)
        assert someone.chat[-1].from_bot
        assert "did not let you in" in someone.chat[-1].words
        assert someone.chat[-1].labels == []


async def test_a_refusal_is_told_and_can_be_taken_back(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    someone = await system.applicant("Karim <i>", username="karim")
    await minji.presses("✖️ No")
    assert someone.shows("The organizers did not let you in.")
    assert bora.shows("✖️ Refused by Minji.")
    await system.later(minutes=1)
    await someone.starts()
    assert "did not let you in" in someone.chat[-1].words
    await bora.presses("Let in as a teacher")
    assert someone.shows("An organizer has let you in.")
    await bora.presses_payload("admit1:1:no", on=bora.chat[0])
    assert bora.toast == ("Bora has answered already.", False)
    assert system.value("SELECT state FROM admission") == "admitted"


async def test_forged_and_gone_answers_change_nothing(system: System) -> None:
    minji, teacher = await system.organizer(), await system.teacher()
    someone = await system.applicant("Karim <i>", username="karim")
    for payload in ("admit1:99:teacher", "admit1:1:owner"):
        await minji.presses_payload(payload, on=minji.chat[0])
    assert minji.toast == ("This request is gone.", False)
    await teacher.sends("/help")
    await teacher.presses_payload("admit1:1:organizer", on=teacher.chat[-1])
    assert teacher.toast == ("Sorry, this is not for your role.", True)
    await teacher.presses_payload("ask1", on=teacher.chat[-1])
    assert teacher.toast == ("Press /start to go on.", False)
    assert system.value("SELECT state FROM admission") == "asked"
    assert someone.shows("I have asked")

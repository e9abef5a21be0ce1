"""Strangers ask to be let in."""

from rehearsal.telegram import Account
from tests.kit import System


async def presses(system: System, who: Account, label: str) -> None:
    await who.presses(label)
    await system.wait_idle()
    assert who.waiting_taps == 0


async def knocks(system: System, name: str = "Karim <i>", username: str = "karim") -> Account:
    someone = system.stranger(name, username=username)
    await someone.starts()
    await system.wait_idle()
    await presses(system, someone, "Ask an organizer")
    return someone


async def test_an_organizer_lets_a_stranger_in(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    someone = await knocks(system)
    assert someone.shows("I have asked the organizers.")
    assert someone.shows("They see your name, but not what you write here.")
    assert minji.shows("Karim <i> (@karim) asks to be let in.")
    await presses(system, minji, "Let in as a teacher")
    assert minji.shows("✅ Let in by Minji.")
    assert bora.shows("✅ Let in by Minji.")
    assert bora.labels() == []
    assert someone.shows("An organizer has let you in.")
    await presses(system, someone, "English")
    await presses(system, someone, "Karim <i>")
    await presses(system, someone, system.seminar.groups[0].title.get("en"))
    await presses(system, someone, "Not now")
    assert someone.shows("To come back, press /start.")
    assert system.rows("SELECT * FROM admission") == []
    await system.later(minutes=2)  # strangers are answered once in a while
    await someone.starts()
    await system.wait_idle()
    await presses(system, someone, "Ask an organizer")
    assert someone.shows("I have asked the organizers.")


async def test_staff_can_be_let_in_too_once_it_is_confirmed_what_they_may_see(system: System) -> None:
    minji = await system.organizer()
    for label, role, may in (
        ("as an organizer", "organizer", "sees everybody's name"),
        ("as a coordinator", "coordinator", "sees numbers: no names"),
    ):
        someone = await knocks(system, role, "")
        await presses(system, minji, f"… {label}")
        assert may in minji.chat[-1].words
        assert system.rows("SELECT * FROM person WHERE telegram_id = ?", someone.id) == []
        await presses(system, minji, f"Yes, {label}")
        assert system.value("SELECT role FROM person WHERE telegram_id = ?", someone.id) == role


async def test_a_role_of_the_staff_can_be_thought_better_of_and_asked_for_too_late(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    someone = await knocks(system)
    await presses(system, minji, "… as an organizer")
    await presses(system, minji, "No, leave it")
    assert system.rows("SELECT * FROM person WHERE telegram_id = ?", someone.id) == []
    await presses(system, minji, "… as an organizer")
    question = minji.chat[-1]
    await presses(system, bora, "Let in as a teacher")
    await minji.presses("Yes, as an organizer", on=question)
    await system.wait_idle()
    assert minji.toast == ("Bora has answered already.", False)
    assert system.value("SELECT role FROM person WHERE telegram_id = ?", someone.id) == "teacher"
    await minji.presses_payload("admit1:1:organizer", on=question)
    await system.wait_idle()
    assert system.value("SELECT role FROM person WHERE telegram_id = ?", someone.id) == "teacher"


async def test_asking_twice_alerts_once(system: System) -> None:
    minji = await system.organizer()
    someone = await knocks(system)
    await someone.taps_again()
    await system.later(minutes=1)
    await someone.starts()
    await system.wait_idle()
    assert "I have asked the organizers." in someone.chat[-1].words
    await someone.presses_payload("ask1", on=someone.chat[1])  # the button of before is still on the phone
    await system.wait_idle()
    assert len(minji.chat) == 1


async def test_who_waits_or_was_refused_reads_that_and_no_way_that_leads_nowhere(system: System) -> None:
    minji, someone = await system.organizer(), await knocks(system)
    for words in ("I am Daler from Khujand, school 5", "hello", "/today"):
        await system.later(minutes=1)
        await someone.sends(words)
        await system.wait_idle()
        assert someone.chat[-1].words.startswith("⏳ You have asked to be let in")
    await presses(system, minji, "✖️ No")
    for words in ("/start", "Why?", "/today"):
        await system.later(hours=1)  # a stranger is answered a few times an hour
        await someone.sends(words)
        await system.wait_idle()
        assert someone.chat[-1].from_bot
        assert "did not let you in" in someone.chat[-1].words
        assert someone.chat[-1].labels == []


async def test_a_refusal_is_told_and_can_be_taken_back(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    someone = await knocks(system)
    await presses(system, minji, "✖️ No")
    assert someone.shows("The organizers did not let you in.")
    assert bora.shows("✖️ Refused by Minji.")
    await system.later(minutes=1)
    await someone.starts()
    await system.wait_idle()
    assert "did not let you in" in someone.chat[-1].words
    await presses(system, bora, "Let in as a teacher")
    assert someone.shows("An organizer has let you in.")
    await bora.presses_payload("admit1:1:no", on=bora.chat[0])
    await system.wait_idle()
    assert bora.toast == ("Bora has answered already.", False)
    assert system.value("SELECT state FROM admission") == "admitted"


async def test_forged_and_gone_answers_change_nothing(system: System) -> None:
    minji, teacher = await system.organizer(), await system.teacher()
    someone = await knocks(system)
    for payload in ("admit1:99:teacher", "admit1:1:owner"):
        await minji.presses_payload(payload, on=minji.chat[0])
        await system.wait_idle()
    assert minji.toast == ("This request is gone.", False)
    await teacher.sends("/help")
    await system.wait_idle()
    await teacher.presses_payload("admit1:1:organizer", on=teacher.chat[-1])
    await system.wait_idle()
    assert teacher.toast == ("Sorry, this is not for your role.", True)
    await teacher.presses_payload("ask1", on=teacher.chat[-1])
    await system.wait_idle()
    assert teacher.toast == ("Press /start to go on.", False)
    assert system.value("SELECT state FROM admission") == "asked"
    assert someone.shows("I have asked")

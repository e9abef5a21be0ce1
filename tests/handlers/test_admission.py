"""Strangers ask to be let in."""

from rehearsal.telegram import Account
from tests.kit import House


async def presses(house: House, who: Account, label: str) -> None:
    await who.presses(label)
    await house.wait_idle()
    assert who.waiting_taps == 0


async def knocks(house: House, name: str = "Karim <i>", username: str = "karim") -> Account:
    someone = house.stranger(name, username=username)
    await someone.starts()
    await house.wait_idle()
    await presses(house, someone, "Ask an organizer")
    return someone


async def test_an_organizer_lets_a_stranger_in(house: House) -> None:
    minji, bora = await house.organizer("Minji"), await house.organizer("Bora")
    someone = await knocks(house)
    assert someone.shows("I have asked the organizers.")
    assert someone.shows("They see your name, but not what you write here.")
    assert minji.shows("Karim <i> (@karim) asks to be let in.")
    await presses(house, minji, "Let in as a teacher")
    assert minji.shows("✅ Let in by Minji.")
    assert bora.shows("✅ Let in by Minji.")
    assert bora.labels() == []
    assert someone.shows("An organizer has let you in.")
    await presses(house, someone, "English")
    await presses(house, someone, "Karim <i>")
    await presses(house, someone, house.seminar.groups[0].title.get("en"))
    await presses(house, someone, "Not now")
    assert someone.shows("To come back, press /start.")
    assert house.rows("SELECT * FROM admission") == []
    await house.later(minutes=2)  # strangers are answered once in a while
    await someone.starts()
    await house.wait_idle()
    await presses(house, someone, "Ask an organizer")
    assert someone.shows("I have asked the organizers.")


async def test_staff_can_be_let_in_too_once_it_is_confirmed_what_they_may_see(house: House) -> None:
    minji = await house.organizer()
    for label, role, may in (
        ("as an organizer", "organizer", "sees everybody's name"),
        ("as a coordinator", "coordinator", "sees numbers: no names"),
    ):
        someone = await knocks(house, role, "")
        await presses(house, minji, f"… {label}")
        assert may in minji.chat[-1].words
        assert house.rows("SELECT * FROM person WHERE telegram_id = ?", someone.id) == []
        await presses(house, minji, f"Yes, {label}")
        assert house.value("SELECT role FROM person WHERE telegram_id = ?", someone.id) == role


async def test_a_role_of_the_staff_can_be_thought_better_of_and_asked_for_too_late(house: House) -> None:
    minji, bora = await house.organizer("Minji"), await house.organizer("Bora")
    someone = await knocks(house)
    await presses(house, minji, "… as an organizer")
    await presses(house, minji, "No, leave it")
    assert house.rows("SELECT * FROM person WHERE telegram_id = ?", someone.id) == []
    await presses(house, minji, "… as an organizer")
    question = minji.chat[-1]
    await presses(house, bora, "Let in as a teacher")
    await minji.presses("Yes, as an organizer", on=question)
    await house.wait_idle()
    assert minji.toast == ("Bora has answered already.", False)
    assert house.value("SELECT role FROM person WHERE telegram_id = ?", someone.id) == "teacher"
    await minji.presses_payload("admit1:1:organizer", on=question)
    await house.wait_idle()
    assert house.value("SELECT role FROM person WHERE telegram_id = ?", someone.id) == "teacher"


async def test_asking_twice_alerts_once(house: House) -> None:
    minji = await house.organizer()
    someone = await knocks(house)
    someone.taps_again()
    await house.later(minutes=1)
    await someone.starts()
    await house.wait_idle()
    assert "I have asked the organizers." in someone.chat[-1].words
    await someone.presses_payload("ask1", on=someone.chat[1])  # the button of before is still on the phone
    await house.wait_idle()
    assert len(minji.chat) == 1


async def test_who_waits_or_was_refused_reads_that_and_no_way_that_leads_nowhere(house: House) -> None:
    minji, someone = await house.organizer(), await knocks(house)
    for words in ("I am Daler from Khujand, school 5", "hello", "/today"):
        await house.later(minutes=1)
        await someone.sends(words)
        await house.wait_idle()
        assert someone.chat[-1].words.startswith("⏳ You have asked to be let in")
    await presses(house, minji, "✖️ No")
    for words in ("/start", "Why?", "/today"):
        await house.later(hours=1)  # a stranger is answered a few times an hour
        await someone.sends(words)
        await house.wait_idle()
        assert someone.chat[-1].from_bot
        assert "did not let you in" in someone.chat[-1].words
        assert someone.chat[-1].labels == []


async def test_a_refusal_is_told_and_can_be_taken_back(house: House) -> None:
    minji, bora = await house.organizer("Minji"), await house.organizer("Bora")
    someone = await knocks(house)
    await presses(house, minji, "✖️ No")
    assert someone.shows("The organizers did not let you in.")
    assert bora.shows("✖️ Refused by Minji.")
    await house.later(minutes=1)
    await someone.starts()
    await house.wait_idle()
    assert "did not let you in" in someone.chat[-1].words
    await presses(house, bora, "Let in as a teacher")
    assert someone.shows("An organizer has let you in.")
    await bora.presses_payload("admit1:1:no", on=bora.chat[0])
    await house.wait_idle()
    assert bora.toast == ("Bora has answered already.", False)
    assert house.value("SELECT state FROM admission") == "admitted"


async def test_forged_and_gone_answers_change_nothing(house: House) -> None:
    minji, teacher = await house.organizer(), await house.teacher()
    someone = await knocks(house)
    for payload in ("admit1:99:teacher", "admit1:1:owner"):
        await minji.presses_payload(payload, on=minji.chat[0])
        await house.wait_idle()
    assert minji.toast == ("This request is gone.", False)
    await teacher.sends("/help")
    await house.wait_idle()
    await teacher.presses_payload("admit1:1:organizer", on=teacher.chat[-1])
    await house.wait_idle()
    assert teacher.toast == ("Sorry, this is not for your role.", True)
    await teacher.presses_payload("ask1", on=teacher.chat[-1])
    await house.wait_idle()
    assert teacher.toast == ("Press /start to go on.", False)
    assert house.value("SELECT state FROM admission") == "asked"
    assert someone.shows("I have asked")

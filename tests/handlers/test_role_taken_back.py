"""Organizers take back a role that a colleague gave."""

from bot.access import Role
from tests.kit import System


async def test_any_organizer_takes_a_role_back_and_makes_the_person_a_teacher(system: System) -> None:
    minji, bora, ann = await system.organizer("Minji"), await system.organizer("Bora"), await system.teacher("Ann")
    code = await system.invitation(Role.ORGANIZER)
    await ann.starts(code)
    await ann.presses("Accept")
    lost = await system.teacher("Lost")
    await lost.calls_for_help("I am lost")
    await ann.presses("I'll take it")
    await ann.sends("/broadcast")
    notice = next(one for one in bora.chat if "Ann is an organizer now" in one.words)
    await bora.presses("Take it back", on=notice)
    await bora.presses("🎓 A teacher")
    assert system.value("SELECT role FROM person WHERE telegram_id = ?", ann.id) == "teacher"
    assert ann.chat[-1].words.startswith("The organizers have changed your role: you are here as a teacher now.")
    assert "invite" not in [name for name, _what in ann.commands]
    assert "Bora has taken that back: they are a teacher now." in notice.words
    assert notice.labels == []
    assert "Bora has taken that back: they are a teacher now." in minji.chat[-1].words
    assert any("🙋 I'll take it" in one.labels for one in minji.chat), "her call is open again"
    await ann.sends("/missing")
    assert ann.shows("Sorry, this is not for your role.")
    await ann.starts(code)
    assert ann.shows("withdrawn this invitation")
    await ann.starts(await system.invitation(Role.ORGANIZER))
    await ann.presses("Accept")
    assert bora.chat[-1].words.startswith("🧭 Ann is an organizer now"), "given anew, told anew"


async def test_the_card_of_requests_names_the_role_and_takes_it_back(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    someone = await system.applicant("Karim")
    card = bora.chat[-1]
    await minji.presses("… as a coordinator")
    await minji.presses("Yes, as a coordinator")
    assert "✅ Let in as a coordinator by Minji." in card.words
    await bora.presses("↩️ Karim: take it back", on=card)
    await bora.presses("🎓 A teacher")
    await system.later(seconds=10)
    assert "✅ Let in by Bora." in card.words
    assert card.labels == []
    async with system.without_waiting():
        await bora.presses_payload("takeadmitted1:1", on=card)
        await bora.presses_payload("takeadmitted1:9", on=card)
    assert bora.toasts[-2:] == [("They do not have that role any more.", False)] * 2
    assert system.value("SELECT role FROM person WHERE telegram_id = ?", someone.id) == "teacher"


async def test_who_is_removed_is_a_stranger_and_nothing_reaches_them(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    someone = await system.applicant("Karim")
    await minji.presses("… as an organizer")
    await minji.presses("Yes, as an organizer")
    for label in ("English", "Karim", "I agree"):
        await someone.presses(label)
    await bora.presses("Take it back")
    await bora.presses("‹ No, leave it")
    assert bora.shows("everything stays as it is")
    await bora.presses("Take it back")
    await bora.presses("Remove from the bot")
    assert someone.chat[-1].words.startswith("The organizers have ended your access to this bot.")
    assert someone.commands == system.stranger().commands
    assert "they are not in the bot any more" in minji.chat[-1].words
    shown = len(someone.chat)
    await system.at("2025-08-04 09:20")
    assert len(someone.chat) == shown
    await someone.starts()
    assert someone.chat[-1].words.startswith("The organizers did not let you in.")


async def test_who_has_not_come_in_yet_can_be_stopped(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    someone = await system.applicant("Karim")
    await minji.presses("… as an organizer")
    await minji.presses("Yes, as an organizer")
    await someone.presses("English")
    await bora.presses("Take it back")
    await bora.presses("Remove from the bot")
    assert system.rows("SELECT * FROM person WHERE telegram_id = ?", someone.id) == []
    assert bora.shows("Bora has taken that back")
    await someone.presses("Karim")
    assert someone.toast == ("Please open your invitation link again.", False)


async def test_owners_stay_and_nobody_takes_their_own_role_or_one_twice(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    owner = await system.teacher("Teaching owner")
    system.app.runtime.settings = system.app.runtime.settings.model_copy(update={"owners": frozenset({owner.id})})
    await owner.starts(await system.invitation(Role.COORDINATOR))
    await owner.presses("Accept")
    await minji.presses("Take it back")
    assert minji.toast is not None
    assert minji.toast[0].startswith("This is an owner of the bot.")
    await minji.presses_payload("endrole1:1:out", on=minji.chat[-1])
    assert system.value("SELECT state FROM person WHERE telegram_id = ?", owner.id) == "active"
    ann = await system.teacher("Ann")
    await ann.starts(await system.invitation(Role.ORGANIZER))
    await ann.presses("Accept")
    await ann.presses_payload("endrole1:2:teacher", on=ann.chat[-1])
    assert ann.toast == ("This is you. Ask a colleague, or leave with /me.", True)
    for who in (minji, bora):
        await who.presses("Take it back")
    question = bora.chat[-1]
    await minji.presses("🎓 A teacher")
    await bora.presses("Remove from the bot", on=question)
    assert bora.toast == ("They do not have that role any more.", False)
    assert system.value("SELECT state FROM person WHERE telegram_id = ?", ann.id) == "active"

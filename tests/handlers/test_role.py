"""Members get another role by an invitation, once and only if they want it; organizers hear of it and take it back."""

from bot.access import Role
from bot.store import invite
from rehearsal.telegram import Account
from tests.handlers.arriving import comes_in, link, opens, presses, says
from tests.kit import OWNER, System


async def test_a_staff_link_raises_a_member_after_one_confirmation(system: System) -> None:
    teacher = await system.teacher("Ann")
    code = await link(system, Role.ORGANIZER)
    await opens(system, teacher, code)
    assert system.value("SELECT role FROM person") == "teacher"
    await presses(system, teacher, "Accept")
    assert system.value("SELECT role FROM person") == "organizer"
    assert teacher.shows("You organize")
    assert "invite" in [name for name, _what in teacher.commands]
    other = await system.teacher("Bob")
    await opens(system, other, code)
    assert other.shows("has been used already")
    assert "day 1 of" in other.chat[-1].words


async def test_declining_a_role_changes_nothing_and_a_used_one_says_so(system: System) -> None:
    teacher, other = await system.teacher("Ann"), await system.teacher("Bob")
    code = await link(system, Role.COORDINATOR)
    await opens(system, teacher, code)
    await opens(system, other, code)
    await presses(system, teacher, "No, thank you")
    assert teacher.shows("everything stays as it is")
    await presses(system, other, "Accept")
    await opens(system, teacher, code)
    assert teacher.shows("has been used already")
    assert [row["role"] for row in system.rows("SELECT role FROM person ORDER BY id")] == ["teacher", "coordinator"]


async def test_two_who_accept_one_staff_link_at_once_are_not_both_raised(system: System) -> None:
    teacher, other = await system.teacher("Ann"), await system.teacher("Bob")
    code = await link(system, Role.ORGANIZER)
    await opens(system, teacher, code)
    await opens(system, other, code)
    await teacher.presses("Accept")
    await other.presses("Accept")
    await system.wait_idle()
    assert system.value("SELECT count(*) FROM person WHERE role = 'organizer'") == 1
    assert teacher.shows("has been used already") != other.shows("has been used already")


async def test_staff_who_try_the_teachers_link_stay_staff(system: System) -> None:
    organizer = await system.organizer()
    await opens(system, organizer, await link(system))
    assert organizer.shows("This invitation is for teachers")
    assert system.value("SELECT role FROM person") == "organizer"


async def test_who_opened_a_teachers_link_first_can_still_come_in_as_staff(system: System) -> None:
    someone = system.stranger("Minji")
    await opens(system, someone, await link(system))
    await presses(system, someone, "English")
    await opens(system, someone, await link(system, Role.ORGANIZER))
    assert "What is your name?" in someone.chat[-1].words
    await presses(system, someone, "Minji")
    await presses(system, someone, "I agree")
    assert someone.shows("You organize")


async def knocks(system: System, name: str) -> Account:
    someone = system.stranger(name)
    await opens(system, someone)
    await presses(system, someone, "Ask an organizer")
    return someone


async def test_all_organizers_hear_who_let_whom_in_as_what(system: System) -> None:
    minji, bora, owner = await system.organizer("Minji"), await system.organizer("Bora"), await system.owner()
    someone = await knocks(system, "Karim")
    await presses(system, minji, "… as an organizer")
    await presses(system, minji, "Yes, as an organizer")
    told = [who.chat[-1] for who in (minji, bora, owner)]
    assert [one.words for one in told] == ["🧭 Minji has let Karim in as an organizer."] * 3
    assert all("↩️ Take it back" in one.labels for one in told)
    shown = len(bora.chat)
    for label in ("English", "Karim", "I agree"):
        await presses(system, someone, label)
    assert len(bora.chat) == shown, "told once"
    assert system.value("SELECT role FROM person WHERE telegram_id = ?", someone.id) == "organizer"


async def test_colleagues_hear_who_came_in_through_whose_link(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    now = system.clock.now()
    code = await system.app.runtime.db.write(invite.create, Role.COORDINATOR, days=3, now=now, made_by=minji.id)
    teacher, new = await system.teacher("Ann"), system.stranger("New")
    await comes_in(system, new, code, group=False)
    for who in (minji, bora):
        assert who.chat[-1].words == "📊 New is a coordinator now, by a link of Minji."
    await opens(system, teacher, await link(system, Role.ORGANIZER))
    await presses(system, teacher, "Accept")
    assert (
        bora.chat[-1].words == "🧭 Ann is an organizer now, by a link of the bot's computer or of someone who has left."
    )
    assert not new.shows("Ann is an organizer")


async def test_teachers_and_owners_come_in_without_a_notice(system: System) -> None:
    minji, owner = await system.organizer("Minji"), Account.get(system.world, OWNER)
    await comes_in(system, system.stranger("Ann"), await link(system))
    await opens(system, owner)
    for label in ("English", "Owner", "I agree"):
        await presses(system, owner, label)
    assert owner.shows("You organize")
    assert minji.chat == []


async def test_any_organizer_takes_a_role_back_and_makes_the_person_a_teacher(system: System) -> None:
    minji, bora, ann = await system.organizer("Minji"), await system.organizer("Bora"), await system.teacher("Ann")
    code = await link(system, Role.ORGANIZER)
    await opens(system, ann, code)
    await presses(system, ann, "Accept")
    lost = await system.teacher("Lost")
    await says(system, lost, "/help")
    await presses(system, lost, "I am lost")
    await presses(system, ann, "I'll take it")
    await says(system, ann, "/broadcast")
    notice = next(one for one in bora.chat if "Ann is an organizer now" in one.words)
    await bora.presses("Take it back", on=notice)
    await system.wait_idle()
    await presses(system, bora, "🎓 A teacher")
    assert system.value("SELECT role FROM person WHERE telegram_id = ?", ann.id) == "teacher"
    assert ann.chat[-1].words.startswith("The organizers have changed your role: you are here as a teacher now.")
    assert "invite" not in [name for name, _what in ann.commands]
    assert "Bora has taken that back: they are a teacher now." in notice.words
    assert notice.labels == []
    assert "Bora has taken that back: they are a teacher now." in minji.chat[-1].words
    assert any("🙋 I'll take it" in one.labels for one in minji.chat), "her call is open again"
    await says(system, ann, "/missing")
    assert ann.shows("Sorry, this is not for your role.")
    await opens(system, ann, code)
    assert ann.shows("withdrawn this invitation")
    await opens(system, ann, await link(system, Role.ORGANIZER))
    await presses(system, ann, "Accept")
    assert bora.chat[-1].words.startswith("🧭 Ann is an organizer now"), "given anew, told anew"


async def test_an_organizer_who_becomes_a_coordinator_leaves_no_call_behind(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    teacher = await system.teacher("Ann")
    await says(system, teacher, "/help")
    await presses(system, teacher, "I am lost")
    await presses(system, minji, "I'll take it")
    await opens(system, minji, await link(system, Role.COORDINATOR))
    await presses(system, minji, "Accept")
    assert any("🙋 I'll take it" in one.labels for one in bora.chat)


async def test_the_card_of_requests_names_the_role_and_takes_it_back(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    someone = await knocks(system, "Karim")
    card = bora.chat[-1]
    await presses(system, minji, "… as a coordinator")
    await presses(system, minji, "Yes, as a coordinator")
    assert "✅ Let in as a coordinator by Minji." in card.words
    await bora.presses("↩️ Karim: take it back", on=card)
    await system.wait_idle()
    await presses(system, bora, "🎓 A teacher")
    await system.later(seconds=10)
    assert "✅ Let in by Bora." in card.words
    assert card.labels == []
    await bora.presses_payload("takeadmitted1:1", on=card)
    await bora.presses_payload("takeadmitted1:9", on=card)
    await system.wait_idle()
    assert bora.toasts[-2:] == [("They do not have that role any more.", False)] * 2
    assert system.value("SELECT role FROM person WHERE telegram_id = ?", someone.id) == "teacher"


async def test_who_is_put_out_is_a_stranger_and_nothing_reaches_them(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    someone = await knocks(system, "Karim")
    await presses(system, minji, "… as an organizer")
    await presses(system, minji, "Yes, as an organizer")
    for label in ("English", "Karim", "I agree"):
        await presses(system, someone, label)
    await presses(system, bora, "Take it back")
    await presses(system, bora, "‹ No, leave it")
    assert bora.shows("everything stays as it is")
    await presses(system, bora, "Take it back")
    await presses(system, bora, "Remove from the bot")
    assert someone.chat[-1].words.startswith("The organizers have ended your access to this bot.")
    assert someone.commands == system.stranger().commands
    assert "they are not in the bot any more" in minji.chat[-1].words
    shown = len(someone.chat)
    await system.at("2025-08-04 09:20")
    assert len(someone.chat) == shown
    await opens(system, someone)
    assert someone.chat[-1].words.startswith("The organizers did not let you in.")


async def test_who_has_not_come_in_yet_can_be_stopped(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    someone = await knocks(system, "Karim")
    await presses(system, minji, "… as an organizer")
    await presses(system, minji, "Yes, as an organizer")
    await presses(system, someone, "English")
    await presses(system, bora, "Take it back")
    await presses(system, bora, "Remove from the bot")
    assert system.rows("SELECT * FROM person WHERE telegram_id = ?", someone.id) == []
    assert bora.shows("Bora has taken that back")
    await presses(system, someone, "Karim")
    assert someone.toast == ("Please open your invitation link again.", False)


async def test_owners_stay_and_nobody_takes_their_own_role_or_one_twice(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    owner = await system.teacher("Teaching owner")
    system.app.runtime.settings = system.app.runtime.settings.model_copy(update={"owners": frozenset({owner.id})})
    await opens(system, owner, await link(system, Role.COORDINATOR))
    await presses(system, owner, "Accept")
    await presses(system, minji, "Take it back")
    assert minji.toast is not None
    assert minji.toast[0].startswith("This is an owner of the bot.")
    await minji.presses_payload("endrole1:1:out", on=minji.chat[-1])
    await system.wait_idle()
    assert system.value("SELECT state FROM person WHERE telegram_id = ?", owner.id) == "active"
    ann = await system.teacher("Ann")
    await opens(system, ann, await link(system, Role.ORGANIZER))
    await presses(system, ann, "Accept")
    await ann.presses_payload("endrole1:2:teacher", on=ann.chat[-1])
    await system.wait_idle()
    assert ann.toast == ("This is you. Ask a colleague, or leave with /me.", True)
    for who in (minji, bora):
        await presses(system, who, "Take it back")
    question = bora.chat[-1]
    await presses(system, minji, "🎓 A teacher")
    await bora.presses("Remove from the bot", on=question)
    await system.wait_idle()
    assert bora.toast == ("They do not have that role any more.", False)
    assert system.value("SELECT state FROM person WHERE telegram_id = ?", ann.id) == "active"

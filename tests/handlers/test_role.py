"""Members get another role by an invitation, once and only if they want it; organizers hear of it and take it back."""

from bot.access import Role
from bot.store import invite
from rehearsal.telegram import Account
from tests.handlers.arriving import comes_in, link, opens, presses, says
from tests.kit import OWNER, House


async def test_a_staff_link_raises_a_member_after_one_confirmation(house: House) -> None:
    teacher = await house.teacher("Ann")
    code = await link(house, Role.ORGANIZER)
    await opens(house, teacher, code)
    assert house.value("SELECT role FROM person") == "teacher"
    await presses(house, teacher, "Accept")
    assert house.value("SELECT role FROM person") == "organizer"
    assert teacher.shows("You organize")
    assert "invite" in [name for name, _what in teacher.commands]
    other = await house.teacher("Bob")
    await opens(house, other, code)
    assert other.shows("has been used already")
    assert "day 1 of" in other.chat[-1].words


async def test_declining_a_role_changes_nothing_and_a_used_one_says_so(house: House) -> None:
    teacher, other = await house.teacher("Ann"), await house.teacher("Bob")
    code = await link(house, Role.COORDINATOR)
    await opens(house, teacher, code)
    await opens(house, other, code)
    await presses(house, teacher, "No, thank you")
    assert teacher.shows("everything stays as it is")
    await presses(house, other, "Accept")
    await opens(house, teacher, code)
    assert teacher.shows("has been used already")
    assert [row["role"] for row in house.rows("SELECT role FROM person ORDER BY id")] == ["teacher", "coordinator"]


async def test_two_who_accept_one_staff_link_at_once_are_not_both_raised(house: House) -> None:
    teacher, other = await house.teacher("Ann"), await house.teacher("Bob")
    code = await link(house, Role.ORGANIZER)
    await opens(house, teacher, code)
    await opens(house, other, code)
    await teacher.presses("Accept")
    await other.presses("Accept")
    await house.wait_idle()
    assert house.value("SELECT count(*) FROM person WHERE role = 'organizer'") == 1
    assert teacher.shows("has been used already") != other.shows("has been used already")


async def test_staff_who_try_the_teachers_link_stay_staff(house: House) -> None:
    organizer = await house.organizer()
    await opens(house, organizer, await link(house))
    assert organizer.shows("This invitation is for teachers")
    assert house.value("SELECT role FROM person") == "organizer"


async def test_who_opened_a_teachers_link_first_can_still_come_in_as_staff(house: House) -> None:
    someone = house.stranger("Minji")
    await opens(house, someone, await link(house))
    await presses(house, someone, "English")
    await opens(house, someone, await link(house, Role.ORGANIZER))
    assert "What is your name?" in someone.chat[-1].words
    await presses(house, someone, "Minji")
    await presses(house, someone, "I agree")
    assert someone.shows("You organize")


async def knocks(house: House, name: str) -> Account:
    someone = house.stranger(name)
    await opens(house, someone)
    await presses(house, someone, "Ask an organizer")
    return someone


async def test_all_organizers_hear_who_let_whom_in_as_what(house: House) -> None:
    minji, bora, owner = await house.organizer("Minji"), await house.organizer("Bora"), await house.owner()
    someone = await knocks(house, "Karim")
    await presses(house, minji, "… as an organizer")
    await presses(house, minji, "Yes, as an organizer")
    told = [who.chat[-1] for who in (minji, bora, owner)]
    assert [one.words for one in told] == ["🧭 Minji has let Karim in as an organizer."] * 3
    assert all("↩️ Take it back" in one.labels for one in told)
    shown = len(bora.chat)
    for label in ("English", "Karim", "I agree"):
        await presses(house, someone, label)
    assert len(bora.chat) == shown, "told once"
    assert house.value("SELECT role FROM person WHERE telegram_id = ?", someone.id) == "organizer"


async def test_colleagues_hear_who_came_in_through_whose_link(house: House) -> None:
    minji, bora = await house.organizer("Minji"), await house.organizer("Bora")
    now = house.clock.now()
    code = await house.app.services.db.write(
        lambda c: invite.create(c, Role.COORDINATOR, days=3, now=now, made_by=minji.id)
    )
    teacher, new = await house.teacher("Ann"), house.stranger("New")
    await comes_in(house, new, code, group=False)
    for who in (minji, bora):
        assert who.chat[-1].words == "📊 New is a coordinator now, by a link of Minji."
    await opens(house, teacher, await link(house, Role.ORGANIZER))
    await presses(house, teacher, "Accept")
    assert (
        bora.chat[-1].words == "🧭 Ann is an organizer now, by a link of the bot's computer or of someone who has left."
    )
    assert not new.shows("Ann is an organizer")


async def test_teachers_and_owners_come_in_without_a_notice(house: House) -> None:
    minji, owner = await house.organizer("Minji"), house.world.accounts[OWNER]
    await comes_in(house, house.stranger("Ann"), await link(house))
    await opens(house, owner)
    for label in ("English", "Owner", "I agree"):
        await presses(house, owner, label)
    assert owner.shows("You organize")
    assert minji.chat == []


async def test_any_organizer_takes_a_role_back_and_makes_the_person_a_teacher(house: House) -> None:
    minji, bora, ann = await house.organizer("Minji"), await house.organizer("Bora"), await house.teacher("Ann")
    code = await link(house, Role.ORGANIZER)
    await opens(house, ann, code)
    await presses(house, ann, "Accept")
    lost = await house.teacher("Lost")
    await says(house, lost, "/help")
    await presses(house, lost, "I am lost")
    await presses(house, ann, "I'll take it")
    await says(house, ann, "/broadcast")
    notice = next(one for one in bora.chat if "Ann is an organizer now" in one.words)
    await bora.presses("Take it back", on=notice)
    await house.wait_idle()
    await presses(house, bora, "🎓 A teacher")
    assert house.value("SELECT role FROM person WHERE telegram_id = ?", ann.id) == "teacher"
    assert ann.chat[-1].words.startswith("The organizers have changed your role: you are here as a teacher now.")
    assert "invite" not in [name for name, _what in ann.commands]
    assert "Bora has taken that back: they are a teacher now." in notice.words
    assert notice.labels == []
    assert "Bora has taken that back: they are a teacher now." in minji.chat[-1].words
    assert any("🙋 I'll take it" in one.labels for one in minji.chat), "her call is open again"
    await says(house, ann, "/missing")
    assert ann.shows("Sorry, this is not for your role.")
    await opens(house, ann, code)
    assert ann.shows("withdrawn this invitation")
    await opens(house, ann, await link(house, Role.ORGANIZER))
    await presses(house, ann, "Accept")
    assert bora.chat[-1].words.startswith("🧭 Ann is an organizer now"), "given anew, told anew"


async def test_an_organizer_who_becomes_a_coordinator_leaves_no_call_behind(house: House) -> None:
    minji, bora = await house.organizer("Minji"), await house.organizer("Bora")
    teacher = await house.teacher("Ann")
    await says(house, teacher, "/help")
    await presses(house, teacher, "I am lost")
    await presses(house, minji, "I'll take it")
    await opens(house, minji, await link(house, Role.COORDINATOR))
    await presses(house, minji, "Accept")
    assert any("🙋 I'll take it" in one.labels for one in bora.chat)


async def test_the_card_of_requests_names_the_role_and_takes_it_back(house: House) -> None:
    minji, bora = await house.organizer("Minji"), await house.organizer("Bora")
    someone = await knocks(house, "Karim")
    card = bora.chat[-1]
    await presses(house, minji, "… as a coordinator")
    await presses(house, minji, "Yes, as a coordinator")
    assert "✅ Let in as a coordinator by Minji." in card.words
    await bora.presses("↩️ Karim: take it back", on=card)
    await house.wait_idle()
    await presses(house, bora, "🎓 A teacher")
    await house.later(seconds=10)
    assert "✅ Let in by Bora." in card.words
    assert card.labels == []
    await bora.presses_payload("takeadmitted1:1", on=card)
    await bora.presses_payload("takeadmitted1:9", on=card)
    await house.wait_idle()
    assert bora.toasts[-2:] == [("They do not have that role any more.", False)] * 2
    assert house.value("SELECT role FROM person WHERE telegram_id = ?", someone.id) == "teacher"


async def test_who_is_put_out_is_a_stranger_and_nothing_reaches_them(house: House) -> None:
    minji, bora = await house.organizer("Minji"), await house.organizer("Bora")
    someone = await knocks(house, "Karim")
    await presses(house, minji, "… as an organizer")
    await presses(house, minji, "Yes, as an organizer")
    for label in ("English", "Karim", "I agree"):
        await presses(house, someone, label)
    await presses(house, bora, "Take it back")
    await presses(house, bora, "‹ No, leave it")
    assert bora.shows("everything stays as it is")
    await presses(house, bora, "Take it back")
    await presses(house, bora, "Remove from the bot")
    assert someone.chat[-1].words.startswith("The organizers have ended your access to this bot.")
    assert someone.commands == house.stranger().commands
    assert "they are not in the bot any more" in minji.chat[-1].words
    shown = len(someone.chat)
    await house.at("2025-08-04 09:20")
    assert len(someone.chat) == shown
    await opens(house, someone)
    assert someone.chat[-1].words.startswith("The organizers did not let you in.")


async def test_who_has_not_come_in_yet_can_be_stopped(house: House) -> None:
    minji, bora = await house.organizer("Minji"), await house.organizer("Bora")
    someone = await knocks(house, "Karim")
    await presses(house, minji, "… as an organizer")
    await presses(house, minji, "Yes, as an organizer")
    await presses(house, someone, "English")
    await presses(house, bora, "Take it back")
    await presses(house, bora, "Remove from the bot")
    assert house.rows("SELECT * FROM person WHERE telegram_id = ?", someone.id) == []
    assert bora.shows("Bora has taken that back")
    await presses(house, someone, "Karim")
    assert someone.toast == ("Please open your invitation link again.", False)


async def test_owners_stay_and_nobody_takes_their_own_role_or_one_twice(house: House) -> None:
    minji, bora = await house.organizer("Minji"), await house.organizer("Bora")
    owner = await house.teacher("Teaching owner")
    house.app.services.settings = house.app.services.settings.model_copy(update={"owners": frozenset({owner.id})})
    await opens(house, owner, await link(house, Role.COORDINATOR))
    await presses(house, owner, "Accept")
    await presses(house, minji, "Take it back")
    assert minji.toast is not None
    assert minji.toast[0].startswith("This is an owner of the bot.")
    await minji.presses_payload("endrole1:1:out", on=minji.chat[-1])
    await house.wait_idle()
    assert house.value("SELECT state FROM person WHERE telegram_id = ?", owner.id) == "active"
    ann = await house.teacher("Ann")
    await opens(house, ann, await link(house, Role.ORGANIZER))
    await presses(house, ann, "Accept")
    await ann.presses_payload("endrole1:2:teacher", on=ann.chat[-1])
    await house.wait_idle()
    assert ann.toast == ("This is you. Ask a colleague, or leave with /me.", True)
    for who in (minji, bora):
        await presses(house, who, "Take it back")
    question = bora.chat[-1]
    await presses(house, minji, "🎓 A teacher")
    await bora.presses("Remove from the bot", on=question)
    await house.wait_idle()
    assert bora.toast == ("They do not have that role any more.", False)
    assert house.value("SELECT state FROM person WHERE telegram_id = ?", ann.id) == "active"

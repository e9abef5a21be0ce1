"""Owners by a link: whoever opens it first has all rights, and nobody in a chat can take them back."""

from datetime import timedelta

from bot.access import Role
from bot.store import invite, joining, person
from rehearsal.telegram import Account
from tests.handlers.arriving import comes_in, link, opens, presses, says
from tests.kit import House


def is_owner(house: House, who: Account) -> bool:
    return bool(house.value("SELECT owner FROM person WHERE telegram_id = ?", who.id))


async def withdrawn(house: House, number: int) -> bool:
    now = house.clock.now()
    return await house.app.services.db.write(lambda c: joining.revoke(c, number, now))


async def test_whoever_opens_an_owners_link_first_is_an_owner_and_hears_what_organizers_hear(house: House) -> None:
    code = await link(house, Role.OWNER, days=1)
    first, second = house.stranger("Minji"), house.stranger("Karim")
    await comes_in(house, first, code, group=False)
    await opens(house, second, code)
    assert second.shows("This invitation has been used already.")
    assert first.shows("You organize")
    assert {"invite", "broadcast", "missing"} <= {name for name, _what in first.commands}
    assert house.rows("SELECT role, owner FROM person") == [{"role": "organizer", "owner": 1}]
    teacher = await house.teacher("Ann")
    await says(house, teacher, "/help")
    await presses(house, teacher, "I am lost")
    assert any("🙋 I'll take it" in one.labels for one in first.chat)


async def test_who_tries_a_bot_that_nobody_organizes_reads_how_its_first_organizer_comes_in(house: House) -> None:
    someone = house.stranger("Minji")
    await opens(house, someone)
    assert someone.shows("To come in, open your invitation link.")
    assert someone.shows(
        f"python -m bot invite owner prints the link that lets you in. Your Telegram number is {someone.id}."
    )
    assert someone.labels() == ["🙋 Ask an organizer"]
    await comes_in(house, someone, await link(house, Role.OWNER), group=False)
    later = house.stranger("Karim")
    await opens(house, later)
    assert not later.shows("Nobody organizes")


async def test_an_owners_link_ends_with_its_day_and_with_a_no(house: House) -> None:
    code, someone = await link(house, Role.OWNER, days=1), house.stranger("Minji")
    await opens(house, someone, code)
    await presses(house, someone, "English")
    await presses(house, someone, "Minji")
    await presses(house, someone, "Not now")
    assert house.rows("SELECT * FROM person") == []
    await house.later(days=1)
    await opens(house, someone, code)
    assert someone.shows("This invitation has expired.")
    assert someone.shows("python -m bot invite owner prints the link that lets you in."), "nobody else can be asked"


async def test_members_become_owners_if_they_want_to_and_colleagues_hear_of_it(house: House) -> None:
    minji, bora, ann = await house.organizer("Minji"), await house.organizer("Bora"), await house.teacher("Ann")
    await opens(house, ann, await link(house, Role.ORGANIZER))
    await presses(house, ann, "Accept")
    assert bora.chat[-1].words.startswith("🧭 Ann is an organizer now")
    for who in (minji, ann):
        await opens(house, who, await link(house, Role.OWNER))
        assert who.chat[-1].words.startswith("This invitation makes you an owner of the bot")
        await presses(house, who, "Accept")
        assert is_owner(house, who)
        assert bora.chat[-1].words.startswith(f"🔑 {who.name} is an owner of the bot now")
    await opens(house, minji, await link(house, Role.OWNER))
    assert "day 1 of" in minji.chat[-1].words, "an owner needs no second link"
    await presses(house, bora, "Take it back")
    assert bora.toast is not None
    assert bora.toast[0].startswith("This is an owner of the bot.")
    grant = house.value("SELECT max(id) FROM role_grant")
    await bora.presses_payload(f"endrole1:{grant}:out", on=bora.chat[-1])
    await house.wait_idle()
    assert house.value("SELECT state FROM person WHERE telegram_id = ?", ann.id) == "active"


async def test_an_owner_who_coordinates_is_an_owner_still(house: House) -> None:
    owner = house.stranger("Minji")
    await comes_in(house, owner, await link(house, Role.OWNER), group=False)
    await opens(house, owner, await link(house, Role.COORDINATOR))
    await presses(house, owner, "Accept")
    assert house.rows("SELECT role, owner FROM person") == [{"role": "coordinator", "owner": 1}]
    await says(house, owner, "/invite")
    assert owner.shows("Whom do you invite?")
    staff = await house.app.services.db.read(lambda c: person.staff(c, []))
    assert [one.telegram_id for one in staff] == [owner.id]
    await house.teacher("Ann")
    await house.at("2025-08-04 09:20")
    assert house.rows("SELECT 1 FROM outbox WHERE kind = 'missing.alert' AND person_id = 1 AND state = 'sent'")
    assert house.value("SELECT spread FROM fanout WHERE kind = 'missing.alert'") == 1, "not made up for later"


async def test_who_withdraws_the_link_ends_the_ownership_and_then_the_role_can_be_taken_back(house: House) -> None:
    bora, owner = await house.organizer("Bora"), house.stranger("Minji")
    await comes_in(house, owner, await link(house, Role.OWNER), group=False)
    notice = bora.chat[-1]
    assert await withdrawn(house, 1)
    assert house.rows("SELECT role, owner, state FROM person WHERE telegram_id = ?", owner.id) == [
        {"role": "organizer", "owner": 0, "state": "active"}
    ]
    await bora.presses("Take it back", on=notice)
    await house.wait_idle()
    await presses(house, bora, "🎓 A teacher")
    assert house.value("SELECT role FROM person WHERE telegram_id = ?", owner.id) == "teacher"


async def test_who_has_not_come_in_yet_does_not_by_a_link_that_was_withdrawn(house: House) -> None:
    someone = house.stranger("Minji")
    await opens(house, someone, await link(house, Role.OWNER))
    await presses(house, someone, "English")
    assert await withdrawn(house, 1)
    assert house.rows("SELECT * FROM person") == []


async def test_who_erases_themselves_is_no_owner_when_they_come_again(house: House) -> None:
    owner = house.stranger("Minji")
    code = await link(house, Role.OWNER)
    await comes_in(house, owner, code, group=False)
    await says(house, owner, "/me")
    await presses(house, owner, "Erase")
    await presses(house, owner, "Erase without my name")
    assert not house.rows("SELECT 1 FROM person WHERE owner = 1")
    await comes_in(house, owner, await link(house), group=True)
    assert not is_owner(house, owner)
    await opens(house, owner, code)
    assert owner.shows("This invitation has been used already.")
    assert not is_owner(house, owner)


async def test_organizers_see_an_owners_link_in_the_list_and_withdraw_it(house: House) -> None:
    minji = await house.organizer("Minji")
    await link(house, Role.OWNER)
    await says(house, minji, "/invite")
    assert minji.shows("🔑 for an owner of the bot")
    assert "owner" not in " ".join(minji.chat[-1].labels).lower(), "nobody makes one in a chat"
    await minji.presses_payload("invite1:owner", on=minji.chat[-1])
    await minji.presses_payload("invitestaff1:owner", on=minji.chat[-1])
    await house.wait_idle()
    assert house.value("SELECT count(*) FROM invite") == 1
    await presses(house, minji, "Withdraw #1")
    await presses(house, minji, "Yes, withdraw it")
    now = house.clock.now() + timedelta(seconds=1)
    assert await house.app.services.db.read(lambda c: invite.working(c, now)) == []


async def test_an_old_button_ends_no_ownership(house: House) -> None:
    bora, owner = await house.organizer("Bora"), house.stranger("Minji")
    code = await link(house, Role.OWNER)
    await says(house, bora, "/invite")
    await presses(house, bora, "Withdraw #1")
    await comes_in(house, owner, code, group=False)
    await presses(house, bora, "Yes, withdraw it")
    assert bora.toast is not None
    assert bora.toast[0] == "That link does not work any more."
    assert is_owner(house, owner), "only the command line ends it"

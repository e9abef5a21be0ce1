"""Owners by a link: whoever opens it first has all rights, and nobody in a chat can take them back."""

from datetime import timedelta

from bot.access import Role
from bot.services import invite as invite_service
from bot.store import invite as invite_store
from bot.store import person
from tests.kit import System, User


def is_owner(system: System, who: User) -> bool:
    return bool(system.value("SELECT owner FROM person WHERE telegram_id = ?", who.id))


async def withdrawn(system: System, number: int) -> bool:
    now = system.clock.now()
    return await system.write(invite_service.revoke, number, now) is not None


async def test_whoever_opens_an_owners_link_first_is_an_owner_and_hears_what_organizers_hear(system: System) -> None:
    code = await system.invitation(Role.OWNER, days=1)
    first, second = system.stranger("Minji"), system.stranger("Karim")
    await first.joins(code, group=False)
    await second.starts(code)
    assert second.shows("This invitation has been used already.")
    assert first.shows("You organize")
    assert {"invite", "broadcast", "missing"} <= {name for name, _what in first.commands}
    assert system.rows("SELECT role, owner FROM person") == [{"role": "organizer", "owner": 1}]
    teacher = await system.teacher("Ann")
    await teacher.calls_for_help("I am lost")
    assert any("🙋 I'll take it" in one.labels for one in first.chat)


async def test_who_tries_a_bot_that_nobody_organizes_reads_how_its_first_organizer_comes_in(system: System) -> None:
    someone = system.stranger("Minji")
    await someone.starts()
    assert someone.shows("To come in, open your invitation link.")
    assert someone.shows(
        f"python -m bot invite owner prints the link that lets you in. Your Telegram number is {someone.id}."
    )
    assert someone.labels() == ["🙋 Ask an organizer"]
    await someone.joins(await system.invitation(Role.OWNER), group=False)
    later = system.stranger("Karim")
    await later.starts()
    assert not later.shows("Nobody organizes")


async def test_an_owners_link_ends_with_its_day_and_with_a_no(system: System) -> None:
    code, someone = await system.invitation(Role.OWNER, days=1), system.stranger("Minji")
    await someone.starts(code)
    await someone.presses("English")
    await someone.presses("Minji")
    await someone.presses("Not now")
    assert system.rows("SELECT * FROM person") == []
    await system.later(days=1)
    await someone.starts(code)
    assert someone.shows("This invitation has expired.")
    assert someone.shows("python -m bot invite owner prints the link that lets you in."), "nobody else can be asked"


async def test_members_become_owners_if_they_want_to_and_colleagues_hear_of_it(system: System) -> None:
    minji, bora, ann = await system.organizer("Minji"), await system.organizer("Bora"), await system.teacher("Ann")
    await ann.starts(await system.invitation(Role.ORGANIZER))
    await ann.presses("Accept")
    assert bora.chat[-1].words.startswith("🧭 Ann is an organizer now")
    for who in (minji, ann):
        await who.starts(await system.invitation(Role.OWNER))
        assert who.chat[-1].words.startswith("This invitation makes you an owner of the bot")
        await who.presses("Accept")
        assert is_owner(system, who)
        assert bora.chat[-1].words.startswith(f"🔑 {who.name} is an owner of the bot now")
    await minji.starts(await system.invitation(Role.OWNER))
    assert "Day 1 of" in minji.chat[-1].words, "an owner needs no second link"
    await bora.presses("Take it back")
    assert bora.toast is not None
    assert bora.toast[0].startswith("This is an owner of the bot.")
    grant = system.value("SELECT max(id) FROM role_grant")
    await bora.presses_payload(f"endrole1:{grant}:out", on=bora.chat[-1])
    assert system.value("SELECT state FROM person WHERE telegram_id = ?", ann.id) == "active"


async def test_an_owner_who_coordinates_is_an_owner_still(system: System) -> None:
    owner = system.stranger("Minji")
    await owner.joins(await system.invitation(Role.OWNER), group=False)
    await owner.starts(await system.invitation(Role.COORDINATOR))
    await owner.presses("Accept")
    assert system.rows("SELECT role, owner FROM person") == [{"role": "coordinator", "owner": 1}]
    await owner.sends("/invite")
    assert owner.shows("Whom do you invite?")
    staff = await system.app.runtime.db.read(person.staff, [])
    assert [one.telegram_id for one in staff] == [owner.id]
    await system.teacher("Ann")
    await system.at("2025-08-04 09:20")
    assert system.rows("SELECT 1 FROM outbox WHERE kind = 'missing.alert' AND person_id = 1 AND state = 'sent'")
    assert system.value("SELECT spread FROM fanout WHERE kind = 'missing.alert'") == 1, "not made up for later"


async def test_who_withdraws_the_link_ends_the_ownership_and_then_the_role_can_be_taken_back(system: System) -> None:
    bora, owner = await system.organizer("Bora"), system.stranger("Minji")
    await owner.joins(await system.invitation(Role.OWNER), group=False)
    notice = bora.chat[-1]
    assert await withdrawn(system, 1)
    assert system.rows("SELECT role, owner, state FROM person WHERE telegram_id = ?", owner.id) == [
        {"role": "organizer", "owner": 0, "state": "active"}
    ]
    await bora.presses("Take it back", on=notice)
    await bora.presses("🎓 A teacher")
    assert system.value("SELECT role FROM person WHERE telegram_id = ?", owner.id) == "teacher"


async def test_who_has_not_come_in_yet_does_not_by_a_link_that_was_withdrawn(system: System) -> None:
    someone = system.stranger("Minji")
    await someone.starts(await system.invitation(Role.OWNER))
    await someone.presses("English")
    assert await withdrawn(system, 1)
    assert system.rows("SELECT * FROM person") == []


async def test_who_erases_themselves_is_no_owner_when_they_come_again(system: System) -> None:
    owner = system.stranger("Minji")
    code = await system.invitation(Role.OWNER)
    await owner.joins(code, group=False)
    await owner.erases_everything()
    assert not system.rows("SELECT 1 FROM person WHERE owner = 1")
    await owner.joins(await system.invitation())
    assert not is_owner(system, owner)
    await owner.starts(code)
    assert owner.shows("This invitation has been used already.")
    assert not is_owner(system, owner)


async def test_organizers_see_an_owners_link_in_the_list_and_withdraw_it(system: System) -> None:
    minji = await system.organizer("Minji")
    await system.invitation(Role.OWNER)
    await minji.sends("/invite")
    assert minji.shows("🔑 for an owner of the bot")
    assert "owner" not in " ".join(minji.chat[-1].labels).lower(), "nobody makes one in a chat"
    await minji.presses_payload("invite1:owner", on=minji.chat[-1])
    await minji.presses_payload("invitestaff1:owner", on=minji.chat[-1])
    assert system.value("SELECT count(*) FROM invite") == 1
    await minji.presses("Withdraw #1")
    await minji.presses("Yes, withdraw it")
    now = system.clock.now() + timedelta(seconds=1)
    assert await system.app.runtime.db.read(invite_store.working, now) == []


async def test_an_old_button_ends_no_ownership(system: System) -> None:
    bora, owner = await system.organizer("Bora"), system.stranger("Minji")
    code = await system.invitation(Role.OWNER)
    await bora.sends("/invite")
    await bora.presses("Withdraw #1")
    await owner.joins(code, group=False)
    await bora.presses("Yes, withdraw it")
    assert bora.toast is not None
    assert bora.toast[0] == "That link does not work any more."
    assert is_owner(system, owner), "only the command line ends it"

"""A person goes on with another account by a link that works once; the old account is signed off."""

from bot.documents.roster_table import RosterFacts
from bot.store import roster as roster_store
from tests.kit import System, User


async def link_for(minji: User, name: str) -> str:
    """The code of a link that an organizer makes on somebody's card."""
    await minji.sends(f"/people {name}")
    await minji.presses("1", on=minji.chat[-1])
    await minji.presses("📱 New phone")
    await minji.presses("📱 Yes, make the link")
    return minji.chat[-1].words.split("?start=")[1].split()[0]


async def test_everything_stays_theirs_and_the_old_account_is_signed_off(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    ann, new = await system.teacher("Ann", language="ru", group="zarafshon"), system.stranger("New phone")
    await system.at("2025-08-04 08:30")
    await ann.sends("/checkin")
    await ann.presses("Я здесь")
    code = await link_for(minji, "Ann")
    await new.starts(code)
    assert "You have a new phone?" in new.chat[-1].words
    assert "Ann" not in new.chat[-1].words
    question = new.chat[-1]
    await new.presses("📱 Yes, that is me", on=question)
    assert new.shows("С возвращением, Ann.")
    await new.taps_again()
    assert "Этот аккаунт уже ваш" in question.words
    assert ann.shows("Этот аккаунт отключён")
    assert bora.count("Ann has a new phone: by a link of Minji") == 1
    row = system.rows("SELECT telegram_id, role, group_key, state FROM person WHERE name = 'Ann'")
    assert row == [{"telegram_id": new.id, "role": "teacher", "group_key": "zarafshon", "state": "active"}]
    assert system.value("SELECT count(*) FROM checkin JOIN person AS p ON p.id = person_id WHERE p.name = 'Ann'") == 1
    assert "checkin" not in [name for name, _what in ann.commands]
    assert "today" in [name for name, _what in new.commands]
    before = len(ann.chat)
    await system.at("2025-08-05 09:00")
    assert len(ann.chat) == before
    assert new.shows("День 2")
    await ann.starts(code)
    assert ann.chat[-1].labels == ["🙋 Попросить доступ"]
    actions = [
        row["action"] for row in system.rows("SELECT action FROM audit WHERE action LIKE 'person.%' ORDER BY id")
    ]
    assert actions == ["person.transfer_offered", "person.transferred"]


async def test_who_joined_anew_with_the_new_phone_is_the_old_person_again(system: System) -> None:
    minji, ann = await system.organizer("Minji"), await system.teacher("Ann", group="pamir")
    new = await system.teacher("Zoe anew", group="zarafshon")
    anns = RosterFacts("Ann", room="412")
    await system.write(roster_store.add, anns, system.clock.now())
    anew = system.value("SELECT id FROM person WHERE name = 'Zoe anew'")
    await system.write(roster_store.link, 1, anew)  # an organizer took her for the one on the roster
    code = await link_for(minji, "Ann")
    await new.starts(code)
    assert "since you joined with it is erased" in new.chat[-1].words
    await new.presses("📱 Yes, that is me")
    active = system.rows("SELECT name, telegram_id FROM person WHERE state = 'active' AND role = 'teacher'")
    assert active == [{"name": "Ann", "telegram_id": new.id}]
    assert system.rows("SELECT error FROM inbox WHERE state = 'failed'") == []
    assert ann.shows("This account is signed off")
    joined = "SELECT p.name, r.room FROM roster AS r JOIN person AS p ON p.id = r.person_id"
    assert system.rows(joined) == [{"name": "Ann", "room": "412"}]


async def test_a_link_works_once_for_a_day_and_until_a_newer_one(system: System) -> None:
    minji = await system.organizer("Minji")
    await system.teacher("Ann")
    first, late, staff = system.stranger("First"), system.stranger("Late"), await system.organizer("Bora")
    old = await link_for(minji, "Ann")
    code = await link_for(minji, "Ann")
    withdrawn = system.stranger("Withdrawn")
    await withdrawn.starts(old)
    assert not withdrawn.shows("You have a new phone?")
    await staff.starts(code)
    await staff.presses("📱 Yes, that is me")
    assert staff.shows("This account belongs to the staff")
    await first.starts(code)
    await late.starts(code)
    await first.presses("📱 Yes, that is me")
    assert first.shows("Welcome back, Ann.")
    await late.presses("📱 Yes, that is me")
    assert late.shows("This link does not work any more.")
    third, slow = await link_for(minji, "Ann"), system.stranger("Slow")
    await slow.starts(third)
    await system.later(hours=25)
    await slow.presses("📱 Yes, that is me")
    assert slow.shows("This link does not work any more.")
    assert system.value("SELECT telegram_id FROM person WHERE name = 'Ann'") == first.id

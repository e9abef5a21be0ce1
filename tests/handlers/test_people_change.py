"""What organizers change about one person: each once, recorded, and told to whom it concerns."""

import pytest

from tests.kit import System, User


async def opened(minji: User, name: str) -> None:
    """The card of who is called so, in the newest message."""
    await minji.sends(f"/people {name}")
    await minji.presses("1", on=minji.chat[-1])


def recorded(system: System) -> list[str]:
    return [row["action"] for row in system.rows("SELECT action FROM audit ORDER BY id")]


async def test_a_name_and_a_group_are_changed_once_and_the_person_is_told(system: System) -> None:
    minji, ann = await system.organizer("Minji"), await system.teacher("Ann", group="pamir")
    await opened(minji, "Ann")
    await minji.presses("✏️ Name")
    await minji.sends("Anna Kim")
    assert "👤 Anna Kim" in minji.chat[-1].words
    assert ann.shows("An organizer has changed your name here: you are Anna Kim now.")
    await opened(minji, "anna")
    card = minji.chat[-1]
    await minji.presses("👥 Group", on=card)
    await minji.presses("Zarafshon", on=card)
    await minji.taps_again()
    assert ann.count("An organizer has put you into the group Zarafshon.") == 1
    assert system.value("SELECT group_key FROM person WHERE name = 'Anna Kim'") == "zarafshon"
    await minji.presses_payload("person3:2:0:0:nowhere", on=card)
    await minji.presses("📝 Excuse", on=card)
    await minji.presses("4 August: travelling", on=card)
    await minji.taps_again()
    assert "📝 Excused today: travelling" in card.words
    await minji.presses("📝 Excuse", on=card)
    await minji.presses("↩️ Not excused today", on=card)
    assert "Excused today" not in card.words
    assert recorded(system) == ["person.renamed", "person.moved", "excuse.given", "excuse.ended"]
    await minji.presses("🧾 What was done", on=card)
    assert "Minji: Moved to another group · Anna Kim · Zarafshon" in card.words


async def test_words_that_come_too_late_or_after_something_else_change_nothing(system: System) -> None:
    minji = await system.organizer("Minji")
    await system.teacher("Ann")
    await opened(minji, "Ann")
    await minji.presses("✏️ Name")
    await minji.sends("/missing")
    assert minji.shows("Nothing has changed about Ann.")
    await opened(minji, "Ann")
    await minji.presses("🗒 Add a note")
    await system.later(hours=2)
    await minji.sends("late words")
    assert minji.count("Nothing has changed about Ann.") == 2
    assert system.rows("SELECT * FROM person_note") == []


async def test_whom_a_pause_holds_gets_answers_alone_until_somebody_ends_it(system: System) -> None:
    minji, ann = await system.organizer("Minji"), await system.teacher("Ann")
    await opened(minji, "Ann")
    card = minji.chat[-1]
    await minji.presses("⏸ Pause", on=card)
    await minji.presses("⏸ Yes, pause", on=card)
    await minji.presses_payload("person7:2:0:0", on=card)
    assert "Messages are paused since 4 Aug" in card.words
    assert ann.count("An organizer has paused my messages for you") == 1
    await system.at("2025-08-04 13:00")
    assert not ann.shows("Day 1")
    assert system.value("SELECT count(*) FROM outbox WHERE person_id = 2 AND state = 'sent'") == 1
    await ann.calls_for_help("I have a question")
    await ann.sends("Where is the bus?")
    await minji.presses("Write back")
    await minji.sends("At exit 4")
    assert ann.shows("At exit 4")
    await ann.presses("▶️ Send them again")
    assert ann.shows("My messages come to you again.")
    await system.at("2025-08-05 09:00")
    assert ann.shows("Day 2")
    assert not ann.shows("Day 1 of")
    assert [one for one in recorded(system) if one.startswith("person")] == ["person.paused", "person.resumed"]


async def test_who_is_removed_comes_in_again_by_an_organizers_word_alone(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    code, ann = await system.invitation(), system.stranger("Ann")
    await ann.joins(code)
    await ann.calls_for_help("I feel unwell")
    await opened(minji, "Ann")
    card = minji.chat[-1]
    await minji.presses("🚪 Remove", on=card)
    assert "everything about them is erased" in card.words
    await minji.presses("🚪 Yes, remove", on=card)
    await minji.taps_again()
    assert ann.shows("The organizers have ended your access to this bot.")
    assert bora.count("Minji has removed Ann from the bot.") == 1
    assert "checkin" not in [name for name, _what in ann.commands]
    assert system.value("SELECT state FROM help_call") == "settled"
    await system.later(days=2)
    await ann.starts(code)
    assert ann.newest_with("🙋 Ask an organizer")
    await ann.presses("Ask an organizer")
    await bora.presses("Let in as a teacher")
    assert system.value("SELECT state FROM person WHERE name = 'Ann'") == "joining"
    assert recorded(system).count("person.removed") == 1
    await minji.sends("/invite")
    await minji.presses("Withdraw #1")
    await minji.presses("Yes, withdraw it")
    assert system.value("SELECT count(*) FROM help") == 1  # who was a member keeps what is theirs
    assert system.value("SELECT state FROM person WHERE name = 'Ann'") == "left"


async def test_a_removed_person_is_forgotten_later(system: System) -> None:
    minji = await system.organizer("Minji")
    await system.teacher("Ann")
    await opened(minji, "Ann")
    await minji.presses("🚪 Remove")
    await minji.presses("🚪 Yes, remove")
    await system.jumps_to("2025-08-16 22:00")
    await system.later(hours=3)
    assert system.value("SELECT count(*) FROM person WHERE name = 'Ann'") == 1
    await system.jumps_to("2025-08-19 12:00")
    await system.later(hours=3)
    assert system.value("SELECT count(*) FROM person WHERE name = 'Ann'") == 0


async def test_a_role_is_given_after_saying_what_it_may_see_and_the_others_hear_by_whom(system: System) -> None:
    minji, bora, ann = await system.organizer("Minji"), await system.organizer("Bora"), await system.teacher("Ann")
    await opened(minji, "Ann")
    card = minji.chat[-1]
    await minji.presses("🎖 Role", on=card)
    await minji.presses("🧭 Organizer", on=minji.chat[-1])
    assert "sees everybody's name" in minji.chat[-1].words
    await minji.presses("🎖 Yes, give the role")
    await minji.taps_again()
    assert bora.count("Minji has made Ann an organizer.") == 1
    assert ann.count("Minji has made you an organizer.") == 1
    assert "people" in [name for name, _what in ann.commands]
    assert recorded(system) == ["role.given"]
    await bora.presses("↩️ Take it back", on=bora.newest("Minji has made Ann"))
    await bora.presses("🎓 A teacher")
    assert system.value("SELECT role FROM person WHERE name = 'Ann'") == "teacher"


@pytest.mark.parametrize("what", ["remove", "transfer"])
async def test_owners_are_neither_removed_nor_moved(system: System, what: str) -> None:
    minji, owner = await system.organizer("Minji"), await system.owner()
    await opened(minji, owner.name)
    card = minji.chat[-1]
    assert not {"🚪 Remove", "📱 New phone", "🎖 Role"} & set(card.labels)
    number = system.value("SELECT id FROM person WHERE telegram_id = ?", owner.id)
    await minji.presses_payload(f"person2:{number}:0:0:{what}", on=card)
    await minji.presses_payload(f"person8:{number}:0:0", on=card)
    await minji.presses_payload(f"person9:{number}:0:0", on=card)
    await minji.presses_payload(f"role2:{number}:coordinator", on=card)
    assert system.value("SELECT state FROM person WHERE id = ?", number) == "active"
    assert system.rows("SELECT * FROM transfer") == []
    assert recorded(system) == []

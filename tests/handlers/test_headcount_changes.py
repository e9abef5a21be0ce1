"""What changes while a headcount is under way: departures, groups, who counts, and whether it is open."""

import sqlite3

from bot.programme.edits import Cancelled, Moved
from tests.handlers.test_headcount import HERE, counts, questions
from tests.kit import System, User

START = "▶️ Start the headcount"


async def moves(who: User, group: str) -> None:
    await who.sends("/me")
    await who.presses("👥 Group")
    await who.presses(group)


def _leaves_groups(connection: sqlite3.Connection, name: str) -> None:
    connection.execute("UPDATE person SET group_key = NULL WHERE name = ?", (name,))


async def test_one_tap_counts_in_every_headcount_that_expects_them(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    ann, _cy = await system.teacher("Ann", group="pamir"), await system.teacher("Cy", group="zarafshon")
    everyone, group = await counts(minji), await counts(bora, "▶️ Pamir")
    await ann.presses(HERE)
    assert "1 of 2 are here." in everyone.words
    assert "1 of 1 are here." in group.words


async def test_an_earlier_question_counts_in_the_headcount_of_now(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    await minji.presses("🏁 Close", on=await counts(minji))
    earlier = questions(ann)[0]
    await system.later(minutes=30)
    card = await counts(minji)
    await ann.presses(HERE, on=earlier)
    assert earlier.words == "✅ You are counted: 06:30."
    assert "1 of 1 are here." in card.words


async def test_an_old_page_of_a_roll_call_takes_back_no_own_tap(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    card = await counts(minji)
    await minji.presses("📋 Roll call", on=card)
    await minji.presses("⬜ Ann", on=card)
    payload = f"countmark1:1:{system.value('SELECT person_id FROM mark')}:0:0"
    await ann.presses(HERE)
    await minji.presses_payload(payload, card)
    assert minji.toast == ("✅ Ann is here.", False)
    assert "1 of 1 are here." in card.words


async def test_who_tapped_while_it_was_closed_is_asked_when_it_opens_again(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    card = await counts(minji)
    await minji.presses("🏁 Close", on=card)
    await ann.presses(HERE)
    assert ann.shows("This headcount is over already")
    await minji.presses("↩️ Open it again", on=card)
    assert minji.toast == ("🔔 1 person is being reminded.", False)
    assert questions(ann) == []
    await system.later(minutes=1)
    await ann.presses(HERE)
    assert "1 of 1 are here." in card.words
    await minji.presses("🏁 Close", on=card)
    await system.later(minutes=5)
    await minji.presses("↩️ Open it again", on=card)
    assert questions(ann) == []
    assert system.value("SELECT pings FROM headcount") == 1


async def test_who_leaves_the_group_and_comes_back_can_still_tap(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann", group="pamir")
    card = await counts(minji, "▶️ Pamir")
    question = questions(ann)[0]
    await moves(ann, "Zarafshon")
    await ann.presses(HERE, on=question)
    assert ann.toast is not None
    assert ann.toast[0].startswith("🌿 This headcount is of another group than yours now")
    await moves(ann, "Pamir")
    await ann.presses(HERE, on=question)
    assert "1 of 1 are here." in card.words


async def test_who_blocks_the_bot_after_their_tap_stays_counted(system: System) -> None:
    minji, ann, _bo = await system.organizer(), await system.teacher("Ann"), await system.teacher("Bo")
    card = await counts(minji)
    await ann.presses(HERE)
    await ann.blocks()
    assert "1 of 2 are here." in card.words
    await ann.unblocks()
    assert "1 of 2 are here." in card.words
    assert questions(ann) == []


async def test_who_has_no_group_is_shown_nobody_whom_they_may_not_name(system: System) -> None:
    minji = await system.organizer()
    ann, bo = await system.teacher("Ann"), await system.teacher("Bo")
    await system.teacher("Cy", group="zarafshon")
    for name in ("Ann", "Bo"):
        await system.write(_leaves_groups, name)
    await counts(minji)
    await ann.presses(HERE)
    await ann.presses("👥 Someone is with me")
    assert ann.chat[-1].labels == ["👤 Bo", "✖️ Nobody else"]
    await ann.presses("👤 Bo")
    assert bo.shows("Ann says that you are together")


async def test_a_buddy_who_erases_their_data_leaves_whom_they_spoke_for_counted(system: System) -> None:
    minji, ann, bo = await system.organizer(), await system.teacher("Ann"), await system.teacher("Bo")
    card = await counts(minji)
    await ann.presses(HERE)
    await ann.presses("👥 Someone is with me")
    await ann.presses("👤 Bo")
    await ann.erases_everything()
    assert "1 of 1 are here." in card.words
    await bo.presses("✋ That is not so")
    assert "0 of 1 are here." in card.words


async def test_a_departure_that_was_cancelled_or_has_left_is_not_counted_for(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    await system.jumps_to("2025-08-06 08:30")
    offer = minji.newest("🔢 08:45")
    await system.publishes(minji, Cancelled("bus-schools"))
    await minji.presses(START, on=offer)
    assert minji.toast == ("That is no longer here.", True)
    await system.publishes(minji, Cancelled("bus-schools", cancelled=False))
    await system.jumps_to("2025-08-09 12:00")
    await minji.presses(START, on=offer)
    assert minji.toast == ("That is no longer here.", True)
    assert questions(ann) == []


async def test_a_bus_that_was_moved_after_the_offer_is_offered_again(system: System) -> None:
    minji, bora, ann = await system.organizer("Minji"), await system.organizer("Bora"), await system.teacher("Ann")
    await system.jumps_to("2025-08-06 08:30")
    first = minji.newest("🔢 08:45")
    await system.publishes(bora, Moved("bus-schools", 120))
    await system.at("2025-08-06 10:30")
    second = minji.newest("🔢 10:45")
    await bora.presses(START, on=bora.newest("🔢 10:45"))
    await ann.presses(HERE)
    for card in (first, second):
        assert "🚌 10:45 ·" in card.words
        assert "1 of 1 are here." in card.words


async def test_who_was_at_the_stop_two_hours_ago_is_not_counted_as_at_the_moved_bus(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    await system.jumps_to("2025-08-06 08:30")
    card = minji.newest("🔢 08:45")
    await minji.presses(START, on=card)
    await ann.presses(HERE)
    await system.publishes(minji, Moved("bus-schools", 120))
    await system.at("2025-08-06 10:30")
    offer = minji.newest("🔢 10:45")
    await minji.presses(START, on=offer)
    assert "0 of 1 are here." in offer.words
    assert ann.newest("Are you on the bus").words.startswith("🔢 Headcount · 10:30\n🚌 10:45")
    assert [row["closed_at"] is None for row in system.rows("SELECT * FROM headcount ORDER BY id")] == [False, True]


async def test_a_headcount_that_nobody_closed_is_not_taken_for_the_next_departures(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    await system.jumps_to("2025-08-09 15:30")
    morning = await counts(minji)
    await ann.presses(HERE)
    await system.at("2025-08-09 17:30")
    offer = minji.newest("🔢 17:45")
    await minji.presses(START, on=offer)
    assert "0 of 1 are here." in offer.words
    assert "🏁 Closed at 17:30: Minji" in morning.words
    await ann.presses(HERE)
    assert "1 of 1 are here." in offer.words

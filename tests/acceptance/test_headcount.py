"""Thirty people and a bus: three phones are dead, a buddy speaks for one, two organizers hold the same card."""

from tests.kit import System

HERE = "🙋 I am here"


async def test_a_headcount_with_three_dead_phones_and_a_buddy(http_system: System) -> None:
    minji, bora = await http_system.organizer("Minji"), await http_system.organizer("Bora")
    farrukh = await http_system.teacher("Farrukh")
    sitora, umed, zarina = [await http_system.teacher(name) for name in ("Sitora", "Umed", "Zarina")]
    others = [await http_system.teacher(f"Teacher {number:02d}") for number in range(1, 9)]
    await http_system.jumps_to("2025-08-06 08:25")
    await http_system.at("2025-08-06 08:30")
    offers = [who.newest("🔢 08:45") for who in (minji, bora)]
    async with http_system.without_waiting():  # both press at the same moment
        await minji.presses("▶️ Start the headcount", on=offers[0])
        await bora.presses("▶️ Start the headcount", on=offers[1])
    first, second = offers
    assert "0 of 12 are here." in first.words
    assert "0 of 12 are here." in second.words
    async with http_system.without_waiting():  # on the bus everybody taps at once
        for who in (farrukh, *others):
            await who.presses(HERE)
    assert "9 of 12 are here." in first.words
    await farrukh.presses("👥 Someone is with me")
    await farrukh.presses("👤 Sitora")
    await bora.presses("📋 Roll call", on=second)
    await bora.presses("⬜ Umed", on=second)
    await bora.presses("⬜ Zarina", on=second)
    assert "12 of 12 are here.\n👆 own tap: 9 · 📋 roll call: 2 · 👥 a buddy's word: 1" in first.words
    await minji.presses("🏁 Close", on=first)
    assert "🏁 Closed at 08:30: Minji" in second.words
    assert sitora.shows("Farrukh says that you are together")
    await umed.presses(HERE)
    assert umed.shows("This headcount is over already")
    assert zarina.count("Are you on the bus") == 1
    assert len(http_system.rows("SELECT * FROM headcount")) == 1
    ways = http_system.rows("SELECT how, count(*) AS n FROM mark GROUP BY how ORDER BY how")
    assert [tuple(row.values()) for row in ways] == [("buddy", 1), ("roll call", 2), ("tap", 9)]


async def test_a_kill_in_the_middle_loses_no_tap_and_the_card_goes_on(http_system: System) -> None:
    minji = await http_system.organizer("Minji")
    teachers = [await http_system.teacher(f"Teacher {number:02d}") for number in range(1, 6)]
    await minji.sends("/headcount")
    await minji.presses("▶️ All teachers: 5")
    card = minji.chat[-1]
    for who in teachers[:3]:
        await who.presses(HERE)
    async with http_system.without_bot():
        await teachers[3].presses(HERE)
    assert "4 of 5 are here." in card.words
    await teachers[4].presses(HERE)
    assert "5 of 5 are here." in card.words
    assert len(http_system.rows("SELECT * FROM mark")) == 5

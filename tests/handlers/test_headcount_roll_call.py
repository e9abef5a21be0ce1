"""Phones are dead: an organizer calls the roll, and one teacher speaks for another."""

import pytest

from rehearsal.telegram import Message
from tests.kit import System, User

HERE = "🙋 I am here"


async def counts(organizer: User) -> Message:
    await organizer.sends("/headcount")
    await organizer.presses(organizer.chat[-1].labels[0])
    return organizer.chat[-1]


async def test_three_dead_phones_and_a_buddy(system: System) -> None:
    minji = await system.organizer()
    farrukh, sitora, _zarina, _umed = [await system.teacher(name) for name in ("Farrukh", "Sitora", "Zarina", "Umed")]
    card = await counts(minji)
    await farrukh.presses(HERE)
    await farrukh.presses("👥 Someone is with me")
    assert farrukh.chat[-1].labels == ["👤 Sitora", "👤 Umed", "👤 Zarina", "✖️ Nobody else"]
    await farrukh.presses("👤 Sitora")
    assert farrukh.toast == ("✅ Sitora is counted. Thank you!", False)
    assert farrukh.chat[-1].words == "✅ You are counted: 06:00."
    assert sitora.chat[-1].words == "👥 06:00 · Farrukh says that you are together, so you are counted."
    await minji.presses("📋 Roll call", on=card)
    assert card.labels == ["⬜ Umed", "⬜ Zarina", "⬅️ Who is missing"]
    await minji.presses("⬜ Umed", on=card)
    await minji.presses("⬜ Zarina", on=card)
    assert card.labels == ["✅ Umed", "✅ Zarina", "⬅️ Who is missing"]
    assert "4 of 4 are here.\n👆 own tap: 1 · 📋 roll call: 2 · 👥 a buddy's word: 1" in card.words
    await minji.presses("⬅️ Who is missing", on=card)
    await minji.presses("✅ Who is here", on=card)
    assert "2. Sitora · 06:00 · 👥 Farrukh\n3. Umed · 06:00 · 📋 Minji" in card.words


async def test_the_same_press_takes_it_back_and_the_earlier_mark_stays(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    await system.teacher("Umed")
    card = await counts(minji)
    await minji.presses("📋 Roll call", on=card)
    await minji.presses("⬜ Umed", on=card)
    assert minji.toast == ("✅ Umed is here.", False)
    await minji.taps_again()
    assert card.labels[0] == "✅ Umed"
    await minji.presses("✅ Umed", on=card)
    assert minji.toast == ("↩️ Umed is missing again.", False)
    assert "0 of 1" in card.words
    await bora.presses_payload("countmark1:1:3:1:0", card)
    marks = system.rows("SELECT m.state, m.how, p.name FROM mark m JOIN person p ON p.id = m.by_id ORDER BY m.id")
    assert [tuple(mark.values()) for mark in marks] == [
        ("present", "roll call", "Minji"),
        ("absent", "roll call", "Minji"),
        ("present", "roll call", "Bora"),
    ]


async def test_who_reads_that_it_is_not_so_is_missing_again(system: System) -> None:
    minji = await system.organizer()
    farrukh, sitora = await system.teacher("Farrukh"), await system.teacher("Sitora")
    card = await counts(minji)
    await farrukh.presses(HERE)
    await farrukh.presses("👥 Someone is with me")
    named = farrukh.chat[-1]
    await farrukh.presses("👤 Sitora", on=named)
    assert "2 of 2" in card.words
    await sitora.presses("✋ That is not so")
    await sitora.taps_again()
    assert "1 of 2" in card.words
    assert "1. Sitora · Pamir ✋ says: not with a buddy" in card.words
    await farrukh.presses_payload("countwith1:1:3", named)
    assert farrukh.toast == ("Only Sitora or an organizer can say that now.", True)
    await farrukh.presses("👥 Someone is with me")
    assert farrukh.toast == ("Nobody of your group is left to name.", False)
    await sitora.presses(HERE, on=sitora.chat[-1])
    assert "2 of 2" in card.words
    ways = system.rows("SELECT state, how FROM mark WHERE person_id = 3 ORDER BY id")
    assert [tuple(one.values()) for one in ways] == [("present", "buddy"), ("absent", "tap"), ("present", "tap")]


async def test_ones_own_tap_counts_more_than_a_buddys_word(system: System) -> None:
    minji = await system.organizer()
    farrukh, sitora = await system.teacher("Farrukh"), await system.teacher("Sitora")
    card = await counts(minji)
    question = sitora.newest_with(HERE)
    await farrukh.presses(HERE)
    await farrukh.presses("👥 Someone is with me")
    await farrukh.presses("👤 Sitora")
    word = sitora.chat[-1]
    await sitora.presses(HERE, on=question)
    assert "👆 own tap: 2" in card.words
    await sitora.presses("✋ That is not so", on=word)
    assert sitora.toast == ("There is nothing to take back.", False)
    assert "2 of 2" in card.words


async def test_a_buddy_names_only_who_is_of_the_group_and_after_their_own_tap(system: System) -> None:
    minji = await system.organizer()
    ann, bo = await system.teacher("Ann", group="pamir"), await system.teacher("Bo", group="zarafshon")
    await counts(minji)
    question = ann.newest_with(HERE)
    for payload in ("countwith1:1:3", "countwho1:1:0"):
        await ann.presses_payload(payload, question)
        assert ann.toast == ("Please say first that you are here yourself.", True)
    await ann.presses(HERE)
    await ann.presses("👥 Someone is with me")
    assert ann.toast == ("Nobody of your group is left to name.", False)
    await ann.presses_payload("countwith1:1:3", question)
    assert ann.toast == ("Only Bo or an organizer can say that now.", True)
    await bo.presses(HERE)
    await ann.presses_payload("countwith1:1:3", question)
    assert ann.toast == ("✅ Bo is counted already.", False)


async def test_a_buddy_turns_the_pages(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    for number in range(1, 13):
        await system.teacher(f"Teacher {number:02d}")
    await counts(minji)
    await ann.presses(HERE)
    await ann.presses("👥 Someone is with me")
    await ann.presses("More ›")
    assert ann.chat[-1].labels == ["👤 Teacher 11", "👤 Teacher 12", "‹ Back", "✖️ Nobody else"]
    await ann.presses("‹ Back")
    await ann.presses("✖️ Nobody else")
    assert ann.chat[-1].words == "✅ You are counted: 06:00."


@pytest.mark.parametrize("action", ["🏁 Close", "⬜ Umed"])
async def test_an_old_roll_call_of_somebody_who_has_left_or_of_a_closed_headcount(system: System, action: str) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    umed = await system.teacher("Umed")
    card = await counts(minji)
    await minji.presses("📋 Roll call", on=card)
    if action == "🏁 Close":
        await bora.sends("/headcount")
        await bora.presses("👀 All teachers: 0 of 1")
        await bora.presses(action)
        await minji.presses_payload("countmark1:1:3:1:0", card)
        assert minji.toast == ("This headcount is closed.", True)
    else:
        await umed.erases_everything()
        await minji.presses_payload("countmark1:1:3:1:0", card)
        assert minji.toast == ("This person is not expected here any more.", False)
    assert system.rows("SELECT * FROM mark") == []

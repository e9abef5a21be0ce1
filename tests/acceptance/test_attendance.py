"""A lecture: taps, a code on the screen, one that is forwarded outside and comes late, a roll call, a correction."""

import re

from rehearsal.telegram import Message
from tests.kit import System

HERE = "🙋 I am here"
OLD = "This code is already old; please look at the screen again"
SUBJECT = "attendance:sejong-2025:2025-08-04:korea-story"


def digits(screen: Message) -> str:
    """What people in the room read on it."""
    match = re.search(r"🔢 (\d) (\d) (\d) (\d) ·", screen.words)
    assert match is not None
    return "".join(match.groups())


async def test_a_code_that_is_forwarded_outside_and_comes_late(http_system: System) -> None:
    minji, bora = await http_system.organizer("Minji"), await http_system.organizer("Bora")
    ann, bo, cy, away = [await http_system.teacher(name) for name in ("Ann", "Bo", "Cy", "Away")]
    outsider = http_system.stranger("Outsider")
    await http_system.jumps_to("2025-08-04 11:10")
    await http_system.at("2025-08-04 11:15")
    await minji.sends("/code")
    screen = minji.chat[-1]
    picture, forwarded = screen.photo, digits(screen)
    await bora.sends("/attendance")
    await bora.presses("📋 11:15 Korea's path")
    card = bora.chat[-1]
    await ann.presses(HERE)
    await bo.sends(forwarded)  # who sits in the room
    assert "You are marked as present: 11:15." in bo.chat[-1].words
    async with http_system.without_bot():  # the code counts by when it was sent, whenever it is read
        await cy.sends(forwarded)
        await away.forwards(forwarded)
        http_system.passes("2025-08-04 11:17")
    assert "You are marked as present: 11:15." in cy.chat[-1].words
    assert digits(screen) != forwarded
    assert screen.photo != picture
    await bora.presses("✅ Present: 4", on=card)
    await bora.presses("2", on=card)
    await bora.presses("❌ Absent", on=card)  # Away was seen in the hotel
    await away.forwards(forwarded)
    await http_system.wait_idle()
    assert OLD in away.chat[-1].words
    await outsider.sends(forwarded)
    assert not outsider.shows("marked")
    await away.presses(HERE)
    assert away.toast == ("Bora has marked you as absent. If you are there, write the code on the screen.", True)
    assert "Now: absent\n\n❌ absent · 4 August 11:17 · 📋 Bora\n✅ present · 4 August 11:15 · code" in card.words
    await bora.presses("⬅️ Who is missing", on=card)
    assert (
        "3 of 4 are there.\n🔍 missing: 1\n👆 own tap: 1 · 🔢 code: 2\n\n🔍 Missing\n1. Away · Pamir · ❌" in card.words
    )
    await http_system.at("2025-08-04 12:15")
    assert "3 of 4 are there.\n🔍 missing: 1" in minji.newest("It is over").words
    rows = """
        SELECT p.name, m.state, m.how FROM mark AS m JOIN person AS p ON p.id = m.person_id
         WHERE m.subject = ? ORDER BY m.id
    """
    said = [tuple(row.values()) for row in http_system.rows(rows, SUBJECT)]
    assert sorted(said[1:4]) == [("Away", "present", "code"), ("Bo", "present", "code"), ("Cy", "present", "code")]
    assert (said[0], *said[4:]) == (("Ann", "present", "tap"), ("Away", "absent", "roll call"))


async def test_a_roll_call_and_its_correction_days_later(http_system: System) -> None:
    minji, _ann = await http_system.organizer("Minji"), await http_system.teacher("Ann")
    await http_system.jumps_to("2025-08-04 11:16")
    await minji.sends("/attendance")
    await minji.presses("📋 11:15 Korea's path")
    card = minji.chat[-1]
    await minji.presses("📋 Roll call", on=card)
    async with http_system.without_waiting():  # two taps
        await minji.presses("⬜ Ann", on=card)
        await minji.taps_again()
    assert "1 of 1 are there.\n📋 roll call: 1" in card.words
    await http_system.jumps_to("2025-08-06 20:00")
    await minji.sends("/attendance")
    await minji.presses("‹ 5 August")
    await minji.presses("‹ 4 August")
    await minji.presses("📋 11:15 Korea's path")
    later = minji.chat[-1]
    await minji.presses("✅ Present: 1", on=later)
    await minji.presses("1", on=later)
    await minji.presses("🕘 Late", on=later)
    assert "Now: late\n\n🕘 late · 6 August 20:00 · 📋 Minji\n✅ present · 4 August 11:16 · 📋 Minji" in later.words

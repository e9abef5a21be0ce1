"""/duty: who is on duty now and next; taking, giving, swapping and sharing shifts; notes; who leaves is off duty."""

from bot.access import Role
from tests.kit import System, User


def audited(system: System) -> list[tuple[str, int, str]]:
    rows = system.rows("SELECT action, person_id, subject FROM audit WHERE action LIKE 'duty.%' ORDER BY id")
    return [(row["action"], row["person_id"], row["subject"]) for row in rows]


def numbers(system: System, *people: User) -> list[int]:
    return [system.value("SELECT id FROM person WHERE telegram_id = ?", one.id) for one in people]


async def test_a_night_is_taken_with_two_taps_and_begins_with_a_word(system: System) -> None:
    minji, bora, teacher = await system.organizer("Minji"), await system.organizer("Bora"), await system.teacher("Ann")
    [m] = numbers(system, minji)
    await system.at("2025-08-04 21:00")
    screen = await minji.asks("/duty")
    assert "Nobody is on duty now: alerts ring for every organizer." in screen.words
    assert "⏭ Next, from 22:00: nobody" in screen.words
    assert "22:00–07:00 Night: —" in screen.words
    await minji.presses("✋ I am on duty: Night 4 August")
    assert minji.toast == ("✅ You are on duty: 1 shift.", False)
    assert "⏭ Next, from 22:00: Minji" in screen.words
    await minji.taps_again()
    assert audited(system) == [("duty.assigned", m, "2025-08-04:night")]

    # The day that is still on is Bora's; she leaves a note.
    other = await bora.asks("/duty")
    await bora.presses("✋ I am on duty: Day 4 August", on=other)
    await bora.presses("📝 Note for the next", on=other)
    await bora.sends("Room <12> has a fever")
    assert bora.shows("✅ Kept for Night 4 August.")
    await teacher.calls_for_help("I am lost")
    await system.at("2025-08-04 22:01")
    word = minji.newest("You are on duty now: Night, until 07:00.")
    assert "📝 Bora leaves you this:\nRoom <12> has a fever" in word.words
    assert "🆘 1 call for help is open: /open\n• Ann" in word.words
    assert word.silent, "it is quiet, and who has the night knows it"
    assert not bora.shows("You are on duty now"), "she took it while it was on"
    await minji.presses("🛎 The shift", on=word)
    assert "📝 Bora:\nRoom <12> has a fever" in word.words
    assert system.value("SELECT count(*) FROM duty_note") == 1
    await system.jumps_to("2025-08-08 12:00")
    assert system.value("SELECT count(*) FROM duty_note") == 0


async def test_colleagues_give_swap_and_share_by_one_tap_of_the_other(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    [m, b] = numbers(system, minji, bora)
    screen = await minji.asks("/duty")
    await minji.presses("✋ I am on duty: Day 4 August")
    await minji.presses("4 August", on=screen)
    await minji.presses("Day")
    await minji.presses("🤝 Give to …")
    await minji.presses("Bora")
    assert minji.toast == ("Bora is being asked.", False)
    await minji.taps_again()
    assert bora.count("Minji asks you to take Day 4 August, 07:00–22:00.") == 1
    await minji.presses_payload("dutyyes1:1:1", on=screen)
    assert minji.toast == ("That has changed meanwhile.", True), "who asks does not answer"
    await bora.presses("✅ Yes, I do")
    assert bora.shows("✅ You are on duty: Day 4 August, 07:00–22:00.")
    assert minji.shows("✅ Bora agrees: Day 4 August, 07:00–22:00.")
    await bora.taps_again()
    assert [row["person_id"] for row in system.rows("SELECT person_id FROM duty")] == [b]
    assert audited(system)[1:] == [("duty.released", m, "2025-08-04:day"), ("duty.assigned", b, "2025-08-04:day")]

    # Minji takes the nights, and swaps one of them for Bora's day; first Bora cannot.
    await minji.presses_payload("dutytake1:2025-08-05:night:1:1", on=screen)
    nights = system.value("SELECT count(*) FROM duty WHERE shift = 'night'")
    assert nights == 14
    for reply in ("I cannot", "✅ Yes, I do"):
        await minji.presses_payload("dutyswaps1:2025-08-05:night:0", on=screen)
        await minji.presses("Bora · Day 4 August", on=screen)
        assert "you take Night 5 August, 22:00–07:00, they take Day 4 August" in bora.chat[-1].words
        await bora.presses(reply)
    assert minji.shows("Bora cannot: Night 5 August, 22:00–07:00. It stays as it is.")
    assert minji.shows("✅ Bora agrees: Night 5 August, 22:00–07:00.")
    assert system.rows("SELECT date, shift FROM duty WHERE person_id = ? ORDER BY date", b) == [
        {"date": "2025-08-05", "shift": "night"}
    ]
    assert audited(system)[-1] == ("duty.swapped", b, "2025-08-05:night")

    # A second one, and what was asked of somebody who gave it away meanwhile.
    await minji.presses_payload("dutywho1:2025-08-06:night:join:0", on=screen)
    await minji.presses("Bora", on=screen)
    await bora.presses("✅ Yes, I do")
    await minji.presses_payload("dutyshift1:2025-08-06:night", on=screen)
    assert "👤 Minji\n👤 Bora" in screen.words
    await minji.presses_payload("dutyask1:2025-08-07:night:give:2", on=screen)
    await minji.presses_payload("dutyfree1:2025-08-06:night:1", on=screen)
    await bora.presses("✅ Yes, I do")
    assert bora.shows("That has changed meanwhile: Night 7 August")
    assert [row["date"] for row in system.rows("SELECT date FROM duty WHERE person_id = ?", m)] == ["2025-08-04"]


async def test_a_swap_takes_no_turn_away_from_who_shares_the_shift_by_then(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    screen, theirs = await minji.asks("/duty"), await bora.asks("/duty")
    await minji.presses_payload("dutytake1:2025-08-04:night:0:1", on=screen)
    await bora.presses_payload("dutytake1:2025-08-05:day:0:1", on=theirs)
    await minji.presses_payload("dutyswap1:1:2", on=screen)
    await bora.presses_payload("dutytake1:2025-08-04:night:0:1", on=theirs)
    await bora.presses("✅ Yes, I do")
    assert bora.shows("That has changed meanwhile: Night 4 August")
    assert system.value("SELECT count(*) FROM duty") == 3


async def test_an_owner_decides_at_once_and_others_do_not(system: System) -> None:
    owner, minji, bora = await system.owner(), await system.organizer("Minji"), await system.organizer("Bora")
    [m] = numbers(system, minji)
    screen = await owner.asks("/duty")
    await owner.presses("4 August", on=screen)
    await owner.presses("Night", on=screen)
    await owner.presses("➕ Add somebody …", on=screen)
    await owner.presses("Minji", on=screen)
    assert owner.toast == ("✅ Minji is on duty.", False)
    assert minji.shows("Owner has put you on duty: Night 4 August, 22:00–07:00.")
    theirs = await bora.asks("/duty")
    await bora.presses_payload(f"dutyoff1:2025-08-04:night:{m}", on=theirs)
    assert bora.toast == ("That has changed meanwhile.", False)
    await owner.presses("✖️ Minji", on=screen)
    assert minji.shows("Owner has taken you off duty: Night 4 August, 22:00–07:00.")
    assert audited(system) == [("duty.assigned", m, "2025-08-04:night"), ("duty.released", m, "2025-08-04:night")]
    await bora.presses_payload("dutyshift1:2025-08-04:noon", on=theirs)
    assert bora.toast == ("That has changed meanwhile.", True)
    await bora.presses_payload("dutytake1:2025-08-01:day:0:1", on=theirs)
    assert "This shift is over." in theirs.words
    assert system.rows("SELECT * FROM duty") == []


async def test_organizers_hear_in_time_that_nobody_has_the_next_shift(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    await system.at("2025-08-04 19:30")
    assert not bora.shows("Nobody has"), "where nobody uses duty nothing is said"
    await minji.sends("/duty")
    await minji.presses("✋ I am on duty: Day 4 August")
    assert bora.newest("⚠️ Nobody has Night 4 August, 22:00–07:00. Alerts will ring for all of you.")
    await bora.presses("✋ I take it")
    await system.at("2025-08-04 20:55")
    assert not bora.shows("Nobody has Day 5 August")
    await system.at("2025-08-04 21:01")  # before the quiet hours, not in the middle of the night
    assert minji.count("Nobody has Day 5 August, 07:00–22:00.") == 1
    await system.at("2025-08-04 23:00")
    await bora.presses_payload("dutyfree1:2025-08-04:night:0", on=bora.chat[-1])
    assert minji.shows("Nobody is on duty now: Night 4 August, 22:00–07:00. Alerts ring for all of you.")


async def test_who_blocks_the_bot_is_not_on_duty_while_that_lasts(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    await system.jumps_to("2025-08-04 09:00")
    await minji.sends("/duty")
    await minji.presses("✋ I am on duty: Day 4 August")
    await minji.blocks()
    assert bora.count("Nobody is on duty now: Day 4 August, 07:00–22:00.") == 1
    assert "Nobody is on duty now" in (await bora.asks("/duty")).words
    await minji.unblocks()
    await bora.presses("4 August", on=bora.chat[-1])
    assert "07:00–22:00 Day: Minji" in bora.chat[-1].words
    await system.later(minutes=5)
    assert bora.count("Nobody is on duty now: Day 4 August") == 1


async def test_who_loses_the_role_or_leaves_is_off_duty_and_the_others_hear(system: System) -> None:
    minji, bora, ann = await system.organizer("Minji"), await system.organizer("Bora"), await system.teacher("Ann")
    await system.jumps_to("2025-08-04 09:00")
    await ann.starts(await system.invitation(Role.ORGANIZER))
    await ann.presses("Accept")
    await ann.sends("/duty")
    await ann.presses("✋ I am on duty: Day 4 August")
    await ann.presses("✋ I am on duty: Night 4 August")
    await minji.presses("Take it back", on=minji.newest("Ann is an organizer now"))
    await minji.presses("🎓 A teacher")
    assert bora.shows("⚠️ Ann is not on duty any more.\n• Day 4 August, 07:00–22:00\n• Night 4 August, 22:00–07:00")
    assert system.rows("SELECT * FROM duty") == []

    await bora.sends("/duty")
    await bora.presses("✋ I am on duty: Day 4 August")
    await bora.presses("📝 Note for the next")
    await bora.sends("the key is at the desk")
    await minji.presses_payload("dutyask1:2025-08-04:night:join:2", on=minji.chat[-1])
    assert bora.shows("Minji asks you to be on duty as well: Night 4 August, 22:00–07:00.")
    await bora.erases_everything()
    assert [row["state"] for row in system.rows("SELECT state FROM duty_request")] == ["ended"]
    assert minji.shows("⚠️ Somebody who was on duty has left.\n• Day 4 August")
    for table in ("duty", "duty_note"):
        assert system.rows(f"SELECT * FROM {table}") == []


async def test_a_note_that_is_too_long_or_too_late_is_kept_for_nobody(system: System) -> None:
    minji = await system.organizer("Minji")
    await system.jumps_to("2025-08-04 09:00")
    await minji.sends("/duty")
    await minji.presses("✋ I am on duty: Night 4 August")
    await minji.presses_payload("dutynote1:2025-08-04:night", on=minji.chat[-1])
    await minji.sends("x" * 601)
    assert minji.shows("That is too long for a note: 600 characters at most.")
    await system.later(hours=2)
    await minji.sends("the key is at the desk")
    assert minji.shows("You wanted to leave a note for Night 4 August, but that was a while ago.")
    assert system.rows("SELECT * FROM duty_note") == []

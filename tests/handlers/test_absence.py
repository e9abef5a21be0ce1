"""Organizers hear who is missing, once, and say who is fine."""

from rehearsal.telegram import GroupChat, Message
from tests.kit import System, User

ALERT = "☀️ Morning check-in · Monday, 4 August"


def alerts(who: User) -> list[Message]:
    return [message for message in who.chat if "Morning check-in" in message.words]


async def test_one_alert_names_who_is_missing_and_who_cannot_be_reached(system: System) -> None:
    organizer = await system.organizer()
    prompt, _silent, blocked = [await system.teacher(name) for name in ("Prompt", "Silent", "Gone")]
    await blocked.blocks()
    await system.at("2025-08-04 08:15")
    await prompt.presses("✅ I am here")
    await system.at("2025-08-04 09:14")
    assert alerts(organizer) == []
    await system.at("2025-08-04 09:15")
    [alert] = alerts(organizer)
    assert alert.words == (
        f"{ALERT}\n1 of 3 has not answered.\n🚫 1 blocked the bot and was not asked.\n\n"
        "1. Silent · Pamir\n2. Gone · Pamir 🚫"
    )
    assert alert.labels == ["✉️ Silent", "✅ Silent is fine", "✅ Gone is fine", "🔄 Refresh"]
    await system.at("2025-08-04 13:00")
    assert len(alerts(organizer)) == 1


async def test_no_alert_when_everyone_has_answered(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await system.at("2025-08-04 08:15")
    await teacher.presses("✅ I am here")
    await system.at("2025-08-04 12:00")
    assert alerts(organizer) == []
    assert system.value("SELECT state FROM outbox WHERE kind = 'missing.alert'") == "cancelled"
    assert "✅ The 1 teacher has answered." in (await organizer.asks("/missing")).words


async def test_no_alert_when_nobody_could_be_asked(system: System) -> None:
    organizer = await system.organizer()
    await system.teacher()
    await system.jumps_to("2025-08-04 09:20")
    assert alerts(organizer) == []
    assert system.rows("SELECT * FROM outbox WHERE kind IN ('checkin.ask', 'checkin.nudge')") == []


async def test_accounted_for_is_seen_by_all_and_happens_once(system: System) -> None:
    anna, boris = await system.organizer("Anna"), await system.organizer("Boris")
    await system.teacher("Silent")
    await system.at("2025-08-04 09:15")
    await anna.presses("✅ Silent is fine")
    [first], [second] = alerts(anna), alerts(boris)
    assert "✅ 1 is accounted for.\n\n1. Silent · Pamir ✅ Anna knows" in first.words
    assert first.labels == ["✉️ Silent", "🔄 Refresh"]
    assert "1 of 1 has not answered" in second.words
    await boris.presses("✅ Silent is fine", on=second)
    assert boris.toast == ("✅ Silent: Anna knows.", False)
    assert "✅ Anna knows" in second.words
    assert system.rows("SELECT p.name FROM accounted a JOIN person p ON p.id = a.by_id") == [{"name": "Anna"}]


async def test_refresh_shows_what_happened_meanwhile(system: System) -> None:
    organizer, late = await system.organizer(), await system.teacher("Late")
    await system.at("2025-08-04 09:15")
    [alert] = alerts(organizer)
    await late.presses("✅ I am here")
    await organizer.presses("✅ Late is fine", on=alert)
    assert organizer.toast == ("Late has answered already.", False)
    assert "✅ The 1 teacher has answered." in alert.words
    assert alert.labels == ["🔄 Refresh"]


async def test_who_is_accounted_for_is_not_nudged(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher("Silent")
    await system.at("2025-08-04 08:20")
    await organizer.sends("/missing")
    await organizer.presses("✅ Silent is fine")
    await system.at("2025-08-04 12:00")
    assert not teacher.shows("we have not heard from you")
    assert len(alerts(organizer)) == 1


async def test_the_owner_is_alerted_too(system: System) -> None:
    owner = await system.owner()
    await system.teacher("Silent")
    await system.at("2025-08-04 09:15")
    assert len(alerts(owner)) == 1


async def test_a_long_list_is_paged(system: System) -> None:
    organizer = await system.organizer()
    for number in range(1, 19):
        await system.teacher(f"Teacher {number:02d}")
    await system.at("2025-08-04 09:15")
    [alert] = alerts(organizer)
    assert "8. Teacher 08" in alert.words
    assert "9." not in alert.words
    await organizer.presses("2 of 3 ›", on=alert)
    assert "9. Teacher 09" in alert.words
    await organizer.presses("✅ Teacher 10 is fine", on=alert)
    assert "10. Teacher 10 · Pamir ✅ Minji knows" in alert.words
    await organizer.presses("3 of 3 ›", on=alert)
    assert "18. Teacher 18" in alert.words
    await organizer.presses("‹ 2 of 3", on=alert)
    assert "9. Teacher 09" in alert.words


async def test_an_organizer_can_write_to_who_is_missing(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher("Silent")
    await system.at("2025-08-04 09:15")
    await organizer.presses("✉️ Silent")
    await organizer.sends("Are you on the bus?")
    assert "Are you on the bus?" in teacher.chat[-1].words


async def test_missing_before_the_first_check_in_and_on_buttons_that_nobody_made(system: System) -> None:
    organizer = await system.organizer()
    answer = await organizer.asks("/missing")
    assert "No check-in has opened yet" in answer.words
    for payload in ("missing2:2025-07-28:morning:0", "missing2:2025-08-04:noon:0", "found2:2025-08-04:noon:1:0"):
        await organizer.presses_payload(payload, answer)
    assert "No check-in has opened yet" in answer.words


async def test_teachers_see_nothing_of_this(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 09:15")
    answer = await teacher.asks("/missing")
    assert "has not answered" not in answer.words


async def test_on_the_evening_of_departure_nobody_is_asked_or_missed(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await system.jumps_to("2025-08-17 06:45")
    await teacher.presses("✅ I am here")
    shown, alerted = len(teacher.chat), len(organizer.chat)
    await system.at("2025-08-18 12:00")
    [reminder] = teacher.chat[shown:]
    assert reminder.words.startswith("🔔 Departure at 09:00")
    [also_reminded, offer] = organizer.chat[alerted:]
    assert also_reminded.words == reminder.words
    assert "It leaves soon. Count who is there?" in offer.words
    assert system.rows("SELECT * FROM outbox WHERE event LIKE '%2025-08-17:evening'") == []
    await teacher.sends("/checkin")
    assert "There are no more check-ins." in teacher.chat[-1].words


async def test_a_group_reads_no_names(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher("Silent")
    group = GroupChat(system.world, "All of us", members=[organizer, teacher])
    await system.at("2025-08-04 09:15")
    await organizer.sends("/missing", chat=group)
    assert group.chat[-1].words == "I speak with each of you in private."
    for payload in ("missing2:2025-08-04:morning:0", "found2:2025-08-04:morning:2:0"):
        await organizer.presses_payload(payload, on=group.chat[-1])
        assert organizer.toast == ("Please do this in our private chat.", True)
    assert "Silent" not in "".join(message.words for message in group.chat)
    assert system.rows("SELECT * FROM accounted") == []

"""Organizers hear who is missing, once, and say who is fine."""

from rehearsal.telegram import Account, Bubble
from tests.kit import House

ALERT = "☀️ Morning check-in · Monday, 4 August"


async def presses(house: House, who: Account, label: str, on: Bubble | None = None) -> None:
    await who.presses(label, on=on)
    await house.wait_idle()
    assert who.waiting_taps == 0


async def sends(house: House, who: Account, text: str) -> Bubble:
    await who.sends(text)
    await house.wait_idle()
    return who.chat[-1]


def alerts(who: Account) -> list[Bubble]:
    return [bubble for bubble in who.chat if "Morning check-in" in bubble.words]


async def test_one_alert_names_who_is_missing_and_who_cannot_be_reached(house: House) -> None:
    organizer = await house.organizer()
    prompt, _silent, blocked = [await house.teacher(name) for name in ("Prompt", "Silent", "Gone")]
    blocked.blocks()
    await house.at("2025-08-04 08:15")
    await presses(house, prompt, "✅ I am here")
    await house.at("2025-08-04 09:14")
    assert alerts(organizer) == []
    await house.at("2025-08-04 09:15")
    [alert] = alerts(organizer)
    assert alert.words == (
        f"{ALERT}\n1 of 3 has not answered.\n🚫 1 blocked the bot and was not asked.\n\n"
        "1. Silent · Pamir\n2. Gone · Pamir 🚫"
    )
    assert alert.labels == ["✉️ Silent", "✅ Silent is fine", "✅ Gone is fine", "🔄 Refresh"]
    await house.at("2025-08-04 13:00")
    assert len(alerts(organizer)) == 1


async def test_no_alert_when_everyone_has_answered(house: House) -> None:
    organizer, teacher = await house.organizer(), await house.teacher()
    await house.at("2025-08-04 08:15")
    await presses(house, teacher, "✅ I am here")
    await house.at("2025-08-04 12:00")
    assert alerts(organizer) == []
    assert house.value("SELECT state FROM outbox WHERE kind = 'missing.alert'") == "cancelled"
    assert "✅ The 1 teacher has answered." in (await sends(house, organizer, "/missing")).words


async def test_no_alert_when_nobody_could_be_asked(house: House) -> None:
    organizer = await house.organizer()
    await house.teacher()
    await house.jumps_to("2025-08-04 09:20")
    assert alerts(organizer) == []
    assert house.rows("SELECT * FROM outbox WHERE kind IN ('checkin.ask', 'checkin.nudge')") == []


async def test_accounted_for_is_seen_by_all_and_happens_once(house: House) -> None:
    anna, boris = await house.organizer("Anna"), await house.organizer("Boris")
    await house.teacher("Silent")
    await house.at("2025-08-04 09:15")
    await presses(house, anna, "✅ Silent is fine")
    [first], [second] = alerts(anna), alerts(boris)
    assert "✅ 1 is accounted for.\n\n1. Silent · Pamir ✅ Anna knows" in first.words
    assert first.labels == ["✉️ Silent", "🔄 Refresh"]
    assert "1 of 1 has not answered" in second.words
    await presses(house, boris, "✅ Silent is fine", second)
    assert boris.toast == ("✅ Silent: Anna knows.", False)
    assert "✅ Anna knows" in second.words
    assert house.rows("SELECT p.name FROM accounted a JOIN person p ON p.id = a.by_id") == [{"name": "Anna"}]


async def test_refresh_shows_what_happened_meanwhile(house: House) -> None:
    organizer, late = await house.organizer(), await house.teacher("Late")
    await house.at("2025-08-04 09:15")
    [alert] = alerts(organizer)
    await presses(house, late, "✅ I am here")
    await presses(house, organizer, "✅ Late is fine", alert)
    assert organizer.toast == ("Late has answered already.", False)
    assert "✅ The 1 teacher has answered." in alert.words
    assert alert.labels == ["🔄 Refresh"]


async def test_who_is_accounted_for_is_not_nudged(house: House) -> None:
    organizer, teacher = await house.organizer(), await house.teacher("Silent")
    await house.at("2025-08-04 08:20")
    await sends(house, organizer, "/missing")
    await presses(house, organizer, "✅ Silent is fine")
    await house.at("2025-08-04 12:00")
    assert not teacher.shows("we have not heard from you")
    assert len(alerts(organizer)) == 1


async def test_the_owner_is_alerted_too(house: House) -> None:
    owner = await house.owner()
    await house.teacher("Silent")
    await house.at("2025-08-04 09:15")
    assert len(alerts(owner)) == 1


async def test_a_long_list_is_paged(house: House) -> None:
    organizer = await house.organizer()
    for number in range(1, 19):
        await house.teacher(f"Teacher {number:02d}")
    await house.at("2025-08-04 09:15")
    [alert] = alerts(organizer)
    assert "8. Teacher 08" in alert.words
    assert "9." not in alert.words
    await presses(house, organizer, "2 of 3 ›", alert)
    assert "9. Teacher 09" in alert.words
    await presses(house, organizer, "✅ Teacher 10 is fine", alert)
    assert "10. Teacher 10 · Pamir ✅ Minji knows" in alert.words
    await presses(house, organizer, "3 of 3 ›", alert)
    assert "18. Teacher 18" in alert.words
    await presses(house, organizer, "‹ 2 of 3", alert)
    assert "9. Teacher 09" in alert.words


async def test_an_organizer_can_write_to_who_is_missing(house: House) -> None:
    organizer, teacher = await house.organizer(), await house.teacher("Silent")
    await house.at("2025-08-04 09:15")
    await presses(house, organizer, "✉️ Silent")
    await sends(house, organizer, "Are you on the bus?")
    assert "Are you on the bus?" in teacher.chat[-1].words


async def test_missing_before_the_first_check_in_and_on_buttons_that_nobody_made(house: House) -> None:
    organizer = await house.organizer()
    answer = await sends(house, organizer, "/missing")
    assert "No check-in has opened yet" in answer.words
    for payload in ("missing2:2025-07-28:morning:0", "missing2:2025-08-04:noon:0", "found2:2025-08-04:noon:1:0"):
        await organizer.presses_payload(payload, answer)
        await house.wait_idle()
    assert "No check-in has opened yet" in answer.words


async def test_teachers_see_nothing_of_this(house: House) -> None:
    teacher = await house.teacher()
    await house.at("2025-08-04 09:15")
    answer = await sends(house, teacher, "/missing")
    assert "has not answered" not in answer.words


async def test_on_the_evening_of_departure_nobody_is_asked_or_missed(house: House) -> None:
    organizer, teacher = await house.organizer(), await house.teacher()
    await house.jumps_to("2025-08-17 06:45")
    await presses(house, teacher, "✅ I am here")
    shown, alerted = len(teacher.chat), len(organizer.chat)
    await house.at("2025-08-18 12:00")
    assert (len(teacher.chat), len(organizer.chat)) == (shown, alerted)
    assert house.rows("SELECT * FROM outbox WHERE event LIKE '%2025-08-17:evening'") == []
    await teacher.sends("/checkin")
    await house.wait_idle()
    assert "There are no more check-ins." in teacher.chat[-1].words


async def test_a_group_reads_no_names(house: House) -> None:
    organizer, teacher = await house.organizer(), await house.teacher("Silent")
    group = house.world.group("All of us", members=[organizer, teacher])
    await house.at("2025-08-04 09:15")
    await organizer.sends("/missing", chat=group)
    await house.wait_idle()
    assert group.chat[-1].words == "I speak with each of you in private."
    for payload in ("missing2:2025-08-04:morning:0", "found2:2025-08-04:morning:2:0"):
        await organizer.presses_payload(payload, on=group.chat[-1])
        await house.wait_idle()
        assert organizer.toast == ("Please do this in our private chat.", True)
    assert "Silent" not in "".join(bubble.words for bubble in group.chat)
    assert house.rows("SELECT * FROM accounted") == []

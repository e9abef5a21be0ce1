"""Someone stays silent, someone is unwell: the organizers hear of it, once, and close it with a button."""

from tests.kit import System


async def test_who_stays_silent_is_nudged_then_missed_then_accounted_for(http_system: System) -> None:
    organizer = await http_system.organizer("Minji")
    silent = await http_system.teacher("Ҷамшед")
    prompt = await http_system.teacher("Ситора")
    await http_system.at("2025-08-04 08:16")
    await prompt.presses("✅ I am here")

    await http_system.at("2025-08-04 08:46")
    nudge = silent.chat[-1]
    assert "Ҷамшед" in nudge.text
    assert nudge.silent
    assert prompt.chat[-1].labels != nudge.labels, "who answered is left in peace"

    await http_system.at("2025-08-04 09:20")
    alert = organizer.chat[-1]
    assert "1 of 2 has not answered" in alert.text
    assert "Ҷамшед" in alert.text
    assert "Ситора" not in alert.text

    await organizer.presses("1 ✅", on=alert)
    [mark] = http_system.rows("SELECT slot, date FROM accounted")
    assert mark == {"slot": "morning", "date": "2025-08-04"}
    assert "accounted for" in alert.text
    await http_system.at("2025-08-04 12:00")
    assert http_system.value("SELECT count(*) FROM outbox WHERE kind = 'checkin.nudge'") == 1
    assert http_system.value("SELECT count(*) FROM outbox WHERE kind = 'missing.alert'") == 1


async def test_a_call_for_help_reaches_every_organizer_at_once_and_the_answer_comes_back(http_system: System) -> None:
    first, second = await http_system.organizer("Minji"), await http_system.organizer("Aziz")
    teacher = await http_system.teacher("Ҷамшед")
    await teacher.sends("/help")
    await teacher.presses("unwell")
    assert first.shows("Ҷамшед")
    assert second.shows("Ҷамшед")
    await first.presses("I'll take it")
    await first.presses("Write")
    await first.sends("I am coming to your room with a doctor.")
    assert teacher.shows("I am coming to your room with a doctor.")


async def test_a_low_mood_alerts_at_once(http_system: System) -> None:
    organizer, teacher = await http_system.organizer(), await http_system.teacher("Ҷамшед")
    await http_system.at("2025-08-04 20:31")
    await teacher.presses("😞")
    assert "Ҷамшед" in organizer.chat[-1].text

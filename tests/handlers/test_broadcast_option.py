"""When a message to many goes and how: at an hour of its own, which can be changed until then, and not twice."""

from rehearsal.telegram.account_media import picture
from tests.kit import System


async def test_it_waits_for_its_hour_and_goes_to_who_is_there_then(system: System) -> None:
    organizer, ann = await system.organizer("Minji"), await system.teacher("Ann")
    await system.at("2025-08-04 10:00")
    await organizer.drafts_broadcast("Good evening", "Teachers")
    card = organizer.chat[-1]
    await organizer.presses("🕘 When", on=card)
    assert "<code>" not in card.words
    wrong = await organizer.asks("tomorrow at nine")
    assert "I read a time only like this: 2025-08-04 12:00" in wrong.words
    late = await organizer.asks("2025-8-4 9:00")
    assert "That has passed already: Monday, 4 August, 09:00" in late.words
    card = await organizer.asks("2026-08-04T18:30")
    assert "🕘 It goes: Tuesday, 4 August (2026), 18:30 (Seoul)" in card.words, "a wrong year is seen"
    await organizer.presses("🕘 When", on=card)
    card = await organizer.asks("2025-08-04 18:30")
    assert "🕘 It goes: Monday, 4 August, 18:30 (Seoul) · Monday, 4 August, 14:30 (Dushanbe)" in card.words
    await organizer.presses("🕘 Schedule for 1", on=card)
    assert "🕘 Scheduled" in card.words
    assert system.rows("SELECT state FROM broadcast") == [{"state": "scheduled"}]
    await organizer.presses("✏️ Change it", on=card)
    assert "🕘 Schedule for 1" in card.labels
    await organizer.presses("🕘 Schedule for 1", on=card)
    await system.restarts()
    bo = await system.teacher("Bo")
    await system.at("2025-08-04 18:29")
    assert not ann.shows("Good evening")
    await system.at("2025-08-04 18:31")
    assert ann.shows("Good evening")
    assert bo.shows("Good evening"), "who came meanwhile is among the teachers"
    assert "📣 Sent" in card.words
    await organizer.presses_payload("unschedule1:1", card)
    assert organizer.toast == ("It is on its way already.", True)
    actions = [row["action"] for row in system.rows("SELECT action FROM audit WHERE action LIKE 'broadcast%'")]
    assert actions == ["broadcast.scheduled", "broadcast.scheduled"]


async def test_what_is_scheduled_can_be_dropped_and_an_hour_that_has_passed_is_not_used(system: System) -> None:
    organizer, ann = await system.organizer("Minji"), await system.teacher("Ann")
    await system.at("2025-08-04 10:00")
    card = await organizer.drafts_broadcast("Never mind", "Teachers")
    await organizer.presses("🕘 When", on=card)
    await organizer.presses("4 August, 12:00", on=card)
    await system.at("2025-08-04 12:05")
    await organizer.presses("🕘 Schedule for 1", on=card)
    assert organizer.toast == ("That hour has passed. Please choose another one, or now.", True)
    await organizer.presses("🕘 When", on=card)
    later = next(label for label in card.labels if "August" in label)
    await organizer.presses(later, on=card)
    await organizer.presses("🕘 Schedule for 1", on=card)
    await organizer.presses("✖️ Cancel", on=card)
    assert "Nothing was sent" in card.words
    await system.at("2025-08-05 23:00")
    assert not ann.shows("Never mind")


async def test_the_same_text_again_asks_first(system: System) -> None:
    organizer, bora, ann = await system.organizer("Minji"), await system.organizer("Bora"), await system.teacher("Ann")
    await organizer.drafts_broadcast("The bus is here", "Teachers")
    await organizer.presses("📣 Send to 1")
    card = await bora.drafts_broadcast("The bus is here", "Teachers")
    await bora.presses("📣 Send to 1", on=card)
    assert "The same was sent 1 minute ago (Minji). Really again?" in card.words
    assert ann.count("The bus is here") == 1
    await bora.presses("‹ Back", on=card)
    await bora.presses("📣 Send to 1", on=card)
    await bora.presses("📣 Yes, send to 1", on=card)
    assert ann.count("The bus is here") == 2


async def test_until_when_late_joiners_get_it_is_chosen_on_a_page(system: System) -> None:
    organizer = await system.organizer("Minji")
    await system.teacher("Ann")
    await system.at("2025-08-04 10:00")
    card = await organizer.drafts_broadcast("Wifi: sejong", "Teachers")
    await organizer.presses("🆕 Late joiners", on=card)
    await organizer.presses("Tomorrow", on=card)
    assert "🆕 Who joins until then gets it too: Wednesday, 6 August, 00:00 (Seoul)" in card.words
    assert system.value("SELECT valid_until FROM broadcast") == "2025-08-05T15:00:00.000Z"
    await organizer.presses("🆕 Late joiners", on=card)
    await organizer.presses("Not for them", on=card)
    assert system.value("SELECT valid_until FROM broadcast") is None


async def test_what_an_erased_organizer_had_planned_is_dropped_and_what_is_on_its_way_arrives(system: System) -> None:
    organizer, ann = await system.organizer("Zebulon"), await system.teacher("Ann")
    await system.organizer("Minji")
    await system.at("2025-08-04 10:00")
    await organizer.drafts_broadcast("secret draft", "Teachers")
    card = await organizer.drafts_broadcast("secret plan", "Teachers")
    await organizer.presses("🕘 When", on=card)
    await organizer.presses("4 August, 12:00", on=card)
    await organizer.presses("🕘 Schedule for 1", on=card)
    await organizer.sends("/broadcast")
    await organizer.presses("Teachers (1)")
    await organizer.sends_photo(picture(), "to all")
    await organizer.presses("⬜ Signed")
    card = organizer.chat[-1]
    await organizer.sends("/me")
    await organizer.presses("Erase my data")
    async with system.sending_stopped():
        await organizer.presses("📣 Send to 1", on=card)
        await organizer.presses("Erase without my name")
        await organizer.waits_for(lambda: organizer.shows("Everything about you is erased."))
    assert ann.chat[-1].caption == "to all", "without the name of who is gone"
    await system.at("2025-08-05 13:00")
    assert not ann.shows("secret")
    assert [row["state"] for row in system.rows("SELECT state FROM broadcast")] == ["dropped", "dropped", "finished"]
    assert system.rows("SELECT * FROM broadcast_version") == []
    assert system.rows("SELECT * FROM broadcast_part") == []

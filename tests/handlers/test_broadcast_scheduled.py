"""What becomes of a message to many between its schedule and its hour: edits, others, who came later, an outage."""

from rehearsal.telegram import Message
from tests.kit import System, User


async def scheduled(organizer: User, text: str, *, at: str = "4 August, 12:00", split: bool = False) -> Message:
    """The card of a message to all teachers that waits for its hour."""
    card = await organizer.drafts_broadcast(text, "Teachers (1)")
    if split:
        await organizer.presses("🌐 Languages", on=card)
        await organizer.presses("English", on=card)
        await organizer.presses("‹ Back", on=card)
    await organizer.presses("🕘 When", on=card)
    await organizer.presses(at, on=card)
    await organizer.presses("🕘 Schedule for 1", on=card)
    return card


async def test_an_edit_of_what_is_scheduled_says_so_and_one_of_what_is_dropped_says_nothing(system: System) -> None:
    minji, ann = await system.organizer("Minji"), await system.teacher("Ann")
    await system.at("2025-08-04 10:00")
    card = await scheduled(minji, "Old words")
    source = minji.newest("Old words")
    written = next(one for one in minji.chat if one.words == "Old words" and not one.from_bot)
    assert source is not written, "the preview is the bot's"
    await minji.edits(written, "New words")
    assert "It is scheduled with the words from before this change." in minji.chat[-1].words
    await minji.presses("✏️ Change it")
    await minji.edits(written, "Newer words")
    card = minji.newest_with("🕘 Schedule for 1")
    await minji.presses("🕘 Schedule for 1", on=card)
    await minji.presses("✖️ Cancel", on=card)
    shown = len(minji.chat)
    await minji.edits(written, "Newest words")
    assert len(minji.chat) == shown, "what was thrown away may change in silence"
    await system.at("2025-08-04 12:10")
    assert not ann.shows("words")


async def test_another_organizer_reads_and_drops_it_and_its_author_hears_of_it(system: System) -> None:
    minji, jun, ann = await system.organizer("Minji"), await system.organizer("Jun"), await system.teacher("Ann")
    await system.at("2025-08-04 10:00")
    card = await scheduled(minji, "Never mind")
    listed = await jun.asks("/broadcasts")
    await jun.presses("1", on=listed)
    opened = jun.newest("🕘 Scheduled")
    assert opened.labels == ["👁 What it says", "✖️ Cancel"], "only its author changes it"
    await jun.presses("👁 What it says", on=opened)
    assert jun.chat[-1].words == "Never mind"
    await jun.presses("✖️ Cancel", on=opened)
    await jun.taps_again()
    assert minji.count("🗑 Jun has dropped your scheduled message to many. Nothing was sent.") == 1
    await minji.presses("✏️ Change it", on=card)
    assert "Nothing was sent" in card.words
    await system.at("2025-08-04 12:10")
    assert not ann.shows("Never mind")


async def test_a_language_that_came_after_the_schedule_is_told_of_on_the_card(system: System) -> None:
    minji, ann = await system.organizer("Minji"), await system.teacher("Ann")
    await system.at("2025-08-04 10:00")
    card = await scheduled(minji, "Hello all", split=True)
    kim = await system.teacher("Kim", language="ko")
    await system.at("2025-08-04 12:05")
    assert ann.shows("Hello all")
    assert kim.shows("Hello all")
    assert "✅ 2 sent\n↪️ 한국어: 1 person got English." in card.words


async def test_whoever_was_away_at_its_hour_reads_that_it_did_not_go(system: System) -> None:
    minji, ann = await system.organizer("Minji"), await system.teacher("Ann")
    await system.at("2025-08-04 10:00")
    card = await scheduled(minji, "Too late")
    async with system.without_bot():
        system.passes("2025-08-06 12:30")
    await system.later(minutes=5)
    assert not ann.shows("Too late")
    assert "📣 Sent to nobody" in card.words
    assert "⚠️ 1 failed:\n1 × it took longer than a day" in card.words
    assert minji.count("⌛ Your scheduled message to many was not sent") == 1
    await system.restarts()
    await system.later(minutes=5)
    assert minji.count("⌛ Your scheduled message to many was not sent") == 1

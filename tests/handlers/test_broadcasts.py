"""/broadcasts: what was sent to many and what waits for its hour, with figures, by whom and to whom."""

from tests.kit import System


async def test_what_was_sent_is_listed_with_figures_and_opened_again(system: System) -> None:
    minji, jun = await system.organizer("Minji"), await system.organizer("Jun")
    ann = await system.teacher("Ann")
    await jun.sends("/broadcasts")
    assert jun.shows("No message to many has been sent yet. To write one: /broadcast")
    for number in range(1, 10):
        confirm = await minji.drafts_broadcast(f"Message {number}", "Teachers (1)")
        await minji.presses("📣 Send to 1", on=confirm)
        await system.later(minutes=1)
    listed = await jun.asks("/broadcasts")
    assert "1. Monday, 4 August, 06:08 (Seoul) · Teachers · Minji\n✅ 1 of 1" in listed.words
    assert listed.labels == ["1", "2", "3", "4", "5", "6", "7", "8", "2 of 2 ›"]
    await jun.presses("2 of 2 ›", on=listed)
    assert listed.labels == ["9", "‹ 1 of 2"]
    await jun.presses("9", on=listed)
    assert "📣 Sent\nTeachers · Minji" in listed.words
    await jun.presses("👁 What it says", on=listed)
    assert jun.chat[-1].words == "Message 1"
    await jun.presses("🗑 Take back", on=listed)
    await jun.presses("🗑 Yes, take it back", on=listed)
    await system.later(minutes=1)
    assert not ann.shows("Message 1")
    assert minji.shows("Jun has taken your message to many back.")
    await minji.presses("📣 Its card")
    assert minji.shows("📣 Taken back")
    listed = await jun.asks("/broadcasts")
    await jun.presses("2 of 2 ›", on=listed)
    assert "🗑 Taken back · ✅ 1 of 1" in listed.words


async def test_what_waits_for_its_hour_comes_first_and_can_be_dropped(system: System) -> None:
    minji, ann = await system.organizer("Minji"), await system.teacher("Ann")
    confirm = await minji.drafts_broadcast("Now", "Teachers (1)")
    await minji.presses("📣 Send to 1", on=confirm)
    confirm = await minji.drafts_broadcast("Later", "Teachers (1)")
    await minji.presses("🕘 When", on=confirm)
    await minji.sends("2025-08-05 09:00")
    await minji.presses("🕘 Schedule for 1")
    listed = await minji.asks("/broadcasts")
    assert "1. Tuesday, 5 August, 09:00 (Seoul) · Teachers · Minji\n🕘 Scheduled" in listed.words
    await minji.presses("1", on=listed)
    await minji.presses("✖️ Cancel")
    await system.at("2025-08-05 09:10")
    assert not ann.shows("Later")
    assert (await minji.asks("/broadcasts")).labels == ["1"]

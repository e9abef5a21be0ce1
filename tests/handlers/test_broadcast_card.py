"""What happens to a message to many after it was sent: it is paused, stopped, corrected, taken back, read."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rehearsal.telegram import Message
from tests.kit import System, User

BUS = "The bus leaves at 9"
GOT_IT = "“Got it” button"


async def sent(organizer: User, teachers: int, *options: str, text: str = BUS) -> Message:
    """The card of a broadcast to so many teachers, with these options."""
    card = await organizer.drafts_broadcast(text, f"Teachers ({teachers})")
    for option in options:
        await organizer.presses(option, on=card)
    await organizer.presses(f"📣 Send to {teachers}", on=card)
    return card


@asynccontextmanager
async def held(system: System, organizer: User, teachers: int, text: str) -> AsyncIterator[Message]:
    """The card of a broadcast of which nothing leaves inside of the block."""
    card = await organizer.drafts_broadcast(text, f"Teachers ({teachers})")
    async with system.sending_stopped():
        await organizer.presses(f"📣 Send to {teachers}", on=card)
        await organizer.waits_for(lambda: "On its way" in card.words)
        yield card


def audited(system: System) -> list[str]:
    rows = system.rows("SELECT action FROM audit WHERE action <> 'broadcast.sent' ORDER BY id")
    return [row["action"] for row in rows]


async def test_any_organizer_pauses_lets_go_on_and_stops_and_its_author_hears_of_it(system: System) -> None:
    minji, jun = await system.organizer("Minji"), await system.organizer("Jun")
    teachers = [await system.teacher(f"Teacher {number}") for number in range(1, 5)]
    async with held(system, minji, 4, BUS) as card:
        assert card.labels[:2] == ["⏸ Pause", "⏹ Stop"]
        await jun.sends("/broadcasts")
        await jun.waits_for(lambda: jun.shows("📣 Broadcasts"))
        listed = jun.newest("📣 Broadcasts")
        await jun.presses("1", on=listed)
        await jun.waits_for(lambda: "⏸ Pause" in listed.labels)
        await jun.presses("⏸ Pause", on=listed)
        await jun.waits_for(lambda: "Paused" in listed.words)
    await system.wait_idle()
    assert not any(teacher.shows("The bus") for teacher in teachers)
    assert "📣 Paused" in card.words
    assert card.labels[:2] == ["▶️ Go on", "⏹ Stop"]
    assert minji.shows("Jun has paused your message to many.")
    await jun.presses("▶️ Go on", on=listed)
    await system.later(minutes=1)
    assert all(teacher.shows("The bus") for teacher in teachers)
    assert "✅ 4 sent" in card.words
    assert system.value("SELECT state FROM broadcast") == "finished"
    async with held(system, minji, 4, "Nobody reads this") as second:
        await minji.presses("⏹ Stop", on=second)
        await minji.waits_for(lambda: "Stop" in second.words)
    await system.later(seconds=5)
    assert "📣 Stopped" in second.words
    assert "⏹ 4 not sent: stopped in time" in second.words
    assert not any(teacher.shows("Nobody") for teacher in teachers)
    assert audited(system) == ["broadcast.paused", "broadcast.resumed", "broadcast.stopped"]


async def test_a_correction_changes_what_arrived_and_what_has_not_left_goes_with_it(system: System) -> None:
    minji = await system.organizer("Minji")
    ann, bek = await system.teacher("Ann"), await system.teacher("Bek")
    card = await sent(minji, 2)
    bek.remove(bek.newest("The bus"))
    await minji.presses("✏️ Correct", on=card)
    await minji.sends("The bus leaves at <10>")
    assert ann.shows("leaves at 9"), "nothing changes before it is confirmed"
    await minji.presses("✏️ Change it on 2 phones")
    await system.later(minutes=1)
    assert [message.words for message in ann.chat if "bus" in message.words] == ["The bus leaves at <10>"]
    assert not bek.shows("The bus")
    assert "✏️ Corrected on 1 phone\n1 × deleted by its reader" in card.words
    assert [one.description for one in system.world.violations] == ["Bad Request: message to edit not found"]
    system.world.violations.clear()
    await minji.taps_again()
    assert audited(system) == ["broadcast.corrected"]
    async with held(system, minji, 2, "Old words") as second:
        await minji.presses("✏️ Correct", on=second)
        await minji.waits_for(lambda: len([one for one in minji.chat if "say instead" in one.words]) == 2)
        await minji.sends("New words")
        await minji.waits_for(lambda: "✏️ Change it on 0 phones" in minji.labels())
        await minji.presses("✏️ Change it on 0 phones")
        await minji.waits_for(lambda: bool(system.rows("SELECT 1 FROM fanout WHERE event LIKE 'broadcast:2:edit:%'")))
    await system.later(minutes=1)
    assert ann.shows("New words")
    assert not ann.shows("Old words")


async def test_it_is_taken_back_after_one_question(system: System) -> None:
    minji = await system.organizer("Minji")
    ann, bek = await system.teacher("Ann"), await system.teacher("Bek")
    card = await sent(minji, 2)
    await minji.presses("🗑 Take back", on=card)
    assert "disappear from 2 phones" in card.words
    await minji.presses("⬅️ Back", on=card)
    assert ann.shows("The bus")
    await bek.blocks()
    await minji.presses("🗑 Take back", on=card)
    await minji.presses("🗑 Yes, take it back", on=card)
    await system.later(minutes=1)
    assert not ann.shows("The bus")
    assert "📣 Taken back" in card.words
    assert "🗑 Deleted on 1 phone" in card.words
    assert "⚠️ 1 could not be deleted:\n1 × has blocked the bot" in card.words
    assert card.labels == ["👁 What it says"]
    assert audited(system) == ["broadcast.taken_back"]


async def test_what_is_older_than_two_days_is_not_taken_back(system: System) -> None:
    minji, ann = await system.organizer("Minji"), await system.teacher("Ann")
    card = await sent(minji, 1)
    await system.later(hours=49)
    assert "🗑 Take back" not in card.labels
    assert ann.count("The bus") == 1


async def test_readers_press_got_it_and_who_has_not_is_listed_and_written_to(system: System) -> None:
    minji = await system.organizer("Minji")
    ann, bek = await system.teacher("Ann"), await system.teacher("Bek <3")
    card = await sent(minji, 2, GOT_IT)
    message = ann.newest("The bus")
    assert message.labels == ["👍 Got it"]
    await ann.presses("👍 Got it", on=message)
    await ann.taps_again()
    assert message.labels == ["✅"]
    await system.later(seconds=5)
    assert "👍 Got it: 1 of 2" in card.words
    await minji.presses("👥 Who has not", on=card)
    assert card.words == "👥 1 person has not pressed Got it yet\n• Bek <3"
    await minji.presses("📣 Write to them", on=card)
    await minji.sends("Have you seen it?")
    await minji.presses("📣 Send to 1")
    assert bek.shows("Have you seen it?")
    assert not ann.shows("Have you seen it?")
    assert system.value("SELECT count(*) FROM broadcast_confirmation") == 1
    await ann.erases_everything()
    assert system.value("SELECT count(*) FROM broadcast_confirmation") == 0


async def test_a_correction_asks_for_got_it_again(system: System) -> None:
    minji, ann = await system.organizer("Minji"), await system.teacher("Ann")
    card = await sent(minji, 1, GOT_IT)
    await ann.presses("👍 Got it", on=ann.newest("The bus"))
    await system.later(seconds=5)
    assert "👍 Got it: 1 of 1" in card.words
    await minji.presses("✏️ Correct", on=card)
    await minji.sends("The bus leaves at 10")
    await minji.presses("✏️ Change it on 1 phone")
    await system.later(minutes=1)
    assert "👍 Got it: 0 of 1" in card.words
    message = ann.newest("leaves at 10")
    assert message.labels == ["👍 Got it"]
    await ann.presses("👍 Got it", on=message)
    await system.later(seconds=5)
    assert "👍 Got it: 1 of 1" in card.words


async def test_old_buttons_of_the_card_do_nothing_twice_and_are_recorded(system: System) -> None:
    minji, ann = await system.organizer("Minji"), await system.teacher("Ann")
    async with held(system, minji, 1, BUS) as card:
        await minji.presses("⏸ Pause", on=card)
        await minji.waits_for(lambda: "Paused" in card.words)
        await minji.presses_payload("stop1:1", card)  # "Cancel" of the question that has become the card
        await minji.waits_for(lambda: "Stop" in card.words)
    await system.later(seconds=5)
    assert not ann.shows("The bus")
    assert "⏹ 1 not sent: stopped in time" in card.words
    assert audited(system) == ["broadcast.paused", "broadcast.stopped"]
    card = await sent(minji, 1, GOT_IT, text="Have you?")
    await ann.presses("👍 Got it", on=ann.newest("Have you?"))
    await minji.presses_payload("bcact1:2:write", card)
    assert minji.toast == ("All whom I can reach have pressed it by now.", True)
    assert system.value("SELECT count(*) FROM broadcast") == 2
    for payload in ("bcact1:99:pause", "bcact1:99:write", "bcact1:99:words", "bcshow1:99:card:0", "bccorrect1:99:"):
        await minji.presses_payload(payload, card)
    assert audited(system) == ["broadcast.paused", "broadcast.stopped"]
    await minji.presses("🗑 Take back", on=card)
    await minji.presses("🗑 Yes, take it back", on=card)
    await system.later(minutes=1)
    assert card.labels == ["👁 What it says"]
    await ann.presses_payload("gotit1:2", await ann.asks("/today"))
    assert ann.toast == ("This message was taken back.", True)

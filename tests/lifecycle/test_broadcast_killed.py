"""A bot that is killed while it sends, corrects and takes back a broadcast: each goes on, and each is done once."""

from rehearsal.telegram import Account
from tests.lifecycle.process import LifecycleHarness, Process
from tests.soak import setup


async def presses(harness: LifecycleHarness, process: Process, organizer: Account, label: str) -> None:
    """Press the newest button that begins like this, as soon as it is there."""

    def shown() -> bool:
        return any(one.startswith(label) for message in organizer.chat for one in message.labels)

    await harness.until(shown, process)
    message = next(one for one in reversed(organizer.chat) if any(it.startswith(label) for it in one.labels))
    await organizer.presses(next(one for one in message.labels if one.startswith(label)), on=message)


def holds(harness: LifecycleHarness, query: str) -> bool:
    with setup.read_only(harness.database) as connection:
        return connection.execute(query).fetchone() is not None


async def test_a_kill_in_the_middle_of_sending_correcting_and_taking_back(harness: LifecycleHarness) -> None:
    organizer, teacher = Account(harness.telegram.world, "Minji", language_code="en"), harness.teacher
    harness.create_database()
    setup.add_members(harness.database, harness.seminar, [], [organizer])

    async def killed_once(process: Process, query: str) -> Process:
        await harness.until(lambda: holds(harness, query), process)
        await process.kill()
        process = await harness.start()
        await harness.ready(process)
        return process

    def count(words: str) -> int:
        return sum(one.words == words for one in teacher.chat)

    bot = await harness.start()
    await harness.ready(bot)
    await organizer.sends("/broadcast")
    await presses(harness, bot, organizer, "Teachers")
    await harness.until(lambda: any("Write it here" in one.words for one in organizer.chat), bot)
    await organizer.sends("The bus leaves at 9")
    await presses(harness, bot, organizer, "📣 Send to 1")
    bot = await killed_once(bot, "SELECT 1 FROM broadcast WHERE state = 'sending'")
    await harness.until(lambda: count("The bus leaves at 9") >= 1, bot)
    await presses(harness, bot, organizer, "✏️ Correct")
    await harness.until(lambda: any("say instead" in one.words for one in organizer.chat), bot)
    await organizer.sends("The bus leaves at 10")
    await presses(harness, bot, organizer, "✏️ Change it on")
    bot = await killed_once(bot, "SELECT 1 FROM fanout WHERE event LIKE 'broadcast:1:edit:%'")
    await harness.until(lambda: count("The bus leaves at 10") == 1, bot)
    await presses(harness, bot, organizer, "🗑 Take back")
    await presses(harness, bot, organizer, "🗑 Yes, take it back")
    bot = await killed_once(bot, "SELECT 1 FROM broadcast WHERE state = 'taken_back'")
    await harness.until(lambda: count("The bus leaves at 10") == 0, bot)
    await harness.until(lambda: any("📣 Taken back" in one.words for one in organizer.chat), bot)
    actions = "SELECT count(*) AS n FROM audit WHERE action LIKE 'broadcast%' HAVING n = 3"
    assert holds(harness, actions), "sent, corrected and taken back, once each"

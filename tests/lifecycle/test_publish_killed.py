"""A bot that is killed in the middle of publishing: one version, everybody is told, nothing is left half done."""

import sqlite3
from contextlib import closing

from bot.i18n import Locales
from rehearsal.telegram import Account
from tests.lifecycle.process import LifecycleHarness, Process
from tests.soak import setup

ENGLISH = Locales.load()["en"]
DAY = 2


async def presses(harness: LifecycleHarness, process: Process, organizer: Account, label: str) -> None:
    """Press a button as soon as it is there; a label may be the beginning of it."""

    def shown() -> str | None:
        return next((one for one in organizer.chat[-1].labels if one.startswith(label)), None)

    await harness.until(shown, process)
    found = shown()
    assert found is not None
    await organizer.presses(found)


def versions(harness: LifecycleHarness) -> int:
    with setup.read_only(harness.database) as connection:
        return int(connection.execute("SELECT max(number) FROM programme_version").fetchone()[0])


async def test_a_kill_in_the_middle_of_publishing(harness: LifecycleHarness) -> None:
    organizer = Account(harness.telegram.world, "Minji", language_code="en")
    harness.create_database()
    setup.add_members(harness.database, harness.seminar, [], [organizer])
    first = await harness.start()
    await harness.ready(first)
    await organizer.sends("/programme")
    day = harness.seminar.day(DAY)
    assert day is not None
    session = day.sessions[0]
    for label in (
        ENGLISH.short_day(harness.seminar.date_of(DAY)),
        f"{session.start:%H:%M} ",
        "+15",
        "📝 Draft: 1 change",
        "📣 Publish",
    ):
        await presses(harness, first, organizer, label)
    harness.telegram.opened.clear()  # the notice does not come back from Telegram
    await presses(harness, first, organizer, "✅ Publish")
    await harness.until(lambda: versions(harness) == 2, first)
    await first.kill()
    harness.telegram.opened.set()

    second = await harness.start()
    await harness.ready(second)
    await harness.until(lambda: any("The programme has changed" in one.words for one in harness.teacher.chat), second)
    await harness.until(lambda: any("Version 2 is published" in one.words for one in organizer.chat), second)
    assert versions(harness) == 2
    assert sum("The programme has changed" in one.words for one in harness.teacher.chat) <= 2
    with closing(sqlite3.connect(harness.database)) as connection:
        assert connection.execute("SELECT count(*) FROM programme_draft").fetchone() == (0,)
        notices = connection.execute("SELECT count(*) FROM outbox WHERE kind = 'programme.change'").fetchone()
    assert notices == (1,)

"""An occurrence whose hour is changed after it was scheduled: moved while nobody has it, and never sent twice."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.delivery.fanout import Fanout
from bot.store import fanout
from bot.store.fanout import Occurrence
from tests.delivery.conftest import START, DeliveryHarness, sample, texts


async def test_what_nobody_has_yet_follows_a_changed_hour_and_comes_once(harness: DeliveryHarness) -> None:
    moved: list[Occurrence] = [harness.occurrence()]
    harness.tasks[1].cancel()
    loop = Fanout(harness.db, harness.clock, sample, (lambda *_: moved,), harness.dispatcher.wake, chunk=7)
    harness.tasks[1] = asyncio.create_task(loop.run())
    later = START + timedelta(hours=2)
    async with asyncio.timeout(20):
        await loop.wait_idle()  # due, but nobody is there
        person = await harness.person()
        moved[0] = replace(moved[0], due_at=later, expires_at=later + timedelta(hours=1))
        await loop.wait_idle()
        assert texts(person) == []
        harness.clock.jump_to(later)
        await loop.wait_idle()
        await harness.dispatcher.wait_idle()
        assert len(texts(person)) == 1
        # What somebody has is not sent at a later hour again.
        moved[0] = replace(moved[0], due_at=later + timedelta(minutes=30))
        harness.clock.jump_to(later + timedelta(minutes=45))
        await loop.wait_idle()
        await harness.dispatcher.wait_idle()
    assert len(texts(person)) == 1


async def test_what_was_erased_of_an_occurrence_does_not_come_back_while_its_hour_stays(
    harness: DeliveryHarness,
) -> None:
    """The arguments may name an owner (`bot.store.me`)."""
    planned = harness.occurrence(due_at=START + timedelta(hours=1))
    await harness.schedule(planned)
    await harness.db.write(lambda c: c.execute("UPDATE fanout SET data = '{}'") and None)
    await harness.db.write(lambda c: fanout.reschedule(c, [planned]))
    assert await harness.db.read(lambda c: c.execute("SELECT data FROM fanout").fetchone()[0]) == "{}"

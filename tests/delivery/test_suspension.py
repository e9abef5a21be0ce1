"""Occurrences that are suspended, resumed or called off while their rows wait."""

from datetime import timedelta

from bot.store import fanout, suspension
from tests.delivery.conftest import DeliveryHarness, texts


async def suspend(harness: DeliveryHarness) -> bool:
    return await harness.db.write(suspension.suspend, event="party")


async def resume(harness: DeliveryHarness) -> bool:
    done = await harness.db.write(suspension.resume, event="party")
    harness.fanout.wake()
    return done


async def test_nothing_of_a_suspended_occurrence_leaves_and_all_of_it_after_that(harness: DeliveryHarness) -> None:
    people = [await harness.person(f"p{n}") for n in range(20)]
    harness.dispatcher.halt("hold")
    await harness.schedule(harness.occurrence())
    await harness.fanout.wait_idle()
    assert await suspend(harness)
    assert not await suspend(harness), "twice is once"
    harness.dispatcher.resume("hold")
    await harness.wait_idle()
    assert {len(texts(one)) for one in people} == {0}
    assert await harness.rows("DISTINCT state, next_at") == [("due", "9999-12-31T23:59:59.999Z")]
    assert harness.dispatcher.next_at is None
    # Its rows keep nobody waiting, and are not carried along by what is urgent.
    await harness.enqueue(harness.draft(people[3], "note"))
    await harness.wait_idle()
    assert texts(people[3]) == ["note p3"]
    assert await harness.rows("DISTINCT priority", "event = 'party'") == [(50,)]
    await harness.stop()
    await harness.start()
    await harness.wait_idle()
    assert texts(people[5]) == [], "a restart does not resume"
    assert await resume(harness)
    assert not await resume(harness), "twice is once"
    await harness.until_sent()
    assert {len(texts(one)) for one in people} == {1, 2}
    assert await harness.rows("DISTINCT state, attempts") == [("sent", 1)]


async def test_people_whom_the_fan_out_had_not_come_to_wait_as_well(harness: DeliveryHarness) -> None:
    people = [await harness.person(f"p{n}") for n in range(20)]
    await harness.schedule(harness.occurrence(due_at=harness.clock.now() + timedelta(minutes=1)))
    await harness.wait_idle()
    assert await suspend(harness)
    harness.clock.jump_to(harness.clock.now() + timedelta(minutes=2))
    await harness.wait_idle()
    assert await harness.rows() == []
    await resume(harness)
    await harness.until_sent()
    assert {len(texts(one)) for one in people} == {1}


async def test_a_resumed_row_is_as_urgent_as_what_waits_behind_it(harness: DeliveryHarness) -> None:
    teacher = await harness.person("")
    harness.dispatcher.halt("hold")
    await harness.schedule(harness.occurrence())
    await harness.fanout.wait_idle()
    await suspend(harness)
    harness.dispatcher.resume("hold")
    await harness.wait_idle()
    harness.dispatcher.halt("hold")
    await harness.enqueue(harness.draft(teacher, "note"))
    await resume(harness)
    await harness.fanout.wait_idle()
    assert await harness.rows("priority") == [(25,), (25,)]
    harness.dispatcher.resume("hold")
    await harness.until_sent()
    assert texts(teacher) == ["party", "note"]


async def test_what_is_suspended_for_too_long_expires(harness: DeliveryHarness) -> None:
    await harness.person("Ann")
    await harness.schedule(harness.occurrence(due_at=harness.clock.now() + timedelta(minutes=1)))
    await suspend(harness)
    harness.clock.jump_to(harness.clock.now() + timedelta(hours=2))
    await harness.wait_idle()
    assert await harness.rows() == []
    ended = await harness.db.read(lambda c: c.execute("SELECT done_at IS NOT NULL FROM fanout").fetchone()[0])
    assert ended == 1


async def test_what_is_called_off_ends_page_by_page_also_what_was_suspended(harness: DeliveryHarness) -> None:
    people = [await harness.person(f"p{n}") for n in range(20)]
    harness.dispatcher.halt("hold")
    await harness.schedule(harness.occurrence())
    await harness.fanout.wait_idle()
    await suspend(harness)
    harness.dispatcher.resume("hold")
    await harness.wait_idle()
    now = harness.clock.now()
    assert await harness.db.write(suspension.call_off, event="party", now=now)
    assert not await harness.db.write(suspension.call_off, event="party", now=now), "twice is once"
    assert not await resume(harness), "what was called off does not go on"
    await harness.wait_idle()
    assert await harness.rows("DISTINCT state") == [("cancelled",)]
    assert {len(texts(one)) for one in people} == {0}


async def test_rows_set_aside_are_released_in_pages_from_the_first_again(harness: DeliveryHarness) -> None:
    for number in range(10):
        await harness.person(f"p{number}")
    harness.tasks[1].cancel()
    await harness.schedule(harness.occurrence())
    harness.dispatcher.halt("hold")
    while (chunk := await harness.db.write(fanout.fan_out, now=harness.clock.now(), size=4)) and not chunk.done:
        pass
    for _ in range(2):
        await suspend(harness)
        harness.dispatcher.resume("hold")
        await harness.dispatcher.wait_idle()
        assert await harness.rows("count(*)", "next_at > '9'") == [(10,)]
        harness.dispatcher.halt("hold")
        assert await resume(harness)
        assert await harness.db.write(suspension.release, now=harness.clock.now(), size=4)
        assert await harness.rows("count(*)", "next_at > '9'") == [(6,)]
    left = 6
    while await harness.db.write(suspension.release, now=harness.clock.now(), size=4):
        assert await harness.rows("count(*)", "next_at > '9'") == [(max(0, left - 4),)]
        left -= 4

"""How a bot ends: when it is asked to, and when its token is taken away."""

from tests.lifecycle.process import SHORT, LifecycleHarness


async def test_sigterm_lets_what_is_under_way_arrive(harness: LifecycleHarness) -> None:
    harness.create_database()
    harness.message("On its way")
    harness.telegram.opened.clear()
    process = await harness.start()
    await harness.until(lambda: harness.telegram.held, process)
    assert harness.state() == "sending"
    process.terminate()
    harness.telegram.opened.set()
    assert await process.end() == 0
    assert harness.state() == "sent"
    assert [message.text for message in harness.teacher.chat] == ["On its way"]
    assert "Hamroh has stopped." in process.said


async def test_what_telegram_does_not_answer_in_time_is_known_as_unclear_after_the_next_start(
    harness: LifecycleHarness,
) -> None:
    harness.create_database()
    harness.message("Held up")
    harness.telegram.opened.clear()
    process = await harness.start(*SHORT)
    await harness.until(lambda: harness.telegram.held, process)
    process.terminate()
    assert await process.end() == 0
    assert harness.state() == "sending"
    harness.telegram.opened.set()
    again = await harness.start()
    await harness.until(lambda: harness.state() == "sent", again)
    assert len(harness.teacher.chat) == 2, "it had arrived, which the bot could not know: one copy is what that costs"


async def test_a_token_that_is_revoked_ends_it_with_one_sentence(harness: LifecycleHarness) -> None:
    process = await harness.start()
    await harness.ready(process)
    harness.telegram.world.token = "1:another"
    harness.telegram.world.push("message", {})  # the poll that waits comes to its end
    assert await process.end() == 1
    assert "Telegram does not accept the token" in process.said
    assert "Traceback" not in process.said

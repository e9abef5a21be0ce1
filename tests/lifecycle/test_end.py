"""How a bot ends: when it is asked to, and when its token is taken away."""

from tests.lifecycle.process import Shore


async def test_sigterm_lets_what_is_under_way_arrive(shore: Shore) -> None:
    shore.move_in()
    shore.message("On its way")
    shore.telegram.opened.clear()
    process = await shore.begin()
    await shore.until(lambda: shore.telegram.held, process)
    assert shore.state() == "sending"
    process.terminate()
    shore.telegram.opened.set()
    assert await process.end() == 0
    assert shore.state() == "sent"
    assert [bubble.text for bubble in shore.teacher.chat] == ["On its way"]
    assert "Hamroh has stopped." in process.said


async def test_what_telegram_does_not_answer_in_time_is_known_as_unclear_after_the_next_start(shore: Shore) -> None:
    shore.move_in()
    shore.message("Held up")
    shore.telegram.opened.clear()
    process = await shore.begin()
    await shore.until(lambda: shore.telegram.held, process)
    process.terminate()
    assert await process.end() == 0
    assert shore.state() == "sending"
    shore.telegram.opened.set()
    again = await shore.begin()
    await shore.until(lambda: shore.state() == "sent", again)
    assert len(shore.teacher.chat) == 2, "it had arrived, which the bot could not know: one copy is what that costs"


async def test_a_token_that_is_revoked_ends_it_with_one_sentence(shore: Shore) -> None:
    process = await shore.begin()
    await shore.ready(process)
    shore.telegram.world.token = "1:another"
    shore.telegram.world.push("message", {})  # the poll that waits comes to its end
    assert await process.end() == 1
    assert "Telegram does not accept the token" in process.said
    assert "Traceback" not in process.said

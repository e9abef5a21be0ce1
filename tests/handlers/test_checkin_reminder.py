"""One quiet reminder of a check-in, and none for who has answered."""

from tests.kit import System


async def test_one_quiet_nudge_and_none_for_who_has_answered(system: System) -> None:
    prompt, silent = await system.teacher("Prompt"), await system.teacher("Silent")
    await system.at("2025-08-04 08:15")
    await prompt.presses("✅ I am here")
    await system.at("2025-08-04 08:45")
    nudge = silent.chat[-1]
    assert "we have not heard from you this morning" in nudge.words
    assert nudge.silent
    assert not prompt.shows("we have not heard from you")
    await silent.presses("✅ I am here", on=nudge)
    assert "You are here" in nudge.words
    await system.at("2025-08-04 12:00")
    assert system.value("SELECT count(*) FROM outbox WHERE kind = 'checkin.nudge'") == 1


async def test_an_answer_takes_back_a_question_and_a_nudge_that_have_not_left(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 08:14")
    # A nudge that waits, as it does while Telegram has paused the chat.
    await system.write(
        lambda connection: connection.execute(
            "INSERT INTO outbox (key, event, kind, chat_id, person_id, priority, data, due_at, next_at, expires_at,"
            " created_at) SELECT 'nudge:2025-08-04:morning:person-' || id, 'nudge:2025-08-04:morning',"
            " 'checkin.nudge', telegram_id, id, 40,"
            """ '{"seminar":"sejong-2025","date":"2025-08-04","slot":"morning"}',"""
            " '2025-08-03T23:50:00.000Z',"
            " '2025-08-03T23:50:00.000Z', '2025-08-04T00:15:00.000Z', '2025-08-03T23:00:00.000Z' FROM person"
        )
    )
    await system.at("2025-08-04 08:20")
    await teacher.presses("✅ I am here")
    assert system.value("SELECT state FROM outbox WHERE kind = 'checkin.nudge'") == "cancelled"


async def test_an_answer_to_the_reminder_leaves_no_live_button_behind(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 08:50")
    first, reminder = [one for one in teacher.chat if "✅ I am here" in one.labels]
    await teacher.presses("✅ I am here", on=reminder)
    for card in (first, reminder):
        assert card.words.startswith("✅ You are here")
        assert card.labels == ["🆘 I need help"]
    await system.at("2025-08-04 21:10")
    evening = [one for one in teacher.chat if "😄" in one.labels]
    assert len(evening) == 2
    await teacher.presses("😄", on=evening[0])
    assert [one.words.startswith("🌙 Your day: 😄 5 of 5") for one in evening] == [True, True]

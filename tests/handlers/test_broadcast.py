"""An organizer writes to many, sees it first, watches it go, and can stop it."""

from tests.kit import System


async def test_from_the_command_to_every_phone_with_one_blocked(system: System) -> None:
    organizer = await system.organizer()
    teachers = [await system.teacher(f"Teacher {number}") for number in range(1, 31)]
    teachers[4].blocked = True  # the bot does not know it yet
    question = await organizer.asks("/broadcast")
    assert question.labels[:2] == ["Everyone (31)", "Teachers (30)"]
    assert "Pamir (30)" in question.labels
    await organizer.presses("Teachers (30)", on=question)
    assert "To all 30 teachers." in question.words
    confirm = await organizer.asks("The bus leaves at <b>9:00</b> & waits for nobody")
    preview = organizer.chat[-2]
    assert preview.words == "The bus leaves at <b>9:00</b> & waits for nobody"
    assert preview.labels == []
    assert "To all 30 teachers." in confirm.words
    await organizer.presses("📣 Send to 30", on=confirm)
    assert confirm.words == (
        "📣 Sent\nTeachers · Minji\n▓▓▓▓▓▓▓▓▓▓ 30 of 30\n✅ 29 sent\n🚫 1 person has blocked the bot"
    )
    assert confirm.labels == ["✏️ Correct", "🗑 Take back", "👁 What it says"]
    for teacher in teachers[:4] + teachers[5:]:
        assert teacher.chat[-1].words == preview.words
    assert not teachers[4].shows("The bus")
    assert system.value("SELECT state FROM broadcast") == "finished"


async def test_who_has_blocked_the_bot_is_counted_apart_before_it_goes(system: System) -> None:
    organizer = await system.organizer()
    await system.teacher()
    gone = await system.teacher("Gone")
    await gone.blocks()
    confirm = await organizer.drafts_broadcast("Hello", "Teachers (1)")
    assert "To 1 teacher. 🚫 1 more has blocked the bot." in confirm.words
    await organizer.presses("📣 Send to 1", on=confirm)
    assert "✅ 1 sent\n🚫 1 person has blocked the bot" in confirm.words


async def test_a_group_gets_it_and_no_other(system: System) -> None:
    organizer = await system.organizer()
    first, second = system.seminar.groups[0], system.seminar.groups[1]
    inside, outside = await system.teacher("In", group=first.key), await system.teacher("Out", group=second.key)
    confirm = await organizer.drafts_broadcast("For Pamir", f"{first.title.get('en')} (1)")
    assert "To 1 person of Pamir." in confirm.words
    await organizer.presses("📣 Send to 1")
    assert inside.shows("For Pamir")
    assert not outside.shows("For Pamir")


async def test_confirming_twice_sends_once(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await organizer.drafts_broadcast("Only once", "Teachers")
    await organizer.presses("📣 Send to 1")
    await organizer.taps_again()
    assert sum(message.words == "Only once" for message in teacher.chat) == 1
    assert system.value("SELECT count(*) FROM outbox WHERE kind = 'broadcast'") == 1


async def test_stopping_calls_back_what_has_not_left(system: System) -> None:
    organizer = await system.organizer()
    teachers = [await system.teacher(f"Teacher {number}") for number in range(1, 6)]
    confirm = await organizer.drafts_broadcast("Wait", "Teachers")
    async with system.sending_stopped():
        await organizer.presses("📣 Send to 5", on=confirm)
        await organizer.waits_for(lambda: "On its way" in confirm.words)
        assert "░░░░░░░░░░ 0 of 5" in confirm.words
        await organizer.presses("⏹ Stop", on=confirm)
        await organizer.waits_for(lambda: "Stopped" in confirm.words)
    assert confirm.words == "📣 Stopped\nTeachers · Minji\n▓▓▓▓▓▓▓▓▓▓ 5 of 5\n✅ 0 sent\n⏹ 5 not sent: stopped in time"
    assert not any(teacher.shows("Wait") for teacher in teachers)
    assert system.value("SELECT state FROM broadcast") == "stopped"


async def test_an_audience_of_nobody_is_said_at_once_and_another_offered(system: System) -> None:
    organizer = await system.organizer()
    question = await organizer.asks("/broadcast")
    await organizer.presses("Teachers (0)", on=question)
    assert question.words == "📭 Nobody would get it there right now. Who else should get it?"
    assert question.labels[:2] == ["Everyone (1)", "Teachers (0)"]
    await system.teacher()
    await organizer.presses("Teachers (0)", on=question)
    assert "To 1 teacher." in question.words


async def test_when_the_last_reader_has_gone_the_text_stays_for_others(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await organizer.sends("/broadcast")
    await organizer.presses("Teachers (1)")
    await teacher.blocks()
    question = await organizer.asks("Is anybody here?")
    assert "Nobody would get it there" in question.words
    await organizer.presses("Everyone (1)", on=question)
    assert "To 1 person." in question.words
    await organizer.presses("📣 Send to 1", on=question)
    assert organizer.chat[-1].words == "Is anybody here?"


async def test_buttons_of_a_broadcast_that_has_ended(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await organizer.drafts_broadcast("Hello", "Teachers")
    question = next(message for message in organizer.chat if "✖️ Cancel" in message.labels)
    card = organizer.chat[-1]
    await organizer.presses("📣 Send to 1", on=card)
    for payload in ("audience1:1:all:", "audience1:77:all:", "audience1:1:group:nobody", "stop1:1", "stop1:77"):
        await organizer.presses_payload(payload, question)
    assert sum(message.words == "Hello" for message in teacher.chat) == 1
    assert system.value("SELECT state FROM broadcast") == "finished"


async def test_teachers_and_coordinators_cannot_broadcast(system: System) -> None:
    for who in (await system.teacher(), await system.coordinator()):
        await who.sends("/broadcast")
    assert system.rows("SELECT * FROM broadcast") == []

"""An organizer writes to many, sees it first, watches it go, and can stop it."""

from functools import partial

from tests.kit import System
from tests.kit.media import PIXEL


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
    assert confirm.words == ("📣 Sent\n▓▓▓▓▓▓▓▓▓▓ 30 of 30\n✅ 29 sent\n🚫 1 person has blocked the bot")
    assert confirm.labels == []
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


async def test_formatting_reaches_recipients(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await organizer.sends("/broadcast")
    await organizer.presses("Teachers (1)")
    await organizer.sends_content(text="Bring 5 < 6 pens", entities=[{"type": "bold", "offset": 0, "length": 5}])
    await organizer.presses("📣 Send to 1")
    got = teacher.chat[-1]
    assert got.text == "Bring 5 < 6 pens"
    assert [(one["type"], one["offset"], one["length"]) for one in got.entities] == [("bold", 0, 5)]


async def test_confirming_twice_sends_once(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await organizer.drafts_broadcast("Only once", "Teachers")
    await organizer.presses("📣 Send to 1")
    await organizer.taps_again()
    assert sum(message.words == "Only once" for message in teacher.chat) == 1
    assert system.value("SELECT count(*) FROM outbox WHERE kind = 'broadcast'") == 1


async def test_a_newer_text_takes_the_place_of_the_old_preview(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    old = await organizer.drafts_broadcast("At nine", "Teachers")
    await organizer.sends("At ten")
    await organizer.presses("📣 Send to 1", on=old)
    assert organizer.toast is not None
    assert "newer preview" in organizer.toast[0]
    assert not teacher.shows("At nine")
    await organizer.presses("📣 Send to 1")
    assert teacher.chat[-1].words == "At ten"


async def test_what_is_sent_is_what_stands_above_the_button(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    old = await organizer.drafts_broadcast("The bus leaves at 13:00", "Teachers")
    written = next(one for one in organizer.chat if one.words == "The bus leaves at 13:00")
    await organizer.sends("/missing")
    await organizer.presses("Go on with the draft")
    await organizer.edits(written, "The bus leaves at 14:00")
    assert [one.words for one in organizer.chat if one.words.startswith("The bus")][1:] == [
        "The bus leaves at 13:00",
        "The bus leaves at 14:00",
    ]
    await organizer.presses("📣 Send to 1", on=old)
    assert organizer.toast is not None
    assert "newer preview" in organizer.toast[0]
    assert not teacher.shows("The bus")
    await organizer.presses("📣 Send to 1")
    assert teacher.chat[-1].words == "The bus leaves at 14:00"


async def test_throwing_a_draft_away_sends_nothing(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    confirm = await organizer.drafts_broadcast("Never mind", "Teachers")
    await organizer.presses("✖️ Cancel", on=confirm)
    assert "Nothing was sent" in confirm.words
    assert system.rows("SELECT * FROM conversation") == []
    await organizer.presses_payload("send1:1:2", confirm)
    assert not teacher.shows("Never mind")
    assert system.value("SELECT state FROM broadcast") == "dropped"


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
    assert confirm.words == "📣 Stopped\n▓▓▓▓▓▓▓▓▓▓ 5 of 5\n✅ 0 sent\n⏹ 5 not sent: stopped in time"
    assert not any(teacher.shows("Wait") for teacher in teachers)
    assert system.value("SELECT state FROM broadcast") == "stopped"


async def test_what_is_no_text_is_answered_clearly(system: System) -> None:
    organizer = await system.organizer()
    await organizer.sends("/broadcast")
    await organizer.presses("Everyone (1)")
    for send in (
        organizer.sends_sticker,
        partial(organizer.sends_photo, PIXEL, "a caption"),
        partial(organizer.sends_document, "plan.pdf", b"%PDF"),
        organizer.sends_voice,
    ):
        await send()
        assert "can only be text" in organizer.chat[-1].words
    confirm = await organizer.asks("Then text")
    assert "📣 Send to 1" in confirm.labels


async def test_a_text_that_phones_cut_in_parts_is_too_long_and_no_part_of_it_goes(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await organizer.sends("/broadcast")
    await organizer.presses("Teachers (1)")
    answer = await organizer.asks("word " * 2_000)
    assert "That is 10000 characters, and one message holds 4096." in answer.words
    confirm = next(message for message in reversed(organizer.chat) if "📣 Send to 1" in message.labels)
    await organizer.presses("📣 Send to 1", on=confirm)
    assert not teacher.shows("word")
    await system.later(seconds=5)
    await organizer.sends("Short")
    await organizer.presses("📣 Send to 1")
    assert teacher.chat[-1].words == "Short"


async def test_more_marked_pieces_than_a_message_keeps_are_refused(system: System) -> None:
    organizer = await system.organizer()
    await organizer.sends("/broadcast")
    await organizer.presses("Everyone (1)")
    marks = [{"type": "bold", "offset": 2 * n, "length": 1} for n in range(101)]
    await organizer.sends_content(text="x " * 101, entities=marks)
    assert "That has 101 marked pieces" in organizer.chat[-1].words
    assert "📣 Send to 1" not in organizer.labels()


async def test_two_short_texts_at_once_are_two_drafts(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await organizer.drafts_broadcast("First", "Teachers")
    await organizer.sends("Second")
    await organizer.presses("📣 Send to 1")
    assert teacher.chat[-1].words == "Second"


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


async def test_text_for_a_draft_that_is_gone(system: System) -> None:
    organizer = await system.organizer()
    await organizer.drafts_broadcast("One", "Everyone")
    await system.write(lambda db: db.execute("UPDATE broadcast SET state = 'dropped'"))
    assert "Nothing was sent" in (await organizer.asks("Two")).words
    assert system.rows("SELECT * FROM conversation") == []


async def test_teachers_and_coordinators_cannot_broadcast(system: System) -> None:
    for who in (await system.teacher(), await system.coordinator()):
        await who.sends("/broadcast")
    assert system.rows("SELECT * FROM broadcast") == []

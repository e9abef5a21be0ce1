"""The text of a broadcast: what may be one, how it is changed, and that what was seen is what is sent."""

from tests.kit import System


async def test_formatting_reaches_recipients(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await organizer.sends("/broadcast")
    await organizer.presses("Teachers (1)")
    await organizer.sends_content(text="Bring 5 < 6 pens", entities=[{"type": "bold", "offset": 0, "length": 5}])
    await organizer.presses("📣 Send to 1")
    got = teacher.chat[-1]
    assert got.text == "Bring 5 < 6 pens"
    assert [(one["type"], one["offset"], one["length"]) for one in got.entities] == [("bold", 0, 5)]


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
    await organizer.presses_payload("send2:1:1", confirm)
    assert not teacher.shows("Never mind")
    assert system.value("SELECT state FROM broadcast") == "dropped"


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


async def test_text_for_a_draft_that_is_gone(system: System) -> None:
    organizer = await system.organizer()
    await organizer.drafts_broadcast("One", "Everyone")
    await system.write(lambda db: db.execute("UPDATE broadcast SET state = 'dropped'"))
    assert "Nothing was sent" in (await organizer.asks("Two")).words
    assert system.rows("SELECT * FROM conversation") == []

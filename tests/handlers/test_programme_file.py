"""The programme as a file: an organizer takes it, changes it on a computer, sends it back, and publishes the draft."""

from datetime import time

from tests.handlers.test_programme import moves, notices
from tests.kit import System, User
from tests.kit.workbooks import changed, content, put

OPENING = "10:00 Opening ceremony"


async def takes_file(organizer: User) -> bytes:
    """Ask for the programme as a file."""
    return content(await organizer.asks("/programme file"))


async def publishes_draft(organizer: User) -> None:
    await organizer.presses("📣 Publish …")
    await organizer.presses("✅ Publish")


async def test_a_changed_file_becomes_a_draft_and_is_published(system: System) -> None:
    organizer, teacher = await system.organizer(), await system.teacher()
    await organizer.sends("/programme")
    await organizer.presses("📄 As a file")
    sent = organizer.chat[-1]
    assert [file.name for file in sent.files] == ["sejong-2025-1.xlsx"]
    assert "version 1: one row is one session" in sent.words
    later = changed(content(sent), put("opening", "start", time(9, 30)))
    await organizer.sends_document("programme.xlsx", later)
    draft = organizer.chat[-1]
    assert "Your draft" in draft.words
    assert "09:30–11:00 (05:30–07:00) (it was 10:00–11:00)" in draft.words
    assert notices(teacher) == []
    assert "10:00–11:00" in (await teacher.asks("/today")).words
    await publishes_draft(organizer)
    [notice] = notices(teacher)
    assert "09:30–11:00" in notice.words
    assert "09:30–11:00" in (await teacher.asks("/today")).words
    assert system.value("SELECT source FROM programme_version WHERE number = 2") == "file"


async def test_an_old_file_is_put_on_top_of_what_was_published_meanwhile_and_overwrites_nothing(system: System) -> None:
    minji, yusuf, teacher = await system.organizer(), await system.organizer("Yusuf"), await system.teacher()
    file = await takes_file(yusuf)
    await moves(minji, OPENING, "+60")
    await yusuf.sends_document("programme.xlsx", changed(file, put("opening", "note en", "Bring your badge")))
    stale = yusuf.chat[-1]
    assert "Minji has published since you began" in stale.words
    assert "11:00–12:00 (07:00–08:00) (it was 10:00–11:00)" in stale.words
    await yusuf.presses("⤴️ Put mine on top")
    assert "it was" not in stale.words
    await publishes_draft(yusuf)
    today = (await teacher.asks("/today")).words
    assert "11:00–12:00" in today
    assert "Bring your badge" in today


async def test_every_mistake_is_told_with_its_cell_and_nothing_is_taken(system: System) -> None:
    organizer = await system.organizer()
    file = await takes_file(organizer)
    for change in (
        put("opening", "start", 9.5),
        put("opening", "kind", "lectur"),
        put("opening", "place", "Sejong Education Ofice"),
    ):
        file = changed(file, change)
    await organizer.sends_document("programme.xlsx", file)
    told = organizer.chat[-1].words
    assert "3 things have to be corrected" in told
    assert "Programme!C3: write 09:30, not “9.5”" in told
    assert "“lectur” is not known here, write: lecture" in told
    assert "write: Sejong Education Office" in told
    assert system.value("SELECT count(*) FROM programme_draft") == 0
    await organizer.sends_document("programme.xlsx", changed(file, put("opening", "start", "10:00")))
    assert "2 things have to be corrected" in organizer.chat[-1].words


async def test_a_file_that_nobody_asked_for_is_offered_and_read_after_a_press(system: System) -> None:
    organizer, other = await system.organizer(), await system.organizer("Yusuf")
    file = changed(await takes_file(other), put("opening", "cancelled", "yes"))
    await organizer.sends_document("new.xlsx", file)
    offer = organizer.chat[-1]
    assert "Is this file the programme" in offer.words
    assert offer.labels == ["📄 Read as programme", "👥 Read as roster", "Yes, pass it on", "No"]
    await organizer.presses("📄 Read as programme")
    assert "Your draft" in organizer.chat[-1].words
    await organizer.sends_document("newer.xlsx", file)
    await organizer.presses("📄 Read as programme", on=offer)
    assert organizer.toast == ("I do not know which file that was any more. Please send it again.", True)


async def test_a_teachers_file_goes_the_way_of_every_file(system: System) -> None:
    teacher = await system.teacher()
    await teacher.sends_document("homework.xlsx", b"PK")
    assert teacher.chat[-1].labels == ["Yes, pass it on", "No"]


async def test_a_file_does_not_replace_a_draft(system: System) -> None:
    organizer = await system.organizer()
    file = changed(await takes_file(organizer), put("opening", "note en", "Bring your badge"))
    await organizer.sends("/programme")
    await organizer.presses("• 4 August •")
    await organizer.presses(OPENING)
    await organizer.presses("+60")
    draft = system.value("SELECT document FROM programme_draft")
    await organizer.sends_document("programme.xlsx", file)
    await organizer.presses("📄 Read as programme")
    assert "the file would replace it" in organizer.chat[-1].words
    assert system.value("SELECT document FROM programme_draft") == draft


async def test_a_file_that_changes_nothing_makes_no_draft(system: System) -> None:
    organizer = await system.organizer()
    await organizer.sends_document("programme.xlsx", await takes_file(organizer))
    assert "says the same as version 1" in organizer.chat[-1].words
    assert system.value("SELECT count(*) FROM programme_draft") == 0


async def test_a_corrected_file_replaces_the_draft_of_the_earlier_one(system: System) -> None:
    organizer = await system.organizer()
    file = await takes_file(organizer)
    for text in ("Bring your bag", "Bring your badge"):
        await organizer.sends_document("programme.xlsx", changed(file, put("opening", "note en", text)))
    assert "Bring your badge" in organizer.chat[-1].words
    await organizer.sends_document("programme.xlsx", file)
    assert "says the same as version 1" in organizer.chat[-1].words
    assert system.value("SELECT count(*) FROM programme_draft") == 0


async def test_a_file_does_not_replace_a_draft_that_was_changed_after_it_was_read(system: System) -> None:
    organizer = await system.organizer()
    file = await takes_file(organizer)
    await organizer.sends_document("programme.xlsx", changed(file, put("opening", "note en", "Bring your bag")))
    await organizer.sends("/programme")
    await organizer.presses("• 4 August •")
    await organizer.presses(OPENING)
    await organizer.presses("+60")
    await organizer.sends_document("programme.xlsx", changed(file, put("opening", "note en", "Bring your badge")))
    await organizer.presses("📄 Read as programme")
    assert "the file would replace it" in organizer.chat[-1].words


async def test_a_file_in_reply_to_a_question_goes_to_whoever_asked_while_the_programme_is_awaited(
    system: System,
) -> None:
    organizer, teacher = await system.organizer(), await system.teacher("Ann")
    await teacher.calls_for_help("I have a question")
    await teacher.sends("Where is the table?")
    file = await takes_file(organizer)
    await organizer.sends_document("table.xlsx", file, reply_to=organizer.newest("Where is the table?"))
    assert [one.name for message in teacher.chat for one in message.files] == ["table.xlsx"]
    assert organizer.count("says the same as version 1") == 0
    await organizer.sends_document("a.xlsx", file, reply_to=organizer.newest("one row is one session"))
    await organizer.presses("📄 Read as programme")
    assert "says the same as version 1" in organizer.chat[-1].words

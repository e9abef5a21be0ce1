"""One message to all who have not answered: previewed with their number and names, to nobody else."""

from tests.kit import System, User

DAY = "2025-08-04"


async def missing(system: System, *names: str) -> tuple[User, list[User]]:
    organizer = await system.organizer()
    teachers = [await system.teacher(name) for name in names]
    await system.at(f"{DAY} 09:15")
    return organizer, teachers


async def test_it_goes_to_all_who_are_missing_and_to_nobody_else(system: System) -> None:
    organizer, (ann, bo, known, ill, there) = await missing(system, "Ann", "Bo", "Known", "Ill", "There")
    alert = organizer.newest("Morning check-in")
    await there.presses("✅ I am here")
    await organizer.presses_payload(f"found2:{DAY}:morning:4:0", alert)
    await organizer.presses_payload(f"excuse1:{DAY}:morning:5:ill:0", alert)
    await organizer.presses("⬅️ Who is missing", on=alert)
    await organizer.presses("✍️ Write to all: 2", on=alert)
    await organizer.sends("Please answer: are you at the bus?")
    assert "To 2 people who have not answered: Ann, Bo" in organizer.chat[-1].words
    await organizer.presses("📣 Send to 2")
    for teacher in (ann, bo):
        assert teacher.chat[-1].words == "Please answer: are you at the bus?"
    for teacher in (known, ill, there):
        assert not teacher.shows("are you at the bus?")
    sent = system.rows("SELECT data, person_id FROM outbox WHERE kind = 'broadcast' ORDER BY person_id")
    assert [row["person_id"] for row in sent] == [2, 3]


async def test_who_answers_before_it_is_sent_does_not_get_it(system: System) -> None:
    organizer, (ann, bo) = await missing(system, "Ann", "Bo")
    await organizer.presses("✍️ Write to all: 2")
    await organizer.sends("Where are you?")
    await ann.presses("✅ I am here")
    await organizer.presses("📣 Send to 2")
    assert bo.shows("Where are you?")
    assert not ann.shows("Where are you?")


async def test_whom_the_bot_cannot_reach_is_counted_and_many_are_not_all_named(system: System) -> None:
    names = [f"Teacher {number:02d}" for number in range(1, 14)]
    organizer, teachers = await missing(system, *names)
    await teachers[0].blocks()
    await organizer.presses("✍️ Write to all: 12", on=await organizer.asks("/missing"))
    asked = organizer.chat[-1].words
    assert "To 12 people who have not answered: Teacher 02, Teacher 03" in asked
    assert "Teacher 11 and 2 more 🚫 1 more has blocked the bot." in asked


async def test_when_all_have_answered_there_is_nobody_to_write_to(system: System) -> None:
    organizer, (ann, bo) = await missing(system, "Ann", "Bo")
    for teacher in (ann, bo):
        await teacher.presses("✅ I am here")
    alert = organizer.newest("Morning check-in")
    assert alert.labels == []
    await organizer.presses_payload(f"writeall1:{DAY}:morning", alert)
    assert organizer.toast == ("All whom I can reach have answered by now.", True)
    await organizer.presses_payload(f"writeall1:{DAY}:noon", alert)
    assert system.rows("SELECT * FROM broadcast") == []


async def test_when_the_last_has_answered_before_it_is_sent_nothing_is_called_sent(system: System) -> None:
    organizer, (ann, bo) = await missing(system, "Ann", "Bo")
    await organizer.presses("✍️ Write to all: 2")
    await organizer.sends("Where are you?")
    for teacher in (ann, bo):
        await teacher.presses("✅ I am here")
    await organizer.presses("📣 Send to 2")
    assert "📭 Nobody would get it there right now." in organizer.chat[-1].words
    assert system.rows("SELECT state FROM broadcast") == [{"state": "draft"}]
    await organizer.presses("✖️ Cancel")
    assert system.rows("SELECT state FROM broadcast") == [{"state": "dropped"}]
    assert not ann.shows("Where are you?")


async def test_two_taps_begin_one_draft(system: System) -> None:
    organizer, (ann, _bo) = await missing(system, "Ann", "Bo")
    alert = organizer.newest("Morning check-in")
    for _twice in range(2):
        await organizer.presses("✍️ Write to all: 2", on=alert)
    assert not organizer.shows("The draft of your message to many is still there.")
    assert system.rows("SELECT state FROM broadcast") == [{"state": "draft"}]
    await organizer.sends("Where are you?")
    await organizer.presses("📣 Send to 2")
    assert ann.count("Where are you?") == 1
    await organizer.presses("✍️ Write to all: 2", on=alert)
    assert system.value("SELECT count(*) FROM broadcast") == 2, "another message is another draft"


async def test_a_draft_outlives_a_restart_with_its_people(system: System) -> None:
    organizer, (ann, bo, there) = await missing(system, "Ann", "Bo", "There")
    await organizer.presses("✍️ Write to all: 3")
    await there.presses("✅ I am here")
    await system.restarts()
    await organizer.sends("Where are you?")
    await organizer.presses("📣 Send to 2")
    assert [teacher.shows("Where are you?") for teacher in (ann, bo, there)] == [True, True, False]

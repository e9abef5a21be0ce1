"""Who comes, returns or changes group while a session runs is asked, too; and the end tells its numbers once."""

from bot.programme.edits import Lengthened
from bot.programme.model import Session
from rehearsal.telegram import Message
from tests.handlers.test_attendance import HERE, SESSION, marks, question
from tests.kit import System, User


def asked(who: User, words: str = "Korea's path") -> list[Message]:
    return [message for message in who.chat if words in message.words and "Are you there?" in message.words]


def of_one_group(system: System) -> tuple[str, Session]:
    """The date and the session that is for some groups alone."""
    return next(
        (system.seminar.date_of(day.number).isoformat(), one)
        for day in system.seminar.days
        for one in day.sessions
        if one.attendance and one.groups
    )


async def publishes(organizer: User, *presses: str) -> None:
    """Change the running session, and publish that."""
    await organizer.sends("/programme")
    await organizer.presses("• 4 August •")
    await organizer.presses(SESSION)
    for label in presses:
        await organizer.presses(label)
    await organizer.presses("📝 Draft: 1 change")
    await organizer.presses("📣 Publish …")
    await organizer.presses("✅ Publish")


async def test_who_joins_while_a_session_runs_is_asked_at_once(system: System) -> None:
    await system.organizer()
    await system.at("2025-08-04 11:20")
    new = system.stranger("New")
    await new.joins(await system.invitation())
    assert len(asked(new)) == 1
    await new.presses(HERE, on=question(new))
    assert "You are marked as present: 11:20." in new.newest("You are marked").words
    assert marks(system) == [("New", "present", "tap")]


async def test_who_joins_before_or_after_it_is_not_asked_twice_or_in_vain(system: System) -> None:
    await system.organizer()
    code, second = await system.invitation(), await system.invitation()
    await system.at("2025-08-04 11:10")
    early = system.stranger("Early")
    await early.joins(code)
    assert asked(early) == []
    await system.at("2025-08-04 11:16")
    assert len(asked(early)) == 1
    await system.at("2025-08-04 12:15")
    late = system.stranger("Late")
    await late.joins(second)
    assert asked(late) == []


async def test_who_returns_is_asked_once_however_often_they_block_the_bot(system: System) -> None:
    ann = await system.teacher("Ann")
    await system.at("2025-08-04 11:00")
    await ann.blocks()
    await system.at("2025-08-04 11:20")
    for _ in range(2):
        await ann.unblocks()
        assert len(asked(ann)) == 1
        await ann.blocks()
    await ann.unblocks()
    await ann.presses(HERE)
    assert marks(system) == [("Ann", "present", "tap")]


async def test_a_question_that_was_cancelled_by_the_block_is_made_again(system: System) -> None:
    ann, bo = await system.teacher("Ann"), await system.teacher("Bo")
    await system.at("2025-08-04 11:14")
    async with system.sending_stopped():
        system.passes("2025-08-04 11:16")
        await ann.blocks()
    await system.later(minutes=1)
    assert asked(ann) == []
    assert len(asked(bo)) == 1
    await ann.unblocks()
    assert len(asked(ann)) == 1


async def test_who_changes_to_the_group_of_a_running_session_is_asked(system: System) -> None:
    on, visit = of_one_group(system)
    other = next(one for one in system.seminar.groups if one.key not in visit.groups)
    mine = next(one for one in system.seminar.groups if one.key in visit.groups)
    ann = await system.teacher("Ann", group=other.key)
    await system.jumps_to(f"{on} {visit.start:%H:%M}")
    await system.later(minutes=1)
    title = visit.title.get("en")
    assert asked(ann, title) == []
    await ann.sends("/me")
    for _ in range(2):
        await ann.presses("👥 Group")
        await ann.presses(mine.title.get("en"))
        assert len(asked(ann, title)) == 1
        await ann.presses("👥 Group")
        await ann.presses(other.title.get("en"))


async def test_an_excused_person_who_returns_is_left_alone(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    await system.at("2025-08-04 11:00")
    await ann.blocks()
    await system.at("2025-08-04 11:16")
    await minji.sends("/attendance")
    await minji.presses(f"📋 {SESSION}")
    card = minji.chat[-1]
    await minji.presses("1", on=card)
    await minji.presses("📝 Excused …", on=card)
    await minji.presses("ill", on=card)
    await ann.unblocks()
    assert asked(ann) == []


async def test_a_session_that_is_shortened_tells_its_numbers_once(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    await system.at("2025-08-04 11:16")
    await ann.presses(HERE)
    await publishes(minji, "End −15")
    await system.at("2025-08-04 11:59")
    assert minji.count("It is over") == 0
    await system.at("2025-08-04 12:00")
    assert "📋 It is over: 11:15–12:00" in minji.newest("It is over").words
    await system.at("2025-08-04 12:20")
    assert minji.count("It is over") == 1


async def test_a_session_that_is_lengthened_goes_on_until_its_new_end(system: System) -> None:
    minji, ann = await system.organizer(), await system.teacher("Ann")
    await system.at("2025-08-04 12:10")
    await publishes(minji, "End +15")
    await system.at("2025-08-04 12:20")
    assert minji.count("It is over") == 0
    await ann.presses(HERE)
    await system.at("2025-08-04 12:30")
    assert "1 of 1 are there." in minji.newest("It is over").words
    assert minji.count("It is over") == 1
    assert marks(system) == [("Ann", "late", "tap")]


async def test_numbers_that_wait_while_the_end_moves_are_told_at_the_new_end_alone(system: System) -> None:
    minji, _ann = await system.organizer(), await system.teacher("Ann")
    await system.at("2025-08-04 12:10")
    async with system.sending_stopped():
        system.passes("2025-08-04 12:15")
        await system.app.fanout.wait_idle()
        await system.publishes(minji, Lengthened("korea-story", 15))
        system.passes("2025-08-04 12:40")
    await system.wait_idle()
    assert minji.count("It is over") == 1

"""People put the programme into the calendar of their phone."""

from datetime import UTC

import icalendar

from bot.programme.model import Session
from rehearsal.telegram.model import Message
from tests.kit import System


def events(message: Message) -> dict[str, icalendar.Component]:
    """The events of the file that came, by the keys of their sessions."""
    [file] = message.files
    assert file.name.endswith(".ics")
    calendar = icalendar.Calendar.from_ical(file.content)
    return {str(one["UID"]).partition(".")[0]: one for one in calendar.walk("VEVENT")}


def sessions(system: System, group: str | None = None) -> dict[str, Session]:
    return {one.key: one for day in system.seminar.days for one in day.sessions_for(group)}


async def test_a_teacher_gets_the_sessions_of_the_own_group_in_the_own_language(system: System) -> None:
    pamir = await system.teacher("Ann", group="pamir")
    vakhsh = await system.teacher("Ситора", language="tg", group="vakhsh")
    await pamir.sends("/calendar")
    await vakhsh.sends("/calendar")
    assert set(events(pamir.chat[-1])) == set(sessions(system, "pamir")) != set(sessions(system, "vakhsh"))
    theirs = events(vakhsh.chat[-1])
    for key, session in sessions(system, "vakhsh").items():
        assert str(theirs[key]["SUMMARY"]) == session.title.get("tg")
        assert theirs[key].decoded("DTSTART").astimezone(UTC) == system.seminar.moment(session.day, session.start)
    assert "/calendar" in pamir.chat[-1].words


async def test_whoever_has_no_group_gets_every_session(system: System) -> None:
    minji = await system.organizer()
    await minji.sends("/calendar")
    assert set(events(minji.chat[-1])) == set(sessions(system))


async def test_a_file_is_uploaded_once_for_everybody_whom_it_says_the_same(system: System) -> None:
    ann, bob = await system.teacher("Ann", group="pamir"), await system.teacher("Bob", group="pamir")
    await ann.sends("/calendar")
    await system.later(hours=1)
    await bob.sends("/calendar")
    await ann.sends("/calendar")
    files = [file for who in (ann, bob) for message in who.chat for file in message.files]
    assert len(files) == 3
    assert len({file.file_id for file in files}) == 1
    assert system.value("SELECT count(*) FROM uploaded_file") == 1


async def test_a_file_that_telegram_does_not_know_any_more_is_uploaded_again(system: System) -> None:
    ann = await system.teacher("Ann", group="pamir")
    await ann.sends("/calendar")
    await system.write(lambda connection: connection.execute("UPDATE uploaded_file SET file_id = 'gone'"))
    await ann.sends("/calendar")
    assert set(events(ann.chat[-1])) == set(sessions(system, "pamir"))
    assert system.value("SELECT file_id FROM uploaded_file") == ann.chat[-1].files[0].file_id
    [unknown] = system.world.violations
    assert "wrong file identifier" in unknown.description
    system.world.violations.clear()

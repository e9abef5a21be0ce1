"""The plan of reminders: one for each departure, two for each other session, none for what is cancelled."""

from dataclasses import replace

from bot import arguments as codec
from bot.access import MEMBERS
from bot.messages import reminder as reminder_messages
from bot.messages.reminder import DepartureAt, SessionAt
from bot.programme.edits import Cancelled, Moved, edited
from bot.programme.model import Group, Seminar
from bot.store.fanout import Occurrence
from tests.views.samples import SEMINAR, at, session, text, with_day

BUS = replace(session("bus", 1, "08:45-09:15", kind="travel"), departure=True, groups=("red",))
TALK = session("talk", 1, "10:00-11:00")
GROUPED: Seminar = replace(
    with_day((BUS, TALK)),
    groups=(Group("red", text("Red")), Group("blue", text("Blue")), Group("green", text("Green"))),
)


def planned(seminar: Seminar, moment: str = "2025-08-04 08:00") -> dict[str, Occurrence]:
    return {one.key: one for one in reminder_messages.plan(seminar, at(moment)) if "2025-08-0" in one.key}


def test_a_departure_has_one_for_everybody_and_a_session_one_for_each_choice() -> None:
    occurrences = planned(GROUPED)
    assert {key: one.due_at for key, one in occurrences.items() if "bus" in key or "talk" in key} == {
        "reminder:departure:bus:2025-08-03T23:45Z": at("2025-08-04 08:15"),
        "reminder:10:talk:2025-08-04T01:00Z": at("2025-08-04 09:50"),
        "reminder:30:talk:2025-08-04T01:00Z": at("2025-08-04 09:30"),
    }
    bus = occurrences["reminder:departure:bus:2025-08-03T23:45Z"]
    assert (bus.roles, bus.audience, bus.expires_at) == (MEMBERS, "session", at("2025-08-04 08:45"))
    assert codec.read(DepartureAt, bus.data) == DepartureAt("sample", "bus", at("2025-08-04 08:45"), ("blue", "green"))
    talk = occurrences["reminder:30:talk:2025-08-04T01:00Z"]
    assert talk.audience == "session.reminded"
    assert codec.read(SessionAt, talk.data) == SessionAt("sample", "talk", at("2025-08-04 10:00"), (), 30)


def test_what_moves_is_planned_for_its_new_moment_and_what_is_cancelled_for_none() -> None:
    moved = planned(edited(GROUPED, Moved("bus", 60)))
    assert [key for key in moved if "bus" in key] == ["reminder:departure:bus:2025-08-04T00:45Z"]
    assert not [key for key in planned(edited(GROUPED, Cancelled("bus"))) if "bus" in key]


def test_where_people_are_in_no_groups_everybody_is_on_the_bus() -> None:
    one_group = replace(GROUPED, groups=GROUPED.groups[:1])
    [bus] = [one for key, one in planned(one_group).items() if "bus" in key]
    assert codec.read(DepartureAt, bus.data).others == ()


def test_both_types_are_sent_at_most_once() -> None:
    assert all(one.at_most_once for one in reminder_messages.MESSAGE_TYPES)


def test_nothing_is_planned_outside_the_seminar() -> None:
    assert list(reminder_messages.plan(SEMINAR, at("2025-07-20 12:00"))) == []
    assert list(reminder_messages.plan(SEMINAR, at("2025-09-20 12:00"))) == []


def test_tomorrows_early_bus_is_planned_today() -> None:
    early = edited(GROUPED, Moved("bus", -150))
    [bus] = [one for key, one in planned(early, "2025-08-03 20:59").items() if "bus" in key]
    assert bus.due_at == at("2025-08-03 20:30")

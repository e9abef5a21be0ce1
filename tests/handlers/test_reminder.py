"""People are reminded of departures, and of sessions as they choose; what moves is reminded of at its new time."""

from datetime import date

from bot.programme.edits import Cancelled, Moved
from rehearsal.telegram.faults import Fault, FaultKind
from rehearsal.telegram.model import Message
from tests.kit import System, User
from tests.programme.versions import publishes

BUS = "🔔 Departure at 08:45\nBy bus to the schools\nMeeting point: 📍 Participants' residence"
WALK = "⏰ Soon, at 09:30"


def reminders(user: User) -> list[Message]:
    return [message for message in user.chat if message.words.startswith(("🔔", "⏰ Soon"))]


async def test_everybody_hears_of_a_departure_in_time_and_aloud(system: System) -> None:
    teacher, korean = await system.teacher(), await system.teacher("Kim", language="ko")
    minji = await system.organizer()
    await system.at("2025-08-06 08:14")
    assert not reminders(teacher)
    await system.at("2025-08-06 08:15")
    [reminder] = reminders(teacher)
    assert reminder.words == BUS
    assert not reminder.silent
    assert "🔔 08:45 출발\n버스로 학교 이동\n모이는 곳: 📍 연수생 숙소" in korean.chat[-1].words
    assert minji.shows(BUS)
    await teacher.presses("📍 Participants' residence", on=reminder)
    assert teacher.chat[-1].venue is not None


async def test_sessions_are_reminded_of_as_each_chooses_and_only_those_of_the_own_group(system: System) -> None:
    ten, half, off = await system.teacher("Ten"), await system.teacher("Half", group="vakhsh"), await system.teacher()
    for who, label in ((ten, "⏰ 10 min"), (half, "⏰ 30 min")):
        page = await who.asks("/me")
        assert "⏰ I do not remind you of sessions, but always of departures." in page.words
        assert page.labels[:3] == ["✓ 🔕 Off", "⏰ 10 min", "⏰ 30 min"]
        await who.presses(label, on=page)
        assert f"✓ {label}" in page.labels
    assert "⏰ I remind you 10 minutes before each session" in ten.chat[-1].words
    await system.at("2025-08-06 09:00")
    assert half.chat[-1].words.startswith("⏰ Soon, at 09:30\nMiddle school")
    assert not ten.shows(WALK)
    await system.at("2025-08-06 09:20")
    assert ten.chat[-1].words.startswith("⏰ Soon, at 09:30\nPrimary school")
    assert "Middle school" not in ten.chat[-1].words
    assert not off.shows("⏰ Soon")
    assert ten.count("⏰ Soon, at 09:30\nPrimary school") == 1


async def test_a_first_day_that_is_put_off_takes_its_reminders_along(system: System) -> None:
    teacher = await system.teacher("Kim", language="ko")
    await teacher.sends("/me")
    await teacher.presses("⏰ 10분 전")
    await system.at("2025-08-04 09:00")
    await system.restarts(starts_on=date(2025, 8, 5))
    await system.at("2025-08-04 10:00")
    assert not teacher.shows("⏰ 곧")
    await system.at("2025-08-05 10:00")
    assert teacher.count("⏰ 곧 10:00에 시작\n") == 1


async def test_a_departure_is_not_reminded_of_as_a_session_too(system: System) -> None:
    teacher = await system.teacher()
    await teacher.sends("/me")
    await teacher.presses("⏰ 10 min")
    await system.at("2025-08-06 08:44")
    assert [one.words.splitlines()[0] for one in reminders(teacher) if "08:45" in one.words] == [BUS.splitlines()[0]]


async def test_whoever_turns_them_off_hears_no_more_and_a_tap_twice_is_one(system: System) -> None:
    teacher = await system.teacher()
    page = await teacher.asks("/me")
    await teacher.presses("⏰ 10 min", on=page)
    await teacher.taps_again()
    await teacher.presses("🔕 Off", on=page)
    assert system.value("SELECT reminder_minutes FROM person") is None
    await system.at("2025-08-06 09:20")
    assert not teacher.shows("⏰ Soon")
    await teacher.presses_payload("remind1:7", on=page)
    assert teacher.toast == ("I do not remind so long before. Choose again with /me.", False)


async def test_the_choice_is_erased_with_its_person(system: System) -> None:
    teacher, other = await system.teacher(), await system.teacher("Other")
    for who in (teacher, other):
        await who.sends("/me")
        await who.presses("⏰ 30 min")
    await teacher.erases_everything()
    chosen = system.rows("SELECT reminder_minutes FROM person ORDER BY id")
    assert [row["reminder_minutes"] for row in chosen] == [None, 30]


async def test_a_choice_that_is_taken_back_while_nothing_is_sent_counts(system: System) -> None:
    teacher = await system.teacher()
    page = await teacher.asks("/me")
    await teacher.presses("⏰ 10 min", on=page)
    async with system.sending_stopped():
        system.passes("2025-08-06 09:20")
        await system.app.fanout.wait_idle()
        await teacher.presses("🔕 Off", on=page)
        await system.app.worker.wait_idle()
    assert "reminder.session" in {row["kind"] for row in system.rows("SELECT kind FROM outbox")}
    assert not teacher.shows(WALK)


async def test_a_bus_that_is_moved_is_reminded_of_at_its_new_time_alone(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-06 07:50")
    await publishes(system, Moved("bus-schools", 60))
    await system.at("2025-08-06 09:00")
    assert not reminders(teacher)
    await system.at("2025-08-06 09:16")
    [reminder] = reminders(teacher)
    assert reminder.words.startswith("🔔 Departure at 09:45")


async def test_a_reminder_that_waits_is_not_sent_for_a_time_that_has_changed(system: System) -> None:
    teacher = await system.teacher()
    async with system.sending_stopped():
        system.passes("2025-08-06 08:15")
        await system.app.fanout.wait_idle()
        assert system.value("SELECT state FROM outbox WHERE kind = 'reminder.departure'") == "due"
        await publishes(system, Moved("bus-schools", 15))
    await system.at("2025-08-06 08:40")
    [reminder] = reminders(teacher)
    assert reminder.words.startswith("🔔 Departure at 09:00")
    rows = "SELECT state FROM outbox WHERE kind = 'reminder.departure' AND chat_id = ? ORDER BY id"
    states = system.rows(rows, teacher.id)
    assert [row["state"] for row in states] == ["cancelled", "sent"]


async def test_a_bus_that_leaves_earlier_than_its_reminder_was_due_is_announced_at_once(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-06 08:00")
    await publishes(system, Moved("bus-schools", -30))
    await system.wait_idle()
    [reminder] = reminders(teacher)
    assert reminder.words.startswith("🔔 Departure at 08:15")


async def test_what_is_cancelled_is_not_reminded_of(system: System) -> None:
    teacher = await system.teacher()
    await publishes(system, Cancelled("bus-schools"))
    await system.at("2025-08-06 08:45")
    assert not reminders(teacher)


async def test_after_an_outage_a_reminder_comes_late_but_not_after_the_start(system: System) -> None:
    teacher = await system.teacher()
    await system.jumps_to("2025-08-06 08:40")
    assert len(reminders(teacher)) == 1
    await system.jumps_to("2025-08-09 08:05")  # the bus to Seoul has left at 08:00
    assert not teacher.shows("By bus to Seoul\nMeeting point")


async def test_a_reminder_whose_answer_is_lost_does_not_come_twice(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-06 08:00")
    system.world.faults.script([Fault(FaultKind.LOST_ANSWER, method="sendMessage")])
    await system.at("2025-08-06 08:40")
    assert len(reminders(teacher)) == 1
    assert system.value("SELECT state FROM outbox WHERE kind = 'reminder.departure'") == "unknown"


async def test_nobody_is_woken_for_an_early_bus_but_told_the_evening_before(system: System) -> None:
    teacher = await system.teacher()
    await publishes(system, Moved("bus-schools", -195))
    await system.at("2025-08-05 21:00")
    [reminder] = reminders(teacher)
    assert reminder.words.startswith("🔔 Wednesday, 6 August: departure at 05:30\nBy bus to the schools")
    await system.at("2025-08-06 06:00")
    assert len(reminders(teacher)) == 1

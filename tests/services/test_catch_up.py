"""After an outage: today's agenda once and late, nothing that expired, and one card that says what passed."""

import sqlite3

import pytest

from bot.messages.registry import MESSAGE_TYPES, planners
from bot.services import catch_up as catch_up_service
from bot.services.catch_up import Presence
from bot.transport import NotSent
from tests.clocks import eventually
from tests.kit import Direct, System, User
from tests.views.samples import SEMINAR, at


def passed(began: str, ended: str) -> list[tuple[str, int]]:
    expired = catch_up_service.plan(SEMINAR, at(began), at(ended), planners(()), MESSAGE_TYPES.catch_up)
    return [(one.kind, (one.on - SEMINAR.first).days + 1) for one in expired]


def test_only_what_expired_in_the_outage_has_passed() -> None:
    assert passed("2025-08-04 17:00", "2025-08-04 23:00") == [("checkin", 1)]
    assert passed("2025-08-04 12:00", "2025-08-04 17:00") == [("agenda", 1)]
    assert ("lesson", 1) in passed("2025-08-04 17:00", "2025-08-05 00:00")
    assert passed("2025-08-04 10:00", "2025-08-04 12:00") == []


def test_minutes_are_not_worth_a_word() -> None:
    assert passed("2025-08-04 08:40", "2025-08-04 09:39") == []
    assert passed("2025-08-04 08:40", "2025-08-04 09:40") == [("checkin", 1)]


def test_before_and_after_the_seminar_nothing_has_passed() -> None:
    assert passed("2025-07-01 00:00", "2025-08-03 23:00") == []
    assert passed("2025-08-04 05:00", "2025-08-30 05:00") == []


def cards(phone: User) -> list[str]:
    return [message.words for message in phone.chat if "I was away" in message.words]


async def test_each_person_gets_one_card_and_todays_agenda_once(system: System) -> None:
    teacher, organizer = await system.teacher(), await system.organizer()
    await system.at("2025-08-04 14:00")
    before = len(teacher.chat)
    async with system.without_bot():
        system.passes("2025-08-07 07:45")
    late, card = teacher.chat[before:]
    assert "This message is late, sorry" in late.words
    assert card.words == (
        "😴 I was away from Monday, 4 August, 14:00 to Thursday, 7 August, 07:45. Sorry!\n\nWhat you missed:\n"
        "📅 2 days' agendas\n📚 3 lessons: they are waiting for you\n✅ 5 check-ins: no answer is needed\n"
        "You can still answer the last one: /checkin"
    )
    assert card.labels == ["📅 All days", "📚 All lessons"]
    assert "📅 2 days' agendas" in cards(organizer)[0]
    assert "lesson" not in cards(organizer)[0]
    async with system.without_bot():
        pass
    assert len(teacher.chat) == before + 2
    assert system.value("SELECT count(*) FROM outbox WHERE kind = 'missed'") == 2


async def test_what_was_done_unasked_is_not_missed(system: System) -> None:
    eager, latecomer = await system.teacher("Eager"), await system.teacher("Other")
    await system.at("2025-08-04 18:00")
    await eager.sends("/lesson")
    await system.at("2025-08-04 18:10")
    async with system.without_bot():
        system.passes("2025-08-05 00:28")
        await eager.presses("▶️ Begin")
        system.passes("2025-08-05 00:30")
    assert "lesson" not in cards(eager)[0]
    assert "📚 1 lesson: it is waiting for you" in cards(latecomer)[0]


async def test_an_outage_in_which_nothing_passed_is_not_mentioned(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-05 01:00")
    async with system.without_bot():
        system.passes("2025-08-05 06:30")
    assert cards(teacher) == []
    assert system.rows("SELECT * FROM outage") == []


async def test_who_came_later_or_could_not_be_reached_missed_nothing(system: System) -> None:
    gone = await system.teacher("Gone")
    await gone.blocks()
    await system.at("2025-08-04 08:20")
    late = await system.teacher("Late")
    async with system.without_bot():
        await gone.unblocks()
        system.passes("2025-08-04 14:00")
    assert cards(gone) == cards(late) == []


async def test_a_message_that_could_not_leave_counts_as_missed(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 06:59")
    async with system.sending_stopped():
        system.passes("2025-08-04 07:01")
        await system.app.fanout.wait_idle()
        async with system.without_bot():
            system.passes("2025-08-04 23:30")
    assert "📅 1 day's agenda" in cards(teacher)[0]


async def test_without_telegram_the_bot_is_away_too(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(*_: object, **__: object) -> tuple[int, bytes]:
        raise NotSent("no network")

    teacher = await system.teacher()
    await system.at("2025-08-04 07:30")
    monkeypatch.setattr(Direct, "do_request", refused)
    system.world.updates._wake(arrived=True)  # the poll that is under way ends
    await eventually(lambda: not system.app.poller.connected)
    for hour in range(8, 15):
        system.passes(f"2025-08-04 {hour:02}:20")
        await system.app.fanout.wait_idle()
    monkeypatch.undo()
    await eventually(lambda: system.app.poller.connected)
    await system.later(minutes=2)
    assert "✅ 1 check-in" in cards(teacher)[0]


VAIN = "A button that you pressed in that time may not have reached me."


async def test_a_restart_says_nothing(system: System) -> None:
    teacher, organizer = await system.teacher(), await system.organizer()
    await system.at("2025-08-04 08:50")
    async with system.without_bot():
        await teacher.presses("✅ I am here")
        system.passes("2025-08-04 08:51")
    assert teacher.shows("You are here"), "the tap has waited"
    await system.at("2025-08-04 10:00")
    async with system.without_bot():
        system.passes("2025-08-04 10:02")
    assert cards(teacher) == cards(organizer) == []


async def test_who_may_have_answered_in_vain_can_answer_under_the_card(system: System) -> None:
    teacher, other, coordinator = await system.teacher(), await system.teacher("Other"), await system.coordinator()
    await system.at("2025-08-04 08:50")
    async with system.without_bot():
        await teacher.presses("✅ I am here")
        system.passes("2025-08-04 08:58")
    assert not teacher.shows("You are here"), "the tap is gone"
    card = teacher.chat[-1]
    assert card.words == (
        f"😴 I was away on Monday, 4 August from 08:50 to 08:58. Sorry!\n\n{VAIN}\n"
        "☀️ The morning check-in is open: please tap, also if you did before.\n"
        "🆘 If you asked for help, please press the button again: it works now."
    )
    assert card.silent
    assert card.labels == ["✅ I am here", "🆘 I need help"]
    assert len(cards(other)) == 1
    assert cards(coordinator) == []
    await teacher.presses("✅ I am here", on=card)
    assert teacher.shows("You are here")
    await system.later(minutes=30)
    assert system.value("SELECT count(*) FROM outbox WHERE kind = 'missed' AND state = 'sent'") == 2


async def test_who_is_reminded_anyway_gets_no_card_besides(system: System) -> None:
    teacher = await system.teacher()
    for began, ended in (("08:30", "08:40"), ("08:44", "08:50")):
        await system.at(f"2025-08-04 {began}")
        async with system.without_bot():
            system.passes(f"2025-08-04 {ended}")
    assert teacher.shows("we have not heard from you this morning")
    assert cards(teacher) == []


async def test_who_may_have_called_for_help_in_vain_reads_that_the_button_works(system: System) -> None:
    teacher, organizer = await system.teacher(), await system.organizer()
    await system.at("2025-08-04 08:20")
    await teacher.presses("✅ I am here")
    await system.at("2025-08-04 14:00")
    async with system.without_bot():
        await teacher.presses("🆘 I need help")
        system.passes("2025-08-04 14:04")
    card = teacher.chat[-1]
    assert cards(teacher)[0].endswith(f"{VAIN}\n🆘 If you asked for help, please press the button again: it works now.")
    assert card.labels == ["🆘 I need help"]
    assert cards(organizer) == [], "nothing of theirs was open"
    await teacher.presses("🆘 I need help", on=card)
    assert organizer.shows("needs help")
    async with system.without_bot():
        system.passes("2025-08-04 14:20")
    assert "🆘 Nobody has taken 1 call for help yet" in cards(organizer)[0]


async def test_organizers_read_that_some_of_the_missing_may_have_answered(system: System) -> None:
    teacher, organizer = await system.teacher(), await system.organizer()
    await system.at("2025-08-04 08:50")
    async with system.without_bot():
        await teacher.presses("✅ I am here")
        system.passes("2025-08-04 09:20")
    assert "Taps of that time may not have reached me" in cards(organizer)[0]
    assert "check-in is open" in cards(teacher)[0]


async def test_at_night_only_what_is_open_is_worth_a_message(system: System) -> None:
    answered, silent = await system.teacher("Answered"), await system.teacher("Silent")
    await system.at("2025-08-04 20:30")
    await answered.presses("🙂")
    await system.at("2025-08-04 22:30")
    async with system.without_bot():
        system.passes("2025-08-04 22:40")
    assert cards(answered) == []
    assert "🌙 The evening check-in is open: please answer, also if you did before: /checkin" in cards(silent)[0]
    await system.at("2025-08-05 06:59")
    assert cards(answered) == []
    await system.at("2025-08-05 07:01")
    assert "If you asked for help" in cards(answered)[0]
    assert len(cards(silent)) == 1


async def test_a_clock_that_jumps_is_no_outage(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 08:50")
    await system.jumps_to("2025-08-04 12:00")
    await system.later(minutes=5)
    assert cards(teacher) == []


async def test_what_was_undone_is_noticed_at_the_next_look(system: System) -> None:
    presence, db, seminar = Presence(planners(()), MESSAGE_TYPES.catch_up), system.app.runtime.db, system.seminar

    def looks(connection: sqlite3.Connection, *, fails: bool = False) -> list[str]:
        keys = [occurrence.key for occurrence in presence.notice(connection, seminar, at("2025-08-04 09:00"))]
        if fails:
            raise sqlite3.OperationalError("disk is full")
        return keys

    system.app.fanout.wake()
    await system.at("2025-08-04 08:50")
    with pytest.raises(sqlite3.OperationalError):
        await db.write(looks, fails=True)
    assert len(await db.write(looks)) == 1
    assert await db.write(looks) == []

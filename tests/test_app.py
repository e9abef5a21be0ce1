"""The bot that comes back: it hears what people did while it was away before it speaks."""

import asyncio
from pathlib import Path

import pytest

from bot.intake import poller
from bot.intake.poller import Poller
from rehearsal.telegram.journal import AcceptedCall
from tests.clocks import eventually
from tests.kit import Direct, System, User, open_system


async def test_who_tapped_while_the_bot_was_away_is_neither_reminded_nor_reported(system: System) -> None:
    organizer, here = await system.organizer(), await system.teacher("Here")
    await system.teacher("Silent")
    await system.at("2025-08-04 08:35")
    async with system.without_bot():
        system.passes("2025-08-04 09:18")
        await here.presses("✅ I am here")  # a tap waits at Telegram for two and a half minutes
        system.passes("2025-08-04 09:20")
    assert here.shows("You are here")
    alert, card = (message.words for message in organizer.chat[-2:])
    assert "some of the missing may have answered" in card
    assert "1 of 2 has not answered" in alert
    assert "Silent" in alert
    assert "Here" not in alert


async def test_a_reminder_that_was_due_already_is_not_sent_to_who_tapped(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 08:44")
    async with system.sending_stopped():
        system.passes("2025-08-04 08:46")
        await system.app.fanout.wait_idle()
        async with system.without_bot():
            await teacher.presses("✅ I am here")
    assert system.value("SELECT error FROM outbox WHERE kind = 'checkin.nudge'") == "answered"


async def test_when_telegram_cannot_be_polled_messages_go_out_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def deaf(_poller: Poller) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("bot.intake.backlog._FIRST_ANSWER_TIMEOUT_SECONDS", 0.05)
    async with open_system(tmp_path) as system:
        teacher = await system.teacher()
        async with system.without_waiting():
            async with system.without_bot():
                monkeypatch.setattr(Poller, "run", deaf)
                system.passes("2025-08-04 07:05")
            await teacher.waits_for("Good morning!")
            monkeypatch.undo()
            async with system.without_bot():
                pass


async def test_a_kill_right_after_i_agree_loses_neither_the_welcome_nor_the_agenda(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher = system.stranger("Ann")
    await teacher.starts(await system.invitation())
    await teacher.presses("English")
    await teacher.presses("Ann")
    await teacher.presses(system.seminar.groups[0].title.get("en"))

    async def never(*_: object, **__: object) -> tuple[int, bytes]:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr("bot.intake.worker._DRAIN_SECONDS", 0.05)
    monkeypatch.setattr("bot.delivery.dispatcher._DRAIN_SECONDS", 0.05)
    monkeypatch.setattr(Direct, "do_request", never)
    async with system.without_waiting():
        await teacher.presses("I agree")
        await eventually(lambda: system.value("SELECT state FROM person") == "active")
        async with system.without_bot():
            monkeypatch.undo()
    assert system.value("SELECT max(attempts) FROM inbox WHERE state <> 'done'") is None
    assert teacher.shows("Ann! The agenda comes every morning.")
    assert teacher.count("Day 1 of") == 1
    assert system.rows("SELECT state FROM outbox WHERE kind = 'newcomer.agenda'") == [{"state": "sent"}]


async def test_people_who_go_on_tapping_do_not_delay_messages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_system(tmp_path) as system:
        teacher, busy = await system.teacher(), [system.stranger(f"s{n}") for n in range(8)]

        async def taps(who: User) -> None:
            while not teacher.shows("Good morning!"):
                await who.sends("/today")
                await asyncio.sleep(0.02)

        async with system.without_waiting():
            async with system.without_bot():
                system.passes("2025-08-04 07:05")
                monkeypatch.setattr(system.world.faults, "latency", (0.05, 0.05))
            async with asyncio.timeout(20):
                await asyncio.gather(*(taps(one) for one in busy))
            monkeypatch.undo()


@pytest.mark.parametrize("paid", [True, False])
async def test_telegram_may_charge_only_where_the_settings_say_so(tmp_path: Path, paid: bool) -> None:
    async with open_system(tmp_path, allow_paid_broadcast=paid) as system:
        await system.teacher()
        asked: list[object] = []

        def listen(entry: AcceptedCall) -> None:
            if entry.method == "sendMessage":
                asked.append(entry.params.get("allow_paid_broadcast", False))

        system.world.on_accept.append(listen)
        await system.at("2025-08-04 07:01")
        assert asked == [paid]


async def test_organizers_hear_of_another_program_when_it_is_gone(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poller, "_CONFLICT_SECONDS", 0.05)
    monkeypatch.setattr(poller, "_LONGEST_BACKOFF_SECONDS", 0.02)
    monkeypatch.setattr(system.app.poller, "_seconds", 1)
    organizer, korean = await system.organizer(), await system.organizer("민지", language="ko")
    await system.at("2025-08-04 10:00")

    async def rival() -> None:
        while True:
            system.world.updates._wake(arrived=False)  # as when somebody else polls: ours ends with a 409
            await asyncio.sleep(0.001)

    other = asyncio.ensure_future(rival())
    await eventually(lambda: "another program" in system.app.dispatcher.status.stopped)
    system.passes("2025-08-04 10:05")
    assert not organizer.shows("another program")
    other.cancel()
    await eventually(lambda: not system.app.dispatcher.status.stopped)
    await system.wait_idle()
    assert organizer.shows("From 10:00 on another program used this bot's token.")
    assert korean.shows("10:00부터 다른 프로그램이")
    await system.later(hours=1)
    assert system.rows("SELECT state, count(*) AS n FROM outbox WHERE kind = 'contested'") == [
        {"state": "sent", "n": 2}
    ]

"""A press that waited at Telegram for too long is lost: what checks the bot leaves it out."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.buttons.checkin import CheckinHere, CheckinMood
from rehearsal.behaviours import Behaviour
from rehearsal.clock import RehearsalClock
from rehearsal.simulated_users import SimulatedUsers
from rehearsal.teacher import Teacher
from rehearsal.telegram import Account, World
from tests.rehearsal.telegram.callers import Caller
from tests.soak import setup
from tests.soak.inbound_users import InboundUsers
from tests.soak.telegram import SoakTelegram


async def test_simulated_users_forget_what_telegram_has_lost() -> None:
    clock = RehearsalClock(datetime(2025, 8, 4, tzinfo=UTC), speed=0)
    world = World(clock, flood=None)
    users, bot = SimulatedUsers(world, clock, None, 1), Caller(world)
    teacher = Teacher(Account(world, "Ситора"), Behaviour.PROMPT, 1, 1, None)
    users.add(teacher)
    await teacher.account.starts()
    day = date(2025, 8, 4)
    buttons = [CheckinHere(day), CheckinMood(day, 4), CheckinMood(day, 2)]
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": one.pack()}] for one in buttons]}
    await bot("sendMessage", chat_id=teacher.account.id, text="?", reply_markup=markup)
    for number, payload in enumerate(buttons):
        clock.jump_to(clock.now() + timedelta(seconds=100 * (number == 2)))
        await users._press(teacher, teacher.account.chat[-1], payload)
    assert (teacher.here, teacher.moods) == ({day}, {day: 2})
    clock.jump_to(clock.now() + timedelta(seconds=100))
    assert len(await bot.updates()) == 2, "the start, and the newest press"
    assert (teacher.here, teacher.moods, teacher.lost) == (set(), {day: 2}, 2)


async def test_a_soak_forgets_them_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehearsal.telegram.updates.LIFETIME_SECONDS", {"callback_query": 0.0})
    seminar = setup.copy_seminar(tmp_path, agenda=600, morning=-3, lesson=600, evening=-2)
    telegram = SoakTelegram(tmp_path / "journal", seed=1)
    people = [Account(telegram.world, f"Teacher {number}") for number in range(40)]
    for account in people:
        account.started = True
    users = InboundUsers(telegram, seminar, people, seed=1)
    users.prepare_chats()
    await users.perform(60)
    before = users.expected
    assert before.here
    assert before.moods
    assert before.texts
    assert telegram.world.updates.oldest() is not None
    after = users.expected
    assert not after.here
    assert not after.moods
    assert not after.calls
    assert after.texts == before.texts
    assert after.updates < before.updates
    telegram.journal.close()

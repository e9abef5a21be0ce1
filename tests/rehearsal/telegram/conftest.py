from datetime import UTC, datetime

import pytest

from rehearsal.clock import RehearsalClock
from rehearsal.telegram import Account, World
from tests.rehearsal.telegram.callers import Caller


@pytest.fixture
def clock() -> RehearsalClock:
    return RehearsalClock(datetime(2025, 8, 4, tzinfo=UTC), speed=0)


@pytest.fixture
def world(clock: RehearsalClock) -> World:
    return World(clock, flood=None)


@pytest.fixture
def bot(world: World) -> Caller:
    return Caller(world)


@pytest.fixture
async def sitora(world: World) -> Account:
    account = Account(world, "Ситора", last_name="Раҳимова", language_code="tg")
    await account.starts()
    world.updates.take()
    return account

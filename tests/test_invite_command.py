"""The link of an invitation."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot import invite_command
from bot.access import Role
from bot.clock import SystemClock
from bot.store import invite as invite_store
from rehearsal.telegram import BotApi, TelegramServer, World
from tests.kit import TOKEN, settings


async def test_an_invitation_is_a_link_that_lets_in(tmp_path: Path) -> None:
    world = World(SystemClock(), token=TOKEN)
    async with TelegramServer(BotApi(world)) as server:
        link, how = await invite_command.invitation(settings(tmp_path, api_url=server.url), Role.COORDINATOR)
    assert how.startswith("It lets one coordinator in, until ")
    address, _, code = link.partition("?start=")
    assert address == f"https://t.me/{world.profile.user['username']}"
    with closing(sqlite3.connect(tmp_path / "hamroh.db")) as connection:
        connection.row_factory = sqlite3.Row
        found = invite_store.redeem(connection, code, 5, datetime.now(UTC))
    assert (found.good, found.role) == (True, Role.COORDINATOR)

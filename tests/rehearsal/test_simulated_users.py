"""What simulated users react to."""

from collections.abc import Iterable
from datetime import UTC, datetime

from rehearsal.actions import PlannedAction
from rehearsal.clock import RehearsalClock
from rehearsal.simulated_users import SimulatedUsers
from rehearsal.telegram import Account, Message, World
from rehearsal.user import SimulatedUser
from tests.rehearsal.telegram.callers import Caller


class Reader(SimulatedUser):
    """Remembers what there was to react to."""

    def __init__(self, account: Account) -> None:
        super().__init__(account, 7, 1)
        self.read: list[str] = []

    def react_to(self, message: Message) -> Iterable[PlannedAction]:
        self.read.append(message.text)
        return ()


async def test_they_react_to_what_comes_and_what_changes_and_not_again_to_what_is_pinned() -> None:
    clock = RehearsalClock(datetime(2025, 8, 4, tzinfo=UTC), speed=0)
    world = World(clock, flood=None)
    bot, account = Caller(world), Account(world, "Ситора")
    await account.starts()
    users = SimulatedUsers(world, clock, None, 7)
    reader = Reader(account)
    users.add(reader)
    place = {"chat_id": account.id}
    number = (await bot("sendMessage", **place, text="08:00"))["message_id"]
    await bot("pinChatMessage", **place, message_id=number)
    await bot("editMessageText", **place, message_id=number, text="09:00")
    await bot("unpinChatMessage", **place, message_id=number)
    assert reader.read == ["08:00", "09:00"]

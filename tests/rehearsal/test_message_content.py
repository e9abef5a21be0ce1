"""Simulated users send more than text: content of each type arrives as what it is."""

from datetime import UTC, datetime

from rehearsal.actions import PlannedAction
from rehearsal.behaviours import Behaviour
from rehearsal.clock import RehearsalClock
from rehearsal.message_content import Content, ContentType, send_content
from rehearsal.simulated_users import SimulatedUsers
from rehearsal.teacher import Teacher
from rehearsal.telegram import Account, World
from tests.rehearsal.telegram.callers import Caller

FIELDS = {
    ContentType.ALBUM: "media_group_id",
    ContentType.PHOTO: "photo",
    ContentType.VIDEO: "video",
    ContentType.VIDEO_NOTE: "video_note",
    ContentType.VOICE: "voice",
    ContentType.STICKER: "sticker",
    ContentType.DICE: "dice",
    ContentType.FORWARD: "forward_origin",
    ContentType.LINK: "entities",
    ContentType.BOLD: "entities",
    ContentType.LOCATION: "location",
}


async def test_content_of_every_type_can_be_sent() -> None:
    world = World(RehearsalClock(datetime(2025, 8, 4, tzinfo=UTC), speed=0), flood=None)
    account = Account(world, "Ситора")
    assert set(FIELDS) == set(ContentType)
    for content_type, field in FIELDS.items():
        await send_content(account, Content(content_type, "<Ассалому> & алейкум"))
        messages = [update["message"] for update in world.updates.take()]
        assert len(messages) == (3 if content_type is ContentType.ALBUM else 1)
        for message in messages:
            assert isinstance(message, dict)
            assert field in message, content_type


async def test_simulated_users_do_what_they_plan() -> None:
    clock = RehearsalClock(datetime(2025, 8, 4, tzinfo=UTC), speed=0)
    world = World(clock, flood=None)
    users = SimulatedUsers(world, clock, None, 1)

    class DiceSender(Teacher):
        def react_to(self, _: object) -> list[PlannedAction]:
            return [PlannedAction(0, Content(ContentType.DICE))]

    user = DiceSender(Account(world, "Далер"), Behaviour.PROMPT, 1, 1, None)
    users.add(user)
    await user.account.starts()
    await Caller(world)("sendMessage", chat_id=user.account.id, text="салом")
    await users.run_due()
    assert "dice" in user.account.chat[-1].content

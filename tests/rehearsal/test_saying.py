"""Simulated people send more than text: each thing arrives as what it is."""

from datetime import UTC, datetime

from rehearsal.clock import RehearsalClock
from rehearsal.crowd import Crowd
from rehearsal.habits import Habit, Teacher
from rehearsal.player import Intention
from rehearsal.saying import Say, Thing, say
from rehearsal.telegram import Account, World
from tests.rehearsal.telegram.callers import Caller

SHOWN = {
    Thing.ALBUM: "media_group_id", Thing.PHOTO: "photo", Thing.VIDEO: "video", Thing.ROUND: "video_note",
    Thing.VOICE: "voice", Thing.STICKER: "sticker", Thing.DICE: "dice", Thing.FORWARD: "forward_origin",
    Thing.LINK: "entities", Thing.BOLD: "entities", Thing.PLACE: "location",
}  # fmt: skip


async def test_every_thing_can_be_sent() -> None:
    world = World(RehearsalClock(datetime(2025, 8, 4, tzinfo=UTC), speed=0), flood=None)
    account = Account(world, "Ситора")
    assert set(SHOWN) == set(Thing)
    for thing, field in SHOWN.items():
        await say(account, Say(thing, "<Ассалому> & алейкум"))
        messages = [update["message"] for update in world.updates.take()]
        assert len(messages) == (3 if thing is Thing.ALBUM else 1)
        for message in messages:
            assert isinstance(message, dict)
            assert field in message, thing


async def test_the_crowd_does_what_it_intends() -> None:
    clock = RehearsalClock(datetime(2025, 8, 4, tzinfo=UTC), speed=0)
    world = World(clock, flood=None)
    crowd = Crowd(world, clock, None, 1)

    class Thrower(Teacher):
        def intends(self, _: object) -> list[Intention]:
            return [Intention(0, Say(Thing.DICE))]

    player = Thrower(Account(world, "Далер"), Habit.PROMPT, 1, 1, None)
    crowd.join(player)
    await player.account.starts()
    await Caller(world)("sendMessage", chat_id=player.account.id, text="салом")
    await crowd.act()
    assert "dice" in player.account.chat[-1].content

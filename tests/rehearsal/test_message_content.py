"""Simulated users send more than text: content of each type arrives as what it is."""

from collections import Counter
from datetime import UTC, datetime

from rehearsal.actions import AccountAction, PlannedAction
from rehearsal.behaviours import Behaviour
from rehearsal.clock import RehearsalClock
from rehearsal.message_content import Content, ContentType, Correction, Deletion, Reaction, Reply, act_on, send_content
from rehearsal.simulated_users import SimulatedUsers
from rehearsal.teacher import Teacher
from rehearsal.telegram import Account, Message, World
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
    ContentType.LIVE_LOCATION: "location",
    ContentType.CONTACT: "contact",
    ContentType.POLL: "poll",
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


async def test_messages_are_answered_corrected_and_reacted_to() -> None:
    clock = RehearsalClock(datetime(2025, 8, 4, tzinfo=UTC), speed=0)
    world = World(clock, flood=None)
    users, bot = SimulatedUsers(world, clock, None, 1), Caller(world)

    class Mover(Teacher):
        def react_to(self, _: object) -> list[PlannedAction]:
            actions = (
                Reaction("👍"), Reply("ҳа"), Correction("ҳа", "не"), Correction("ҳеҷ", "?"),
                Content(ContentType.LIVE_LOCATION), AccountAction.MOVE, AccountAction.STOP_SHARING, AccountAction.MOVE,
                "хато", Deletion("хато"), Deletion("ҳеҷ"),
            )  # fmt: skip
            return [PlannedAction(0, action) for action in actions]

    user = Mover(Account(world, "Далер"), Behaviour.PROMPT, 1, 1, None)
    users.add(user)
    await user.account.starts()
    await bot("sendMessage", chat_id=user.account.id, text="Кай?")
    await users.run_due()
    asked, answer, place = user.account.chat[-3:]
    assert asked.reactions == ["👍"]
    assert (answer.text, answer.edited, answer.extra["reply_to_message"]["text"]) == ("не", True, "Кай?")  # type: ignore[index]
    assert place.edited
    assert "live_period" not in (place.location or {})
    await user.account.deletes(asked)
    await act_on(user.account, asked, Reply("?"))
    assert user.account.chat[-1] is place, "nobody answers what is gone"


def test_the_same_words_are_answered_once_at_most() -> None:
    world = World(RehearsalClock(datetime(2025, 8, 4, tzinfo=UTC), speed=0), flood=None)
    account = Account(world, "Далер", language_code="tg")
    seen: Counter[type] = Counter()
    for number in range(300):
        reader = Teacher(account, Behaviour.PROMPT, 7, number, None)
        message = Message(id=1, chat_id=account.id, date=0, from_bot=True, sender=world.me, text="Автобус соати 9")
        planned = list(reader.react_to(message))
        seen.update(type(one.action) for one in planned)
        assert list(reader.react_to(message)) == []
    assert 20 < seen[Reaction] < 80
    assert 5 < seen[Reply] < 40
    assert 0 < seen[Correction] < seen[Reply]


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

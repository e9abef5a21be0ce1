from typing import Any

import pytest

from rehearsal.clock import RehearsalClock
from rehearsal.telegram import Account, GroupChat, World
from tests.rehearsal.telegram.callers import Caller, keyboard, later, png


async def test_an_edit_changes_the_message_and_removes_the_keyboard(bot: Caller, sitora: Account) -> None:
    sent = await bot("sendMessage", chat_id=sitora.id, text="one", reply_markup=keyboard("a"))
    place = {"chat_id": sitora.id, "message_id": sent["message_id"]}
    edited = await bot("editMessageText", text="<i>two</i>", parse_mode="HTML", **place)
    message = sitora.chat[-1]
    assert (message.text, message.labels, message.edited) == ("two", [], True)
    assert edited["edit_date"] == message.edit_date
    assert edited["entities"] == [{"type": "italic", "offset": 0, "length": 3}]
    await bot("editMessageReplyMarkup", reply_markup=keyboard("b"), **place)
    assert message.labels == ["b"]


@pytest.mark.parametrize("method", ["editMessageText", "editMessageReplyMarkup"])
async def test_an_edit_that_changes_nothing_is_refused(method: str, bot: Caller, sitora: Account) -> None:
    sent = await bot("sendMessage", chat_id=sitora.id, text="one", reply_markup=keyboard("a"))
    text = {"text": "one"} if method == "editMessageText" else {}
    same = {"chat_id": sitora.id, "message_id": sent["message_id"], "reply_markup": keyboard("a"), **text}
    assert await bot.refused(method, **same) == (
        "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the "
        "same as a current content and reply markup of the message"
    )
    assert not sitora.chat[-1].edited
    await bot(method, **{**same, "reply_markup": keyboard("b")})
    assert sitora.chat[-1].labels == ["b"]


async def test_what_cannot_be_edited(bot: Caller, sitora: Account) -> None:
    theirs = await sitora.sends("салом")
    photo = await bot("sendPhoto", {"photo": ("a.png", png())}, chat_id=sitora.id)
    text = await bot("sendMessage", chat_id=sitora.id, text="x")
    for message_id, method, refusal in [
        (999, "editMessageText", "message to edit not found"),
        (0, "editMessageText", "message identifier is not specified"),
        (theirs.id, "editMessageText", "message can't be edited"),
        (photo["message_id"], "editMessageText", "there is no text in the message to edit"),
        (text["message_id"], "editMessageCaption", "there is no caption in the message to edit"),
    ]:
        words = {"text": "y"} if method == "editMessageText" else {"caption": "y"}
        refused = await bot.refused(method, chat_id=sitora.id, message_id=message_id, **words)
        assert refused == f"400 Bad Request: {refusal}"
    forced = {"force_reply": True}
    assert "unknown field" in await bot.refused(
        "editMessageText", chat_id=sitora.id, message_id=text["message_id"], text="y", reply_markup=forced
    )


async def test_captions_and_media_are_edited(bot: Caller, sitora: Account) -> None:
    sent = await bot("sendPhoto", {"photo": ("a.png", png())}, chat_id=sitora.id, caption="one")
    place = {"chat_id": sitora.id, "message_id": sent["message_id"]}
    assert (await bot("editMessageCaption", caption="two", **place))["caption"] == "two"
    media = {"type": "document", "media": "attach://new", "caption": "three"}
    await bot("editMessageMedia", {"new": ("report.pdf", b"%PDF")}, media=media, **place)
    message = sitora.chat[-1]
    assert message.photo is None
    assert message.document == ("report.pdf", b"%PDF")
    assert sitora.shows("three")
    assert "is too long" in await bot.refused("editMessageCaption", caption="ҳ" * 1025, **place)


async def test_deleting_and_its_48_hours(bot: Caller, sitora: Account, clock: RehearsalClock) -> None:
    old = await bot("sendMessage", chat_id=sitora.id, text="old")
    later(clock, 48 * 3600 + 1)
    refusal = await bot.refused("deleteMessage", chat_id=sitora.id, message_id=old["message_id"])
    assert refusal == "400 Bad Request: message can't be deleted for everyone"
    new = await bot("sendMessage", chat_id=sitora.id, text="new")
    assert await bot("deleteMessage", chat_id=sitora.id, message_id=new["message_id"]) is True
    assert not sitora.shows("new")
    assert sitora.shows("old")
    refusal = await bot.refused("deleteMessage", chat_id=sitora.id, message_id=new["message_id"])
    assert refusal == "400 Bad Request: message to delete not found"


async def test_deleting_many_skips_what_is_gone(bot: Caller, sitora: Account) -> None:
    ids = [(await bot("sendMessage", chat_id=sitora.id, text=str(number)))["message_id"] for number in range(3)]
    await bot("deleteMessages", chat_id=sitora.id, message_ids=[*ids[:2], 999])
    assert [message.text for message in sitora.chat] == ["/start", "2"]
    assert "1 to 100" in await bot.refused("deleteMessages", chat_id=sitora.id, message_ids=[])


async def test_reactions(bot: Caller, sitora: Account) -> None:
    theirs = await sitora.sends("салом")
    heart = {"type": "emoji", "emoji": "❤"}
    await bot("setMessageReaction", chat_id=sitora.id, message_id=theirs.id, reaction=[heart])
    assert theirs.reactions == ["❤"]
    two = [heart, heart]
    on: dict[str, object] = {"chat_id": sitora.id, "message_id": theirs.id}
    assert "TOO_MANY" in await bot.refused("setMessageReaction", **on, reaction=two)
    for unknown in ({"type": "emoji", "emoji": "🚌"}, {"type": "custom_emoji", "custom_emoji_id": "5"}):
        invalid = await bot.refused("setMessageReaction", **on, reaction=[unknown])
        assert invalid == "400 Bad Request: REACTION_INVALID"
    missing = await bot.refused("setMessageReaction", **{**on, "message_id": 999}, reaction=[heart])
    assert missing == "400 Bad Request: message to react not found"
    await sitora.reacts(theirs, "👍")
    assert theirs.reactions == ["❤", "👍"]
    await bot("setMessageReaction", **on, reaction=[])
    assert theirs.reactions == ["👍"]


async def test_people_react(bot: Caller, sitora: Account, world: World) -> None:
    await bot.updates(allowed_updates=["message_reaction", "my_chat_member"])
    group = GroupChat(world, "Гурӯҳ", [sitora], bot_is_admin=False)
    said = await sitora.sends("салом")
    in_group = await sitora.sends("салом", chat=group)
    await sitora.reacts(said, "👍")
    await sitora.reacts(said, "👍")
    await sitora.reacts(said, "❤")
    await sitora.reacts(said)
    await sitora.reacts(in_group, "👍")
    heard: list[Any] = [update["message_reaction"] for update in world.updates.take() if "message_reaction" in update]
    changes = [[[one["emoji"] for one in change[f"{when}_reaction"]] for when in ("old", "new")] for change in heard]
    assert changes == [[[], ["👍"]], [["👍"], ["❤"]], [["❤"], []]], "in a group only an administrator hears of it"
    assert (heard[0]["user"]["id"], heard[0]["message_id"]) == (sitora.id, said.id)
    assert (said.reactions, in_group.reactions) == ([], ["👍"])
    with pytest.raises(ValueError, match="🚌"):
        await sitora.reacts(said, "🚌")


async def test_violations_name_the_call(bot: Caller, sitora: Account, world: World) -> None:
    await bot.refused("deleteMessage", chat_id=sitora.id, message_id=999)
    assert str(world.violations[0]) == "deleteMessage: Bad Request: message to delete not found"
    assert world.violations[0].params == {"chat_id": sitora.id, "message_id": 999}

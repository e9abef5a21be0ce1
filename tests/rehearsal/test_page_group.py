"""Groups with topics on the page, and what people do about messages: commands, and what phones show."""

from functools import partial
from typing import Any

import aiohttp

from rehearsal.telegram.group import GroupChat
from rehearsal.telegram.model import Message
from tests.rehearsal.sessions import open_session
from tests.rehearsal.visitors import Visitor


def group_of(visitor: Visitor, phone: int) -> GroupChat:
    group = visitor.session.phones[phone].groups[0]
    assert isinstance(group, GroupChat)
    return group


def newest(visitor: Visitor, phone: int) -> Message:
    return visitor.session.phones[phone].shown()[-1]


async def test_a_staff_group_on_phones(visitor: Visitor) -> None:
    organizer, coordinator, teacher = (visitor.of(role) for role in ("organizer", "coordinator", "teacher"))
    do = partial(visitor.does, phone=organizer)

    def shown(phone: int = organizer) -> Any:
        return visitor.phones[phone]["open"] or {}

    await do(do="group", title="Staff")
    await visitor.sees(lambda: shown().get("title") == "Staff")
    group = group_of(visitor, organizer)
    apart = [visitor.phones[one]["chats"] for one in (coordinator, teacher)]
    assert (shown()["topic"], shown()["bot"], apart) == (None, "left", [[], []]), "its members are organizers alone"
    await do(do="group-join", who=coordinator)
    assert "open a topic first" in (await do(do="text", text="?"))["error"]
    await do(do="group-bot", status="administrator")
    await do(do="topic", title="Ситора")
    await visitor.sees(lambda: shown().get("topicTitle") == "Ситора")
    [topic] = group.topics
    await do(do="text", text="**Салом** ба ҳама")
    await visitor.sees(lambda: "Салом ба ҳама" in visitor.texts(organizer))
    assert visitor.newest(organizer)["entities"] == [{"type": "bold", "offset": 0, "length": 5}]
    await visitor.sees(lambda: visitor.phones[coordinator]["chats"][0]["unread"] >= 1)
    await visitor.does(do="open", phone=coordinator, chat=group.id)
    await visitor.sees(lambda: len(shown(coordinator).get("topics", [])) == 2)
    assert [one["unread"] for one in shown(coordinator)["topics"]][1] == 1
    await visitor.does(do="open", phone=coordinator, chat=group.id, topic=topic)
    await visitor.sees(lambda: visitor.newest(coordinator).get("who", {}).get("id") == organizer)
    said = newest(visitor, coordinator)
    await visitor.does(do="text", phone=coordinator, text="Хуб", reply=said.id)
    await visitor.sees(lambda: visitor.newest(organizer).get("quoted") == "Салом ба ҳама")
    await visitor.does(do="react", phone=coordinator, message=said.id, emoji="👍")
    await visitor.sees(lambda: visitor.bubbles[organizer].get(said.id, {}).get("reactions") == ["👍"])
    assert "no such chat" in (await visitor.does(do="open", phone=teacher, chat=group.id))["error"]
    assert "wrote" in (await visitor.does(do="edit", phone=coordinator, message=said.id, text="x"))["error"]
    await do(do="group-join", who=teacher)
    await visitor.sees(lambda: visitor.phones[teacher]["chats"])
    await visitor.does(do="open", phone=teacher, chat=group.id, topic=0)
    await visitor.sees(
        lambda: any(one.get("service", {}).get("says") == "has_joined" for one in visitor.bubbles[teacher].values())
    )
    await do(do="topic-close")
    await visitor.sees(lambda: shown()["closed"])
    await do(do="topic-close")
    for status in ("member", "kicked", "administrator"):
        await do(do="group-bot", status=status)
        await visitor.sees(lambda wanted=status: shown()["bot"] == wanted)  # type: ignore[misc]
    old = group.id
    await do(do="group-migrate")
    await visitor.sees(lambda: shown()["id"] == group.id != old)
    await do(do="topic-delete")
    await visitor.sees(lambda: shown()["topic"] is None)
    assert [one["name"] for one in shown()["topics"]] == [None]
    await visitor.does(do="group-leave", phone=teacher)
    await visitor.sees(lambda: visitor.phones[teacher]["open"] is None)
    assert "owns" in (await do(do="group-leave"))["error"]
    await do(do="open", chat=organizer)
    await visitor.sees(lambda: not shown() and "/start" in visitor.texts(organizer))


async def test_what_people_do_about_messages(visitor: Visitor) -> None:
    phone = visitor.of("teacher")
    do = partial(visitor.does, phone=phone)
    account = visitor.session.phones[phone].account
    await do(do="text", text="пеш")
    said = newest_own(visitor, phone)
    await do(do="edit", message=said, text="||баъд||")
    await visitor.sees(lambda: visitor.bubbles[phone].get(said, {}).get("edited"))
    assert visitor.bubbles[phone][said]["entities"][0]["type"] == "spoiler"
    await do(do="forward", message=said, to=phone)
    await visitor.sees(
        lambda: any(one.get("forwarded") == account.user["first_name"] for one in visitor.bubbles[phone].values())
    )
    await do(do="delete", message=said)
    await visitor.sees(lambda: said not in visitor.bubbles[phone])
    for what, kind in (("album", "photo"), ("contact", "other"), ("live", "location"), ("video", "other")):
        await do(do="send", what=what)
        await visitor.sees(partial(visitor.shows_media, phone, kind))
    live = next(one for one in account.chat if (one.location or {}).get("live_period"))
    await do(do="move", message=live.id)
    await visitor.sees(lambda: visitor.bubbles[phone].get(live.id, {}).get("edited"))
    assert visitor.bubbles[phone][live.id]["media"]["ends"] == live.date + 3600
    await do(do="move", message=live.id, stop=True)
    await visitor.sees(lambda: "ends" not in visitor.bubbles[phone][live.id]["media"])
    assert "ended" in (await do(do="move", message=live.id))["error"]
    await do(do="block")
    assert "blocked" in (await do(do="forward", message=live.id, to=phone))["error"]
    await do(do="block")
    await do(do="privacy")
    await visitor.sees(lambda: visitor.phones[phone]["refusesVoice"])
    album = next(one for one in account.chat if "media_group_id" in one.extra)
    async with visitor.http.get(f"{visitor.address}/file/{phone}/{album.id}") as answer:
        assert answer.content_type == "image/jpeg"


def newest_own(visitor: Visitor, phone: int) -> int:
    account = visitor.session.phones[phone].account
    return next(message.id for message in reversed(account.chat) if not message.from_bot)


async def test_a_group_is_picked_by_a_button_under_the_chat() -> None:
    async with open_session(phones=False) as (session, address), aiohttp.ClientSession() as http:
        phone = await session.add_phone("organizer", "en", join=True)
        account = phone.account
        request = {"request_id": 5, "chat_is_channel": False, "chat_is_forum": True, "bot_is_member": True}
        account.reply_keyboard = {"keyboard": [[{"text": "Pick", "request_chat": request}]]}

        async def does(**command: object) -> Any:
            async with http.post(f"{address}/do", json={"phone": account.id, **command}) as answer:
                return await answer.json()

        assert "no group" in (await does(do="keyboard", label="Pick"))["error"]
        group = (await does(do="group", title="Staff"))["group"]
        await does(do="open", chat=account.id)
        assert (await does(do="keyboard", label="Pick")) == {"choose": [{"id": group, "title": "Staff"}]}
        assert (await does(do="keyboard", label="Pick", group=group)) == {}
        shared = next(message for message in reversed(account.chat) if "chat_shared" in message.content)
        assert shared.content["chat_shared"] == {"request_id": 5, "chat_id": group}
        assert "no button" in (await does(do="keyboard", label="Other"))["error"]
        assert "letters" in (await does(do="group", title=""))["error"]
        await does(do="open", chat=group)
        assert "TITLE_TOO_LONG" in (await does(do="topic", title="x" * 129))["error"]

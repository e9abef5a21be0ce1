"""What else people send, and what Telegram marks in their texts by itself."""

import pytest

from rehearsal.telegram import Account, Message
from rehearsal.telegram.account_messages import typed_entities
from tests.rehearsal.telegram.callers import Caller


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("/help ба @daler_77 нависед", [("bot_command", "/help"), ("mention", "@daler_77")]),
        ("t.me/x_y ва https://a.tj/б?1=2#3 ҳаст", [("url", "t.me/x_y"), ("url", "https://a.tj/б?1=2#3")]),
        ("a.b@c.tj", [("email", "a.b@c.tj")]),
        ("😀 #рӯзи1 #1", [("hashtag", "#рӯзи1")]),
        ("салом. Шумо?", []),
        ("1.5 ва 2.30", []),
    ],
)
def test_what_is_marked_by_itself(text: str, marks: list[tuple[str, str]]) -> None:
    units = text.encode("utf-16-le")

    def part(entity: dict[str, object]) -> tuple[str, str]:
        offset, length = int(str(entity["offset"])), int(str(entity["length"]))
        return str(entity["type"]), units[2 * offset : 2 * (offset + length)].decode("utf-16-le")

    assert [part(entity) for entity in typed_entities(text)] == marks


async def test_marked_text(bot: Caller, sitora: Account) -> None:
    await sitora.sends_marked('<b>Салом</b>, <a href="https://a.tj/?x=1&amp;y">ин ҷо</a> ё t.me/x')
    message = (await bot.updates())[0]["message"]
    assert message["text"] == "Салом, ин ҷо ё t.me/x"
    assert [(one["type"], one.get("url")) for one in message["entities"]] == [
        ("bold", None), ("text_link", "https://a.tj/?x=1&y"), ("url", None),
    ]  # fmt: skip


async def test_everything_arrives_as_what_it_is(bot: Caller, sitora: Account) -> None:
    sent: list[Message] = [
        await sitora.sends_video("хона"),
        await sitora.sends_video_note(),
        await sitora.sends_dice(),
        await sitora.forwards("аз модар"),
        await sitora.forwards("аз канал", origin="channel"),
        await sitora.sends_quiz(known=True),
        await sitora.sends_uncopyable("paid_media"),
    ]
    messages = [update["message"] for update in await bot.updates()]
    assert [message["message_id"] for message in messages] == [message.id for message in sent]
    assert (messages[0]["caption"], messages[0]["video"]["mime_type"]) == ("хона", "video/mp4")
    assert messages[1]["video_note"]["length"] == 240
    assert 1 <= messages[2]["dice"]["value"] <= 6
    assert messages[3]["forward_origin"]["sender_user_name"] == "Mum"
    assert messages[4]["forward_origin"]["chat"]["type"] == "channel"
    assert messages[5]["poll"]["correct_option_ids"] == [1]
    assert messages[6]["paid_media"]["star_count"] == 5

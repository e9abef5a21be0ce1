"""Files on the page: what a person attaches, what the bot fetches of it, and what can be opened."""

from io import BytesIO

from rehearsal.telegram import BotApi, TelegramServer
from rehearsal.telegram.account_media import picture
from tests.rehearsal.visitors import Visitor


async def test_pictures_and_files_go_up_and_can_be_looked_at(visitor: Visitor) -> None:
    phone = visitor.of("teacher")
    for name, content in (("photo.png", picture()), ("план.pdf", b"%PDF-1.7 <script>"), ("a.xlsx", picture())):
        upload = f"{visitor.address}/upload/{phone}"
        async with visitor.http.post(upload, params={"name": name, "caption": "барнома"}, data=content) as answer:
            assert answer.status == 200
    await visitor.sees(lambda: len(visitor.media(phone)) == 3)
    media = visitor.media(phone)
    assert [one["kind"] for one in media] == ["photo", "document", "document"], "a picture called .xlsx is none"
    assert [one["text"] for one in visitor.bubbles[phone].values() if one["media"]] == ["барнома"] * 3
    async with visitor.http.get(visitor.address + media[0]["href"]) as answer:
        assert (await answer.read(), answer.content_type) == (picture(), "image/jpeg")
    async with visitor.http.get(visitor.address + media[1]["href"]) as answer:
        assert answer.content_type == "application/octet-stream"
        assert "attachment" in answer.headers["Content-Disposition"]


async def test_the_bot_fetches_what_was_attached_on_the_page(visitor: Visitor) -> None:
    phone, content = visitor.of("organizer"), b"PK\x03\x04" + bytes(range(256))
    upload = f"{visitor.address}/upload/{phone}"
    async with visitor.http.post(upload, params={"name": "барнома.xlsx"}, data=content) as answer:
        assert answer.status == 200
    message = visitor.session.phones[phone].account.chat[-1]
    sent = message.to_api({})["document"]
    assert isinstance(sent, dict)
    assert sent["file_name"] == "барнома.xlsx"
    assert sent["mime_type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    async with TelegramServer(BotApi(visitor.session.world)) as server:
        bot = f"bot{visitor.session.world.token}"
        async with visitor.http.post(f"{server.url}/{bot}/getFile", json={"file_id": sent["file_id"]}) as answer:
            path = (await answer.json())["result"]["file_path"]
        assert path.endswith(".xlsx")
        async with visitor.http.get(f"{server.url}/file/{bot}/{path}") as answer:
            assert await answer.read() == content


async def test_what_cannot_be_attached_is_refused_in_words(visitor: Visitor) -> None:
    upload = f"{visitor.address}/upload/{visitor.of('teacher')}"
    wrong: list[tuple[dict[str, str], bytes, str]] = [
        ({"name": "a.txt"}, b"", "This file is empty."),
        ({"name": "a.txt", "caption": "ҳ" * 1025}, b"1", "Words under a file have at most 1024 letters."),
        ({"name": "a.txt"}, bytes(50 * 2**20 + 1), "A file has at most 50 MB."),
    ]
    for params, content, words in wrong:
        async with visitor.http.post(upload, params=params, data=BytesIO(content)) as answer:
            assert (answer.status, await answer.text()) == (400, words)
    assert visitor.media(visitor.of("teacher")) == []

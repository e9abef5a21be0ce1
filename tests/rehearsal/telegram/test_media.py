import pytest

from rehearsal.telegram import Account
from tests.rehearsal.telegram.callers import Caller, png

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080010002001011100") + b"\0" * 20
GIF = b"GIF89a\x10\x00\x08\x00" + b"\0" * 8


@pytest.mark.parametrize(("content", "size"), [(png(30, 20), (30, 20)), (JPEG, (32, 16)), (GIF, (16, 8))])
async def test_pictures(content: bytes, size: tuple[int, int], bot: Caller, sitora: Account) -> None:
    message = await bot(
        "sendPhoto", {"photo": ("a", content)}, chat_id=sitora.id, caption="<b>акс</b>", parse_mode="HTML"
    )
    assert (message["photo"][-1]["width"], message["photo"][-1]["height"]) == size
    assert message["caption"] == "акс"
    assert message["caption_entities"] == [{"type": "bold", "offset": 0, "length": 3}]
    assert sitora.chat[-1].photo == content
    assert sitora.shows("акс")


async def test_a_file_goes_up_once_and_again_by_its_id(bot: Caller, sitora: Account) -> None:
    files = {"document": ("ҳисобот.pdf", b"%PDF")}
    sent = await bot("sendDocument", files, chat_id=sitora.id)
    document = sent["document"]
    assert (document["file_name"], document["mime_type"]) == ("ҳисобот.pdf", "application/pdf")
    await bot("sendDocument", chat_id=sitora.id, document=document["file_id"])
    assert sitora.chat[-1].document == ("ҳисобот.pdf", b"%PDF")
    path = (await bot("getFile", file_id=document["file_id"]))["file_path"]
    stored = bot.world.files.by_path(path)
    assert stored is not None
    assert stored.content == b"%PDF"


async def test_a_file_that_was_forgotten_is_given_to_nobody_and_nobody_is_blamed(bot: Caller, sitora: Account) -> None:
    said = await sitora.sends_document("a.xlsx", b"PK")
    path = (await bot("getFile", file_id=said.files[0].file_id))["file_path"]
    bot.world.files.forget(said.files[0])
    gone = "400 Bad Request: wrong file_id or the file is temporarily unavailable"
    assert await bot.refused("getFile", file_id=said.files[0].file_id) == gone
    assert bot.world.files.by_path(path) is None
    assert bot.world.violations == []


async def test_wrong_files(bot: Caller, sitora: Account) -> None:
    sent = await bot("sendDocument", {"document": ("a", b"1")}, chat_id=sitora.id)
    file_id = sent["document"]["file_id"]
    for photo, files, refusal in [
        (file_id, {}, "400 Bad Request: can't use file of type Document as Photo"),
        ("nonsense", {}, "400 Bad Request: wrong file identifier/HTTP URL specified"),
        ("https://a.tj/a.png", {}, "400 Bad Request: failed to get HTTP URL content"),
        ("attach://b", {}, "400 Bad Request: file is expected under the name b"),
        ("attach://b", {"b": ("b", b"")}, "400 Bad Request: file must be non-empty"),
        ("attach://b", {"b": ("b", b"text")}, "400 Bad Request: IMAGE_PROCESS_FAILED"),
        ("attach://b", {"b": ("b", png(4000, 100))}, "400 Bad Request: PHOTO_INVALID_DIMENSIONS"),
    ]:
        assert await bot.refused("sendPhoto", files, chat_id=sitora.id, photo=photo) == refusal
    assert await bot.refused("sendPhoto", chat_id=sitora.id) == '400 Bad Request: parameter "photo" is required'
    assert await bot.refused("getFile", file_id="x") == "400 Bad Request: invalid file_id"
    long = await bot.refused("sendPhoto", {"photo": ("a", png())}, chat_id=sitora.id, caption="ҳ" * 1025)
    assert long == "400 Bad Request: message caption is too long"


async def test_files_that_are_too_big(bot: Caller, sitora: Account) -> None:
    huge = bytes(50 * 1024 * 1024 + 1)
    refusal = await bot.refused("sendDocument", {"document": ("a", huge)}, chat_id=sitora.id)
    assert refusal == "413 Request Entity Too Large"
    said = await sitora.sends_document("a", huge[: 21 * 1024 * 1024])
    assert await bot.refused("getFile", file_id=said.files[0].file_id) == "400 Bad Request: file is too big"
    photo = await bot.refused("sendPhoto", {"photo": ("a", huge[: 11 * 1024 * 1024])}, chat_id=sitora.id)
    assert "too big to be sent as a photo" in photo


async def test_an_album(bot: Caller, sitora: Account) -> None:
    media = [{"type": "photo", "media": "attach://a", "caption": "яке"}, {"type": "photo", "media": "attach://b"}]
    files = {"a": ("a.png", png()), "b": ("b.png", png(5, 5))}
    messages = await bot("sendMediaGroup", files, chat_id=sitora.id, media=media)
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.photo for message in sitora.chat[-2:]] == [png(), png(5, 5)]
    assert sitora.chat[-2].caption == "яке"
    one = await bot.refused("sendMediaGroup", files, chat_id=sitora.id, media=media[:1])
    assert one == "400 Bad Request: there must be 2 to 10 media in an album"
    mixed = [media[0], {"type": "document", "media": "attach://b"}]
    assert "can't be mixed" in await bot.refused("sendMediaGroup", files, chat_id=sitora.id, media=mixed)
    strange = [{"type": "hologram", "media": "attach://a"}] * 2
    assert 'unsupported type "hologram"' in await bot.refused("sendMediaGroup", files, chat_id=sitora.id, media=strange)


async def test_voice_and_sticker(bot: Caller, sitora: Account) -> None:
    voice = await bot("sendVoice", {"voice": ("a.ogg", b"OggS")}, chat_id=sitora.id)
    assert voice["voice"]["mime_type"] == "audio/ogg"
    sticker = await sitora.sends_sticker()
    back = await bot("sendSticker", chat_id=sitora.id, sticker=sticker.files[0].file_id)
    assert back["sticker"]["type"] == "regular"

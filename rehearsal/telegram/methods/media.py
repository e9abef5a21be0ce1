"""Pictures and files, up and down."""

from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.files import MAX_DOWNLOAD, describe, describe_photo
from rehearsal.telegram.methods.posting import as_answer, check_flood_limits, post
from rehearsal.telegram.model import File, Json, Message
from rehearsal.telegram.texts import caption_text
from rehearsal.telegram.world import World

ALBUM = range(2, 11)
_KINDS = frozenset({"photo", "document", "video", "audio", "animation"})
_MOVING: dict[str, Json] = {
    "video": {"width": 640, "height": 360, "mime_type": "video/mp4"},
    "animation": {"width": 640, "height": 360, "mime_type": "video/mp4"},
    "audio": {"mime_type": "audio/mpeg"},
    "video_note": {"length": 240},
}


def send_photo(world: World, call: ApiCall) -> Json:
    """sendPhoto."""
    return _send(world, call, "photo")


def send_document(world: World, call: ApiCall) -> Json:
    """sendDocument."""
    return _send(world, call, "document")


def send_voice(world: World, call: ApiCall) -> Json:
    """sendVoice."""
    return _send(world, call, "voice")


def send_sticker(world: World, call: ApiCall) -> Json:
    """sendSticker."""
    return _send(world, call, "sticker")


def send_video(world: World, call: ApiCall) -> Json:
    """sendVideo."""
    return _send(world, call, "video")


def send_audio(world: World, call: ApiCall) -> Json:
    """sendAudio."""
    return _send(world, call, "audio")


def send_animation(world: World, call: ApiCall) -> Json:
    """sendAnimation."""
    return _send(world, call, "animation")


def send_video_note(world: World, call: ApiCall) -> Json:
    """sendVideoNote."""
    return _send(world, call, "video_note")


def send_media_group(world: World, call: ApiCall) -> list[Json]:
    """sendMediaGroup: an album of 2 to 10 photos and videos, or documents, or audio files."""
    items = [item for item in call.array("media") if isinstance(item, dict)]
    if len(items) not in ALBUM:
        raise bad_request("there must be 2 to 10 media in an album")
    kinds = {str(item["type"]) for item in items}
    if "animation" in kinds or (len(kinds) > 1 and kinds != {"photo", "video"}):
        raise bad_request(
            "document can't be mixed with other media types" if len(kinds) > 1 else "animations are no album"
        )
    chat = world.chat_of(call)
    chat.check_writable()
    parts = [(call.within(item), *read_media(world, call, item)) for item in items]
    captions = [caption_text(part) for part, _, _ in parts]
    check_flood_limits(world, call, chat, len(items))
    messages = [_album_part(world, call, parts[i], captions[i]) for i in range(len(parts))]
    album = str(messages[0].id + 13_000_000_000)
    for message in messages:
        message.extra["media_group_id"] = album
    return [as_answer(world, message) for message in messages]


def get_file(world: World, call: ApiCall) -> Json:
    """getFile: the path under which the file can be fetched."""
    file = world.files.to_fetch(call.text("file_id"))
    if len(file.content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
        "file_path": file.path,
    }


def read_media(world: World, call: ApiCall, item: Json) -> tuple[File, Json]:
    """The file of an InputMedia object, and the Message part that shows it."""
    kind = str(item["type"])
    if kind not in _KINDS:
        raise bad_request(f"media of type {kind} are not played by this rehearsal")
    file = world.files.resolve(call.within(item), "media", kind)
    return file, content_of(file)


def content_of(file: File) -> Json:
    """The part of a Message that shows a file."""
    if file.kind == "photo":
        return {"photo": describe_photo(file)}
    described = describe(file)
    if file.kind == "voice":
        described |= {"duration": 1, "mime_type": "audio/ogg"}
    elif file.kind in _MOVING:
        described |= {"duration": 1, **_MOVING[file.kind]}
    elif file.kind == "sticker":
        described |= {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return {file.kind: described}


def _send(world: World, call: ApiCall, kind: str) -> Json:
    caption, html, entities = caption_text(call)
    world.chat_of(call)
    file = world.files.resolve(call, kind, kind)
    content = content_of(file)
    message = post(world, call, caption=caption, html=html, entities=entities, content=content, files=[file])
    return as_answer(world, message)


def _album_part(
    world: World, call: ApiCall, part: tuple[ApiCall, File, Json], caption: tuple[str, str, list[Json]]
) -> Message:
    words, html, entities = caption
    return post(
        world, call, caption=words, html=html, entities=entities, content=part[2], files=[part[1]], counted=True
    )

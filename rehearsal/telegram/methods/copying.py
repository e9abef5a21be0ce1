"""Messages that are sent again: copies without a trace, and forwards with one."""

from dataclasses import replace

from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.dice import HIGHEST_DICE_VALUES
from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.methods.posting import as_answer, parse_inline_keyboard, post
from rehearsal.telegram.model import Json, Message
from rehearsal.telegram.texts import caption_text
from rehearsal.telegram.world import World

COPIED = frozenset({
    "photo", "document", "voice", "sticker", "video", "video_note", "animation", "audio", "dice", "location", "venue",
    "contact", "poll",
})  # fmt: skip
FORWARDED = frozenset({"paid_media", "giveaway", "giveaway_winners", "invoice", "checklist"})


def copy_message(world: World, call: ApiCall) -> Json:
    """copyMessage: a new caption replaces the old one; the keyboard is not copied."""
    original = _original(world, call, call.message_id(), "message to copy not found")
    if not _copyable(original):
        raise bad_request("the message can't be copied")
    copy = replace(original, extra={}, content=_copied_content(world, original.content))
    if "caption" in call.params and original.files:
        copy.caption, copy.html, copy.entities = caption_text(call)
    return {"message_id": _post_copy(world, call, copy).id}


def copy_messages(world: World, call: ApiCall) -> list[Json]:
    """copyMessages: those that are not there, or cannot be copied, are skipped; albums stay together."""
    source = world.chat_of(call, "from_chat_id")
    numbers = [number for number in call.array("message_ids") if isinstance(number, int)]
    if not 1 <= len(numbers) <= 100:
        raise bad_request("there must be 1 to 100 message identifiers")
    originals = [source.messages[number] for number in numbers if number in source.messages]
    originals = [
        replace(original, content=_copied_content(world, original.content))
        for original in originals
        if _copyable(original)
    ]
    if not originals:
        raise bad_request("there are no messages to copy")
    albums: dict[object, str] = {}
    copies = []
    for original in originals:
        copy = _post_copy(world, call, original)
        if (album := original.extra.get("media_group_id")) is not None:
            copy.extra["media_group_id"] = albums.setdefault(album, str(copy.id + 13_000_000_000))
        copies.append(copy)
    return [{"message_id": copy.id} for copy in copies]


def forward_message(world: World, call: ApiCall) -> Json:
    """forwardMessage."""
    original = _original(world, call, call.message_id(), "message to forward not found")
    if original.protected or original.self_destructing or is_service(original):
        raise bad_request("message can't be forwarded")
    message = _post_copy(world, call, original)
    message.extra["forward_origin"] = {
        "type": "user",
        "sender_user": original.sender,
        "date": original.date,
    }
    return as_answer(world, message)


def _copyable(original: Message) -> bool:
    """Not service messages, paid media, giveaways, invoices, what destroys itself, quizzes of unknown answer."""
    poll = original.poll
    if poll is not None and poll["type"] == "quiz" and "correct_option_ids" not in poll:
        return False
    return not original.self_destructing and set(original.content) <= COPIED


def is_service(original: Message) -> bool:
    """Whether nobody wrote it: Telegram says what happened in the chat."""
    return not set(original.content) <= COPIED | FORWARDED


def _copied_content(world: World, content: Json) -> Json:
    """What a copy holds: a poll begins anew, dice are thrown again, a place no longer moves."""
    fresh = dict(content)
    if isinstance(poll := fresh.get("poll"), dict):
        world.polls += 1
        options = [{**option, "voter_count": 0} for option in poll["options"]]
        number = str(5_000_000_000_000_000_000 + world.polls)
        fresh["poll"] = {**poll, "id": number, "options": options, "total_voter_count": 0, "is_closed": False}
    if isinstance(dice := fresh.get("dice"), dict):
        fresh["dice"] = {**dice, "value": world.random.randint(1, HIGHEST_DICE_VALUES[dice["emoji"]])}
    if isinstance(place := fresh.get("location"), dict):
        fresh["location"] = {name: place[name] for name in ("latitude", "longitude")}
    return fresh


def _original(world: World, call: ApiCall, number: int, missing: str) -> Message:
    parse_inline_keyboard(call.part("reply_markup"))
    return world.chat_of(call, "from_chat_id").find(number, missing)


def _post_copy(world: World, call: ApiCall, original: Message) -> Message:
    return post(
        world,
        call,
        text=original.text,
        html=original.html,
        entities=original.entities,
        caption=original.caption,
        content=original.content,
        files=original.files,
    )

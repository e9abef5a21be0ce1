"""Messages that are sent again: copies without a trace, and forwards with one."""

from dataclasses import replace

from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.dice import HIGHEST_DICE_VALUES
from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.methods.posting import as_answer, check_flood_limits, parse_inline_keyboard, post
from rehearsal.telegram.model import COPIED, Json, Message
from rehearsal.telegram.texts import caption_text
from rehearsal.telegram.world import World

MOST = 100  # messages of one call


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
    originals = [original for original in _originals(world, call) if _copyable(original)]
    if not originals:
        raise bad_request("there are no messages to copy")
    fresh = [replace(original, content=_copied_content(world, original.content)) for original in originals]
    if call.flag("remove_caption"):
        fresh = [replace(one, caption="", entities=[]) if one.caption else one for one in fresh]
    return [{"message_id": copy.id} for copy in _post_all(world, call, fresh)]


def forward_message(world: World, call: ApiCall) -> Json:
    """forwardMessage."""
    original = _original(world, call, call.message_id(), "message to forward not found")
    if not _forwardable(original):
        raise bad_request("message can't be forwarded")
    message = _post_copy(world, call, original)
    message.extra["forward_origin"] = world.origin_of(original)
    return as_answer(world, message)


def forward_messages(world: World, call: ApiCall) -> list[Json]:
    """forwardMessages: those that are not there, or cannot be forwarded, are skipped; albums stay together."""
    forwardable = [original for original in _originals(world, call) if _forwardable(original)]
    if not forwardable:
        raise bad_request("there are no messages to forward")
    messages = _post_all(world, call, forwardable)
    for message, original in zip(messages, forwardable, strict=True):
        message.extra["forward_origin"] = world.origin_of(original)
    return [{"message_id": message.id} for message in messages]


def _originals(world: World, call: ApiCall) -> list[Message]:
    """The messages that a call names, without those that are not there. Raises a 400 for none, or too many."""
    source = world.chat_of(call, "from_chat_id")
    numbers = [number for number in call.array("message_ids") if isinstance(number, int)]
    if not 1 <= len(numbers) <= MOST:
        raise bad_request(f"there must be 1 to {MOST} message identifiers")
    return [source.messages[number] for number in numbers if number in source.messages]


def _post_all(world: World, call: ApiCall, originals: list[Message]) -> list[Message]:
    """All of them again, the albums among them as albums."""
    chat = world.chat_of(call)
    chat.check_writable()
    for original in originals:
        chat.check_content(original.content)
    check_flood_limits(world, call, chat, len(originals))
    albums: dict[object, str] = {}
    posted = []
    for original in originals:
        message = _post_copy(world, call, original, counted=True)
        if (album := original.extra.get("media_group_id")) is not None:
            message.extra["media_group_id"] = albums.setdefault(album, str(message.id + 13_000_000_000))
        posted.append(message)
    return posted


def _forwardable(original: Message) -> bool:
    return not (original.protected or original.self_destructing or original.is_service)


def _copyable(original: Message) -> bool:
    """Not service messages, paid media, giveaways, invoices, what destroys itself, quizzes of unknown answer."""
    poll = original.poll
    if poll is not None and poll["type"] == "quiz" and "correct_option_ids" not in poll:
        return False
    return not original.self_destructing and set(original.content) <= COPIED


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


def _post_copy(world: World, call: ApiCall, original: Message, *, counted: bool = False) -> Message:
    return post(
        world,
        call,
        text=original.text,
        html=original.html,
        entities=original.entities,
        caption=original.caption,
        content=original.content,
        files=original.files,
        counted=counted,
    )

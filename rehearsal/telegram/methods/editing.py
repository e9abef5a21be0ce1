"""Changing messages that were sent."""

from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.methods.media import read_media
from rehearsal.telegram.methods.posting import as_answer, parse_inline_keyboard, resolve_mentions
from rehearsal.telegram.methods.sending import location
from rehearsal.telegram.model import Json, Message
from rehearsal.telegram.texts import caption_text, message_text
from rehearsal.telegram.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
MISSING = "message to edit not found"


def edit_text(world: World, call: ApiCall) -> Json:
    """editMessageText: without reply_markup the keyboard goes away."""
    text, html, entities = message_text(call)
    entities = resolve_mentions(world, entities)
    message = _own_message(world, call)
    if not message.text:
        raise bad_request("there is no text in the message to edit")
    preview = call.part("link_preview_options")
    same = text == message.text and entities == message.entities and preview == message.preview
    _apply_edit(world, call, message, same=same)
    message.text, message.html, message.entities, message.preview = text, html, entities, preview
    return as_answer(world, message)


def edit_caption(world: World, call: ApiCall) -> Json:
    """editMessageCaption."""
    caption, html, entities = caption_text(call)
    entities = resolve_mentions(world, entities)
    message = _own_message(world, call)
    if not message.files:
        raise bad_request("there is no caption in the message to edit")
    _apply_edit(world, call, message, same=caption == message.caption and entities == message.entities)
    message.caption, message.html, message.entities = caption, html, entities
    return as_answer(world, message)


def edit_markup(world: World, call: ApiCall) -> Json:
    """editMessageReplyMarkup."""
    message = _own_message(world, call)
    _apply_edit(world, call, message, same=True)
    return as_answer(world, message)


def edit_media(world: World, call: ApiCall) -> Json:
    """editMessageMedia: another photo or document, with its caption."""
    item = call.part("media") or {}
    part = call.within(item)
    caption, html, entities = caption_text(part)
    message = _own_message(world, call)
    if not message.files and not message.text:
        raise bad_request("message can't be edited")
    file, content = read_media(world, call, item)
    same = message.files == [file] and caption == message.caption and entities == message.entities
    _apply_edit(world, call, message, same=same)
    message.text, message.content, message.files = "", content, [file]
    message.caption, message.html, message.entities = caption, html, resolve_mentions(world, entities)
    return as_answer(world, message)


def edit_live_location(world: World, call: ApiCall) -> Json:
    """editMessageLiveLocation: while its time runs, which it may set anew."""
    place = location(call)
    message, period = _live_location(world, call)
    period = call.number("live_period") or period
    moved: Json = {**place, "live_period": period}
    _apply_edit(world, call, message, same=moved == message.location)
    message.content = {"location": moved}
    return as_answer(world, message)


def stop_live_location(world: World, call: ApiCall) -> Json:
    """stopMessageLiveLocation."""
    message, _ = _live_location(world, call)
    _apply_edit(world, call, message, same=False)
    place = {key: part for key, part in (message.location or {}).items() if key != "live_period"}
    message.content = {"location": place}
    return as_answer(world, message)


def _live_location(world: World, call: ApiCall) -> tuple[Message, int]:
    message = _own_message(world, call)
    period = (message.location or {}).get("live_period")
    if not isinstance(period, int) or world.now() > message.date + period:
        raise bad_request("message can't be edited")
    return message, period


def _own_message(world: World, call: ApiCall) -> Message:
    if "chat_id" not in call.params:
        raise bad_request("chat_id is empty")
    number = call.message_id()
    chat = world.chat_of(call)
    chat.check_writable()
    message = chat.find(number, MISSING)
    if not message.from_bot or message.is_service or message.uneditable:
        raise bad_request("message can't be edited")
    return message


def _apply_edit(world: World, call: ApiCall, message: Message, *, same: bool) -> None:
    """Validate the keyboard, refuse what changes nothing or comes too fast, and mark the message as edited."""
    markup = call.part("reply_markup")
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    keyboard, shown = parse_inline_keyboard(markup)
    if same and shown == message.markup:
        raise bad_request(NOT_MODIFIED)
    if world.flood is not None:
        world.flood.check_edit(message.chat_id, world.clock.monotonic())
    message.keyboard, message.markup = keyboard, shown
    message.edited, message.edit_date = True, world.now()

"""Changing messages that were sent."""

from rehearsal.telegram.calls import Call
from rehearsal.telegram.chats import Chat
from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.methods.media import read_media
from rehearsal.telegram.methods.posting import answer_with, known_mentions, read_inline
from rehearsal.telegram.methods.sending import location
from rehearsal.telegram.model import Bubble, Json
from rehearsal.telegram.texts import caption_text, message_text
from rehearsal.telegram.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
MISSING = "message to edit not found"


def edit_text(world: World, call: Call) -> Json:
    """editMessageText: without reply_markup the keyboard goes away."""
    text, html, entities = message_text(call)
    entities = known_mentions(world, entities)
    _, bubble = _own(world, call)
    if not bubble.text:
        raise bad_request("there is no text in the message to edit")
    preview = call.part("link_preview_options")
    same = text == bubble.text and entities == bubble.entities and preview == bubble.preview
    _finish(world, call, bubble, same=same)
    bubble.text, bubble.html, bubble.entities, bubble.preview = text, html, entities, preview
    return answer_with(world, bubble)


def edit_caption(world: World, call: Call) -> Json:
    """editMessageCaption."""
    caption, html, entities = caption_text(call)
    entities = known_mentions(world, entities)
    _, bubble = _own(world, call)
    if not bubble.files:
        raise bad_request("there is no caption in the message to edit")
    _finish(world, call, bubble, same=caption == bubble.caption and entities == bubble.entities)
    bubble.caption, bubble.html, bubble.entities = caption, html, entities
    return answer_with(world, bubble)


def edit_markup(world: World, call: Call) -> Json:
    """editMessageReplyMarkup."""
    _, bubble = _own(world, call)
    _finish(world, call, bubble, same=True)
    return answer_with(world, bubble)


def edit_media(world: World, call: Call) -> Json:
    """editMessageMedia: another photo or document, with its caption."""
    item = call.part("media") or {}
    part = call.within(item)
    caption, html, entities = caption_text(part)
    _, bubble = _own(world, call)
    if not bubble.files and not bubble.text:
        raise bad_request("message can't be edited")
    file, content = read_media(world, call, item)
    same = bubble.files == [file] and caption == bubble.caption and entities == bubble.entities
    _finish(world, call, bubble, same=same)
    bubble.text, bubble.content, bubble.files = "", content, [file]
    bubble.caption, bubble.html, bubble.entities = caption, html, known_mentions(world, entities)
    return answer_with(world, bubble)


def edit_live_location(world: World, call: Call) -> Json:
    """editMessageLiveLocation: while its time runs."""
    place = location(call)
    bubble, period = _live(world, call)
    moved: Json = {**place, "live_period": period}
    _finish(world, call, bubble, same=moved == bubble.location)
    bubble.content = {"location": moved}
    return answer_with(world, bubble)


def stop_live_location(world: World, call: Call) -> Json:
    """stopMessageLiveLocation."""
    bubble, _ = _live(world, call)
    _finish(world, call, bubble, same=False)
    place = {key: part for key, part in (bubble.location or {}).items() if key != "live_period"}
    bubble.content = {"location": place}
    return answer_with(world, bubble)


def _live(world: World, call: Call) -> tuple[Bubble, int]:
    _, bubble = _own(world, call)
    period = (bubble.location or {}).get("live_period")
    if not isinstance(period, int) or world.now() > bubble.date + period:
        raise bad_request("message can't be edited")
    return bubble, period


def _own(world: World, call: Call) -> tuple[Chat, Bubble]:
    if "chat_id" not in call.params:
        raise bad_request("chat_id is empty")
    number = call.message_id()
    chat = world.chat_of(call)
    chat.check_writable()
    bubble = chat.find(number, MISSING)
    if not bubble.from_bot:
        raise bad_request("message can't be edited")
    return chat, bubble


def _finish(world: World, call: Call, bubble: Bubble, *, same: bool) -> None:
    """Judge the keyboard and whether anything changes, pass flood control, and mark the message as edited."""
    markup = call.part("reply_markup")
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    keyboard, shown = read_inline(markup)
    if same and shown == bubble.markup:
        raise bad_request(NOT_MODIFIED)
    if world.flood is not None:
        world.flood.edit(bubble.chat_id, world.clock.monotonic())
    bubble.keyboard, bubble.markup = keyboard, shown
    bubble.edited, bubble.edit_date = True, world.now()

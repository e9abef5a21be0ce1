"""Messages that are sent again: copies without a trace, and forwards with one."""

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.rehearsal.telegram.calls import Call
from bot.rehearsal.telegram.errors import bad_request
from bot.rehearsal.telegram.methods.posting import answer_with, post, read_inline
from bot.rehearsal.telegram.model import Bubble, Json
from bot.rehearsal.telegram.texts import caption_text

if TYPE_CHECKING:
    from bot.rehearsal.telegram.world import World


def copy_message(world: "World", call: Call) -> Json:
    """copyMessage: a new caption replaces the old one; the keyboard is not copied."""
    original = _original(world, call, call.message_id(), "message to copy not found")
    if original.poll is not None:
        raise bad_request("polls can't be copied by this rehearsal")
    copy = replace(original, extra={})
    if "caption" in call.params and original.files:
        copy.caption, copy.html, copy.entities = caption_text(call)
    return {"message_id": _again(world, call, copy).id}


def copy_messages(world: "World", call: Call) -> list[Json]:
    """copyMessages: those that are not there are skipped."""
    source = world.chat_of(call, "from_chat_id")
    numbers = [number for number in call.array("message_ids") if isinstance(number, int)]
    if not 1 <= len(numbers) <= 100:
        raise bad_request("there must be 1 to 100 message identifiers")
    originals = [source.bubbles[number] for number in numbers if number in source.bubbles]
    if not originals:
        raise bad_request("there are no messages to copy")
    return [{"message_id": _again(world, call, original).id} for original in originals]


def forward_message(world: "World", call: Call) -> Json:
    """forwardMessage."""
    original = _original(world, call, call.message_id(), "message to forward not found")
    if original.protected:
        raise bad_request("message can't be forwarded")
    bubble = _again(world, call, original)
    bubble.extra["forward_origin"] = {
        "type": "user",
        "sender_user": original.sender,
        "date": original.date,
    }
    return answer_with(world, bubble)


def _original(world: "World", call: Call, number: int, missing: str) -> Bubble:
    read_inline(call.part("reply_markup"))
    return world.chat_of(call, "from_chat_id").find(number, missing)


def _again(world: "World", call: Call, original: Bubble) -> Bubble:
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

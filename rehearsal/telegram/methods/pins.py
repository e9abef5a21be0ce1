"""Pinned messages."""

from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.chats import Chat
from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.group import GroupChat
from rehearsal.telegram.pinning import pin as pin_in
from rehearsal.telegram.pinning import unpin as unpin_in
from rehearsal.telegram.world import World


def pin(world: World, call: ApiCall) -> bool:
    """pinChatMessage: what is pinned already stays as it is."""
    number = call.message_id()
    chat = _pinnable(world, call)
    message = chat.find(number, "message to pin not found")
    if message.is_service:
        raise bad_request("a service message can't be pinned")
    pin_in(world, chat, message, world.me, silent=call.flag("disable_notification"))
    return True


def unpin(world: World, call: ApiCall) -> bool:
    """unpinChatMessage: without message_id the newest message of the pinned."""
    chat = _pinnable(world, call)
    number = call.number("message_id") or max(chat.pinned_ids, default=0)
    if number not in chat.pinned_ids:
        raise bad_request("message to unpin not found")
    unpin_in(chat, chat.messages[number])
    return True


def unpin_all(world: World, call: ApiCall) -> bool:
    """unpinAllChatMessages."""
    chat = _pinnable(world, call)
    for message in chat.pinned:
        unpin_in(chat, message)
    return True


def _pinnable(world: World, call: ApiCall) -> Chat:
    chat = world.chat_of(call)
    chat.check_writable()
    if isinstance(chat, GroupChat) and not chat.bot_may("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat

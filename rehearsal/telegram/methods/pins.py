"""Pinned messages."""

from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.chats import Chat
from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.group import GroupChat
from rehearsal.telegram.world import World


def pin(world: World, call: ApiCall) -> bool:
    """pinChatMessage."""
    chat = _pinnable(world, call)
    message = chat.find(call.message_id(), "message to pin not found")
    if message.pinned:
        chat.pins.remove(message.id)
    message.pinned = True
    chat.pins.append(message.id)
    return True


def unpin(world: World, call: ApiCall) -> bool:
    """unpinChatMessage: without message_id the one that was pinned last."""
    chat = _pinnable(world, call)
    number = call.number("message_id") or (chat.pins[-1] if chat.pins else 0)
    if number not in chat.pins:
        raise bad_request("message to unpin not found")
    chat.pins.remove(number)
    chat.messages[number].pinned = False
    return True


def unpin_all(world: World, call: ApiCall) -> bool:
    """unpinAllChatMessages."""
    chat = _pinnable(world, call)
    for number in chat.pins:
        chat.messages[number].pinned = False
    chat.pins.clear()
    return True


def _pinnable(world: World, call: ApiCall) -> Chat:
    chat = world.chat_of(call)
    chat.check_writable()
    if isinstance(chat, GroupChat) and not chat.bot_is_admin:
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat

"""Deleting messages, and reactions."""

from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.chats import Chat
from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.group import GroupChat
from rehearsal.telegram.model import Message
from rehearsal.telegram.reactions import ALLOWED
from rehearsal.telegram.world import World

_SELECTOR = "\ufe0f"  # which some keyboards put behind a heart, and Telegram takes away
DELETABLE = 48 * 3600  # seconds


def delete_message(world: World, call: ApiCall) -> bool:
    """deleteMessage: the bot's own and, where it may, other people's, younger than 48 hours."""
    number = call.message_id()
    chat = world.chat_of(call)
    message = chat.find(number, "message to delete not found")
    _check_deletable(world, chat, message)
    chat.remove(message)
    return True


def delete_messages(world: World, call: ApiCall) -> bool:
    """deleteMessages: 1 to 100; those that are gone are skipped."""
    numbers = call.array("message_ids")
    if not 1 <= len(numbers) <= 100:
        raise bad_request("there must be 1 to 100 message identifiers")
    chat = world.chat_of(call)
    messages = [chat.messages[number] for number in numbers if isinstance(number, int) and number in chat.messages]
    for message in messages:
        _check_deletable(world, chat, message)
    for message in messages:
        chat.remove(message)
    return True


def set_reaction(world: World, call: ApiCall) -> bool:
    """setMessageReaction: at most one reaction of a bot, of the emoji that Telegram has for it; none takes it back."""
    chat = world.chat_of(call)
    message = chat.find(call.message_id(), "message to react not found")
    reactions = [reaction for reaction in call.array("reaction") if isinstance(reaction, dict)]
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = [str(reaction.get("emoji", "")).replace(_SELECTOR, "") for reaction in reactions]
    if not ALLOWED.issuperset(emoji):
        raise bad_request("REACTION_INVALID")
    chat.check_writable()
    message.reactions_by.pop(world.profile.id, None)
    if emoji:
        message.reactions_by[world.profile.id] = emoji
    return True


def _check_deletable(world: World, chat: Chat, message: Message) -> None:
    if isinstance(chat, GroupChat):
        chat.check_writable()
        others = not message.from_bot and not chat.bot_may("can_delete_messages")
        if others or {"forum_topic_created", "migrate_from_chat_id"} & set(message.content):
            raise bad_request("message can't be deleted")
    if world.now() - message.date > DELETABLE:
        raise bad_request("message can't be deleted for everyone")

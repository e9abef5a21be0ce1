"""Deleting messages, and reactions."""

from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.model import Message
from rehearsal.telegram.reactions import ALLOWED
from rehearsal.telegram.world import World

DELETABLE = 48 * 3600  # seconds


def delete_message(world: World, call: ApiCall) -> bool:
    """deleteMessage: the bot's own and, where it may, other people's, younger than 48 hours."""
    number = call.message_id()
    chat = world.chat_of(call)
    message = chat.find(number, "message to delete not found")
    _check_deletable(world, message)
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
        _check_deletable(world, message)
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
    if any(reaction["type"] != "emoji" or reaction["emoji"] not in ALLOWED for reaction in reactions):
        raise bad_request("REACTION_INVALID")
    chat.check_writable()
    message.reactions_by.pop(world.profile.id, None)
    if reactions:
        message.reactions_by[world.profile.id] = [str(reactions[0]["emoji"])]
    return True


def _check_deletable(world: World, message: Message) -> None:
    if world.now() - message.date > DELETABLE:
        raise bad_request("message can't be deleted for everyone")

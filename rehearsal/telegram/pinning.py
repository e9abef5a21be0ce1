"""What happens in a chat when a message is pinned, by the bot or by a person."""

from rehearsal.telegram.chats import Chat, PrivateChat
from rehearsal.telegram.model import Json, Message
from rehearsal.telegram.world import World

_OF_TOPIC = ("message_thread_id", "is_topic_message")


def pin(world: World, chat: Chat, message: Message, sender: Json, *, silent: bool) -> Message | None:
    """Pin a message in the name of `sender` (a User), and return the service message that says so.

    None when it is pinned already: nothing changes then. The bot gets the service message as an update, also of its
    own pin. In private chats it never makes a sound.
    """
    if message.pinned:
        return None
    message.pinned = True
    chat.pinned_ids.append(message.id)
    service = Message(
        id=chat.next_id(), chat_id=chat.id, date=world.now(), from_bot=sender == world.me, sender=sender,
        content={"pinned_message": message.quoted(chat.to_api())}, silent=silent or isinstance(chat, PrivateChat),
        extra={name: message.extra[name] for name in _OF_TOPIC if name in message.extra},
    )  # fmt: skip
    chat.messages[service.id] = service
    if not chat.bot_is_gone:
        world.push("message", service.to_api(chat.to_api()))
    return service


def unpin(chat: Chat, message: Message) -> None:
    """Take a pinned message off the bar. Telegram tells nobody: no service message, no update."""
    chat.pinned_ids.remove(message.id)
    message.pinned = False

"""Topics of a forum."""

from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.group import ForumTopic, GroupChat
from rehearsal.telegram.model import Json, Message
from rehearsal.telegram.world import World

MAX_NAME = 128


def create(world: World, call: ApiCall) -> Json:
    """createForumTopic."""
    forum = _forum(world, call)
    name = _name(call)
    number = forum.next_id()
    topic = forum.topics[number] = ForumTopic(number, name, call.number("icon_color") or ForumTopic(0, "").icon_color)
    created: Json = {"name": name, "icon_color": topic.icon_color}
    forum.messages[number] = Message(
        id=number, chat_id=forum.id, date=world.now(), from_bot=True, sender=world.me,
        content={"forum_topic_created": created},
        extra={"message_thread_id": number, "is_topic_message": True},
    )  # fmt: skip
    return {"message_thread_id": number, **created}


def edit(world: World, call: ApiCall) -> bool:
    """editForumTopic."""
    topic = _topic(world, call)
    if "name" in call.params:
        if topic.name == _name(call):
            raise bad_request("TOPIC_NOT_MODIFIED")
        topic.name = _name(call)
    return True


def close(world: World, call: ApiCall) -> bool:
    """closeForumTopic."""
    return _set_closed(_topic(world, call), closed=True)


def reopen(world: World, call: ApiCall) -> bool:
    """reopenForumTopic."""
    return _set_closed(_topic(world, call), closed=False)


def delete(world: World, call: ApiCall) -> bool:
    """deleteForumTopic, with its messages."""
    forum, topic = _forum(world, call), _topic(world, call)
    del forum.topics[topic.id]
    for message in forum.chat:
        if message.thread_id == topic.id:
            forum.remove(message)
    return True


def _set_closed(topic: ForumTopic, *, closed: bool) -> bool:
    if topic.closed is closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    return True


def _forum(world: World, call: ApiCall) -> GroupChat:
    chat = world.chat_of(call)
    if not isinstance(chat, GroupChat) or not chat.forum:
        raise bad_request("the chat is not a forum")
    chat.check_writable()
    if not chat.bot_is_admin:
        raise bad_request("not enough rights to create a topic")
    return chat


def _topic(world: World, call: ApiCall) -> ForumTopic:
    topic = _forum(world, call).topics.get(call.number("message_thread_id") or 0)
    if topic is None:
        raise bad_request("message thread not found")
    return topic


def _name(call: ApiCall) -> str:
    name = call.text("name")
    if not 1 <= len(name) <= MAX_NAME:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
    return name

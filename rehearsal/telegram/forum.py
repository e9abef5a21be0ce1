"""Topics of a forum: opened, renamed, closed, opened again and deleted, by the bot or by a member."""

from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.group import ForumTopic, GroupChat
from rehearsal.telegram.model import Json

MAX_NAME = 128  # characters


def open_topic(forum: GroupChat, name: str, sender: Json, *, icon_color: int | None = None) -> ForumTopic:
    """A new topic, made in the name of `sender` (a User). Raises a 400 for a name that Telegram does not take."""
    check_name(name)
    color = icon_color or 0x6FB9F0
    opened = forum.announce({"forum_topic_created": {"name": name, "icon_color": color}}, sender, thread_id=0)
    topic = ForumTopic(opened.id, name, color, by_bot=sender == forum.world.me)
    forum.topics[topic.id] = topic
    return topic


def rename_topic(forum: GroupChat, topic: ForumTopic, name: str, sender: Json) -> None:
    """Another name. Raises a 400 for the one it has."""
    check_name(name)
    if topic.name == name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = name
    forum.announce({"forum_topic_edited": {"name": name}}, sender, thread_id=topic.id)


def set_topic_closed(forum: GroupChat, topic: ForumTopic, sender: Json, *, closed: bool) -> None:
    """Close or open again. Raises a 400 for what it is already."""
    if topic.closed is closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    forum.announce({"forum_topic_closed" if closed else "forum_topic_reopened": {}}, sender, thread_id=topic.id)


def set_general_closed(forum: GroupChat, sender: Json, *, closed: bool) -> None:
    """The same of General."""
    if forum.general_closed is closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    forum.general_closed = closed
    forum.announce({"forum_topic_closed" if closed else "forum_topic_reopened": {}}, sender)


def delete_topic(forum: GroupChat, topic: ForumTopic) -> None:
    """Take a topic away with its messages. Telegram tells the bot nothing of it."""
    del forum.topics[topic.id]
    for message in forum.topic_messages(topic.id):
        forum.remove(message)
        forum.world.deleted.add((forum.id, message.id))
    forum.world.changed.notify()


def check_name(name: str) -> None:
    """Raise a 400 for a name that is empty or too long."""
    if not 1 <= len(name) <= MAX_NAME:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")

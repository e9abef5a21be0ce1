"""Topics of a forum."""

from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.forum import check_name, delete_topic, open_topic, rename_topic, set_general_closed
from rehearsal.telegram.forum import set_topic_closed as set_closed
from rehearsal.telegram.group import ForumTopic, GroupChat
from rehearsal.telegram.model import Json
from rehearsal.telegram.world import World


def create(world: World, call: ApiCall) -> Json:
    """createForumTopic."""
    forum = _forum(world, call)
    if not forum.bot_may("can_manage_topics"):
        raise bad_request("not enough rights to create a topic")
    topic = open_topic(forum, call.text("name"), world.me, icon_color=call.number("icon_color"))
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.icon_color}


def edit(world: World, call: ApiCall) -> bool:
    """editForumTopic."""
    forum, topic = _managed(world, call)
    if "name" in call.params:
        rename_topic(forum, topic, call.text("name"), world.me)
    return True


def close(world: World, call: ApiCall) -> bool:
    """closeForumTopic."""
    set_closed(*_managed(world, call), world.me, closed=True)
    return True


def reopen(world: World, call: ApiCall) -> bool:
    """reopenForumTopic."""
    set_closed(*_managed(world, call), world.me, closed=False)
    return True


def delete(world: World, call: ApiCall) -> bool:
    """deleteForumTopic, with its messages."""
    forum, topic = _topic(world, call)
    if not forum.bot_may("can_delete_messages"):
        raise bad_request("not enough rights to delete the topic")
    delete_topic(forum, topic)
    return True


def close_general(world: World, call: ApiCall) -> bool:
    """closeGeneralForumTopic."""
    set_general_closed(_general(world, call), world.me, closed=True)
    return True


def reopen_general(world: World, call: ApiCall) -> bool:
    """reopenGeneralForumTopic."""
    set_general_closed(_general(world, call), world.me, closed=False)
    return True


def edit_general(world: World, call: ApiCall) -> bool:
    """editGeneralForumTopic."""
    _general(world, call)
    check_name(call.text("name"))
    return True


def _forum(world: World, call: ApiCall) -> GroupChat:
    chat = world.chat_of(call)
    if not isinstance(chat, GroupChat) or not chat.forum:
        raise bad_request("the chat is not a forum")
    chat.check_writable()
    return chat


def _general(world: World, call: ApiCall) -> GroupChat:
    forum = _forum(world, call)
    if not forum.bot_may("can_manage_topics"):
        raise bad_request("not enough rights to edit the topic")
    return forum


def _topic(world: World, call: ApiCall) -> tuple[GroupChat, ForumTopic]:
    forum = _forum(world, call)
    topic = forum.topics.get(call.number("message_thread_id") or 0)
    if topic is None:
        raise bad_request("message thread not found")
    return forum, topic


def _managed(world: World, call: ApiCall) -> tuple[GroupChat, ForumTopic]:
    """A topic that the bot may change: its own, or any as an administrator who manages topics."""
    forum, topic = _topic(world, call)
    if not (forum.bot_may("can_manage_topics") or (forum.bot_is_admin and topic.by_bot)):
        raise bad_request("not enough rights to edit the topic")
    return forum, topic

"""Topics of a forum: made before the first message that goes there, made again once deleted, opened again once closed.

That is a request of its own, after which the row is due again: a kill between the two makes no message twice.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from telegram.error import BadRequest

from bot.delivery.send_errors import SendResult
from bot.screen import Topic
from bot.sender import Sender
from bot.store import forum_topic
from bot.transport import request_data

Effect = Callable[[sqlite3.Connection], None]


@dataclass(frozen=True, slots=True)
class Preparation:
    """What has to be done to a topic before a message can go there."""

    topic: Topic
    chat_id: int

    async def make(self, sender: Sender, grant: int) -> Effect:
        """Do it, and return what has to be written then. Raises telegram.error.TelegramError."""
        target: dict[str, object] = {"chat_id": self.chat_id}
        if self.topic.thread_id is not None:
            try:
                await sender.post(
                    "reopenForumTopic", request_data({**target, "message_thread_id": self.topic.thread_id}), grant
                )
            except BadRequest as error:
                if "topic_not_modified" not in error.message.lower():  # somebody was quicker
                    raise
            return partial(forum_topic.set_closed, chat_id=self.chat_id, subject=self.topic.subject, closed=False)
        made = await sender.post("createForumTopic", request_data({**target, "name": self.topic.name}), grant)
        return partial(
            forum_topic.save,
            chat_id=self.chat_id,
            subject=self.topic.subject,
            thread_id=int(made["message_thread_id"]),
        )


def preparation(topic: Topic | None, chat_id: int) -> Preparation | None:
    """What has to be done before a message goes to this topic; None for nothing."""
    is_ready = topic is None or (topic.thread_id is not None and not topic.closed)
    return None if topic is None or is_ready else Preparation(topic, chat_id)


def topic_effect(topic: Topic | None, chat_id: int, result: SendResult) -> Effect | None:
    """What is to be written of a topic that was found deleted or closed; None where it was not."""
    if topic is None or topic.thread_id is None:
        return None
    if result is SendResult.TOPIC_GONE:
        return partial(forum_topic.forget, chat_id=chat_id, thread_id=topic.thread_id)
    if result is SendResult.TOPIC_CLOSED:
        return partial(forum_topic.set_closed, chat_id=chat_id, subject=topic.subject, closed=True)
    return None

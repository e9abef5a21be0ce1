"""What people do about messages and in groups, for another process: more actions of `control`, each on a JSON object.

`person`, `chat` and `member` are ids, `on` a message id in the chat (the person's own unless `chat` names another),
`topic` the id of a forum topic.
"""

import base64
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from rehearsal.telegram.account import Account
from rehearsal.telegram.account_media import picture
from rehearsal.telegram.chats import Chat
from rehearsal.telegram.forum import delete_topic, open_topic, set_topic_closed
from rehearsal.telegram.group import ForumTopic, GroupChat
from rehearsal.telegram.model import Json, Message
from rehearsal.telegram.world import World

Answer = list[Message] | Json
Action = Callable[[Json], Awaitable[Answer]]


class PeopleVerbs:
    """Verbs of a person."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.actions: dict[str, Action] = {
            "edit": self.edit,
            "reply": self.reply,
            "react": self.react,
            "delete": self.delete,
            "forward": self.forward,
            "album": self.album,
            "contact": self.contact,
            "poll": self.poll,
            "voice": self.voice,
            "location": self.location,
            "live": self.live,
            "move": self.move,
            "privacy": self.privacy,
        }

    async def edit(self, body: Json) -> Answer:
        """Change one's own text or caption: person, on, text."""
        return [await person_of(self._world, body).edits(self._message(body), str(body["text"]))]

    async def reply(self, body: Json) -> Answer:
        """Answer a message in its chat and topic: person, on, text, quote."""
        person, quote = person_of(self._world, body), str(body.get("quote", ""))
        return [await person.replies(self._message(body), str(body["text"]), quote=quote)]

    async def react(self, body: Json) -> Answer:
        """Put reactions on a message, or none: person, on, emoji (a list)."""
        emoji = body.get("emoji", [])
        if not isinstance(emoji, list):
            raise TypeError("emoji is a list")
        await person_of(self._world, body).reacts(self._message(body), *map(str, emoji))
        return {}

    async def delete(self, body: Json) -> Answer:
        """Delete a message for both sides: person, on."""
        await person_of(self._world, body).deletes(self._message(body))
        return {}

    async def forward(self, body: Json) -> Answer:
        """Forward a message with the album that it is of: person, on, chat (where it is), to (else the bot)."""
        person, target = person_of(self._world, body), body.get("to")
        to = self._world.chats[target] if isinstance(target, int) else None
        return await person.forwards_messages(*person.album_of(self._message(body)), chat=to)

    async def album(self, body: Json) -> Answer:
        """Send pictures at once: person, caption, pictures (base64) or count."""
        given = body.get("pictures")
        pictures = [base64.b64decode(str(one)) for one in given] if isinstance(given, list) else []
        if not pictures:
            pictures = [picture(40 * n) for n in range(_within(body.get("count", 2), 2, 10))]
        with place_of(self._world, body) as person:
            return await person.sends_album(*pictures, caption=str(body.get("caption", "")))

    async def contact(self, body: Json) -> Answer:
        """Send a contact, one's own without a name: person, name, phone."""
        with place_of(self._world, body) as person:
            return [await person.sends_contact(str(body.get("name", "")), str(body.get("phone", "")))]

    async def poll(self, body: Json) -> Answer:
        """Send a poll: person, question, options."""
        options = body["options"]
        if not isinstance(options, list):
            raise TypeError("options is a list")
        with place_of(self._world, body) as person:
            return [await person.sends_poll(str(body["question"]), *map(str, options))]

    async def voice(self, body: Json) -> Answer:
        """Send a voice message: person."""
        with place_of(self._world, body) as person:
            return [await person.sends_voice()]

    async def location(self, body: Json) -> Answer:
        """Send a place: person, latitude, longitude."""
        with place_of(self._world, body) as person:
            return [await person.sends_location(*_place(body))]

    async def live(self, body: Json) -> Answer:
        """Share a live location: person, latitude, longitude, period (seconds)."""
        with place_of(self._world, body) as person:
            return [await person.shares_location(*_place(body), _within(body.get("period", 900), 60, 86_400))]

    async def move(self, body: Json) -> Answer:
        """Move a live location, or stop it: person, on, latitude, longitude, stop."""
        person, message = person_of(self._world, body), self._message(body)
        if body.get("stop"):
            return [await person.stops_sharing(message)]
        return [await person.moves(message, *_place(body))]

    async def privacy(self, body: Json) -> Answer:
        """Set what a person does not want: person, refuses_voice, hides_forwards."""
        person = person_of(self._world, body)
        person.refuses_voice = bool(body.get("refuses_voice", person.refuses_voice))
        person.hides_forwards = bool(body.get("hides_forwards", person.hides_forwards))
        return {}

    def _message(self, body: Json) -> Message:
        chat = chat_of(self._world, body) or person_of(self._world, body)
        return chat.messages[number_of(body, "on")]


class GroupVerbs:
    """What happens to a group: `chat` is its id."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.actions: dict[str, Action] = {
            "group/join": self.join,
            "group/leave": self.leave,
            "group/bot": self.bot,
            "group/migrate": self.migrate,
            "group/forum": self.forum,
            "topic/open": self.open,
            "topic/close": self.close,
            "topic/delete": self.delete,
        }

    async def join(self, body: Json) -> Answer:
        """A person joins: chat, member."""
        self._group(body).joins(self._world.accounts[number_of(body, "member")])
        return {}

    async def leave(self, body: Json) -> Answer:
        """A person leaves: chat, member."""
        self._group(body).leaves(self._world.accounts[number_of(body, "member")])
        return {}

    async def bot(self, body: Json) -> Answer:
        """The bot becomes something else: chat, status; `administrator` can be given `without` (rights)."""
        group, without = self._group(body), body.get("without", [])
        match body["status"]:
            case "administrator":
                group.bot_joins()
                if isinstance(without, list) and without:
                    group.takes_rights(*map(str, without))
            case "member":
                group.demotes_bot()
            case "restricted":
                group.restricts_bot()
            case "kicked":
                group.removes_bot()
            case other:
                raise ValueError(f"a bot cannot be {other!r}")
        return {}

    async def migrate(self, body: Json) -> Answer:
        """It gets another id: chat -> {"id"}."""
        group = self._group(body)
        group.migrates()
        return {"id": group.id}

    async def forum(self, body: Json) -> Answer:
        """It gets topics: chat -> {"id"}."""
        group = self._group(body)
        group.becomes_forum()
        return {"id": group.id}

    async def open(self, body: Json) -> Answer:
        """A member opens a topic: chat, person, name -> {"topic"}."""
        return {"topic": open_topic(self._group(body), str(body["name"]), person_of(self._world, body).user).id}

    async def close(self, body: Json) -> Answer:
        """A member closes a topic, or opens it again: chat, person, topic, closed."""
        person, closed = person_of(self._world, body), bool(body.get("closed", True))
        set_topic_closed(self._group(body), self._topic(body), person.user, closed=closed)
        return {}

    async def delete(self, body: Json) -> Answer:
        """A member deletes a topic: chat, topic."""
        delete_topic(self._group(body), self._topic(body))
        return {}

    def _group(self, body: Json) -> GroupChat:
        group = chat_of(self._world, body)
        if not isinstance(group, GroupChat):
            raise TypeError("chat must be a group")
        return group

    def _topic(self, body: Json) -> ForumTopic:
        return self._group(body).topics[number_of(body, "topic")]


def person_of(world: World, body: Json) -> Account:
    """The person whose id stands under `person`."""
    return Account.get(world, number_of(body, "person"))


def chat_of(world: World, body: Json) -> Chat | None:
    """The chat whose id stands under `chat`; None without one."""
    return world.chats[number_of(body, "chat")] if "chat" in body else None


@contextmanager
def place_of(world: World, body: Json) -> Iterator[Account]:
    """The person; what they send inside of the block goes into `chat` and `topic`."""
    person = person_of(world, body)
    with person.at(chat_of(world, body), number_of(body, "topic") if "topic" in body else None):
        yield person


def number_of(body: Json, name: str) -> int:
    """A whole number. Raises ValueError for anything else."""
    number = body[name]
    if not isinstance(number, int):
        raise ValueError(f"{name} must be a number")
    return number


def _within(value: object, least: int, most: int) -> int:
    if not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"{value!r} must be a number from {least} to {most}")
    return value


def _place(body: Json) -> tuple[float, float]:
    return float(str(body["latitude"])), float(str(body["longitude"]))

"""The commands that a page sends about a group: one is made, and what its members and administrators do with it."""

from collections.abc import Awaitable, Callable, Mapping

from bot.access import Role
from rehearsal.phone_commands import number_of
from rehearsal.phones import GENERAL, Phone
from rehearsal.session import RehearsalSession
from rehearsal.telegram.forum import check_name, delete_topic, open_topic, set_topic_closed
from rehearsal.telegram.group import GroupChat
from rehearsal.telegram.model import Json

ORGANIZERS = frozenset({Role.ORGANIZER.value, Role.OWNER.value})
_MAX_TITLE = 128

Handler = Callable[[Json], Awaitable[Json]]


class GroupCommands:
    """What happens to the group that is open on a phone."""

    def __init__(self, session: RehearsalSession) -> None:
        self._session = session
        self.handlers: Mapping[str, Handler] = {
            "group": self._make,
            "group-join": self._join,
            "group-leave": self._leave,
            "group-bot": self._bot,
            "group-migrate": self._migrate,
            "topic": self._topic,
            "topic-close": self._close,
            "topic-delete": self._delete,
        }

    async def _make(self, command: Json) -> Json:
        """Make a group with topics: this person owns it, and the other organizers with a phone are in it.

        Coordinators are not: names and words stand in a staff group while each of its members is an organizer.
        """
        phone, title = self._phone(command), str(command["title"]).strip()
        if not 1 <= len(title) <= _MAX_TITLE:
            raise ValueError(f"a group's title has 1 to {_MAX_TITLE} letters")
        others = [one.account for one in self._session.phones.values() if one is not phone and one.role in ORGANIZERS]
        group = GroupChat(self._session.world, title, [phone.account, *others], forum=True, with_bot=False)
        phone.opens(group.id)
        return {"group": group.id}

    async def _join(self, command: Json) -> Json:
        """Add the person of another phone."""
        phone, group = self._open(command)
        group.joins(self._session.phones[number_of(command, "who")].account, by=phone.account)
        return {}

    async def _leave(self, command: Json) -> Json:
        phone, group = self._open(command)
        if phone.account is group.members[0]:
            raise ValueError("whoever owns the group stays in it")
        group.leaves(phone.account)
        return {}

    async def _bot(self, command: Json) -> Json:
        """Add the bot or give it back its rights (`administrator`), leave it a `member`, or remove it (`kicked`)."""
        _, group = self._open(command)
        match command["status"]:
            case "administrator":
                group.bot_joins()
            case "member":
                group.demotes_bot()
            case "kicked":
                group.removes_bot()
            case other:
                raise ValueError(f"a bot cannot be {other!r}")
        return {}

    async def _migrate(self, command: Json) -> Json:
        self._open(command)[1].migrates()
        return {}

    async def _topic(self, command: Json) -> Json:
        phone, group = self._open(command)
        name = str(command["title"]).strip()
        check_name(name)
        phone.topic = open_topic(group, name, phone.account.user).id
        return {}

    async def _close(self, command: Json) -> Json:
        """Close the topic that is open on the phone, or open it again."""
        phone, group = self._open(command)
        topic = group.topics[phone.topic or GENERAL]
        set_topic_closed(group, topic, phone.account.user, closed=not topic.closed)
        return {}

    async def _delete(self, command: Json) -> Json:
        phone, group = self._open(command)
        delete_topic(group, group.topics[phone.topic or GENERAL])
        return {}

    def _phone(self, command: Json) -> Phone:
        return self._session.phones[number_of(command, "phone")]

    def _open(self, command: Json) -> tuple[Phone, GroupChat]:
        phone = self._phone(command)
        if phone.group is None:
            raise LookupError("no group is open on this phone")
        return phone, phone.group

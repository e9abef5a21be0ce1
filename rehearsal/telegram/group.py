"""A supergroup, perhaps with topics."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from rehearsal.telegram.chats import Chat, PrivateChat
from rehearsal.telegram.errors import bad_request, forbidden
from rehearsal.telegram.model import Json, Message
from rehearsal.telegram.profile import Command, scopes_in_group
from rehearsal.telegram.world import World

FIRST_SUPERGROUP = -1_002_900_000_001  # where a migrated group goes

RIGHTS = (
    "can_be_edited", "can_manage_chat", "can_change_info", "can_delete_messages", "can_invite_users",
    "can_restrict_members", "can_pin_messages", "can_manage_topics", "can_promote_members", "can_manage_video_chats",
    "can_post_stories", "can_edit_stories", "can_delete_stories", "is_anonymous",
    "can_send_welcome_messages",  # newer than bot_api.json; clients of today ask for it
)  # fmt: skip
_DENIED = frozenset({"can_be_edited", "is_anonymous", "can_promote_members"})


@dataclass(slots=True)
class ForumTopic:
    """A forum topic; its id is that of the message that opened it."""

    id: int
    name: str
    icon_color: int = 0x6FB9F0
    closed: bool = False


class GroupChat(Chat):
    """A supergroup that the first member owns; the bot is an administrator unless told otherwise, a member, or gone."""

    def __init__(
        self,
        world: World,
        title: str,
        members: Iterable[PrivateChat] = (),
        *,
        forum: bool = False,
        bot_is_admin: bool = True,
    ) -> None:
        super().__init__(next(world.group_ids), itertools.count(1))
        self.world = world
        self.title = title
        self.members = list(members)
        self.admins = self.members[:1]
        self.forum = forum
        self.topics: dict[int, ForumTopic] = {}
        self.bot_is_admin = bot_is_admin
        self.bot_status = "left"
        world.chats[self.id] = self
        for member in self.members:
            member.groups.append(self)
        self.bot_joins()

    def to_api(self) -> Json:
        """The group as a Chat."""
        group: Json = {"id": self.id, "title": self.title, "type": "supergroup"}
        if self.forum:
            group["is_forum"] = True
        return group

    def check_writable(self) -> None:
        """Raise what a bot meets that writes here."""
        if self.bot_status == "kicked":
            raise forbidden("bot was kicked from the supergroup chat")
        if self.bot_status == "left":
            raise forbidden("bot is not a member of the supergroup chat")

    @property
    def bot_is_gone(self) -> bool:
        """Whether the bot has left, or was removed."""
        return self.bot_status in {"left", "kicked"}

    @property
    def tells_bot_of_people(self) -> bool:
        """Only as an administrator."""
        return self.bot_status == "administrator"

    def reaches_bot(self, message: Message) -> bool:
        """Nothing once the bot is gone; unless it is an administrator, only what is meant for it.

        That is the privacy mode which every bot has until its owner turns it off: commands, mentions, and answers.
        """
        if self.bot_is_gone:
            return False
        if self.bot_status == "administrator" or not self.world.privacy:
            return True
        answered = message.extra.get("reply_to_message")
        if isinstance(answered, dict) and answered.get("from") == self.world.me:
            return True
        name = f"@{self.world.me['username']}".lower()
        units = (message.text or message.caption).encode("utf-16-le", "surrogatepass")
        for entity in message.entities:
            offset, length = 2 * int(str(entity["offset"])), 2 * int(str(entity["length"]))
            marked = units[offset : offset + length].decode("utf-16-le", "ignore").lower()
            if entity["type"] == "mention" and marked == name:
                return True
            if entity["type"] == "bot_command" and ("@" not in marked or marked.endswith(name)):
                return True
        return False

    def check_thread(self, thread_id: int) -> None:
        """Raise a 400 unless the topic exists and is open."""
        topic = self.topics.get(thread_id)
        if topic is None:
            raise bad_request("message thread not found")
        if topic.closed:
            raise bad_request("TOPIC_CLOSED")

    def commands_of(self, account: PrivateChat) -> list[Command]:
        """The command menu that a member sees here."""
        scopes = scopes_in_group(self.id, account.id, admin=account in self.admins)
        return self.world.profile.menu(scopes, account.language_code.partition("-")[0])

    def bot_joins(self) -> None:
        """Somebody adds the bot."""
        self._set_bot_status("administrator" if self.bot_is_admin else "member")

    def joins(self, account: PrivateChat) -> None:
        """A person joins; the bot sees new_chat_members."""
        self.members.append(account)
        account.groups.append(self)
        self.announce({"new_chat_members": [account.user]}, account)

    def leaves(self, account: PrivateChat) -> None:
        """A person leaves; the bot sees left_chat_member."""
        self.members.remove(account)
        account.groups.remove(self)
        if account in self.admins:
            self.admins.remove(account)
        self.announce({"left_chat_member": account.user}, account)

    def announce(self, content: Json, account: PrivateChat | None = None) -> Message:
        """A service message, from this member or from the group itself."""
        message = Message(
            id=self.next_id(), chat_id=self.id, date=self.world.now(), from_bot=False,
            sender=account.user if account else None, content=content,
        )  # fmt: skip
        self.messages[message.id] = message
        if not self.bot_is_gone:
            self.world.push("message", message.to_api(self.to_api()))
        return message

    def removes_bot(self) -> None:
        """An administrator removes the bot."""
        self._set_bot_status("kicked")

    def migrates(self) -> None:
        """Become a supergroup under a new id, messages and all; the old id only says where it went."""
        chats, migrated = self.world.chats, self.world.migrated
        old, new = self.id, FIRST_SUPERGROUP - len(migrated)
        self.announce({"migrate_to_chat_id": new})
        migrated[old] = new
        del chats[old]
        self.id = new
        for message in self.messages.values():
            message.chat_id = new
        chats[new] = self
        self.announce({"migrate_from_chat_id": old})

    def member(self, account: PrivateChat) -> Json:
        """The person as a ChatMember."""
        if account not in self.members:
            return {"status": "left", "user": account.user}
        if account is self.members[0]:
            return {"status": "creator", "user": account.user, "is_anonymous": False}
        if account in self.admins:
            return _administrator(account.user)
        return {"status": "member", "user": account.user}

    def bot_member(self) -> Json:
        """The bot as a ChatMember."""
        return _bot_member(self.bot_status, self.world.me)

    def _set_bot_status(self, status: str) -> None:
        if not self.members:
            self.bot_status = status
            return
        change: Json = {
            "chat": self.to_api(),
            "from": self.members[0].user,
            "date": self.world.now(),
            "old_chat_member": _bot_member(self.bot_status, self.world.me),
            "new_chat_member": _bot_member(status, self.world.me),
        }
        self.bot_status = status
        self.world.push("my_chat_member", change)


def _administrator(user: Json) -> Json:
    return {"status": "administrator", "user": user, **{right: right not in _DENIED for right in RIGHTS}}


def _bot_member(status: str, user: Json) -> Json:
    if status == "administrator":
        return _administrator(user)
    return {"status": status, "user": user} | ({"until_date": 0} if status == "kicked" else {})

"""A group: a supergroup, perhaps with topics, or a basic group, which becomes one."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from rehearsal.telegram.chats import Chat, PrivateChat
from rehearsal.telegram.errors import bad_request, forbidden
from rehearsal.telegram.membership import RIGHTS, SENT, administrator, chat_member
from rehearsal.telegram.model import Json, Message
from rehearsal.telegram.profile import Command, scopes_in_group
from rehearsal.telegram.world import World

FIRST_SUPERGROUP = -1_002_900_000_001  # where a migrated group goes
_BASIC_OFFSET = 997_000_000_000  # basic groups have ids of their own kind, such as -4900000001


@dataclass(slots=True)
class ForumTopic:
    """A forum topic; its id is that of the message that opened it."""

    id: int
    name: str
    icon_color: int = 0x6FB9F0
    closed: bool = False
    by_bot: bool = False


class GroupChat(Chat):
    """A group that the first member owns; the bot is an administrator unless told otherwise, a member, or not there.

    `basic` groups have no topics, and share their numbers of messages with private chats; making topics possible, or a
    member (`migrates`), turns them into supergroups.
    """

    def __init__(
        self,
        world: World,
        title: str,
        members: Iterable[PrivateChat] = (),
        *,
        forum: bool = False,
        basic: bool = False,
        bot_is_admin: bool = True,
        with_bot: bool = True,
    ) -> None:
        number = next(world.group_ids)
        if basic:
            super().__init__(number + _BASIC_OFFSET, world.message_ids)
        else:
            super().__init__(number, itertools.count(2 if forum else 1))  # 1 would be General
        self.world = world
        self.title = title
        self.basic = basic
        self.members = list(members)
        self.admins = self.members[:1]
        self.forum = forum
        self.topics: dict[int, ForumTopic] = {}
        self.general_closed = False  # General has no number: messages without a topic stand in it
        self.bot_status = "left"
        self.bot_rights = frozenset[str]()
        self._former: list[Message] = []  # what a basic group said, which the bot cannot reach any more
        world.chats[self.id] = self
        for member in self.members:
            member.groups.append(self)
        if with_bot:  # since the group was made
            self._set_bot_status("administrator" if bot_is_admin else "member", frozenset(RIGHTS))

    def to_api(self) -> Json:
        """The group as a Chat."""
        group: Json = {"id": self.id, "title": self.title, "type": "group" if self.basic else "supergroup"}
        if self.forum:
            group["is_forum"] = True
        return group

    @property
    def chat(self) -> list[Message]:
        """The messages as they stand now, oldest first."""
        return [*self._former, *self.messages.values()]

    def topic_messages(self, thread_id: int | None) -> list[Message]:
        """The messages of one topic, oldest first; None is General."""
        return [message for message in self.chat if message.thread_id == thread_id]

    def commands_of(self, account: PrivateChat) -> list[Command]:
        """The command menu that a member sees here."""
        scopes = scopes_in_group(self.id, account.id, admin=account in self.admins)
        return self.world.profile.menu(scopes, account.language_code.partition("-")[0])

    # --- what the bot may do ----------------------------------------------------------------------------------------

    def check_writable(self) -> None:
        """Raise what a bot meets that writes here."""
        kind = "group" if self.basic else "supergroup"
        if self.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {kind} chat")
        if self.bot_status == "left":
            raise forbidden(f"bot is not a member of the {kind} chat")

    def check_content(self, content: Json) -> None:
        """Raise a 400 where the bot may read only."""
        if self.bot_status == "restricted":
            what = next((name for kind, name in SENT if kind in content), "text messages")
            raise bad_request(f"not enough rights to send {what} to the chat")

    def check_thread(self, thread_id: int) -> None:
        """Raise a 400 unless the topic exists and is open."""
        topic = self.topics.get(thread_id)
        if topic is None:
            raise bad_request("message thread not found")
        if topic.closed:
            raise bad_request("TOPIC_CLOSED")

    def check_general(self) -> None:
        """Raise a 400 where General is closed."""
        if self.forum and self.general_closed:
            raise bad_request("TOPIC_CLOSED")

    def check_person(self, account: Chat, thread_id: int | None) -> None:
        """Raise LookupError for who is no member, and for a topic that is gone or, unless they manage it, closed."""
        if account not in self.members:
            raise LookupError(f"{account.id} is not in {self.title!r}")
        topic = None if thread_id is None else self.topics.get(thread_id)
        if thread_id is not None and topic is None:
            raise LookupError("this topic was deleted")
        if account not in self.admins and (topic.closed if topic else self.forum and self.general_closed):
            raise LookupError("this topic is closed")

    @property
    def bot_is_gone(self) -> bool:
        """Whether the bot has left, or was removed."""
        return self.bot_status in {"left", "kicked"}

    @property
    def bot_is_admin(self) -> bool:
        """Whether the bot is an administrator, with many rights or few."""
        return self.bot_status == "administrator"

    def bot_may(self, right: str) -> bool:
        """Whether the bot is an administrator with this right, such as `can_manage_topics`."""
        return self.bot_is_admin and right in self.bot_rights

    @property
    def tells_bot_of_people(self) -> bool:
        """Only as an administrator."""
        return self.bot_is_admin

    def reaches_bot(self, message: Message) -> bool:
        """Nothing once the bot is gone; unless it is an administrator, only what is meant for it.

        That is the privacy mode which every bot has until its owner turns it off: commands, mentions, and answers.
        """
        if self.bot_is_gone:
            return False
        if self.bot_is_admin or not self.world.privacy:
            return True
        answered = message.extra.get("reply_to_message")
        if isinstance(answered, dict) and answered.get("from") == self.world.me:
            return "forum_topic_created" not in answered
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

    # --- what the members do ----------------------------------------------------------------------------------------

    def joins(self, account: PrivateChat, *, by: PrivateChat | None = None) -> None:
        """A person joins, or is added; the bot sees new_chat_members and, as an administrator, chat_member."""
        before = self.member(account)
        self.members.append(account)
        account.groups.append(self)
        self._member_changed(account, before, by)
        self.announce({"new_chat_members": [account.user]}, by or account)

    def leaves(self, account: PrivateChat, *, by: PrivateChat | None = None) -> None:
        """A person leaves, or is removed; the bot sees left_chat_member and, as an administrator, chat_member."""
        before = self.member(account)
        self.members.remove(account)
        account.groups.remove(self)
        if account in self.admins:
            self.admins.remove(account)
        self._member_changed(account, before, by)
        self.announce({"left_chat_member": account.user}, by or account)

    def promotes(self, account: PrivateChat) -> None:
        """The owner makes a member an administrator."""
        before = self.member(account)
        self.admins.append(account)
        self._member_changed(account, before, self.members[0])

    def bot_joins(self, *, admin: bool = True) -> None:
        """Somebody adds the bot, or gives it back all that it may do."""
        self._bot_comes("administrator" if admin else "member", frozenset(RIGHTS))

    def removes_bot(self) -> None:
        """An administrator removes the bot."""
        self._set_bot_status("kicked")

    def demotes_bot(self) -> None:
        """An administrator leaves the bot a plain member."""
        self._set_bot_status("member")

    def restricts_bot(self) -> None:
        """An administrator lets the bot read only."""
        self._set_bot_status("restricted")

    def takes_rights(self, *rights: str) -> None:
        """The bot stays an administrator without these rights, such as `can_manage_topics`."""
        self._set_bot_status("administrator", self.bot_rights - set(rights))

    def gives_rights(self, *rights: str) -> None:
        """The bot becomes an administrator, or one with these rights as well."""
        self._bot_comes("administrator", self.bot_rights | set(rights))

    def announce(
        self, content: Json, sender: PrivateChat | Json | None = None, *, thread_id: int | None = None
    ) -> Message:
        """A service message: from a member, from a User, or from the group itself; topic 0 is the one that it opens."""
        message = Message(
            id=self.next_id(), chat_id=self.id, date=self.world.now(), from_bot=sender == self.world.me,
            sender=sender.user if isinstance(sender, PrivateChat) else sender, content=content,
        )  # fmt: skip
        if thread_id is not None:
            message.extra = {"message_thread_id": thread_id or message.id, "is_topic_message": True}
        self.messages[message.id] = message
        if not self.bot_is_gone and not message.from_bot:
            self.world.push("message", message.to_api(self.to_api()))
        return message

    def migrates(self) -> None:
        """Become a supergroup under a new id; the old id only says where it went.

        What a basic group said stays on the phones, out of the bot's reach: a supergroup counts from 1.
        """
        chats, migrated = self.world.chats, self.world.migrated
        old, new = self.id, FIRST_SUPERGROUP - len(migrated)
        self.announce({"migrate_to_chat_id": new})
        migrated[old] = new
        del chats[old]
        self.id = new
        if self.basic:
            self.world.deleted |= {(new, number) for number in self.messages}
            self._former, self.messages, self.pinned_ids = self.chat, {}, []
            self._message_ids = itertools.count(1)
        self.basic = False
        for message in self.messages.values():
            message.chat_id = new
        chats[new] = self
        self.announce({"migrate_from_chat_id": old})

    def becomes_forum(self) -> None:
        """The owner allows topics, for which a basic group becomes a supergroup first."""
        if self.basic:
            self.migrates()
        self.forum = True

    # --- members as the Bot API has them ----------------------------------------------------------------------------

    def member(self, account: PrivateChat) -> Json:
        """The person as a ChatMember."""
        if account not in self.members:
            return {"status": "left", "user": account.user}
        if account is self.members[0]:
            return {"status": "creator", "user": account.user, "is_anonymous": False}
        return administrator(account.user) if account in self.admins else {"status": "member", "user": account.user}

    def bot_member(self) -> Json:
        """The bot as a ChatMember."""
        return chat_member(self.bot_status, self.world.me, self.bot_rights)

    def _member_changed(self, account: PrivateChat, before: Json, by: PrivateChat | None) -> None:
        if self.tells_bot_of_people:
            self._push_change("chat_member", (by or account).user, before, self.member(account))

    def _bot_comes(self, status: str, rights: frozenset[str]) -> None:
        """Whoever was gone also reads, as everybody does, that they were added."""
        was_gone = self.bot_is_gone
        self._set_bot_status(status, rights)
        if was_gone and self.members:
            self.announce({"new_chat_members": [self.world.me]}, self.members[0])

    def _set_bot_status(self, status: str, rights: frozenset[str] = frozenset()) -> None:
        before = self.bot_member()
        self.bot_status, self.bot_rights = status, rights
        if self.members:
            self._push_change("my_chat_member", self.members[0].user, before, self.bot_member())

    def _push_change(self, kind: str, by: Json, before: Json, after: Json) -> None:
        change: Json = {"chat": self.to_api(), "from": by, "date": self.world.now()}
        self.world.push(kind, {**change, "old_chat_member": before, "new_chat_member": after})

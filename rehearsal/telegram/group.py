"""A supergroup, perhaps with topics."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearsal.telegram.chats import Chat
from rehearsal.telegram.errors import bad_request, forbidden
from rehearsal.telegram.model import Bubble, Json
from rehearsal.telegram.profile import Command, scopes_in_group

if TYPE_CHECKING:
    from rehearsal.telegram.account import Account
    from rehearsal.telegram.world import World

RIGHTS = (
    "can_be_edited", "can_manage_chat", "can_change_info", "can_delete_messages", "can_invite_users",
    "can_restrict_members", "can_pin_messages", "can_manage_topics", "can_promote_members", "can_manage_video_chats",
    "can_post_stories", "can_edit_stories", "can_delete_stories", "is_anonymous",
    "can_send_welcome_messages",  # newer than the table beside this file; clients of today ask for it
)  # fmt: skip
_DENIED = frozenset({"can_be_edited", "is_anonymous", "can_promote_members"})


@dataclass(slots=True)
class Topic:
    """A forum topic; its id is that of the message that opened it."""

    id: int
    name: str
    icon_color: int = 0x6FB9F0
    closed: bool = False


class Group(Chat):
    """A supergroup. The first member owns it; the bot is an administrator, a plain member, or gone."""

    kind = "supergroup"

    def __init__(
        self, world: "World", number: int, title: str, members: list["Account"], *, forum: bool, bot_is_admin: bool
    ) -> None:
        super().__init__(world, number)
        self.title = title
        self.members = members
        self.admins: list[Account] = members[:1]
        self.forum = forum
        self.topics: dict[int, Topic] = {}
        self.bot_is_admin = bot_is_admin
        self.bot_status = "left"
        self._last_id = 0

    def object(self) -> Json:
        """The group as a Chat."""
        group: Json = {"id": self.id, "title": self.title, "type": "supergroup"}
        if self.forum:
            group["is_forum"] = True
        return group

    def next_id(self) -> int:
        """A supergroup counts its own messages."""
        self._last_id += 1
        return self._last_id

    def check_writable(self) -> None:
        """Raise what a bot meets that writes here."""
        if self.bot_status == "kicked":
            raise forbidden("bot was kicked from the supergroup chat")
        if self.bot_status == "left":
            raise forbidden("bot is not a member of the supergroup chat")

    def hears(self, bubble: Bubble) -> bool:
        """Nothing once the bot is gone; unless it is an administrator, only what is meant for it.

        That is the privacy mode which every bot has until its owner turns it off: commands, mentions, and answers.
        """
        if self.bot_status in {"left", "kicked"}:
            return False
        if self.bot_status == "administrator" or not self.world.privacy:
            return True
        answered = bubble.extra.get("reply_to_message")
        if isinstance(answered, dict) and answered.get("from") == self.world.me:
            return True
        name = f"@{self.world.me['username']}".lower()
        units = (bubble.text or bubble.caption).encode("utf-16-le", "surrogatepass")
        for entity in bubble.entities:
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

    def commands_of(self, account: "Account") -> list[Command]:
        """The command menu that a member sees here."""
        scopes = scopes_in_group(self.id, account.id, admin=account in self.admins)
        return self.world.profile.menu(scopes, account.language_code.partition("-")[0])

    def bot_joins(self) -> None:
        """Somebody adds the bot."""
        self._bot_becomes("administrator" if self.bot_is_admin else "member")

    def joins(self, account: "Account") -> None:
        """A person comes in; the bot sees new_chat_members."""
        self.members.append(account)
        self.announce({"new_chat_members": [account.user]}, account)

    def leaves(self, account: "Account") -> None:
        """A person goes; the bot sees left_chat_member."""
        self.members.remove(account)
        if account in self.admins:
            self.admins.remove(account)
        self.announce({"left_chat_member": account.user}, account)

    def announce(self, content: Json, account: "Account | None" = None) -> Bubble:
        """A service message, from this member or from the group itself."""
        bubble = Bubble(
            id=self.next_id(), chat_id=self.id, date=self.world.now(), from_bot=False,
            sender=account.user if account else None, content=content,
        )  # fmt: skip
        self.bubbles[bubble.id] = bubble
        if self.bot_status not in {"left", "kicked"}:
            self.world.push("message", bubble.message(self.object()))
        return bubble

    def removes_bot(self) -> None:
        """An administrator throws the bot out."""
        self._bot_becomes("kicked")

    def moves_to(self, number: int) -> None:
        """Take a new id, messages and all."""
        self.id = number
        for bubble in self.bubbles.values():
            bubble.chat_id = number

    def member(self, account: "Account") -> Json:
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

    def _bot_becomes(self, status: str) -> None:
        if not self.members:
            self.bot_status = status
            return
        change: Json = {
            "chat": self.object(),
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

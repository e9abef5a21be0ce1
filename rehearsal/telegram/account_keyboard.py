"""What a person does with the keyboard that the bot has put under the chat."""

from rehearsal.telegram.account_changes import AccountChanges
from rehearsal.telegram.chats import Chat
from rehearsal.telegram.group import GroupChat
from rehearsal.telegram.membership import RIGHTS
from rehearsal.telegram.model import Json, Message


class AccountKeyboard(AccountChanges):
    """The buttons of a reply keyboard: words, one's contact, where one is, and a chat to pick."""

    async def uses_keyboard(self, button: Json, *, chat: Chat | None = None, group: Chat | None = None) -> Message:
        """Press a button of the reply keyboard; `group` is picked for a button that asks for one, else the newest.

        A keyboard for one use closes. Raises LookupError where no group fits what is asked for.
        """
        place = chat or self
        if place.reply_keyboard and place.reply_keyboard.get("one_time_keyboard"):
            place.reply_keyboard = None
        if button.get("request_contact"):
            return await self.sends_contact(chat=chat)
        if button.get("request_location"):
            return await self.sends_location(*self.position, chat=chat)
        if isinstance(request := button.get("request_chat"), dict):
            offered = self.groups_for(request)
            if not offered or (group is not None and group not in offered):
                raise LookupError(f"{self.user['first_name']} has no group to pick that fits")
            return await self.picks_chat(group or offered[-1], request, chat=chat)
        return await self.sends(str(button["text"]), chat=chat)

    def groups_for(self, request: Json) -> list[Chat]:
        """The groups that the phone offers for a KeyboardButtonRequestChat, the oldest first.

        Where rights of the bot are asked for, or that it is a member, those in which this person can see to that.
        """
        return [group for group in self.groups if isinstance(group, GroupChat) and self._fits(group, request)]

    async def picks_chat(self, group: Chat, request: Json | int, *, chat: Chat | None = None) -> Message:
        """Answer a button that asks for a chat: the phone adds and promotes the bot as asked, and tells which it is."""
        asked: Json = {"request_id": request, "request_title": True} if isinstance(request, int) else request
        assert isinstance(group, GroupChat)
        wanted = _named(asked.get("bot_administrator_rights"))
        if wanted and not all(group.bot_may(right) for right in wanted):
            group.gives_rights(*wanted)
        elif asked.get("bot_is_member") and group.bot_is_gone:
            group.bot_joins(admin=False)
        shared: Json = {"request_id": asked["request_id"], "chat_id": group.id}
        if asked.get("request_title"):
            shared["title"] = group.title
        return self._deliver(chat, content={"chat_shared": shared})

    def _fits(self, group: GroupChat, request: Json) -> bool:
        rights, owns = _named(request.get("bot_administrator_rights")), group.members[:1] == [self]
        forum, has_name = request.get("chat_is_forum"), request.get("chat_has_username")
        return not (
            request.get("chat_is_channel")
            or (forum is not None and forum is not group.forum)
            or has_name
            or (request.get("chat_is_created") and not owns)
            or (_named(request.get("user_administrator_rights")) and self not in group.admins)
            or (rights and not owns and not all(group.bot_may(right) for right in rights))
        )


def _named(rights: object) -> list[str]:
    """The rights of a ChatAdministratorRights that are asked for."""
    return [right for right in RIGHTS if rights.get(right)] if isinstance(rights, dict) else []

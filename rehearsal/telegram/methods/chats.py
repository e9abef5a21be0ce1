"""What a bot can learn about chats and their members."""

from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.chats import PrivateChat
from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.group import GroupChat
from rehearsal.telegram.model import Json
from rehearsal.telegram.world import World

_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_chat(world: World, call: ApiCall) -> Json:
    """getChat: a ChatFullInfo."""
    chat = world.chat_of(call)
    info: Json = {
        **chat.to_api(),
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if isinstance(chat, GroupChat):
        chat.check_writable()
    if isinstance(chat, PrivateChat):
        settings = {
            "has_private_forwards": chat.hides_forwards,
            "has_restricted_voice_and_video_messages": chat.refuses_voice,
        }
        info |= {name: True for name, on in settings.items() if on}
    if chat.pinned_ids:
        info["pinned_message"] = chat.pinned[0].to_api(chat.to_api())
    return info


def get_member(world: World, call: ApiCall) -> Json:
    """getChatMember."""
    chat = world.chat_of(call)
    number = call.number("user_id") or 0
    if isinstance(chat, GroupChat):
        chat.check_writable()
        if number == world.me["id"]:
            return chat.bot_member()
        account = world.accounts.get(number)
        if account is None:
            raise bad_request("PARTICIPANT_ID_INVALID")
        return chat.member(account)
    account = world.accounts[chat.id]
    if number in (account.id, world.me["id"]):
        return {"status": "member", "user": account.user if number == account.id else world.me}
    raise bad_request("member not found")


def count_members(world: World, call: ApiCall) -> int:
    """getChatMemberCount, the bot included."""
    chat = world.chat_of(call)
    if not isinstance(chat, GroupChat):
        return 2
    chat.check_writable()
    return len(chat.members) + 1


def get_administrators(world: World, call: ApiCall) -> list[Json]:
    """getChatAdministrators."""
    chat = world.chat_of(call)
    if not isinstance(chat, GroupChat):
        raise bad_request("there are no administrators in the private chat")
    chat.check_writable()
    members = [chat.member(account) for account in chat.admins]
    return members + ([chat.bot_member()] if chat.bot_is_admin else [])


def leave(world: World, call: ApiCall) -> bool:
    """leaveChat."""
    chat = world.chat_of(call)
    if not isinstance(chat, GroupChat):
        raise bad_request("chat member status can't be changed in private chats")
    chat.check_writable()
    chat.bot_status, chat.bot_rights = "left", frozenset()
    return True


def get_profile_photos(world: World, call: ApiCall) -> Json:
    """getUserProfilePhotos: the people of a rehearsal show no pictures."""
    if call.number("user_id") not in world.accounts:
        raise bad_request("user not found")
    return {"total_count": 0, "photos": []}

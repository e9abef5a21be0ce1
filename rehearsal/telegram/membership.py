"""Members of groups as the Bot API describes them: a status, and for administrators what they may do."""

from collections.abc import Collection
from typing import Final

from rehearsal.telegram.model import Json

_ALL: Final = (
    "can_be_edited", "can_manage_chat", "can_change_info", "can_delete_messages", "can_invite_users",
    "can_restrict_members", "can_pin_messages", "can_manage_topics", "can_promote_members", "can_manage_video_chats",
    "can_post_stories", "can_edit_stories", "can_delete_stories", "is_anonymous",
    "can_send_welcome_messages",  # newer than bot_api.json; clients of today ask for it
)  # fmt: skip
_DENIED: Final = frozenset({"can_be_edited", "is_anonymous", "can_promote_members"})
RIGHTS: Final = tuple(right for right in _ALL if right not in _DENIED)  # what administrators usually may
_MEMBERS_MAY: Final = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_react_to_messages", "can_edit_tag", "can_change_info", "can_invite_users",
    "can_pin_messages", "can_manage_topics",
)  # fmt: skip
# What a member who may not send it is told that it cannot send, by the part of the message that holds it.
SENT: Final = (
    ("photo", "photos"), ("document", "documents"), ("video", "videos"), ("voice", "voice notes"), ("audio", "music"),
    ("video_note", "video notes"), ("poll", "polls"), ("sticker", "stickers"), ("animation", "GIFs"),
)  # fmt: skip


def administrator(user: Json, rights: Collection[str] = RIGHTS) -> Json:
    """A ChatMemberAdministrator with these rights."""
    return {"status": "administrator", "user": user, **{right: right in rights for right in _ALL}}


def chat_member(status: str, user: Json, rights: Collection[str]) -> Json:
    """A ChatMember of any status but the owner's; `rights` are those of an administrator."""
    if status == "administrator":
        return administrator(user, rights)
    member: Json = {"status": status, "user": user}
    if status in {"kicked", "restricted"}:
        member["until_date"] = 0
    if status == "restricted":
        member |= {"is_member": True, **dict.fromkeys(_MEMBERS_MAY, False)}
    return member

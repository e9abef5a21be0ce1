"""The methods that the stand-in plays, in one written list; every other known method is refused."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from rehearsal.telegram.calls import Call
from rehearsal.telegram.methods import (
    chats,
    copying,
    editing,
    media,
    pins,
    polls,
    removing,
    sending,
    settings,
    topics,
)

if TYPE_CHECKING:
    from rehearsal.telegram.world import World

Played = Callable[["World", Call], object]

PLAYED: Mapping[str, Played] = {
    # getUpdates waits, so World plays it itself
    "setWebhook": settings.set_webhook,
    "deleteWebhook": settings.delete_webhook,
    "getWebhookInfo": settings.webhook_info,
    "getMe": settings.get_me,
    "logOut": settings.log_out,
    "close": settings.log_out,
    "sendMessage": sending.send_message,
    "sendVenue": sending.send_venue,
    "sendLocation": sending.send_location,
    "sendContact": sending.send_contact,
    "sendChatAction": sending.send_chat_action,
    "sendPhoto": media.send_photo,
    "sendDocument": media.send_document,
    "sendVoice": media.send_voice,
    "sendSticker": media.send_sticker,
    "sendMediaGroup": media.send_media_group,
    "getFile": media.get_file,
    "sendPoll": polls.send_poll,
    "stopPoll": polls.stop_poll,
    "copyMessage": copying.copy_message,
    "copyMessages": copying.copy_messages,
    "forwardMessage": copying.forward_message,
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageReplyMarkup": editing.edit_markup,
    "editMessageMedia": editing.edit_media,
    "editMessageLiveLocation": editing.edit_live_location,
    "stopMessageLiveLocation": editing.stop_live_location,
    "deleteMessage": removing.delete_message,
    "deleteMessages": removing.delete_messages,
    "setMessageReaction": removing.set_reaction,
    "answerCallbackQuery": sending.answer_callback_query,
    "pinChatMessage": pins.pin,
    "unpinChatMessage": pins.unpin,
    "unpinAllChatMessages": pins.unpin_all,
    "createForumTopic": topics.create,
    "editForumTopic": topics.edit,
    "closeForumTopic": topics.close,
    "reopenForumTopic": topics.reopen,
    "deleteForumTopic": topics.delete,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_member,
    "getChatMemberCount": chats.count_members,
    "getChatAdministrators": chats.get_administrators,
    "leaveChat": chats.leave,
    "getUserProfilePhotos": chats.get_profile_photos,
    "setMyCommands": settings.set_commands,
    "getMyCommands": settings.get_commands,
    "deleteMyCommands": settings.delete_commands,
    "setMyName": settings.set_text,
    "getMyName": settings.get_text,
    "setMyDescription": settings.set_text,
    "getMyDescription": settings.get_text,
    "setMyShortDescription": settings.set_text,
    "getMyShortDescription": settings.get_text,
    "setChatMenuButton": settings.set_menu_button,
    "getChatMenuButton": settings.get_menu_button,
}

"""Every label of the page, in one language. What is in braces is filled in by the page itself."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from bot.i18n import N_, Locale
from bot.messages.registry import MESSAGE_TYPES
from bot.programme.model import Seminar

_AROUND = 30  # days before and after the seminar that the page can name

_FRAME: Final = {
    "rehearsal": N_("Rehearsal"),
    "tagline": N_("A seminar before it happens: no token, no network, nobody is disturbed."),
    "day_of": N_("Day {day} of {days}"),
    "before": N_("Before the seminar"),
    "after": N_("After the seminar"),
    "next_event": N_("Next event"),
    "next_day": N_("Next day"),
    "stop": N_("Stop here"),
    "pause": N_("Pause"),
    "speed": N_("How fast time passes"),
    "play": N_("Play ×{speed}"),
    "language": N_("Language of this page"),
    "theme": N_("Light or dark"),
    "panel": N_("What the bot is doing"),
    "add_phone": N_("Add a phone"),
    "phones": N_("Phones"),
    "who": N_("Who is it?"),
    "their_language": N_("Language"),
    "with_invitation": N_("Their invitation"),
    "add": N_("Add"),
    "cancel": N_("Cancel"),
    "close": N_("Close"),
    "lost": N_("The rehearsal has stopped. Start it again with “make rehearse”."),
    "skip": N_("Skip to the phones"),
}
_PHONE: Final = {
    "bot": N_("bot"),
    "typing": N_("typing…"),
    "start": N_("Start"),
    "menu": N_("Menu"),
    "message": N_("Message"),
    "send": N_("Send"),
    "attach": N_("Send a picture or a file"),
    "more": N_("More"),
    "album": N_("Send three pictures"),
    "contact": N_("Send one's own number"),
    "live": N_("Share where one is, live"),
    "refuse_voice": N_("Refuse voice messages"),
    "take_voice": N_("Take voice messages again"),
    "bold": N_("Bold"),
    "act": N_("Reply, forward, react"),
    "reply": N_("Reply"),
    "edit": N_("Edit"),
    "forward": N_("Forward"),
    "delete": N_("Delete"),
    "move_live": N_("Move a little"),
    "stop_live": N_("Stop sharing"),
    "is_live": N_("live until {hour}"),
    "forwarded": N_("Forwarded from {who}"),
    "forward_to": N_("Forward to"),
    "choose_group": N_("Choose a group chat"),
    "back": N_("Back"),
    "done": N_("Done"),
    "block": N_("Block the bot"),
    "unblock": N_("Unblock the bot"),
    "blocked": N_("This person has blocked the bot."),
    "close_phone": N_("Put this phone away"),
    "voice": N_("Send a voice message"),
    "sticker": N_("Send a sticker"),
    "location": N_("Send a place"),
    "again": N_("Tap the last button twice"),
    "edited": N_("edited"),
    "silent": N_("without sound"),
    "copied": N_("Copied"),
    "pinned": N_("Pinned message"),
    "unpin": N_("Unpin"),
    "has_pinned": N_("{who} pinned “{what}”"),
    "has_joined": N_("Joined the group chat: {who}"),
    "has_left": N_("Left the group chat: {who}"),
    "has_opened_topic": N_("New topic: {what}"),
    "has_renamed_topic": N_("The topic is called “{what}” now"),
    "has_closed_topic": N_("The topic is closed"),
    "has_reopened_topic": N_("The topic is open again"),
    "has_moved": N_("The group chat has another number now"),
    "has_shared_chat": N_("Chosen group chat: {what}"),
    "unread": N_("Unread: {n}"),
    "newest": N_("To the newest message"),
    "before_start": N_("What can this bot do?"),
    "about_start": N_("Press Start, as everyone does the first time."),
    "spoiler": N_("Hidden text: press to read"),
    "open_link": N_("This link leads out of the rehearsal:"),
    "open": N_("Open"),
    "photo": N_("Picture"),
    "poll": N_("Poll"),
    "of_phone": N_("Phone of {name}"),
    "ok": N_("OK"),
}
_GROUP: Final = {
    "chats": N_("Chats of this phone"),
    "make_group": N_("Make a group chat with topics"),
    "group_title": N_("Name of the group chat"),
    "staff": N_("Staff"),
    "topics": N_("Topics"),
    "general": N_("General"),
    "closed": N_("closed"),
    "no_messages": N_("No messages yet"),
    "people_count": N_("People and bots: {n}"),
    "new_topic": N_("Make a topic"),
    "topic_title": N_("Name of the topic"),
    "close_topic": N_("Close this topic"),
    "reopen_topic": N_("Open this topic again"),
    "delete_topic": N_("Delete this topic"),
    "let_in": N_("Let in: {name}"),
    "add_bot": N_("Add the bot, with all rights"),
    "take_rights": N_("Take the bot's rights"),
    "give_rights": N_("Give the bot its rights back"),
    "remove_bot": N_("Remove the bot"),
    "migrate": N_("Give the group chat another number"),
    "leave_group": N_("Leave the group chat"),
}
_MEDIA: Final = {  # what can be sent and the page only names
    "video": N_("Video"),
    "video_note": N_("Round video"),
    "animation": N_("Animation"),
    "audio": N_("Audio"),
    "contact": N_("Contact"),
    "dice": N_("Dice"),
    "checklist": N_("Checklist"),
    "paid_media": N_("Paid picture or video"),
    "giveaway": N_("Giveaway"),
    "story": N_("Story"),
    "game": N_("Game"),
    "invoice": N_("Invoice"),
}
_PANEL: Final = {
    "messages": N_("Messages"),
    "due": N_("Waiting"),
    "sending": N_("On the way"),
    "sent": N_("Sent"),
    "unknown": N_("Uncertain"),
    "dead": N_("Refused"),
    "expired": N_("Too late"),
    "cancelled": N_("Cancelled"),
    "health": N_("Health"),
    "updates": N_("Taps and texts to handle"),
    "violations": N_("Mistakes Telegram would refuse"),
    "floods": N_("Too fast for Telegram"),
    "unreachable": N_("Phones that blocked the bot"),
    "upcoming": N_("Coming next"),
    "nothing": N_("Nothing is planned any more."),
    "alerts": N_("Alerts to organizers"),
    "no_alerts": N_("No alerts yet."),
    "others": N_("The other teachers"),
    "play_others": N_("Play the other teachers"),
    "how_many": N_("How many"),
    "others_about": N_("They read, answer, come late, stay silent or ask for help, each by habit."),
    "own_bot": N_("Point your own bot at {url}"),
}
_BEHAVIOURS: Final = {
    "prompt": N_("answers at once"),
    "late": N_("answers late"),
    "absent": N_("is sometimes missing"),
    "struggling": N_("has a hard time"),
    "silent": N_("reads and stays silent"),
    "blocking": N_("blocks the bot one day"),
}
_ROLES: Final = {
    "teacher": N_("Teacher"),
    "organizer": N_("Organizer"),
    "coordinator": N_("Coordinator"),
    "stranger": N_("Stranger without an invitation"),
    "owner": N_("Owner"),
}


def page_labels(_: Locale, seminar: Seminar | None) -> dict[str, object]:
    """The page's labels by key, and `days`: each date that the clock can show, as it is said in this language."""
    return {
        **_said(_, _FRAME),
        **_said(_, _PHONE),
        **_said(_, _GROUP),
        **_said(_, _PANEL),
        "behaviours": _said(_, _BEHAVIOURS),
        "roles": _said(_, _ROLES),
        "kinds": {name: one.title(_) for name, one in MESSAGE_TYPES.items()},
        "media": _said(_, _MEDIA),
        "days": _days(_, seminar) if seminar else {},
    }


def _said(_: Locale, labels: Mapping[str, str]) -> dict[str, str]:
    return {key: _.plain(label) for key, label in labels.items()}


def _days(_: Locale, seminar: Seminar) -> dict[str, str]:
    first = seminar.first - timedelta(days=_AROUND)
    count = seminar.days_count + 2 * _AROUND
    dates: list[date] = [first + timedelta(days=number) for number in range(count)]
    return {day.isoformat(): _.day(day) for day in dates}

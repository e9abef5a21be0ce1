"""What a phone shows, as the page draws it: plain JSON, made from the stand-in's chats."""

from rehearsal.page.service_lines import line, service
from rehearsal.phones import GENERAL, News, Phone
from rehearsal.telegram.group import ForumTopic, GroupChat
from rehearsal.telegram.model import File, InlineButton, Json, Message

_SAYS = ("title", "first_name", "phone_number", "emoji", "value", "file_name")
_MEDIA = ("photo", "document", "voice", "sticker")


def phone(shown: Phone) -> Json:
    """All of a phone but its bubbles. `phoneLanguage` is the phone's own, an IETF tag."""
    account, group = shown.account, shown.group
    return {
        "id": account.id,
        "name": account.name,
        "phoneLanguage": account.language_code,
        "started": account.started,
        "blocked": account.blocked,
        "refusesVoice": account.refuses_voice,
        "typing": shown.chat.action,
        "menu": [
            {"name": name, "about": about}
            for name, about in (group.commands_of(account) if group else account.commands)
        ],
        "keyboard": _reply_keyboard(shown.chat.reply_keyboard),
        "pinned": [] if group else [_pinned(bubble) for bubble in account.pinned],
        "chats": [
            {"id": one.id, "title": one.title, "unread": sum(news.unread for news in shown.news(one).values())}
            for one in shown.groups
        ],
        "open": _open(shown, group) if group else None,
    }


def bubbles(shown: Phone) -> dict[int, Json]:
    """The newest bubbles and the pinned ones of the chat that is open, by id, oldest first."""
    group = shown.group
    return {one.id: bubble(one, shown.account.id if group else None) for one in shown.shown()}


def bubble(shown: Message, viewer: int | None = None) -> Json:
    """One bubble. `entities` keep the Bot API's UTF-16 offsets, which are JavaScript's own.

    In a group it is drawn for the `viewer`, and says who wrote it.
    """
    sender = shown.sender or {}
    mine = not shown.from_bot if viewer is None else sender.get("id") == viewer
    if (said := service(shown)) is not None:
        return {"id": shown.id, "mine": mine, "at": shown.date, "service": said}
    drawn: Json = {
        "id": shown.id,
        "mine": mine,
        "at": shown.date,
        "text": shown.text or shown.caption,
        "entities": shown.entities,
        "media": _media(shown),
    }
    if viewer is not None and not mine:
        drawn["who"] = {"id": sender.get("id"), "name": None if shown.from_bot else sender.get("first_name")}
    if shown.keyboard:
        drawn["buttons"] = [[_button(one) for one in row] for row in shown.keyboard]
    for mark in ("edited", "pinned", "silent"):
        if getattr(shown, mark):
            drawn[mark] = True
    if shown.reactions:
        drawn["reactions"] = shown.reactions
    drawn |= _about(shown)
    return drawn


def _about(shown: Message) -> Json:
    """What it answers, and from whom it was forwarded."""
    about: Json = {}
    quoted, part = shown.extra.get("reply_to_message"), shown.extra.get("quote")
    if isinstance(quoted, dict) and "forum_topic_created" not in quoted:
        words = part["text"] if isinstance(part, dict) else quoted.get("text") or quoted.get("caption") or "…"
        about["quoted"] = str(words)[:120]
    if isinstance(origin := shown.extra.get("forward_origin"), dict):
        source = origin.get("sender_user") or origin.get("chat") or {}
        about["forwarded"] = origin.get("sender_user_name") or source.get("first_name") or source.get("title") or "…"
    return about


def _open(shown: Phone, group: GroupChat) -> Json:
    """The group that is open, and its topics with what was written in them last."""
    topic = group.topics.get(shown.topic or GENERAL)
    news = shown.news(group)
    return {
        "id": group.id,
        "title": group.title,
        "members": len(group.members) + (not group.bot_is_gone),
        "forum": group.forum,
        "topic": shown.topic,
        "topicTitle": topic.name if topic else None,
        "closed": topic.closed if topic else False,
        "admin": shown.account in group.admins,
        "owner": group.members[:1] == [shown.account],
        "bot": group.bot_status,
        "topics": [_topic(group, one, news) for one in (None, *group.topics.values())] if group.forum else [],
        "people": [one.id for one in group.members],
    }


def _topic(group: GroupChat, topic: ForumTopic | None, news: dict[int, News]) -> Json:
    """One line of the list of topics; None is General."""
    number = topic.id if topic else GENERAL
    told = news.get(number)
    return {
        "id": number,
        "name": topic.name if topic else None,
        "closed": topic.closed if topic else group.general_closed,
        "unread": told.unread if told else 0,
        "last": line(told.newest.words) if told else "",
        "at": told.newest.date if told else 0,
    }


def _button(button: InlineButton) -> Json:
    kind = "tap" if button.payload is not None else "link" if button.url else "copy" if button.copy_text else "other"
    value = button.url if kind == "link" else button.copy_text if kind == "copy" else None
    return {"label": button.text, "kind": kind, "value": value, "style": button.style}


def _media(shown: Message) -> Json | None:
    if (venue := shown.venue) is not None:
        return {"kind": "venue", "title": venue.get("title"), "address": venue.get("address"), **(shown.location or {})}
    if (location := shown.location) is not None:
        period = location.get("live_period")
        ends: Json = {"ends": shown.date + period} if isinstance(period, int) else {}
        return {"kind": "location", **location, **ends}
    if (poll := shown.poll) is not None:
        return {"kind": "poll", **poll}
    for kind in _MEDIA:
        if kind in shown.content and shown.files:
            return {"kind": kind, **_file(shown, shown.files[0])}
    return _other(*next(iter(shown.content.items()))) if shown.content else None


def _other(kind: str, about: object) -> Json:
    """What the page only names, with what is written in it."""
    said = [about[key] for key in _SAYS if key in about] if isinstance(about, dict) else []
    return {"kind": "other", "name": kind, "about": " ".join(str(one) for one in said)}


def _file(shown: Message, file: File) -> Json:
    drawn: Json = {"name": file.name, "size": len(file.content), "mime": file.mime}
    drawn["href"] = f"/file/{shown.chat_id}/{shown.id}?{file.unique_id}"  # another picture has another address
    about = shown.content.get(file.kind)
    if isinstance(about, dict):
        drawn |= {key: about[key] for key in ("duration", "emoji") if key in about}
    return drawn


def _reply_keyboard(markup: Json | None) -> list[list[str]]:
    rows = markup.get("keyboard") if markup else None
    if not isinstance(rows, list):
        return []
    return [[str(one["text"]) if isinstance(one, dict) else str(one) for one in row] for row in rows]


def _pinned(shown: Message) -> Json:
    return {"id": shown.id, "text": line(shown.words)}

"""What a phone shows, as the page draws it: plain JSON, made from the stand-in's chats."""

from rehearsal.telegram.account import Account
from rehearsal.telegram.model import File, InlineButton, Json, Message

NEWEST = 80  # bubbles of one phone that the page keeps
_SAYS = ("title", "first_name", "phone_number", "emoji", "value", "file_name")
_MEDIA = ("photo", "document", "voice", "sticker")


def phone(account: Account) -> Json:
    """All of a phone but its bubbles. `languages` is the phone's own, an IETF tag."""
    return {
        "id": account.id,
        "name": account.name,
        "phoneLanguage": account.language_code,
        "started": account.started,
        "blocked": account.blocked,
        "typing": account.action,
        "menu": [{"name": name, "about": about} for name, about in account.commands],
        "keyboard": _reply_keyboard(account.reply_keyboard),
        "pinned": [_pinned(bubble) for bubble in account.pinned],
    }


def bubbles(account: Account) -> dict[int, Json]:
    """The newest bubbles and the pinned ones by id, oldest first."""
    shown = {one.id: one for one in (*account.pinned, *account.recent(NEWEST))}
    return {number: bubble(shown[number]) for number in sorted(shown)}


def bubble(shown: Message) -> Json:
    """One bubble. `entities` keep the Bot API's UTF-16 offsets, which are JavaScript's own."""
    if isinstance(pinned := shown.content.get("pinned_message"), dict):
        return _service(shown, pinned)
    drawn: Json = {
        "id": shown.id,
        "mine": not shown.from_bot,
        "at": shown.date,
        "text": shown.text or shown.caption,
        "entities": shown.entities,
        "media": _media(shown),
    }
    if shown.keyboard:
        drawn["buttons"] = [[_button(one) for one in row] for row in shown.keyboard]
    for mark in ("edited", "pinned", "silent"):
        if getattr(shown, mark):
            drawn[mark] = True
    if shown.reactions:
        drawn["reactions"] = shown.reactions
    if isinstance(quoted := shown.extra.get("reply_to_message"), dict):
        drawn["quoted"] = str(quoted.get("text") or quoted.get("caption") or "…")[:120]
    return drawn


def _service(shown: Message, pinned: Json) -> Json:
    """The line that says what was pinned, and who did it."""
    what = _line(str(pinned.get("text") or pinned.get("caption") or ""))
    who = None if shown.from_bot else (shown.sender or {}).get("first_name")  # the page has its own name for the bot
    said: Json = {"who": who, "pinned": pinned["message_id"], "what": what}
    return {"id": shown.id, "mine": not shown.from_bot, "at": shown.date, "service": said}


def _button(button: InlineButton) -> Json:
    kind = "tap" if button.payload is not None else "link" if button.url else "copy" if button.copy_text else "other"
    value = button.url if kind == "link" else button.copy_text if kind == "copy" else None
    return {"label": button.text, "kind": kind, "value": value, "style": button.style}


def _media(shown: Message) -> Json | None:
    if (venue := shown.venue) is not None:
        return {"kind": "venue", "title": venue.get("title"), "address": venue.get("address"), **(shown.location or {})}
    if (location := shown.location) is not None:
        return {"kind": "location", **location}
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
    return {"id": shown.id, "text": _line(shown.words)}


def _line(words: str) -> str:
    """The first line that says something."""
    return next((line.strip() for line in words.splitlines() if line.strip()), "…")[:100]

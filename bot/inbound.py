"""What a message that came says, whatever it is made of, and whether it goes on with the one before it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from telegram import Location, Message, MessageEntity, PhotoSize, Poll, Update
from telegram.ext import filters

from bot.marks import KINDS, Mark, html, moved
from bot.store.incoming_message import IncomingMessage, Pin
from bot.store.multipart import Multipart
from bot.text import clean_words, kept_places, units

# Telegram copies none of these, whoever asks. A quiz goes only where its answer is known.
_NEVER_COPIED: Final = (
    "paid_media", "checklist", "giveaway", "giveaway_winners", "invoice", "story", "game", "passport_data",
)  # fmt: skip
_FULL_UNITS: Final = 4_096  # UTF-16 units of one message; phones cut what is longer, at a space where there is one
_NEARLY_FULL_UNITS: Final = 3_000
_LONGEST_MULTIPART_SECONDS: Final = 600  # from the first part to the last, at most
_PART_GAP_SECONDS: Final = 10  # in which a phone sends the parts, also on a slow network


def incoming_message(message: Message, part: Multipart | None = None) -> IncomingMessage | None:
    """The message as something to pass on; None for what nobody wrote (a pinned message, a changed title).

    Words without a visible character count as none. Photos, voices, places and the like are passed on as copies; a poll
    as its words, since votes on a copy would never reach whoever asked. `part` says what it goes on with, if it does.
    """
    reply_to = message.reply_to_message.message_id if message.reply_to_message else None
    poll = message.poll if message.poll is not None and message.poll.type != Poll.QUIZ else None
    text = _ballot(poll) if poll is not None else message.text or message.caption or ""
    words, media = clean_words(text), _media(message) if poll is None else None
    if not words and media is None:
        return None
    return IncomingMessage(
        message.chat_id,
        message.message_id,
        words,
        media,
        part.reply_to if part else reply_to,
        part_of=part.first_id if part else None,
        marks=tuple(moved(text, marks(message), kept_places(text))),
        pin=pin(message),
        copyable=is_copyable(message),
        sent_at=message.date,
        album=message.media_group_id,
        file=_file(message) if media is not None else None,
    )


def sent_at(message: Message | None, now: datetime) -> datetime:
    """When a message was sent, which may be hours before it is read. Of a tap (None) nobody knows, so it is now."""
    return min(message.date, now) if message is not None else now


def _ballot(poll: Poll) -> str:
    """A poll on paper: what it asks, and what one may answer."""
    return "\n".join([f"📊 {poll.question}", *(f"▫️ {option.text}" for option in poll.options)])


def marks(message: Message) -> list[Mark]:
    """What is bold, a link, a quote ... in the text or the caption; what phones find by themselves is left out."""
    entities: Sequence[MessageEntity] = message.entities or message.caption_entities
    return [Mark(str(one.type), one.offset, one.length, _value(one)) for one in entities if one.type in KINDS]


def written(message: Message) -> str:
    """The text as HTML with its marks, as `clean_words` leaves it; "" for none."""
    text = message.text or ""
    return html(clean_words(text), moved(text, marks(message), kept_places(text)))


def captioned(message: Message) -> str:
    """The text, or what stands under a medium, as `written` gives it."""
    text = message.text or message.caption or ""
    return html(clean_words(text), moved(text, marks(message), kept_places(text)))


def may_go_on(message: Message) -> bool:
    """Whether other messages may belong to the same thing: an album, or a text that a phone has cut."""
    return message.media_group_id is not None or units(message.text or "") >= _NEARLY_FULL_UNITS


def continues(message: Message, multipart: Multipart) -> bool:
    """Whether the message belongs to the thing that the chat's last such message was a part of."""
    if multipart.first_id < message.message_id <= multipart.last_id:
        return _is_of_its_time(message, multipart)  # it was handled before
    if message.message_id <= multipart.first_id:
        return False
    if multipart.album is not None or message.media_group_id is not None:
        return multipart.album == message.media_group_id
    length = units(message.text or "")
    soon = 0 <= int(message.date.timestamp()) - multipart.sent_at <= _PART_GAP_SECONDS
    return soon and length > 0 and multipart.units >= _NEARLY_FULL_UNITS and multipart.units + length > _FULL_UNITS


def is_first_part(message: Message, multipart: Multipart) -> bool:
    """Whether the message is the thing's first part, handled again."""
    return message.message_id == multipart.first_id and _is_of_its_time(message, multipart)


def with_part(message: Message, multipart: Multipart) -> Multipart:
    """The thing with this message as its last part."""
    if message.message_id <= multipart.last_id:
        return multipart
    length = units(message.text or "")
    return multipart._replace(
        last_id=message.message_id,
        sent_at=int(message.date.timestamp()),
        units=length,
        total=multipart.total + length,
    )


def new_multipart(message: Message, waits_for: str, data: str) -> Multipart:
    """The thing whose first part the message is. `waits_for` is what the chat waited for, "" for nothing."""
    length = units(message.text or "")
    return Multipart(
        chat_id=message.chat_id,
        first_id=message.message_id,
        last_id=message.message_id,
        album=message.media_group_id,
        sent_at=int(message.date.timestamp()),
        units=length,
        total=length,
        reply_to=message.reply_to_message.message_id if message.reply_to_message else None,
        waits_for=waits_for,
        data=data,
    )


def pin(message: Message) -> Pin | None:
    """The place that the message moves, and until when; None for any other message."""
    place = message.location
    if place is None or place.live_period is None:
        return None
    return Pin(place.latitude, place.longitude, message.date + _span(place))


def _media(message: Message) -> str | None:
    """What there is besides words: its kind, and for a file which one ("photo:AQAD..."); None for nothing."""
    attachment = message.effective_attachment
    if attachment is None:
        name = next((name for name in _NEVER_COPIED if getattr(message, name, None)), None)
        return name or (_unknown(message) if not message.text else None)
    if isinstance(attachment, Sequence):
        sizes = [one for one in attachment if isinstance(one, PhotoSize)]
        return f"photo:{sizes[-1].file_unique_id}" if sizes else "photo"
    kind = type(attachment).__name__.lower()
    file = getattr(attachment, "file_unique_id", None)
    return f"{kind}:{file}" if file else kind


def _file(message: Message) -> str | None:
    """By what Telegram sends the message's picture or file again; None where there is none."""
    attachment = message.effective_attachment
    whole = attachment[-1] if isinstance(attachment, Sequence) and attachment else attachment
    file = getattr(whole, "file_id", None)
    return file if isinstance(file, str) else None


def _is_of_its_time(message: Message, multipart: Multipart) -> bool:
    """Whether it was sent when the thing was: another bot on the same database numbers its messages anew."""
    return abs(int(message.date.timestamp()) - multipart.sent_at) <= _LONGEST_MULTIPART_SECONDS


def is_copyable(message: Message) -> bool:
    """Whether Telegram passes on whatever the message holds besides words, as far as that is known before."""
    if message.poll is not None and message.poll.type == "quiz":
        return bool(message.poll.correct_option_ids)
    return not (any(getattr(message, name, None) for name in _NEVER_COPIED) or _media(message) == "unknown")


def _unknown(message: Message) -> str | None:
    """Something that this version of the library does not know, and that is no news of Telegram's own."""
    if not message.api_kwargs or filters.StatusUpdate.ALL.check_update(Update(0, message=message)):
        return None
    return "unknown"


def _span(place: Location) -> timedelta:
    period = place.live_period
    return period if isinstance(period, timedelta) else timedelta(seconds=period or 0)


def _value(entity: MessageEntity) -> str:
    """What a marked piece carries with it."""
    if entity.unix_time is not None:
        shape = f":{entity.date_time_format}" if entity.date_time_format else ""
        return f"{int(entity.unix_time.timestamp())}{shape}"
    if entity.user is not None:
        return str(entity.user.id)
    return entity.url or entity.custom_emoji_id or entity.language or ""

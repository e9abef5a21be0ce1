"""Error classification: what an answer of Telegram, or its absence, means for a row. Pure."""

from dataclasses import dataclass
from enum import Enum

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
)

from bot.answers import NotSent, seconds_of, token_refused
from bot.errors import without_quotes


class SendResult(Enum):
    """The classes of results of a request."""

    ACCEPTED = "accepted"
    NOT_SENT = "not sent"  # it never arrived: again, and it does not count
    THROTTLED = "throttled"  # 429: after the pause, and it does not count
    UNCLEAR = "unclear"  # it may have arrived
    UNREACHABLE = "unreachable"  # this person, for good
    CLOSED = "closed"  # this chat takes nothing from the bot: no right to write
    TOPIC_GONE = "topic gone"  # this topic of a forum was deleted
    TOPIC_CLOSED = "topic closed"
    MIGRATED = "migrated"  # the group has another id
    REFUSED = "refused"  # this text, for good
    UNCHANGED = "unchanged"  # the message says this already, or is gone already: what was wanted is so
    UNCHANGEABLE = "unchangeable"  # the message is gone, or too old: nobody's mistake, and for good
    EVERYTHING = "everything"  # nothing at all can be sent


@dataclass(frozen=True, slots=True)
class SendFailure:
    """A failed request and what is needed to act on it.

    `error` is Telegram's text, `wait` the seconds of a 429, `chat_id` the new id of a migrated group.
    """

    result: SendResult
    error: str = ""
    wait: float = 0.0
    chat_id: int = 0


# A chat that is gone, in Telegram's words (python-telegram-bot may lower their first letter).
_GONE = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "peer_id_invalid",
    "bot was blocked",
    "input_user_deactivated",
)
# A group where the bot may not write (this kind of message).
_SHUT = (
    "not enough rights",
    "have no rights to send",
    "need administrator rights",
    "chat_admin_required",
    "chat_write_forbidden",
    "chat_guest_send_forbidden",
    "chat_restricted",
    "chat_send_",
)
_TOPIC_GONE = ("topic_deleted", "message thread not found")
_TOPIC_CLOSED = "topic_closed"

# What is so already of a message that is edited or deleted.
_AS_WANTED = ("message is not modified", "message to delete not found")
# A message that its reader deleted, or that is older than 48 hours.
_OUT_OF_HAND = (
    "message to edit not found",
    "message can't be edited",
    "message can't be deleted",
    "message_id_invalid",
    "message_delete_forbidden",
)


def classify(error: Exception) -> SendFailure:  # noqa: PLR0911 - one a class
    """Classify the error that a request raised."""
    text = without_quotes(str(error))
    match error:
        case RetryAfter():
            return SendFailure(SendResult.THROTTLED, text, wait=seconds_of(error))
        case ChatMigrated():
            return SendFailure(SendResult.MIGRATED, text, chat_id=error.new_chat_id)
        case NotSent():
            return SendFailure(SendResult.NOT_SENT, text)
        case Forbidden():
            return SendFailure(SendResult.UNREACHABLE, text)
        case BadRequest():
            return SendFailure(_classify_text(text.lower()), text)
        case InvalidToken() if token_refused(error):
            return SendFailure(SendResult.EVERYTHING, text)
        case Conflict():
            return SendFailure(SendResult.EVERYTHING, text)
        case InvalidToken() | EndPointNotFound():
            return SendFailure(SendResult.REFUSED, text)
        case _:
            # 5xx, a lost answer, an answer that is no JSON: it may have been carried out.
            return SendFailure(SendResult.UNCLEAR, text or type(error).__name__)


def _classify_text(text: str) -> SendResult:
    if any(part in text for part in _GONE):
        return SendResult.UNREACHABLE
    if any(part in text for part in _AS_WANTED):
        return SendResult.UNCHANGED
    if any(part in text for part in _OUT_OF_HAND):
        return SendResult.UNCHANGEABLE
    if any(part in text for part in _TOPIC_GONE):
        return SendResult.TOPIC_GONE
    if _TOPIC_CLOSED in text:
        return SendResult.TOPIC_CLOSED
    return SendResult.CLOSED if any(part in text for part in _SHUT) else SendResult.REFUSED

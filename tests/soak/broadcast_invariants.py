"""What phones show of broadcasts that were corrected or taken back while the bot was killed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rehearsal.telegram import Account
from tests.soak import setup
from tests.soak.outbound_users import OutboundUsers

_EXAMPLES = 5
# The messages that the bot knows of: a copy whose answer a kill has kept from it cannot be changed. What became of the
# change is `state`; where that is not known, it may not have been made.
_SENT = """
SELECT sent.chat_id, sent.message_id, version.text, change.state
  FROM outbox AS sent JOIN broadcast_version AS version
       ON version.broadcast_id = json_extract(sent.data, '$.broadcast')
  LEFT JOIN outbox AS change ON change.chat_id = sent.chat_id AND change.target_id = sent.message_id
       AND change.id = (SELECT max(id) FROM outbox WHERE chat_id = sent.chat_id AND target_id = sent.message_id)
 WHERE sent.kind = 'broadcast' AND sent.state = 'sent' AND sent.message_id IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class SentBroadcast:
    """A message of a broadcast: what the phone shows in its place (None: nothing), and what became of its change."""

    chat: int
    tag: str
    shown: str | None
    change: str | None


def read(database: Path, users: OutboundUsers, teachers: Sequence[Account]) -> list[SentBroadcast]:
    """Every message of a broadcast that the bot knows of, to a teacher who was there all the time."""
    phones = {one.id: one for one in teachers if one.id not in users.gone}
    with setup.read_only(database) as connection:
        return [
            SentBroadcast(chat, text.split("]")[0] + "]", _shown(phones[chat], message), change)
            for chat, message, text, change in connection.execute(_SENT)
            if chat in phones
        ]


def check(database: Path, users: OutboundUsers, teachers: Sequence[Account]) -> dict[str, Any]:
    """Results by name, of a soak that is over."""
    return check_broadcasts(read(database, users, teachers), users.corrected, users.taken_back)


def check_broadcasts(
    sent: Sequence[SentBroadcast], corrected: Mapping[str, str], taken_back: set[str]
) -> dict[str, Any]:
    """Results by name, as `check_invariants` gives them."""
    broken = {
        "12 a corrected broadcast says its new words": list(_old(sent, corrected)),
        "12 what was taken back is on no phone": list(_there(sent, taken_back)),
    }
    return {
        name: {"held": not found, "broken": len(found), "examples": found[:_EXAMPLES]} for name, found in broken.items()
    }


def _old(sent: Sequence[SentBroadcast], corrected: Mapping[str, str]) -> Iterator[str]:
    for one in sent:
        if one.tag in corrected and one.change != "unknown" and corrected[one.tag] not in (one.shown or ""):
            yield f"chat {one.chat} reads of {one.tag}: {one.shown}"


def _there(sent: Sequence[SentBroadcast], taken_back: set[str]) -> Iterator[str]:
    for one in sent:
        if one.tag in taken_back and one.change != "unknown" and one.shown is not None:
            yield f"chat {one.chat} still has {one.tag}"


def _shown(phone: Account, message_id: int) -> str | None:
    message = phone.messages.get(message_id)
    return message.text if message is not None else None

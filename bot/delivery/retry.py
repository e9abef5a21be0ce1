"""The retry policy: what becomes of a row after its request failed. Pure: a table, and back-off with jitter."""

from datetime import datetime, timedelta
from random import Random
from typing import Final

from bot.delivery.send_errors import SendFailure, SendResult
from bot.store.claims import MOST_ATTEMPTS, Completion, Row

_LONGEST_BACKOFF_SECONDS: Final = 60.0  # between two tries that did not arrive
_UNCLEAR_RETRY_SECONDS: Final = (5.0, 60.0)  # seconds before the second and the third request that may be a copy
_MOST_MIGRATIONS: Final = 3
_MOST_TOPICS: Final = 3  # that one row may find deleted or closed


def decide(  # noqa: PLR0911 - one a class of what can happen
    row: Row, failure: SendFailure, *, at_most_once: bool, now: datetime, random: Random
) -> Completion:
    """Decide what becomes of a row whose request failed. `at_most_once`: the message may not be sent twice."""
    match failure.result:
        case SendResult.NOT_SENT:
            seconds = backoff(row.retries, random)
            return _again(row, now + timedelta(seconds=seconds), failure.error, retry=True)
        case SendResult.THROTTLED:
            return _again(row, now + timedelta(seconds=failure.wait), failure.error)
        case SendResult.UNCLEAR:
            return _unclear(row, failure.error, at_most_once=at_most_once, now=now, random=random)
        case SendResult.UNREACHABLE if row.person_id is not None:
            return Completion(row.id, "cancelled", attempt=False, error="unreachable")
        case SendResult.MIGRATED if row.retries < _MOST_MIGRATIONS:
            return _again(row, now, failure.error, retry=True)
        case SendResult.TOPIC_GONE | SendResult.TOPIC_CLOSED if row.retries < _MOST_TOPICS:
            return _again(row, now, failure.error, retry=True)
        case SendResult.UNCHANGED:
            return Completion(row.id, "sent", error=failure.error[:500])
        case SendResult.EVERYTHING:
            return _again(row, now, failure.error)
        case _:
            return Completion(row.id, "dead", attempt=False, error=failure.error[:500])


def backoff(tries: int, random: Random) -> float:
    """Seconds before the next try after `tries` that failed: 1, 2, 4 ... 60, half of it jitter."""
    full = min(_LONGEST_BACKOFF_SECONDS, 2.0 ** min(tries, 10))
    return full * (0.5 + random.random() / 2)


def _unclear(row: Row, error: str, *, at_most_once: bool, now: datetime, random: Random) -> Completion:
    if at_most_once or row.attempts >= MOST_ATTEMPTS:
        return Completion(row.id, "unknown", error=error[:500])
    seconds = _UNCLEAR_RETRY_SECONDS[row.attempts - 1] * (0.5 + random.random() / 2)
    return Completion(row.id, "due", next_at=now + timedelta(seconds=seconds), error=error[:500])


def _again(row: Row, next_at: datetime, error: str, *, retry: bool = False) -> Completion:
    return Completion(row.id, "due", attempt=False, retry=retry, next_at=next_at, error=error[:500])

"""Callback queries: presses of inline buttons that wait for an answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from rehearsal.telegram.chats import PrivateChat
from rehearsal.telegram.errors import bad_request

LIFETIME = timedelta(seconds=150)  # by the date, as every age; only rates are counted in monotonic seconds
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True)
class CallbackQuery:
    """One tap; `answered` once the bot has said anything to it."""

    account: PrivateChat
    at: datetime
    answered: bool = False


class CallbackQueries:
    """Callback queries by id."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, CallbackQuery] = {}
        self._next = 4_000_000_000_001

    def open(self, account: PrivateChat) -> str:
        """A new query of this person; expired ones are forgotten."""
        now = self._clock.now()
        while self._known and now - self._known[oldest := next(iter(self._known))].at > LIFETIME:
            del self._known[oldest]
        number = str(self._next)
        self._next += 1
        self._known[number] = CallbackQuery(account, now)
        return number

    def answer(self, number: str) -> CallbackQuery:
        """The query, marked as answered. Raises a 400 when it is unknown, answered already or older than 150 s."""
        query = self._known.get(number)
        if query is None or query.answered or self._clock.now() - query.at > LIFETIME:
            raise bad_request(TOO_OLD)
        query.answered = True
        return query

    def waiting(self, account: PrivateChat) -> int:
        """How many taps of this person still show a progress bar."""
        return sum(query.account is account and not query.answered for query in self._known.values())

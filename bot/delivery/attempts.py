"""The sends in flight: each claimed row is rendered, rate limited, checked once more and sent.

Every attempt ends with a completion for the outbox.
"""

import asyncio
import logging
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Final, NamedTuple

from telegram.error import TelegramError

from bot.answers import message_ids_of
from bot.clock import Clock
from bot.delivery.attempt_log import AttemptLog
from bot.delivery.circuit_breaker import CircuitBreaker
from bot.delivery.rendering import MissingTargetError, RenderedMessage, Renderer
from bot.delivery.retry import decide
from bot.delivery.send_errors import SendFailure, SendResult, classify
from bot.delivery.topics import preparation, topic_effect
from bot.errors import described
from bot.priority import Priority
from bot.rate_limiter import Lane, RateLimiter
from bot.sender import Sender
from bot.store import pause, side_effects
from bot.store.claims import Claim, Completion, Row
from bot.transport import Encoded

_LOG = logging.getLogger(__name__)
_STALE_SECONDS: Final = 2.0  # real time between claim and request after which the row is claimed again
# Rows in flight at once that may have arrived before: one kill must not spend the last tries of many.
_RETRY_BUDGET: Final = {2: 8, 3: 1}

Effect = Callable[[sqlite3.Connection], None]
# Called in the transaction in which a row is dead, with Telegram's words.
OnDead = Callable[[sqlite3.Connection, Row, str, datetime], None]


class AttemptResult(NamedTuple):
    """How an attempt ended, and what else has to be written with that, in the same transaction."""

    completion: Completion
    effect: Effect | None = None


class Attempts:
    """The sends in flight, one for each row that is `sending`. `results` are kept until the dispatcher takes them.

    `on_ended` is called after each attempt.
    """

    def __init__(
        self,
        *,
        renderer: Renderer,
        sender: Sender,
        limiter: RateLimiter,
        clock: Clock,
        breaker: CircuitBreaker,
        random: Random,
        on_dead: OnDead,
        on_ended: Callable[[], None],
        attempt_log: AttemptLog,
    ) -> None:
        self._renderer = renderer
        self._sender = sender
        self._limiter = limiter
        self._clock = clock
        self._breaker = breaker
        self._random = random
        self._on_dead = on_dead
        self._on_ended = on_ended
        self._attempt_log = attempt_log
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting: dict[int, tuple[Claim, asyncio.Task[None]]] = {}
        self._tries: Counter[int] = Counter()
        self.results: list[AttemptResult] = []

    @property
    def busy(self) -> int:
        """How many rows are in flight."""
        return self._tries.total()

    @property
    def retry_budget(self) -> dict[int, int]:
        """How many more rows may be sent for their second and for their third try."""
        return {attempt: most - self._tries[attempt] for attempt, most in _RETRY_BUDGET.items()}

    @property
    def waiting(self) -> int:
        """How many of the rows in flight have not started their request."""
        return len(self._waiting)

    def rate_limited(self, chat_id: int, priority: int) -> float:
        """Seconds until the chat takes a row of this priority; 0 or less for now. Changes nothing."""
        return self._limiter.rate_limited_for(chat_id, lane_of(priority))

    def send(self, claims: Sequence[Claim]) -> None:
        """Start an attempt for each of these rows, in this order."""
        for claim in claims:
            self._tries[claim.row.attempts] += 1
            task = asyncio.ensure_future(self._run(claim))
            self._tasks.add(task)
            self._waiting[claim.row.id] = (claim, task)
            task.add_done_callback(partial(self._over, claim))

    def requeue(self, person_id: int) -> None:
        """A person left or was erased: their rows whose requests have not started are due again."""
        for claim, task in list(self._waiting.values()):
            if claim.row.person_id == person_id:
                task.cancel()

    async def drain(self, seconds: float) -> None:
        """Requeue rows whose requests have not started, and let the others finish within so many real seconds."""
        for _, task in list(self._waiting.values()):
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in list(self._tasks):
            task.cancel()

    def _over(self, claim: Claim, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if claim.row.id in self._waiting:  # it was cancelled before its first step
            self._finish(_requeued(claim.row), claim)

    def _finish(self, result: AttemptResult | None, claim: Claim) -> None:
        self._tries[claim.row.attempts] -= 1
        self._waiting.pop(claim.row.id, None)
        if result is not None:
            self.results.append(result)
            self._on_ended()

    async def _run(self, claim: Claim) -> None:
        result: AttemptResult | None = None
        try:
            result = await self._attempt(claim)
        except asyncio.CancelledError:
            # Not started: it is due again. Started: whether it arrived is not known; the row stays `sending`.
            if claim.row.id not in self._waiting:
                raise
            result = _requeued(claim.row)
        finally:
            self._finish(result, claim)

    async def _attempt(self, claim: Claim) -> AttemptResult:
        row, claimed_at = claim.row, asyncio.get_running_loop().time()
        try:
            message = self._renderer.render(claim, self._clock.now())
        except MissingTargetError:
            return AttemptResult(Completion(row.id, "cancelled", attempt=False, error="no message to change"))
        except Exception as error:  # noqa: BLE001 - one kind's mistake must not stop the others' rows
            _LOG.exception("A message of kind %s cannot be rendered", row.kind)
            return self._dead(row, described(error))
        if message is None:
            return AttemptResult(Completion(row.id, "cancelled", attempt=False, error="not wanted"))
        return await self._send_when_granted(row, message, claimed_at)

    async def _send_when_granted(self, row: Row, message: RenderedMessage, claimed_at: float) -> AttemptResult:
        grant = await self._limiter.deliver(row.chat_id, lane_of(row.priority))
        if asyncio.get_running_loop().time() - claimed_at > _STALE_SECONDS or self._breaker.wait != 0.0:
            self._limiter.give_back(grant)
            return _requeued(row)
        if self._clock.now() >= row.expires_at:
            self._limiter.give_back(grant)
            return AttemptResult(Completion(row.id, "expired", attempt=False))
        del self._waiting[row.id]
        self._attempt_log.record(row.id, row.attempts)
        return await self._request(row, message, grant)

    async def _request(self, row: Row, message: RenderedMessage, grant: int) -> AttemptResult:
        before = preparation(message.topic, row.chat_id)
        try:
            if before is not None:
                prepared = await before.make(self._sender, grant)
                self._breaker.record(SendResult.ACCEPTED, "")
                return AttemptResult(Completion(row.id, "due", attempt=False, next_at=self._clock.now()), prepared)
            answer = await self._sender.post(message.method, Encoded(message.body(row.chat_id)), grant)
        except TelegramError as error:
            failure = classify(error)
        except Exception as error:  # noqa: BLE001 - whatever it was, the message may have arrived
            _LOG.exception("Sending a message of kind %s failed in an unknown way", row.kind)
            failure = SendFailure(SendResult.UNCLEAR, described(error))
        else:
            self._breaker.record(SendResult.ACCEPTED, "")
            sent, ids = Completion(row.id, "sent"), message_ids_of(answer)
            if message.target is not None:
                return self._sent(row, sent, message.target, (message.target,))
            return self._sent(row, _with_ids(sent, ids), None, ids)
        self._breaker.record(failure.result, failure.error)
        return self._failed(row, failure, message)

    def _sent(self, row: Row, completion: Completion, target: int | None, ids: Sequence[int]) -> AttemptResult:
        """The row is sent: it has become messages (`ids`), or has changed the one of `target`, if that is a number."""
        completion = completion._replace(target_id=target)
        message_type = self._renderer.message_types.get(row.kind)
        effect: Effect | None = None
        if ids and message_type is not None and message_type.follows_sent:
            effect = partial(message_type.on_sent, row=row, message_ids=ids)
        return AttemptResult(completion, effect)

    def _failed(self, row: Row, failure: SendFailure, message: RenderedMessage) -> AttemptResult:
        now, target = self._clock.now(), message.target
        message_type = self._renderer.message_types.get(row.kind)
        at_most_once = message_type is not None and message_type.at_most_once
        completion = decide(row, failure, at_most_once=at_most_once, now=now, random=self._random)
        if completion.state == "sent":
            return self._sent(row, completion, target, () if target is None else (target,))
        if completion.state == "dead":
            # That a message is gone or too old is no mistake that staff could mend.
            return self._dead(row, failure.error, is_reported=failure.result is not SendResult.UNCHANGEABLE)
        effect = topic_effect(message.topic, row.chat_id, failure.result)
        return AttemptResult(completion, effect or self._effect(row, failure, now))

    def _effect(self, row: Row, failure: SendFailure, now: datetime) -> Effect | None:
        if failure.result is SendResult.UNREACHABLE and row.person_id is not None:
            return partial(side_effects.unreachable, person_id=row.person_id, now=now)
        if failure.result is SendResult.MIGRATED:
            return partial(side_effects.migrated, old=row.chat_id, new=failure.chat_id)
        if failure.result is SendResult.THROTTLED:
            paused = self._limiter.pauses.throttled(row.chat_id, failure.wait)
            return partial(pause.extend, chat_id=paused, moment=now + timedelta(seconds=failure.wait))
        return None

    def _dead(self, row: Row, error: str, *, is_reported: bool = True) -> AttemptResult:
        completion = Completion(row.id, "dead", attempt=False, error=error[:500])
        now = self._clock.now()
        message_type = self._renderer.message_types.get(row.kind)
        has_own = message_type is not None and message_type.refused is not None
        if message_type is not None and not (message_type.reports_failure and (is_reported or has_own)):
            return AttemptResult(completion)
        on_dead = self._on_dead if message_type is None or message_type.refused is None else message_type.on_refused
        return AttemptResult(completion, lambda connection: on_dead(connection, row, error, now))


def lane_of(priority: int) -> Lane:
    """The lane of the rate limiter in which rows of this priority wait."""
    if priority <= Priority.SOS:
        return Lane.SOS
    return Lane.ALERT if priority <= Priority.ALERT else Lane.DELIVERY


def _requeued(row: Row) -> AttemptResult:
    return AttemptResult(Completion(row.id, "due", attempt=False))


def _with_ids(sent: Completion, ids: tuple[int, ...]) -> Completion:
    """What a row has become: a message, or the several of an album, of which the first stands for all."""
    return sent._replace(message_id=ids[0] if ids else None, album_ids=ids if len(ids) > 1 else None)

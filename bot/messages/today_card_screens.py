"""What the cards of a day should say at a moment: each language and group is rendered once."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Final

import orjson

from bot.i18n import Locales
from bot.programme import document as documents
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store import programme as programme_store
from bot.store import today_card as today_card_store
from bot.store.today_card import TodayCard
from bot.views import agenda as agenda_view

# That a message may take from its rendering until it is noted that it arrived.
_LONGEST_SEND: Final = timedelta(minutes=2)
_MOST_KEPT: Final = 2_400  # members whose cards can all be changed within two minutes, at 20 a second
_ANY_MOMENT: Final = datetime(2000, 1, 1, tzinfo=UTC)
_FIRST_VERSION: Final = 0  # what ran before the first one that is written down: the folder


def is_kept(connection: sqlite3.Connection, *_about: object) -> bool:
    """Whether there are so few members that all cards change by themselves when a session begins or ends."""
    return not today_card_store.has_more_members(connection, _MOST_KEPT)


def boundaries(seminar: Seminar, now: datetime) -> list[datetime]:
    """When the sessions of today begin and end."""
    day = seminar.day(seminar.day_number_on(seminar.today(now)) or 0)
    sessions = [session for session in day.sessions if not session.cancelled] if day else []
    return [seminar.moment(one.day, at) for one in sessions for at in (one.start, one.end)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a card should show, and its fingerprint: the same for what differs in its "as of" alone."""

    screen: Screen
    fingerprint: str


@dataclass
class TodayScreens:
    """Of one version of the programme, at one moment. `is_kept`: the cards change by themselves when a session does.

    `load` reads which versions ran while cards were sent; call it before `outdated` and `has_changed`.
    """

    locales: Locales
    seminar: Seminar
    number: int
    now: datetime
    is_kept: bool
    _ran: dict[datetime, tuple[int, ...]] = field(default_factory=dict)
    _versions: dict[int, Seminar] = field(default_factory=dict)
    _wanted: dict[tuple[str, str | None, bool], Wanted] = field(default_factory=dict)
    _changed: dict[tuple[tuple[int, ...], str, str | None], bool] = field(default_factory=dict)

    @classmethod
    def today(
        cls, connection: sqlite3.Connection, locales: Locales, seminar: Seminar, now: datetime
    ) -> "TodayScreens | None":
        """Those of the day that it is; None where that is none of the seminar's."""
        number = seminar.day_number_on(seminar.today(now))
        if number is None:
            return None
        return cls(locales, seminar, number, now, is_kept(connection))

    @property
    def on(self) -> date:
        """The day that the cards are about."""
        return self.seminar.date_of(self.number)

    @property
    def passed(self) -> int:
        """How many beginnings and ends of the day's sessions have passed."""
        return sum(moment <= self.now for moment in boundaries(self.seminar, self.now))

    def says_the_same_as(self, earlier: "TodayScreens") -> bool:
        """Whether nothing that cards say can be another than at that moment: no version, boundary or hour between."""
        return (
            self.is_kept
            and earlier.is_kept
            and self.seminar is earlier.seminar
            and self.number == earlier.number
            and self.passed == earlier.passed
            and self.local_hour == earlier.local_hour
        )

    @property
    def local_hour(self) -> int:
        """The hour where the seminar is: the greeting is another from noon on."""
        return self.now.astimezone(self.seminar.zone).hour

    def is_before_agenda(self) -> bool:
        """Whether the agenda of the day has not been due yet."""
        return self.now < self.seminar.moment(self.number, self.seminar.hours_of(self.number).agenda)

    def load(self, connection: sqlite3.Connection, cards: Iterable[TodayCard]) -> None:
        """Read the versions that ran while these cards were sent."""
        for minute in {_minute(card.sent_at) for card in cards} - self._ran.keys():
            key = self.seminar.key
            first = programme_store.number_at(connection, key, minute - _LONGEST_SEND) or _FIRST_VERSION
            last = programme_store.number_at(connection, key, minute + timedelta(minutes=1)) or _FIRST_VERSION
            self._ran[minute] = tuple(range(max(first, 1), last + 1))
            for number in self._ran[minute]:
                text = programme_store.document_of(connection, key, number)
                if number not in self._versions and text is not None:
                    self._versions[number] = documents.with_days(self.seminar, text)

    def outdated(self, card: TodayCard) -> Wanted | None:
        """What the card should show where it shows something else; None where it does not."""
        changed = self.has_changed(card)
        wanted = self.wanted(card.language, card.group, changed=changed)
        if card.shown:
            return None if card.shown == wanted.fingerprint else wanted
        is_another_reader = (card.language, card.group) != (card.sent_language, card.sent_group)
        if changed or is_another_reader or self._has_started(card):
            return wanted
        return None

    def wanted(self, language: str, group: str | None, *, changed: bool = False) -> Wanted:
        """What somebody's card should show; `changed`: the programme is another than when it was sent."""
        key = (language, group, changed)
        if key not in self._wanted:
            as_of = None if self.is_kept else self.now
            screen = self._card(language, group, changed=changed, as_of=as_of)
            timeless = self._card(language, group, changed=changed, as_of=as_of and _ANY_MOMENT)
            self._wanted[key] = Wanted(screen, sha256(orjson.dumps(timeless.edit_params())).hexdigest())
        return self._wanted[key]

    def _card(self, language: str, group: str | None, *, changed: bool, as_of: datetime | None) -> Screen:
        return agenda_view.card(
            self.locales[language],
            self.seminar,
            self.number,
            group=group,
            now=self.now,
            changed=changed,
            as_of=as_of,
            is_kept=self.is_kept,
        )

    def _has_started(self, card: TodayCard) -> bool:
        """Whether the hour shows on the card."""
        fresh = self.wanted(card.language, card.group).screen
        return fresh != agenda_view.morning(
            self.locales[card.language], self.seminar, self.number, group=card.group, is_kept=self.is_kept
        )

    def has_changed(self, card: TodayCard) -> bool:
        """Whether its reader's day is another than in a version that ran while the card was sent."""
        ran = self._ran[_minute(card.sent_at)]
        key = (ran, card.language, card.group)
        if key not in self._changed:
            locale = self.locales[card.language]
            now, *then = (
                agenda_view.morning(locale, seminar, self.number, group=card.group)
                for seminar in (self.seminar, *(self._versions[one] for one in ran if one in self._versions))
            )
            self._changed[key] = any(one != now for one in then)
        return self._changed[key]


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)

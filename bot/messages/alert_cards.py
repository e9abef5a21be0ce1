"""How the card of an alert is read and rendered, whatever it is about; and for whom it rings."""

import sqlite3
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from bot.alert_lines import alert_kind
from bot.clock import from_text
from bot.delivery.message_types import Rendering
from bot.escalation import ESCALATIONS, AlertKind
from bot.i18n import Locale
from bot.messages.live_cards import CardState, Draw, LiveCardFeature
from bot.programme.checkin import CheckinKey, Slot, window_of
from bot.programme.duty import current
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store import absence as absence_store
from bot.store import alert as alert_store
from bot.store import checkin as checkin_store
from bot.store import duty as duty_store
from bot.store import help as help_store
from bot.store import help_message as help_message_store
from bot.store import live_card as live_card_store
from bot.store import operator_alert as operator_alert_store
from bot.store import person
from bot.store import roster as roster_store
from bot.store.alert import Alert, AlertState
from bot.store.claims import Row
from bot.store.duty import DutyTurn
from bot.views import alert as alert_view
from bot.views import checkin as checkin_view
from bot.views import help as help_view
from bot.views import operator_alert as operator_alert_view

REOPENED: Final = -1  # the step of a card that comes again as what was settled is not
RELEASED: Final = 0  # or as somebody has it no more
_CHANGES_FOR: Final = timedelta(days=15)  # as long as a seminar: who cannot be reached may be so until its end
_SETTLED_FOR: Final = timedelta(days=1)  # so long it may be opened again, on all phones
_HOUR: Final = timedelta(hours=1)


class Subject(NamedTuple):
    """What an alert is about: `facts` change with everything that is shown of it."""

    facts: Hashable
    draw: Draw


@dataclass(frozen=True, slots=True)
class AlertCard:
    """An alert with what it is about, who has which turn of duty, and the person's `phone`, where it is known."""

    alert: Alert
    about: Subject
    turns: tuple[DutyTurn, ...]
    phone: str = ""

    def screen(self, locale: Locale, seminar: Seminar, now: datetime) -> Screen:
        """The card, the same for everybody who reads that language; with the phone number where it is for calling."""
        is_to_call = self.alert.kind.urgent or self.alert.kind is AlertKind.UNREACHABLE
        return self.with_phone(locale, seminar, now, self.phone if is_to_call else "")

    def with_phone(self, locale: Locale, seminar: Seminar, now: datetime, phone: str) -> Screen:
        """The card with this phone number, or without one ("")."""
        return alert_view.card(locale, self.alert, self.about.draw(locale, seminar, now), phone)

    def rings_for(self, person_id: int | None, seminar: Seminar, now: datetime) -> bool:
        """Whether it makes a sound on this person's phone: on duty, or nobody is but whom it is about."""
        on_duty = who_is_on(self.turns, seminar, now) - {self.alert.person_id}
        return ESCALATIONS[self.alert.kind].loud and (not on_duty or person_id in on_duty)


def who_is_on(turns: tuple[DutyTurn, ...], seminar: Seminar, now: datetime) -> frozenset[int]:
    """The numbers of those who are on duty at this aware moment."""
    keys = {one.key for one in current(seminar, now)}
    return frozenset(one.person_id for one in turns if (one.on.isoformat(), one.shift) in keys)


def read(connection: sqlite3.Connection, alert: Alert | None) -> AlertCard | None:
    """The card of an alert; None where what it is about is not kept any more."""
    if alert is None or (about := _ABOUT[alert.kind](connection, alert)) is None:
        return None
    known = roster_store.phones_of(connection, [alert.person_id] if alert.person_id is not None else [])
    return AlertCard(alert, about, tuple(duty_store.all_turns(connection)), "".join(known.values()))


def first(card: AlertCard | None, given: Rendering[Any, Any]) -> Screen | None:
    """The card as it arrives first, ringing for who is on duty; None when it is settled, or gone."""
    if card is None or card.alert.state is AlertState.SETTLED:
        return None
    rings = card.rings_for(given.recipient.person_id, given.seminar, given.now)
    return replace(card.screen(given.locale, given.seminar, given.now), silent=not rings)


def becomes_live(
    connection: sqlite3.Connection, alert: Alert | None, row: Row, message_id: int, shown_list: str = ""
) -> None:
    """From here on this message shows what becomes of the alert."""
    if alert is not None and row.person_id is not None:
        live_card_store.save(
            connection,
            row.chat_id,
            message_id,
            person_id=row.person_id,
            feature=CARDS.name,
            subject=str(alert.id),
            shown_list=shown_list,
            page=0,
            shown="",
        )


def hurry(connection: sqlite3.Connection, alert: Alert) -> None:
    """Have every card of an alert show at once what has become of it."""
    live_card_store.hurry(connection, CARDS.name, str(alert.id))


# --- what alerts are about --------------------------------------------------------------------------------------------


def _call(connection: sqlite3.Connection, alert: Alert) -> Subject | None:
    call = help_store.of_alert(connection, alert.id)
    if call is None:
        return None
    first = help_message_store.first_of_call(connection, call.id)
    return Subject((call, first), lambda locale, seminar, now: help_view.call(locale, call, seminar, first, now))


def mood_key(alert: Alert) -> tuple[CheckinKey, int]:
    """Of which check-in somebody's hard day was, and the mood that called for attention."""
    seminar, slot, mood = alert.detail.rsplit(":", 2)
    return CheckinKey(seminar, date.fromisoformat(alert.subject.split(":")[1]), Slot(slot)), int(mood)


def _mood(connection: sqlite3.Connection, alert: Alert) -> Subject | None:
    key, lowest = mood_key(alert)
    who = person.by_id(connection, alert.person_id) if alert.person_id is not None else None
    kept = checkin_store.get(connection, who.id, key) if who is not None else None
    if who is None or kept is None:
        return None
    day = checkin_view.HardDay(who.id, who.name, lowest, kept.mood or 0, kept.words)

    def draw(locale: Locale, seminar: Seminar, _now: datetime) -> Screen:
        window = window_of(seminar, key)
        if window is None:  # the programme has changed since
            return Screen(alert_kind(locale, alert.kind))
        return checkin_view.low_mood(locale, window, day)

    return Subject(day, draw)


def absent_key(alert: Alert) -> CheckinKey:
    """Which check-in people have not answered."""
    _kind, seminar, on, slot = alert.subject.split(":")
    return CheckinKey(seminar, date.fromisoformat(on), Slot(slot))


def missing_of(connection: sqlite3.Connection, alert: Alert) -> int:
    """How many have still not answered, whoever cannot be reached included."""
    numbers = absence_store.numbers(connection, absent_key(alert), from_text(alert.detail))
    return max(0, numbers.absent) + numbers.unreachable


def _absent(connection: sqlite3.Connection, alert: Alert) -> Subject:
    key, missing = absent_key(alert), missing_of(connection, alert)
    return Subject(missing, lambda locale, _seminar, _now: alert_view.absent(locale, key, missing))


def _unreachable(connection: sqlite3.Connection, alert: Alert) -> Subject | None:
    who = person.by_id(connection, alert.person_id) if alert.person_id is not None else None
    if who is None:
        return None
    return Subject(who.name, lambda locale, _seminar, _now: alert_view.unreachable(locale, who.telegram_id, who.name))


def _undelivered(connection: sqlite3.Connection, alert: Alert) -> Subject:
    event = alert.subject.partition(":")[2]
    failures = operator_alert_store.undelivered(connection, event)
    return Subject(failures, lambda locale, _seminar, _now: operator_alert_view.undelivered(locale, event, *failures))


def _unhandled(connection: sqlite3.Connection, alert: Alert) -> Subject:
    since = from_text(alert.subject.partition(":")[2])
    failures = operator_alert_store.unhandled(connection, since, since + _HOUR)
    return Subject(failures, lambda locale, _seminar, _now: operator_alert_view.unhandled(locale, *failures))


def _backup(_connection: sqlite3.Connection, alert: Alert) -> Subject:
    return Subject(alert.detail, lambda locale, _seminar, _now: alert_view.backup(locale, alert.detail))


_ABOUT: Final[Mapping[AlertKind, Callable[[sqlite3.Connection, Alert], Subject | None]]] = {
    AlertKind.HELP: _call,
    AlertKind.UNWELL: _call,
    AlertKind.LOST: _call,
    AlertKind.QUESTION: _call,
    AlertKind.OTHER: _call,
    AlertKind.MOOD: _mood,
    AlertKind.ABSENT: _absent,
    AlertKind.UNREACHABLE: _unreachable,
    AlertKind.UNDELIVERED: _undelivered,
    AlertKind.UNHANDLED: _unhandled,
    AlertKind.BACKUP: _backup,
}


# --- the live card ----------------------------------------------------------------------------------------------------


def _state(connection: sqlite3.Connection, subject: str, seminar: Seminar, now: datetime) -> CardState | None:
    """Whoever changes an alert wakes its cards; those of a settled one stay as they are after a day."""
    card = read(connection, alert_store.get(connection, int(subject)))
    if card is None:
        return None
    lasts = _SETTLED_FOR if card.alert.state is AlertState.SETTLED else _CHANGES_FOR
    facts = (card.alert, card.about.facts, card.phone, who_is_on(card.turns, seminar, now))
    return CardState(facts, is_open=False, until=card.alert.changed_at + lasts)


def _load(connection: sqlite3.Connection, subject: str, shown_list: str, page: int, _seminar: Seminar) -> Draw:
    card = read(connection, alert_store.get(connection, int(subject)))
    assert card is not None  # else it has no state
    if is_whom(shown_list) and card.alert.state is not AlertState.SETTLED:
        return _whom(connection, card, shown_list, page)
    return headed(connection, card, shown_list) or card.screen


def whom_list(connection: sqlite3.Connection, owners: Collection[int]) -> str:
    """The list of a card that shows to whom it can be handed over, with who is an owner by the settings alone."""
    known = {one.id for one in person.staff(connection, ())}
    return ":".join(["whom", *(str(one.id) for one in person.staff(connection, owners) if one.id not in known)])


def is_whom(shown_list: str) -> bool:
    """Whether a card shows to whom it can be handed over."""
    return shown_list.partition(":")[0] == "whom"


def again_list(round_: int, level: int, minutes: int) -> str:
    """The list of a card that says that nobody has taken it for so many minutes, after so many steps."""
    return f"again:{round_}:{level}:{minutes}"


def handed_list(by: int, to: int) -> str:
    """The list of a card that one person of the staff gave to another."""
    return f"handed:{by}:{to}"


def headed(connection: sqlite3.Connection, card: AlertCard, shown_list: str) -> Draw | None:
    """The card under a line that says why it came again; None when that is so no more."""
    alert, (kind, *numbers) = card.alert, shown_list.split(":")
    if kind == "again" and alert.state is AlertState.OPEN and alert.round == int(numbers[0]):
        level, minutes = int(numbers[1]), int(numbers[2])
        has_phones = level > 0 and ESCALATIONS[alert.kind].steps[level - 1].phones

        def draw_again(locale: Locale, seminar: Seminar, now: datetime) -> Screen:
            contacts = seminar.contacts if has_phones else ()
            shown = (
                card.with_phone(locale, seminar, now, card.phone) if has_phones else card.screen(locale, seminar, now)
            )
            return alert_view.again(locale, shown, contacts, minutes, reopened=level == REOPENED)

        return draw_again
    if kind == "handed" and alert.state is AlertState.TAKEN and alert.taker_id == int(numbers[1]):
        by = person.by_id(connection, int(numbers[0]))

        def draw_handed(locale: Locale, seminar: Seminar, now: datetime) -> Screen:
            return alert_view.handed(locale, by.name if by is not None else "", card.screen(locale, seminar, now))

        return draw_handed
    return None


def _whom(connection: sqlite3.Connection, card: AlertCard, shown_list: str, page: int) -> Draw:
    owners = [person.by_id(connection, int(number)) for number in shown_list.split(":")[1:]]
    others = [one for one in owners if one is not None and one.active and one.reachable]
    staff = {one.id: one.name for one in [*person.staff(connection, ()), *others] if one.id != card.alert.person_id}

    def draw(locale: Locale, seminar: Seminar, now: datetime) -> Screen:
        on = who_is_on(card.turns, seminar, now)
        colleagues = [alert_view.Colleague(number, name, number in on) for number, name in staff.items()]
        colleagues.sort(key=lambda one: not one.on_duty)
        return alert_view.hand_over(locale, card.alert, card.about.draw(locale, seminar, now), colleagues, page)

    return draw


CARDS = LiveCardFeature("alert", _state, _load)

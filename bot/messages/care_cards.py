"""The care sheets that organizers have open: each shows what is true, and closes by itself where there is no reason."""

import sqlite3
from datetime import datetime, time, timedelta

from bot.i18n import Locale
from bot.messages.live_cards import CardState, Draw, LiveCardFeature
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store import care as care_store
from bot.store import live_card as live_card_store
from bot.store import person
from bot.store.care import CareCard
from bot.store.person import Person
from bot.views import care as care_view


def follow(
    connection: sqlite3.Connection,
    organizer: Person,
    message_id: int,
    person_id: int,
    *,
    seminar: Seminar,
    now: datetime,
) -> None:
    """From here on this message of an organizer is the one open sheet there: of this person. The one before closes.

    What has changed since the message was written it shows at once: the person may have erased the sheet meanwhile.
    """
    care_store.set_opened(connection, organizer.telegram_id, message_id, person_id)
    if now < _until(seminar):
        live_card_store.save(
            connection,
            organizer.telegram_id,
            message_id,
            person_id=organizer.id,
            feature=CARDS.name,
            subject=f"{organizer.telegram_id}:{message_id}:{person_id}",
            shown_list="",
            page=0,
            shown="",
        )


def _state(connection: sqlite3.Connection, subject: str, seminar: Seminar, now: datetime) -> CardState:
    someone, sheet = _open(connection, subject)
    if someone is None or sheet is None:
        return CardState(None, is_open=False, until=now)
    facts = (someone.name, sheet.diet, sheet.allergens, tuple(sheet.words.items()))
    return CardState(facts, is_open=False, until=_until(seminar))


def _load(connection: sqlite3.Connection, subject: str, _list: str, _page: int, _seminar: Seminar) -> Draw:
    someone, sheet = _open(connection, subject)

    def draw(locale: Locale, seminar: Seminar, now: datetime) -> Screen:
        if someone is None or sheet is None or now >= _until(seminar):
            return care_view.closed(locale)
        return care_view.of_person(locale, someone, sheet)

    return draw


def _open(connection: sqlite3.Connection, subject: str) -> tuple[Person | None, CareCard | None]:
    """Whose sheet the message shows, and the sheet; None where it is not open there any more."""
    chat_id, message_id, person_id = map(int, subject.split(":"))
    if care_store.opened_in(connection, chat_id) != (message_id, person_id):
        return None, None
    someone = person.by_id(connection, person_id)
    return (someone if someone is not None and someone.active else None), care_store.get(connection, person_id)


def _until(seminar: Seminar) -> datetime:
    """When all sheets are erased."""
    return datetime.combine(care_store.kept_until(seminar) + timedelta(days=1), time.min, seminar.zone)


CARDS = LiveCardFeature("care", _state, _load)

"""Care cards: what somebody has agreed to keep for the case that they need care, in their own words."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

import orjson

from bot.clock import to_text
from bot.programme.model import Seminar
from bot.store import wiping
from bot.store.excuse import EXCUSED

EDITION: Final = (
    1  # of the words that people agree to (bot.views.care.consent); a change of what they promise is a new one
)
WORDS_LIMIT: Final = 300  # characters of a field


class Diet(StrEnum):
    """What somebody eats."""

    ANYTHING = "anything"
    HALAL = "halal"
    NO_PORK = "no_pork"
    VEGETARIAN = "vegetarian"
    VEGAN = "vegan"


class Allergen(StrEnum):
    """What makes somebody ill, of what kitchens ask for. OTHER: the card has words about it."""

    NUTS = "nuts"
    MILK = "milk"
    EGGS = "eggs"
    FISH = "fish"
    SEAFOOD = "seafood"
    WHEAT = "wheat"
    SOY = "soy"
    SESAME = "sesame"
    OTHER = "other"


class CareField(StrEnum):
    """What is written into a card."""

    OTHER = "other"
    MEDICINE = "medicine"
    RELATIVE = "relative"
    INSURANCE = "insurance"


KEPT_AFTER_END: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class CareCard:
    """A card. `diet` is None and a field "" where nothing was said; `allergens` are those chosen, without OTHER."""

    person_id: int
    consented_at: str
    diet: Diet | None
    allergens: frozenset[Allergen]
    words: Mapping[CareField, str]


@dataclass(frozen=True, slots=True)
class Meals:
    """For how many the kitchen cooks what, without names. `unknown` have not said what they eat."""

    people: int
    diets: Mapping[Diet, int]
    unknown: int
    allergens: Mapping[Allergen, int]


@dataclass(frozen=True, slots=True)
class Openings:
    """How often organizers have opened a card, and who did last (None: somebody who has left) and when."""

    times: int
    last_by: str | None
    last_at: str


_COLUMNS: Final[Mapping[CareField, str]] = {field: field.value for field in CareField}
_AGREE = """
INSERT INTO care (person_id, edition, consented_at) VALUES (?, ?, ?)
ON CONFLICT (person_id) DO UPDATE SET edition = excluded.edition
"""
_GET = "SELECT * FROM care WHERE person_id = ?"
# Who is excused for the day eats elsewhere.
_MEALS = f"""
SELECT coalesce(c.diet, '') AS diet, coalesce(c.allergens, '[]') AS allergens, coalesce(c.other, '') AS other,
       count(*) AS people
  FROM person AS p LEFT JOIN care AS c ON c.person_id = p.id
 WHERE p.role = 'teacher' AND p.state = 'active' AND (:group_key = '' OR p.group_key = :group_key)
   AND p.id NOT IN ({EXCUSED})
 GROUP BY 1, 2, c.other <> ''
"""  # noqa: S608 - put together from texts of this package
_OPENINGS = """
SELECT count(*) AS times, max(audit.id) AS last FROM audit WHERE action = 'care.opened' AND person_id = ?
"""
_LAST = "SELECT audit.at, person.name FROM audit LEFT JOIN person ON person.id = audit.by_id WHERE audit.id = ?"
_OPEN = """
INSERT INTO care_opened (chat_id, message_id, person_id) VALUES (?, ?, ?)
ON CONFLICT (chat_id) DO UPDATE SET message_id = excluded.message_id, person_id = excluded.person_id
"""


def kept_until(seminar: Seminar) -> date:
    """The last day on which there are care cards."""
    return seminar.last + KEPT_AFTER_END


def get(connection: sqlite3.Connection, person_id: int) -> CareCard | None:
    """This person's card, or None where they have not agreed to have one."""
    row = connection.execute(_GET, (person_id,)).fetchone()
    if row is None:
        return None
    chosen = frozenset(Allergen(key) for key in orjson.loads(row["allergens"]))
    words = {field: row[column] for field, column in _COLUMNS.items()}
    return CareCard(person_id, row["consented_at"], Diet(row["diet"]) if row["diet"] else None, chosen, words)


def agree(connection: sqlite3.Connection, person_id: int, edition: int, now: datetime) -> None:
    """The person agrees to have a card; it is empty, unless there is one."""
    connection.execute(_AGREE, (person_id, edition, to_text(now)))


def set_diet(connection: sqlite3.Connection, person_id: int, diet: Diet) -> bool:
    """The person eats so; False where they have no card."""
    return connection.execute("UPDATE care SET diet = ? WHERE person_id = ?", (diet, person_id)).rowcount == 1


def set_allergen(connection: sqlite3.Connection, person_id: int, allergen: Allergen, *, is_so: bool) -> bool:
    """This makes the person ill, or does not; False where they have no card."""
    card = get(connection, person_id)
    if card is None or allergen is Allergen.OTHER:
        return card is not None
    chosen = orjson.dumps(sorted(card.allergens | {allergen} if is_so else card.allergens - {allergen})).decode()
    return connection.execute("UPDATE care SET allergens = ? WHERE person_id = ?", (chosen, person_id)).rowcount == 1


def set_words(connection: sqlite3.Connection, person_id: int, field: CareField, words: str) -> bool:
    """Write this into the person's card; False where they have none."""
    statement = f"UPDATE care SET {_COLUMNS[field]} = ? WHERE person_id = ?"  # noqa: S608 - a column of this file
    changed = connection.execute(statement, (words, person_id)).rowcount == 1
    wiping.ask(connection)  # what stood there before
    return changed


def erase(connection: sqlite3.Connection, person_id: int) -> bool:
    """Erase the person's card; False where they have none."""
    erased = connection.execute("DELETE FROM care WHERE person_id = ?", (person_id,)).rowcount == 1
    if erased:
        wiping.ask(connection)
    return erased


def erase_all(connection: sqlite3.Connection) -> bool:
    """Erase every card; False where there is none."""
    erased = connection.execute("DELETE FROM care").rowcount > 0
    if erased:
        wiping.ask(connection)
    return erased


def openings(connection: sqlite3.Connection, person_id: int) -> Openings:
    """How often this person's card was opened, by the audit trail."""
    found = connection.execute(_OPENINGS, (person_id,)).fetchone()
    last = connection.execute(_LAST, (found["last"],)).fetchone()
    return Openings(found["times"], last["name"] or None, last["at"]) if last else Openings(0, None, "")


def meals(connection: sqlite3.Connection, *, group: str, seminar: str, on: str) -> Meals:
    """For how many teachers who are not excused that day the kitchen cooks what. `group` "": of all groups."""
    diets: Counter[Diet] = Counter()
    allergens: Counter[Allergen] = Counter()
    people = unknown = 0
    for row in connection.execute(_MEALS, {"group_key": group, "seminar": seminar, "date": on}):
        people += row["people"]
        if row["diet"]:
            diets[Diet(row["diet"])] += row["people"]
        else:
            unknown += row["people"]
        for key in orjson.loads(row["allergens"]):
            allergens[Allergen(key)] += row["people"]
        if row["other"]:
            allergens[Allergen.OTHER] += row["people"]
    return Meals(people, diets, unknown, allergens)


# --- the one card that an organizer has open ------------------------------------------------------------------------


def opened_in(connection: sqlite3.Connection, chat_id: int) -> tuple[int, int] | None:
    """The message that shows an open card in an organizer's chat and whose card it is, or None."""
    row = connection.execute("SELECT message_id, person_id FROM care_opened WHERE chat_id = ?", (chat_id,)).fetchone()
    return (row["message_id"], row["person_id"]) if row else None


def set_opened(connection: sqlite3.Connection, chat_id: int, message_id: int, person_id: int) -> None:
    """This message shows a card now."""
    connection.execute(_OPEN, (chat_id, message_id, person_id))


def set_closed(connection: sqlite3.Connection, chat_id: int) -> None:
    """No card is open in this chat any more."""
    connection.execute("DELETE FROM care_opened WHERE chat_id = ?", (chat_id,))

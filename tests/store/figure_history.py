"""Made-up histories for figures: what happens to people, and what a slow count knows of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final

from bot.access import Role
from bot.people_filter import PeopleFilter
from bot.programme import load
from bot.programme.attendance import of_day
from bot.programme.checkin import Slot, Window, window
from bot.store import checkin as checkin_store
from bot.store import excuse, mark, person
from bot.store import joining as joining_store
from bot.store import lesson as lesson_store
from bot.store import me as me_store
from bot.store.excuse import ExcuseReason
from bot.store.figure_query import By
from bot.store.mark import MarkMethod, MarkState
from tests.connections import connect
from tests.kit import SEMINAR as _FOLDER
from tests.members import activate
from tests.views.samples import at

SEMINAR: Final = load(_FOLDER)
START: Final = at("2025-08-03 20:00")
SESSIONS: Final = [one for number in range(1, 15) for one in of_day(SEMINAR, SEMINAR.date_of(number))]
WINDOWS: Final = [one for day in range(1, 15) for slot in Slot if (one := window(SEMINAR, day, slot)) is not None]
LESSON: Final = SEMINAR.lessons[0]
_GROUPS: Final = ("pamir", "zarafshon", None)
_DISTRICTS: Final = ("Hissor", "Suğd", None)
_ROSTER: Final = """
INSERT INTO roster (name, name_key, district, school, person_id, changed_at) VALUES ('', '', ?, ?, ?, '')
"""


@dataclass
class Model:
    """What a slow count knows of one person."""

    id: int
    joined: datetime
    group: str | None
    district: str | None
    language: str
    removed: datetime | None = None
    marks: dict[str, tuple[MarkState, MarkMethod]] = field(default_factory=dict)
    excused: set[object] = field(default_factory=set)
    answers: dict[Window, tuple[bool, int | None]] = field(default_factory=dict)
    reached: int = 0
    chose: str = ""

    def part(self, by: By) -> str:
        """The name of the part that they belong to."""
        names = {By.EVERYBODY: "", By.GROUP: self.group, By.DISTRICT: self.district, By.LANGUAGE: self.language}
        return names[by] or ""

    def is_in(self, people: PeopleFilter) -> bool:
        """Whether a filter lets them through."""
        limits = ((people.groups, self.group), (people.districts, self.district), (people.languages, self.language))
        return all(not limit or (value or "") in limit for limit, value in limits)

    def was_asked(self, moment: datetime) -> bool:
        """Whether they were a member at that moment."""
        return self.joined < moment and (self.removed is None or self.removed >= moment)


class History:
    """Does things to a database through the bot's own functions, and writes them down beside it."""

    def __init__(self, chance: Random) -> None:
        self.connection = connect()
        self.chance = chance
        self.now = START
        self.people: list[Model] = []
        self.staff = self._add(1_000, "organizer", "en")
        for account in range(1, chance.randint(1, 24)):
            self._join(account)
            for _ in range(chance.randint(0, 8)):
                self._happens()
        for one in self.people:  # most answer the first evening, and the first lesson
            if one.removed is None and chance.random() < 0.7:
                self._answer(one, WINDOWS[1])
                self._learn(one, len(LESSON.cards) + 1)

    def _add(self, account: int, role: str, language: str) -> person.Person:
        kind = Role(role)
        one = person.add(self.connection, account, username=None, language=language, role=kind, now=self.now)
        activate(self.connection, one.id, self.now)
        return one

    def _join(self, account: int) -> None:
        chance = self.chance
        self.now += timedelta(minutes=chance.randint(0, 500))
        language = chance.choice(("tg", "ru"))
        one = self._add(account, "teacher", language)
        model = Model(one.id, self.now, chance.choice(_GROUPS), chance.choice(_DISTRICTS), language)
        person.set_group(self.connection, one.id, model.group)
        if model.district:
            self.connection.execute(_ROSTER, (model.district, "School 1", one.id))
        self.people.append(model)

    def _happens(self) -> None:
        one, what = self.chance.choice(self.people), self.chance.random()
        if one.removed is not None and what < 0.9:
            return
        if what < 0.35:
            self._mark(one)
        elif what < 0.6:
            self._answer(one, self.chance.choice(WINDOWS[:8]))
        elif what < 0.75:
            self._learn(one, self.chance.randint(1, len(LESSON.cards) + 1))
        elif what < 0.82:
            one.group = self.chance.choice(_GROUPS)
            person.set_group(self.connection, one.id, one.group)
        elif what < 0.88:
            on = SEMINAR.date_of(self.chance.randint(1, 5))
            excuse.add(self.connection, SEMINAR.key, on, one.id, ExcuseReason.ILL, by=self.staff, now=self.now)
            one.excused.add(on)
        elif one.removed is None and what < 0.93:
            joining_store.remove(self.connection, self.current(one), self.now)
            one.removed = self.now
        elif what > 0.95:
            me_store.forget(self.connection, self.current(one), self.now)
            self.people.remove(one)
            self._join(5_000 + one.id)

    def current(self, one: Model) -> person.Person:
        found = person.by_id(self.connection, one.id)
        assert found is not None
        return found

    def _mark(self, one: Model) -> None:
        """Some are marked twice: the newest is true."""
        taken, state = self.chance.choice(SESSIONS[:12]), self.chance.choice(list(MarkState))
        how = self.chance.choice(list(MarkMethod))
        mark.add(self.connection, taken.on.subject, one.id, state, how, by_id=self.staff.id, now=self.now)
        one.marks[taken.on.subject] = (state, how)

    def _answer(self, one: Model, its: Window) -> None:
        mood = self.chance.randint(1, 5) if its.slot is Slot.EVENING else None
        moment = its.opens + timedelta(minutes=self.chance.randint(0, 200))
        checkin_store.answer(self.connection, one.id, its, mood, moment)
        late = one.answers[its][0] if its in one.answers else its.is_late(moment)
        if its in one.answers and moment >= its.closes:
            mood = one.answers[its][1]
        one.answers[its] = (late, mood)

    def _learn(self, one: Model, number: int) -> None:
        key = SEMINAR.key
        stands = lesson_store.record_shown(self.connection, one.id, key, LESSON, number=number, now=self.now)
        one.reached = stands.reached
        if one.reached > len(LESSON.cards) and not one.chose:
            question = LESSON.quiz[0]
            one.chose = self.chance.choice(question.options).key
            lesson_store.answer(self.connection, one.id, key, LESSON, question=question, option=one.chose, now=self.now)

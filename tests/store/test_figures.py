"""Every figure beside a slow and obvious count over made-up histories: people join, leave, move and are erased."""

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import combinations
from random import Random
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.languages import Language
from bot.people_filter import FigureFilter, PeopleFilter
from bot.programme.attendance import Taken
from bot.programme.checkin import Slot, Window
from bot.programme.lesson_model import Lesson
from bot.small_numbers import Withheld
from bot.store import (
    attendance_figures,
    checkin_figures,
    figures,
    lesson_figures,
    people_figures,
)
from bot.store.figure_query import By
from bot.store.mark import MarkMethod, MarkState
from tests.store.figure_history import LESSON, SEMINAR, SESSIONS, WINDOWS, History, Model
from tests.test_small_numbers import few

_CHOSEN: Final = (
    FigureFilter(),
    FigureFilter(PeopleFilter(groups=("pamir",))),
    FigureFilter(PeopleFilter(groups=("pamir", "")), first_day=2, last_day=3),
    FigureFilter(session=SESSIONS[0].on.session),
    FigureFilter(PeopleFilter(districts=("Hissor", ""), languages=(Language.TAJIK,))),
)


def attended(people: list[Model], taken: Taken) -> tuple[object, ...]:
    subject, on = taken.on.subject, taken.on.date
    states = dict.fromkeys((*MarkState, None), 0)
    besides, how = 0, dict.fromkeys(MarkMethod, 0)
    for one in people:
        state, way = one.marks.get(subject, (None, None))
        came = state in {MarkState.PRESENT, MarkState.LATE}
        if one.was_asked(taken.ends) and taken.is_for(one.group):
            excused = state is None and on in one.excused
            states[MarkState.EXCUSED if excused else state] += 1
        elif came:
            besides += 1
        if came and way is not None:
            how[way] += 1
    return (*states.values(), besides, {way: count for way, count in how.items() if count})


def check_attendance(history: History, chosen: FigureFilter, people: list[Model], now: datetime, by: By) -> None:
    days = range(chosen.first_day or 1, (chosen.last_day or 14) + 1)
    told = attendance_figures.sessions(history.connection, SEMINAR, chosen, now, by)
    shown = {(one.session, one.date, one.part): one for one in told}
    assert len(shown) == len(told)
    for taken in SESSIONS:
        chosen_session = chosen.session in {None, taken.on.session}
        if taken.starts > now or taken.session.day not in days or not chosen_session:
            assert not any((one.session, one.date) == (taken.on.session, taken.on.date) for one in told)
            continue
        for part in {one.part(by) for one in people}:
            expected = attended([one for one in people if one.part(by) == part], taken)
            figure = shown.pop((taken.on.session, taken.on.date, part), None)
            if figure is None:
                assert not any(expected[:6])
            else:
                numbers = (figure.present, figure.late, figure.excused, figure.absent, figure.unmarked, figure.besides)
                assert (*numbers, figure.how) == expected
    assert not shown


def check_checkins(history: History, chosen: FigureFilter, people: list[Model], now: datetime, by: By) -> None:
    told = checkin_figures.checkins(history.connection, SEMINAR, chosen, now, by)
    shown = {(one.date, one.slot, one.part): one for one in told}
    for its in (one for one in WINDOWS if one.opens <= now):
        for part in {one.part(by) for one in people}:
            its_people = [one for one in people if one.part(by) == part]
            asked = [one for one in its_people if one.was_asked(its.alert)]
            answered = [one for one in its_people if its in one.answers]
            figure = shown.get((its.on, its.slot, part))
            in_days = (chosen.first_day or 1) <= its.day <= (chosen.last_day or 14)
            if figure is None:
                assert not in_days or not (asked or answered)
                continue
            share = figure.answered
            assert (share.count, share.of) == (sum(its in one.answers for one in asked), len(asked))
            assert share.besides == len(answered) - share.count
            assert figure.late == sum(one.answers[its][0] for one in answered)
            assert figure.known == sum(its not in one.answers and its.on in one.excused for one in asked)
            moods = [one.answers[its][1] for one in answered if one.removed is None]
            if isinstance(figure.mood, float):
                said = [mood for mood in moods if mood is not None]
                assert len(said) >= 5
                assert abs(figure.mood - sum(said) / len(said)) < 1e-9
            elif chosen.people == PeopleFilter() and by is By.EVERYBODY and its.slot is Slot.EVENING:
                assert figure.mood == (Withheld.FEW if 0 < len(moods) < 5 else None)


def check_lessons(history: History, chosen: FigureFilter, people: list[Model], now: datetime, by: By) -> None:
    members = [one for one in people if one.removed is None]
    told = lesson_figures.lessons(history.connection, SEMINAR, chosen, now, by)
    come = _comes(LESSON, chosen, now)
    assert any(one.lesson == LESSON.key for one in told) == (come and bool(members))
    for one in told:
        its = [each for each in members if each.part(by) == one.part]
        assert one.offered == len(its)
        if one.lesson == LESSON.key:
            assert one.opened == sum(each.reached > 0 for each in its)
            assert one.read == sum(each.reached > len(LESSON.cards) for each in its)
    questions = lesson_figures.questions(history.connection, SEMINAR, chosen, now)
    for question in (one for one in questions if one.lesson == LESSON.key and one.question == LESSON.quiz[0].key):
        chose = [one.chose for one in members if one.chose]
        assert question.answered == len(chose)
        if len(chose) < 5:
            assert question.options is Withheld.FEW
            assert question.misleading is None
        else:
            assert not isinstance(question.options, Withheld)
            assert {one.key: one.people for one in question.options} == {
                one.key: chose.count(one.key) for one in LESSON.quiz[0].options
            }
            wrong = [chose.count(one.key) for one in LESSON.quiz[0].options if not one.right]
            assert (question.misleading.people if question.misleading else 0) == max(wrong)
    for figure in lesson_figures.competencies(history.connection, SEMINAR, chosen, now):
        assert figure.some.of == len(members)
        assert figure.every.count <= figure.some.count


def _comes(lesson: Lesson, chosen: FigureFilter, now: datetime) -> bool:
    chosen_day = (chosen.first_day or 1) <= lesson.day <= (chosen.last_day or 14)
    return chosen_day and SEMINAR.date_of(lesson.day) <= SEMINAR.today(now)


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 100_000), st.integers(0, 130))
def test_every_figure_is_that_of_a_slow_count(seed: int, hours: int) -> None:
    history = History(Random(seed))
    now = history.now + timedelta(hours=hours)
    for chosen in _CHOSEN:
        people = [one for one in history.people if one.is_in(chosen.people)]
        for by in (By.EVERYBODY, By.GROUP, By.DISTRICT):
            check_attendance(history, chosen, people, now, by)
            check_checkins(history, chosen, people, now, by)
            check_lessons(history, chosen, people, now, by)
            reached = people_figures.reach(history.connection, SEMINAR, chosen, now, by)
            assert {one.part: (one.members, one.left) for one in reached} == {
                part: (len(its) - left, left)
                for part in {one.part(by) for one in people}
                for its in ([one for one in people if one.part(by) == part],)
                for left in (sum(one.removed is not None for one in its),)
            }
        overview = figures.overview(history.connection, SEMINAR, chosen, now)
        assert overview.attendance.of == sum(day.attendance.of for day in overview.days)
        assert overview.checkins.of == sum(one.answered.of for day in overview.days for one in day.checkins)
        check_moods(history, now)


def check_moods(history: History, now: datetime) -> None:
    """Whoever takes away all moods that are told from each other learns of no fewer than five."""
    shown: dict[Window, set[frozenset[str]]] = defaultdict(set)
    by_date = {one.on: one for one in WINDOWS if one.slot is Slot.EVENING}
    names = frozenset(one.part(By.GROUP) for one in history.people)
    for groups in ((), *((one,) for one in names), *combinations(sorted(names), 2)):
        for by in (By.EVERYBODY, By.GROUP):
            chosen = FigureFilter(PeopleFilter(groups=groups))
            for figure in checkin_figures.checkins(history.connection, SEMINAR, chosen, now, by):
                if isinstance(figure.mood, float):
                    parts = frozenset((figure.part,)) if by is By.GROUP else frozenset(groups) or names
                    shown[by_date[figure.date]].add(parts)
    for its, told in shown.items():
        said = dict.fromkeys(names, 0)
        for one in history.people:
            said[one.part(By.GROUP)] += its in one.answers and one.removed is None
        assert not few(told, said)

"""Figures on small examples: moods by group, how long alerts waited, whether messages were in time."""

from datetime import timedelta
from random import Random
from typing import Final

from bot.access import Role
from bot.clock import to_text
from bot.escalation import AlertKind
from bot.languages import Language
from bot.people_filter import FigureFilter, PeopleFilter
from bot.programme.checkin import Slot
from bot.small_numbers import Withheld
from bot.store import alert as alert_store
from bot.store import (
    alert_figures,
    checkin_figures,
    people_figures,
    person,
    punctuality_figures,
)
from bot.store import checkin as checkin_store
from bot.store import me as me_store
from bot.store.alert_figures import Waited
from bot.store.figure_query import By
from bot.store.punctuality_figures import PunctualityFigure
from tests.connections import connect
from tests.members import activate
from tests.store.figure_history import SEMINAR, START, WINDOWS, History

_OUTBOX: Final = """
INSERT INTO outbox
  (key, event, kind, chat_id, person_id, priority, due_at, next_at, expires_at, state, created_at, done_at)
VALUES (?1, '', ?2, 1, ?3, 1, ?4, ?4, '9', ?5, ?4, ?6)
"""


def test_moods_are_told_by_group_where_each_block_is_of_five_or_more() -> None:
    connection, its = connect(), WINDOWS[1]
    for account, group in enumerate(["pamir"] * 7 + ["zarafshon"] * 6 + ["vakhsh"] * 2, 1):
        one = person.add(connection, account, username=None, language="tg", role=Role.TEACHER, now=START)
        activate(connection, one.id, START)
        person.set_group(connection, one.id, group)
        checkin_store.answer(connection, one.id, its, 4 if group == "pamir" else 1, its.opens)

    def mood(chosen: PeopleFilter, by: By = By.EVERYBODY) -> dict[str, checkin_figures.Mood]:
        told = checkin_figures.checkins(connection, SEMINAR, FigureFilter(chosen, 1, 1), its.closes, by)
        return {one.part: one.mood for one in told if one.slot is Slot.EVENING}

    few_ = Withheld.FEW
    assert mood(PeopleFilter(), By.GROUP) == {"pamir": 4.0, "zarafshon": few_, "vakhsh": few_}
    assert mood(PeopleFilter(groups=("zarafshon", "vakhsh"))) == {"": 1.0}
    assert mood(PeopleFilter(groups=("pamir", "vakhsh"))) == {"": few_}
    assert mood(PeopleFilter()) == {"": (7 * 4 + 8) / 15}
    assert mood(PeopleFilter(languages=(Language.TAJIK,))) == {"": few_}
    assert mood(PeopleFilter(), By.LANGUAGE) == {"tg": few_}


def test_alerts_are_told_by_how_long_people_waited_and_nothing_of_how_few_of_them_are() -> None:
    history, now = History(Random(3)), START
    one, other = history.people[:2]
    waits = ((AlertKind.LOST, one, 2, 10), (AlertKind.LOST, other, 6, None), (AlertKind.MOOD, one, 1, 3))
    for number, (kind, whom, taken, settled) in enumerate(waits):
        alert = alert_store.open_alert(history.connection, kind, f"matter:{number}", now, person_id=whom.id)
        alert_store.take(history.connection, alert.id, history.staff.id, now + timedelta(minutes=taken))
        if settled is not None:
            alert_store.settle(history.connection, alert.id, None, now + timedelta(minutes=settled))
    alert_store.open_alert(history.connection, AlertKind.BACKUP, "backup:1", now)

    def told(chosen: FigureFilter) -> dict[AlertKind, tuple[object, ...]]:
        rows = alert_figures.alerts(history.connection, SEMINAR, chosen, now)
        return {row.kind: (row.count, row.waiting, row.taken.median, row.taken.longest, row.settled) for row in rows}

    minutes = [timedelta(minutes=each) for each in range(11)]
    lost = (2, 0, minutes[4], minutes[6], Waited(1, minutes[10], minutes[10]))
    mood = (1, 0, minutes[1], minutes[1], Waited(1, minutes[3], minutes[3]))
    backup = (1, 1, None, None, Waited(0, None, None))
    assert told(FigureFilter()) == {AlertKind.LOST: lost, AlertKind.MOOD: mood, AlertKind.BACKUP: backup}
    languages = (Language.TAJIK, Language.RUSSIAN)
    assert told(FigureFilter(PeopleFilter(languages=languages))) == {AlertKind.LOST: lost}
    assert told(FigureFilter(first_day=2)) == {}
    me_store.forget(history.connection, history.current(one), now + timedelta(hours=1))
    assert told(FigureFilter())[AlertKind.LOST][:4] == lost[:4]


def test_punctuality_is_told_in_seconds_and_reach_by_what_arrived() -> None:
    history = History(Random(3))
    one = next(each for each in history.people if each.removed is None)
    sent = (
        ("agenda", "sent", 0),
        ("agenda", "sent", 3.2),
        ("agenda", "sent", 60),
        ("agenda", "dead", 1),
        ("quiz", "due", 0),
    )
    for number, (kind, state, seconds) in enumerate(sent):
        done = None if state == "due" else to_text(START + timedelta(seconds=seconds))
        history.connection.execute(_OUTBOX, (str(number), kind, one.id, to_text(START), state, done))
    later = START + timedelta(days=10)
    told = punctuality_figures.punctuality(history.connection, SEMINAR, FigureFilter(), later)
    assert told == (PunctualityFigure("agenda", 3, 4, 60, 1),)
    assert punctuality_figures.punctuality(history.connection, SEMINAR, FigureFilter(first_day=9), later) == ()
    [before] = people_figures.reach(history.connection, SEMINAR, FigureFilter(), later)
    assert before.delivered == 1
    history.connection.execute("UPDATE person SET reachable = 0, paused_at = ? WHERE id = ?", (to_text(later), one.id))
    [after] = people_figures.reach(history.connection, SEMINAR, FigureFilter(), later)
    assert (after.blocked, after.paused) == (before.blocked + 1, before.paused + 1)
    active = sum(bool(each.answers or each.reached) for each in history.people if each.removed is None)
    assert after.seen == active
    assert after.silent == int(not (one.answers or one.reached))

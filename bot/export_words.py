"""A file with data in the reader's language: its tables with their words, and what is said of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.access import Role
from bot.alert_lines import alert_kind
from bot.documents.export_table import About, CellKind, Table, TableColumn
from bot.escalation import AlertKind
from bot.export_columns import LABELS, NEVER, seen, withheld
from bot.i18n import Locale
from bot.languages import Language
from bot.mark_lines import mark_states
from bot.people_filter import FigureFilter
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.store.alert import AlertState
from bot.store.mark import MarkMethod

NO_MARK: Final = "none"  # in place of a mark's state
BY_DAY: Final = "day"  # in place of how a mark is known: the person is excused for the day
_TITLE: Final = 200
_CHOSEN: Final = 60

Words = Mapping[str, str]


def tables(_: Locale, seminar: Seminar, names: Sequence[str], role: Role, kinds: Words) -> tuple[Table, ...]:
    """The tables of these names as somebody of this role may see them. `kinds`: what kinds of messages are called."""
    words: dict[str, Words] = {"message_kind": kinds}

    def of(name: str) -> Words:
        if name and name not in words:
            words[name] = {str(code): said for code, said in _WORDS[name](_, seminar).items()}  # codes may be of enums
        return words.get(name, {})

    return tuple(
        Table(
            name,
            _.plain(LABELS[name]),
            tuple(
                TableColumn(one.name, one.kind, _.plain(one.label), _.plain(one.definition), of(one.words))
                for one in seen(name, role)
            ),
        )
        for name in names
    )


def about(_: Locale, seminar: Seminar, names: Sequence[str], role: Role, *, chosen: str, now: datetime) -> About:
    """What is said of a file with these tables; `chosen`: whom and what it is about, in words."""
    local = now.astimezone(seminar.zone)
    return About(
        heading=_.plain("This file"),
        facts=(
            (_.plain("Seminar"), seminar.title.get(_.language)),
            (_.plain("About"), chosen),
            (_.plain("Made"), f"{local:%Y-%m-%d %H:%M}"),
            (_.plain("Clock"), f"{_.city(seminar.zone)} ({seminar.zone.key})"),
            (_.plain("Days"), _.plain("A day counts what happened on it: what was answered, marked, sent or opened.")),
            (
                _.plain("Text in CSV"),
                _.plain("An apostrophe before a value says that it is text, as it stands behind it."),
            ),
        ),
        left_out_heading=_.plain("Left out"),
        left_out=tuple(_.plain(one) for one in (*withheld(tuple(names), role), *NEVER)),
        labels=(_.plain("Table"), _.plain("Column"), _.plain("Key"), _.plain("Type"), _.plain("Meaning")),
        kinds={
            CellKind.TEXT: _.plain("text"),
            CellKind.NUMBER: _.plain("number"),
            CellKind.FLAG: _.plain("yes or no"),
            CellKind.DATE: _.plain("date"),
            CellKind.TIME: _.plain("time of day"),
            CellKind.MOMENT: _.plain("date and time"),
        },
        yes=_.plain("yes"),
        no=_.plain("no"),
        label=_.plain("Definitions"),
    )


def chosen_words(_: Locale, seminar: Seminar, chosen: FigureFilter) -> str:
    """Whom and what a file is about, in a line."""
    people = chosen.people
    said = [*_group_titles(_, seminar, people.groups)]
    unknown = _.plain("not known")
    said += [one or unknown for one in (*people.districts, *people.schools)]
    said += [Language(one).own_name for one in people.languages]
    said = said or [_.plain("all teachers")]
    said.append(_days(_, seminar, chosen))
    for key, words in ((chosen.session, _sessions), (chosen.lesson, _lessons)):
        said += [words(_, seminar).get(key, key)] if key is not None else []
    return " · ".join(shortened(one, _CHOSEN) for one in said)


def _days(_: Locale, seminar: Seminar, chosen: FigureFilter) -> str:
    first, last = chosen.first_day, chosen.last_day
    if first is None and last is None:
        return _.plain("all days")
    days = [_.short_day(seminar.date_of(one)) if one is not None else "" for one in (first, last)]
    return days[0] if first == last else " – ".join(days).strip()


def _group_titles(_: Locale, seminar: Seminar, keys: Sequence[str]) -> list[str]:
    titles = _groups(_, seminar)
    return [titles.get(key, key) or _.plain("no group") for key in keys]


def _groups(_: Locale, seminar: Seminar) -> Words:
    return {group.key: group.title.get(_.language) for group in seminar.groups}


def _languages(_: Locale, seminar: Seminar) -> Words:
    return {one.value: one.own_name for one in seminar.languages}


def _sessions(_: Locale, seminar: Seminar) -> Words:
    return {one.key: one.title.get(_.language) for day in seminar.days for one in day.sessions}


def _lessons(_: Locale, seminar: Seminar) -> Words:
    return {one.key: one.title.get(_.language) for one in seminar.lessons}


def _questions(_: Locale, seminar: Seminar) -> Words:
    return {
        f"{lesson.key}/{one.key}": shortened(one.text.get(_.language), _TITLE)
        for lesson in seminar.lessons
        for one in lesson.quiz
    }


def _options(_: Locale, seminar: Seminar) -> Words:
    return {
        f"{lesson.key}/{question.key}/{one.key}": shortened(one.text.get(_.language), _TITLE)
        for lesson in seminar.lessons
        for question in lesson.quiz
        for one in question.options
    }


def _person_states(_: Locale, _seminar: Seminar) -> Words:
    return {
        "member": _.plain("in the seminar"),
        "paused": _.plain("messages paused"),
        "left": _.plain("not in it any more"),
    }


def _marks(_: Locale, _seminar: Seminar) -> Words:
    return {**{state.value: said for state, said in mark_states(_).items()}, NO_MARK: _.plain("no mark")}


def _ways(_: Locale, _seminar: Seminar) -> Words:
    return {
        MarkMethod.TAP: _.plain("own tap"),
        MarkMethod.CODE: _.plain("code"),
        MarkMethod.BUDDY: _.plain("a buddy's word"),
        MarkMethod.ROLL_CALL: _.plain("roll call"),
        BY_DAY: _.plain("excused for the day"),
    }


def _slots(_: Locale, _seminar: Seminar) -> Words:
    return {"morning": _.plain("morning"), "evening": _.plain("evening")}


def _alert_states(_: Locale, _seminar: Seminar) -> Words:
    return {
        AlertState.OPEN: _.plain("open"),
        AlertState.TAKEN: _.plain("taken"),
        AlertState.SETTLED: _.plain("settled"),
    }


def _alert_kinds(_: Locale, _seminar: Seminar) -> Words:
    return {kind.value: alert_kind(_, kind) for kind in AlertKind}


def _broadcast_states(_: Locale, _seminar: Seminar) -> Words:
    return {
        "scheduled": _.plain("scheduled"),
        "sending": _.plain("on its way"),
        "stopped": _.plain("stopped"),
        "finished": _.plain("sent"),
        "taken_back": _.plain("taken back"),
    }


def _delivery_states(_: Locale, _seminar: Seminar) -> Words:
    return {
        "due": _.plain("waits"),
        "sending": _.plain("on its way"),
        "sent": _.plain("sent"),
        "unknown": _.plain("perhaps sent"),
        "dead": _.plain("refused by Telegram"),
        "expired": _.plain("too late to be sent"),
        "cancelled": _.plain("called off"),
    }


_WORDS: Final[Mapping[str, Callable[[Locale, Seminar], Words]]] = {
    "group": _groups,
    "language": _languages,
    "session": _sessions,
    "lesson": _lessons,
    "question": _questions,
    "answer": _options,
    "person_state": _person_states,
    "mark": _marks,
    "how": _ways,
    "slot": _slots,
    "alert_state": _alert_states,
    "alert_kind": _alert_kinds,
    "broadcast_state": _broadcast_states,
    "delivery_state": _delivery_states,
}

"""Whom a message to many is for: the first question, the page with every choice, and people by their names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton

from bot.broadcast_lines import short, whom
from bot.buttons.broadcast import (
    BroadcastAudience,
    BroadcastByName,
    BroadcastCard,
    BroadcastDrop,
    BroadcastNarrow,
    BroadcastWhom,
)
from bot.i18n import Locale
from bot.programme.lesson_model import Lesson
from bot.programme.markup import shortened
from bot.programme.model import Group, Seminar
from bot.screen import Screen, in_rows
from bot.store.broadcast_audience import MOST_NAMED, Audience, Reach
from bot.store.person import Person

FOUND = 6  # people on one screen
_LABEL = 30
_GROUPS = 40  # the first question offers them all
_SHORT = 9  # characters of a label that fits beside two others
_ROLES = ("all", "teachers", "organizers", "coordinators")


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be chosen now: lessons that have been given, and whether there is a check-in, a headcount, a notice."""

    lessons: tuple[Lesson, ...] = ()
    checkin: bool = False
    headcount: bool = False
    notice: bool = False


def audiences(
    _: Locale,
    seminar: Seminar,
    number: int,
    reached: Mapping[Audience, Reach],
    last: Audience | None = None,
    *,
    nobody: bool = False,
) -> Screen:
    """Who should get it? `nobody` would get it as it was chosen before; `last` is whom the last one went to."""
    rows = [
        [BroadcastAudience(number, audience.to, audience.group).button(_button(_, seminar, audience, people))]
        for audience, people in reached.items()
        if audience != last or audience.is_plain
    ]
    if last is not None and last in reached and not last.is_plain:
        label = shortened(short(_, seminar, last), _LABEL)
        again = _.plain("↩️ {who} ({n})", who=label, n=reached[last].recipients)
        rows.append([BroadcastNarrow(number, "last", "").button(again)])
    text = (
        _("📭 Nobody would get it there right now. Who else should get it?")
        if nobody
        else _("📣 <b>A message to many</b>\nWho should get it?")
    )
    more = BroadcastWhom(number).button(_.plain("👥 Others …"))
    return Screen(text, [*rows, [more, _drop(_, number)]])


def choose(_: Locale, seminar: Seminar, number: int, audience: Audience, people: Reach, offered: Offered) -> Screen:
    """Every choice, with a tick at what is chosen, and whom that makes."""

    def choice(field: str, value: str, label: str, *, on: bool) -> InlineKeyboardButton:
        return BroadcastNarrow(number, field, value).button(f"{'☑️ ' if on else ''}{shortened(label, _LABEL)}")

    roles = [choice("to", one, _role(_, one), on=audience.to == one) for one in _ROLES]
    rows = in_rows(roles, 2)
    if seminar.has_groups:
        groups = [
            choice("group", one.key, one.title.get(_.language), on=audience.group == one.key)
            for one in _groups(seminar, audience)
        ]
        is_short = all(len(one.title.get(_.language)) <= _SHORT for one in _groups(seminar, audience))
        rows += in_rows(groups, 3 if is_short else 2)
    languages = [
        choice("language", one.value, one.own_name, on=audience.language == one.value)
        for one in seminar.languages
        if audience.language in {"", one.value}  # beside three others there is no room for its tick
    ]
    rows += in_rows(languages, 4) if len(seminar.languages) > 1 else []
    rows += [
        [
            choice(
                "lesson",
                one.key,
                _.plain("Not done: {title}", title=one.title.get(_.language)),
                on=audience.lesson is not None and audience.lesson.lesson == one.key,
            )
        ]
        for one in offered.lessons
    ]
    if offered.headcount or audience.uncounted is not None:
        rows.append([choice("headcount", "", _.plain("Missing in the headcount"), on=audience.uncounted is not None)])
    if offered.notice or audience.unseen is not None:
        rows.append([choice("notice", "", _.plain("Has not seen the change"), on=audience.unseen is not None)])
    named = _.plain("🔎 By name")
    by_name = BroadcastByName(number).button(f"{'☑️ ' if audience.to == 'people' else ''}{named}")
    if offered.checkin or audience.silence is not None:
        rows.append([choice("silence", "", _.plain("Not checked in"), on=audience.silence is not None), by_name])
    else:
        rows.append([by_name])
    done = [BroadcastCard(number).button(_.plain("➡️ Go on"))] if people.recipients else []
    return Screen(whom(_, seminar, audience, people), [*rows, [*done, _drop(_, number)]])


def name(_: Locale, number: int) -> Screen:
    """Part of a name is awaited."""
    return Screen(_("🔎 Write a part of the name."), [[_back(_, number), _drop(_, number)]])


def found(_: Locale, seminar: Seminar, number: int, audience: Audience, people: Sequence[Person]) -> Screen:
    """Who is called like that, the first `FOUND`; a press adds somebody, another one takes them out."""
    chosen = set(audience.people) if audience.to == "people" else set()
    rows = []
    for one in people[:FOUND]:
        group = seminar.group(one.group) if one.group else None
        where = f" · {group.title.get(_.language)}" if group is not None and seminar.has_groups else ""
        mark = "☑️ " if one.id in chosen else ""
        label = f"{mark}{shortened(one.name, _LABEL)}{shortened(where, _LABEL)}"
        rows.append([BroadcastNarrow(number, "person", str(one.id)).button(label)])
    lines: list[str] = [_("🔎 Who should get it? Or write a part of another name.") if people else _nobody(_)]
    if len(people) > FOUND:
        lines.append(_("There are more. Please write more of the name."))
    return Screen("\n".join(lines), [*rows, [_back(_, number), _drop(_, number)]])


def too_many_named(_: Locale) -> str:
    """The toast where more people are named than one message names."""
    return _.plain("At most {n} people can be named.", n=MOST_NAMED)


def group_is_gone(_: Locale) -> str:
    """The toast for a button of a group that the programme has no more."""
    return _.plain("That group is no longer there.")


def nothing_to_choose(_: Locale) -> str:
    """The toast for a check-in, a headcount or a notice that is over."""
    return _.plain("There is none at the moment.")


def _groups(seminar: Seminar, audience: Audience) -> list[Group]:
    """As many groups as have room beside the other choices, and the chosen one."""
    return [one for n, one in enumerate(seminar.groups) if n < _GROUPS or one.key == audience.group]


def _nobody(_: Locale) -> str:
    return _("Nobody here is called like that. Please try another part of the name.")


def _button(_: Locale, seminar: Seminar, audience: Audience, people: Reach) -> str:
    group = seminar.group(audience.group)
    if group is not None:
        return _.plain("{group} ({n})", group=shortened(group.title.get(_.language), _LABEL), n=people.recipients)
    if audience.to == "teachers":
        return _.plain("Teachers ({n})", n=people.recipients)
    return _.plain("Everyone ({n})", n=people.recipients)


def _role(_: Locale, to: str) -> str:
    roles = {
        "teachers": _.plain("Teachers"),
        "organizers": _.plain("Organizers"),
        "coordinators": _.plain("Coordinators"),
    }
    return roles.get(to, _.plain("Everyone"))


def _back(_: Locale, number: int) -> InlineKeyboardButton:
    return BroadcastWhom(number).button(_.plain("‹ Back"))


def _drop(_: Locale, number: int) -> InlineKeyboardButton:
    return BroadcastDrop(number).button(_.plain("✖️ Cancel"))

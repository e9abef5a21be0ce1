"""What the bot will send by itself, for organizers: a day of it, one message, and what was decided about it."""

from collections.abc import Mapping
from datetime import datetime

from telegram import InlineKeyboardButton

from bot.buttons.upcoming import (
    UpcomingDay,
    UpcomingHours,
    UpcomingPostpone,
    UpcomingPreview,
    UpcomingReader,
    UpcomingRetime,
    UpcomingSend,
    UpcomingShow,
    UpcomingSkip,
    UpcomingUndo,
)
from bot.i18n import Locale
from bot.languages import Language
from bot.programme.checkin import Slot, window
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.screen import Screen, in_rows, page_row
from bot.store.upcoming import PAGE, Limit, Stage, UpcomingItem, UpcomingList

_NAME = 40
_SUBJECT = 60  # letters of a session's title
_IN_A_ROW = 5
_READERS_IN_A_ROW = 2
_MINUTES = (15, 60)


def day(_: Locale, seminar: Seminar, coming: UpcomingList, titles: Mapping[str, str]) -> Screen:
    """What is sent on a day; `titles` says what each kind of message is called."""
    lines: list[str] = [_("📬 <b>What I will send on {day}</b>", day=_.day(coming.on))]
    if not coming.items:
        lines.append(_("Nothing more is planned for that day."))
    first = coming.page * PAGE + 1
    lines += [_line(_, seminar, number, one, titles) for number, one in enumerate(coming.items, first)]
    if coming.items:
        lines.append(_("Tap a number to see the message, to skip it, or to send it at another time."))
    numbers = [UpcomingShow(one.token).button(str(number)) for number, one in enumerate(coming.items, first)]
    rows = [*in_rows(numbers, _IN_A_ROW), *_pages(_, coming), [_other_day(_, coming)]]
    if seminar.day_number_on(coming.on) is not None:
        rows.append([UpcomingHours(coming.on).button(_.plain("🕒 Hours of this day"))])
    return Screen("\n".join(lines), rows)


def item(_: Locale, seminar: Seminar, one: UpcomingItem, titles: Mapping[str, str]) -> Screen:
    """One message: when, to how many, what was decided, and what can be done."""
    when = _.day(seminar.today(one.due_at))
    lines: list[str] = [
        _("📬 <b>{title}</b>", title=_title(_, seminar, one, titles)),
        _("{day}, {time}", day=when, time=_.time(one.due_at, seminar.zone)),
        _.plural("It goes to {n} person.", "It goes to {n} people.", one.recipients),
    ]
    if (said := _decided(_, seminar, one)) is not None:
        lines += ["", said]
    if one.asks and one.stage is Stage.SKIPPED:
        lines.append(
            _("Nobody is asked, so nobody is reminded, and no list of who is missing comes. /missing is there for you.")
        )
    elif one.asks and one.stage is not Stage.GONE:
        lines += ["", _("If you skip it, nobody is reminded either, and no list of who is missing comes.")]
    rows = [*_readers(seminar, one), *_actions(_, one)]
    back = UpcomingDay(seminar.today(one.due_at), 0).button(_.plain("‹ All messages of the day"))
    return Screen("\n".join(lines), [*rows, [back]])


def groups(_: Locale, seminar: Seminar, one: UpcomingItem, titles: Mapping[str, str], language: Language) -> Screen:
    """Of which group is the reader? Each reads something else."""
    text = _("👁 <b>{title}</b>\nAs whom do you want to read it?", title=titles[one.kind])
    readers = [(group.key, group.title.get(_.language)) for group in seminar.groups]
    readers.append(("", _.plain("Someone without a group")))
    buttons = [UpcomingPreview(one.token, language, key).button(title) for key, title in readers]
    return Screen(text, [*in_rows(buttons, _READERS_IN_A_ROW), [UpcomingShow(one.token).button(_.plain("‹ Back"))]])


def hours(_: Locale, seminar: Seminar, number: int) -> Screen:
    """At what hours the bot speaks on a day. Raises IndexError for a number outside the seminar."""
    on = seminar.day(number)
    if on is None:
        raise IndexError(f"no day {number} in {seminar.key}")
    its = seminar.hours_of(number)
    lines: list[str] = [
        _("🕒 <b>Hours of {day}</b>", day=_.day(seminar.date_of(number))),
        _("{time} · agenda", time=f"{its.agenda:%H:%M}"),
    ]
    for slot in Slot:
        if slot is Slot.EVENING:
            lesson = seminar.lesson_of_day(number)
            lines.append(_("{time} · lesson", time=f"{its.lesson:%H:%M}") if lesson else _("no lesson"))
        its_window = window(seminar, number, slot)
        if its_window is None:
            lines.append(_("no morning check-in") if slot is Slot.MORNING else _("no evening check-in"))
            continue
        asked, again, told = (_.time(at, seminar.zone) for at in (its_window.opens, its_window.nudge, its_window.alert))
        lines.append(
            _("{time} · morning check-in (reminder {again}, list of who is missing {told})",
              time=asked, again=again, told=told)
            if slot is Slot.MORNING
            else _("{time} · evening check-in (reminder {again}, list of who is missing {told})",
                   time=asked, again=again, told=told)
        )  # fmt: skip
    lines.append(
        _("These are this day's own hours.") if on.hours is not None else _("These are the seminar's usual hours.")
    )
    lines.append(_("To change them, send /programme and choose the day."))
    return Screen(
        "\n".join(lines), [[UpcomingDay(seminar.date_of(number), 0).button(_.plain("‹ All messages of the day"))]]
    )


def ask_time(_: Locale, one: UpcomingItem, titles: Mapping[str, str]) -> Screen:
    """At what time?"""
    text = _("🕒 When should “{title}” be sent? Write the time there, like 09:05.", title=titles[one.kind])
    return Screen(text, [[UpcomingShow(one.token).button(_.plain("✖️ Cancel"))]])


def not_a_time(_: Locale, item_token: str) -> Screen:
    """Something else than a time came; `item_token` stands for the message."""
    text = _("That is no time. Please write hours and minutes, like 09:05.")
    return Screen(text, [[UpcomingShow(item_token).button(_.plain("✖️ Cancel"))]])


def time_lapsed(_: Locale, item_token: str) -> Screen:
    """A time, or something else, came long after the question."""
    text = _("⌛ You were asked for another time a while ago, so I have changed nothing.")
    return Screen(text, [[UpcomingShow(item_token).button(_.plain("📬 Show the message"))]])


def nobody(_: Locale) -> str:
    """The toast where no reader would get it."""
    return _.plain("Nobody would get it right now.")


def gone(_: Locale) -> str:
    """The toast for a message that is not to come any more."""
    return _.plain("It has been sent already, or it is not planned any more.")


def outdated(_: Locale, by: str) -> str:
    """The toast where somebody else has decided meanwhile."""
    name = by or _.plain("Somebody")
    return _.plain(
        "Nothing was changed: {name} was here first. This is how it stands now.", name=shortened(name, _NAME)
    )


def refused(_: Locale, seminar: Seminar, limit: Limit, at: datetime) -> str:
    """The toast for a moment at which it cannot be sent; `at` is what the limit is about."""
    time = _.time(at, seminar.zone)
    match limit:
        case Limit.PAST:
            why = _.plain("That time is over already.")
        case Limit.ANOTHER_DAY:
            why = _.plain("It says “today”, so it can only be sent on its own day.")
        case Limit.CLOSED:
            why = _.plain("The check-in opens at {time}; nobody can answer before.", time=time)
        case Limit.UNASKED:
            why = _.plain("Nobody is asked before {time}, so nobody has failed to answer.", time=time)
        case Limit.REMINDER:
            why = _.plain("Too late: at {time} the reminder goes to those who have not answered.", time=time)
        case Limit.USELESS:
            why = _.plain("Too late: from {time} on nobody needs it any more.", time=time)
    return _.plain("{why} Nothing was changed.", why=why)


# --- parts ----------------------------------------------------------------------------------------------------------


def _line(_: Locale, seminar: Seminar, number: int, one: UpcomingItem, titles: Mapping[str, str]) -> str:
    title, time = _title(_, seminar, one, titles), _.time(one.due_at, seminar.zone)
    match one.stage:
        case Stage.SKIPPED if one.by:
            return _("{n}. ⏭ <s>{time}</s> · {title} · skipped by {name}",
                     n=number, time=time, title=title, name=shortened(one.by, _NAME))  # fmt: skip
        case Stage.SKIPPED | Stage.FOLLOWS:
            return _("{n}. ⏭ <s>{time}</s> · {title} · is not sent", n=number, time=time, title=title)
        case Stage.SENDING | Stage.NOW:
            return _("{n}. 🚀 {time} · {title} · is going out", n=number, time=time, title=title)
        case Stage.POSTPONED:
            mark = "⏰ "
        case _:
            mark = ""
    return _.plural(
        "{number}. {mark}{time} · {title} · {n} person",
        "{number}. {mark}{time} · {title} · {n} people",
        one.recipients,
        number=number,
        mark=mark,
        time=time,
        title=title,
    )


def _decided(_: Locale, seminar: Seminar, one: UpcomingItem) -> str | None:
    """What was decided about it and by whom, or None for what goes as planned."""
    name = shortened(one.by, _NAME) or _.plain("Somebody")
    was, will = _.time(one.planned_at, seminar.zone), _.time(one.due_at, seminar.zone)
    said: str | None = None
    match one.stage:
        case Stage.SKIPPED:
            said = _("⏭ {name} skipped it: it is not sent.", name=name)
        case Stage.FOLLOWS:
            said = _("⏭ It is not sent: it belongs to the check-in, which {name} skipped.", name=name)
        case Stage.NOW:
            said = _("🚀 {name} sends it: it leaves within ten seconds, and not again at {was}.", name=name, was=was)
        case Stage.POSTPONED:
            said = _("⏰ {name} moved it from {was} to {will}.", name=name, was=was, will=will)
        case Stage.SENDING:
            said = _("🚀 It is going out at this moment.")
        case Stage.GONE:
            said = _("✅ It has been sent.")
        case Stage.PLANNED if one.revision:
            said = _("↩️ {name} undid the change: it goes as planned.", name=name)
    return said


def _readers(seminar: Seminar, one: UpcomingItem) -> list[list[InlineKeyboardButton]]:
    """A button for each language in which it can be read."""
    buttons = [UpcomingReader(one.token, each).button(f"👁 {each.own_name}") for each in seminar.languages]
    return in_rows(buttons, _READERS_IN_A_ROW)


def _actions(_: Locale, one: UpcomingItem) -> list[list[InlineKeyboardButton]]:
    token, revision = one.token, one.revision
    undo = [UpcomingUndo(token, revision).button(_.plain("↩️ Undo"))]
    match one.stage:
        case Stage.SKIPPED | Stage.NOW:
            return [undo]
        case Stage.PLANNED | Stage.POSTPONED:
            skip = UpcomingSkip(token, revision).button(_.plain("⏭ Skip"))
            send = UpcomingSend(token, revision).button(_.plain("🚀 Send now"))
            later = [
                UpcomingPostpone(token, revision, minutes).button(_.plain("⏰ +{n} min", n=minutes))
                for minutes in _MINUTES
            ]
            other = UpcomingRetime(token, revision).button(_.plain("🕒 Another time"))
            return [[skip, send], later, [other], *([undo] if one.stage is Stage.POSTPONED else [])]
        case _:
            return []


def _pages(_: Locale, coming: UpcomingList) -> list[list[InlineKeyboardButton]]:
    row = page_row(_, coming.page, coming.pages, lambda turned: UpcomingDay(coming.on, turned))
    return [row] if row else []


def _other_day(_: Locale, coming: UpcomingList) -> InlineKeyboardButton:
    if coming.on == coming.today:
        return UpcomingDay(coming.tomorrow, 0).button(_.plain("Tomorrow ›"))
    return UpcomingDay(coming.today, 0).button(_.plain("‹ Today"))


def _title(_: Locale, seminar: Seminar, one: UpcomingItem, titles: Mapping[str, str]) -> str:
    """What it is, and of which session."""
    session = seminar.session(one.session) if one.session else None
    if session is None:
        return titles[one.kind]
    return f"{titles[one.kind]}: {shortened(session.title.get(_.language), _SUBJECT)}"

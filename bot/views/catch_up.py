"""What came and went while the bot was away, and what may have been pressed in vain: one card instead of a backlog."""

from datetime import datetime

from telegram import InlineKeyboardButton

from bot.buttons.agenda import AgendaDays
from bot.buttons.checkin import CheckinHere
from bot.buttons.help import AskHelp
from bot.buttons.lesson import LessonList
from bot.i18n import Html, Locale
from bot.programme.checkin import Slot, Window
from bot.programme.model import Seminar
from bot.screen import Screen


def card(
    _: Locale,
    seminar: Seminar,
    began: datetime,
    ended: datetime,
    *,
    agendas: int = 0,
    lessons: int = 0,
    checkins: int = 0,
    still_open: bool = False,
    again: Window | None = None,
    help_again: bool = False,
    calls: int = 0,
    told: bool = False,
) -> Screen:
    """How many agendas, lessons and check-ins passed between two aware moments, and what to press once more.

    `still_open`: one of the check-ins can be answered now. `again` is a check-in whose card was there to be pressed,
    `help_again` that calls for help were. Organizers read of `calls` that nobody has taken, and with `told` that some
    of the missing may have answered. It makes no sound: whoever was in need has the phone numbers.
    """
    lines: list[str] = [_away(_, seminar, began, ended)]
    rows: list[list[InlineKeyboardButton]] = []
    if agendas or lessons or checkins:
        lines += ["", _("What you missed:")]
    if agendas:
        lines.append(_.plural("📅 {n} day's agenda", "📅 {n} days' agendas", agendas))
        rows.append([AgendaDays().button(_.plain("📅 All days"))])
    if lessons:
        lines.append(
            _.plural("📚 {n} lesson: it is waiting for you", "📚 {n} lessons: they are waiting for you", lessons)
        )
        rows.append([LessonList().button(_.plain("📚 All lessons"))])
    if checkins:
        lines.append(
            _.plural("✅ {n} check-in: no answer is needed", "✅ {n} check-ins: no answer is needed", checkins)
        )
    if still_open:
        lines.append(_("You can still answer the last one: /checkin"))
    if again or help_again:
        lines += [
            "",
            _("A button that you pressed in that time may not have reached me."),
            *_again(_, again, help_again),
        ]
        rows += _buttons(_, again)
    return Screen("\n".join([*lines, *_for_staff(_, calls, told=told)]), rows, silent=True)


def _again(_: Locale, window: Window | None, help_again: bool) -> list[Html]:
    lines = []
    if window is not None and window.slot is Slot.MORNING:
        lines.append(_("☀️ The morning check-in is open: please tap, also if you did before."))
    elif window is not None:
        lines.append(_("🌙 The evening check-in is open: please answer, also if you did before: /checkin"))
    if help_again:
        lines.append(_("🆘 If you asked for help, please press the button again: it works now."))
    return lines


def _buttons(_: Locale, window: Window | None) -> list[list[InlineKeyboardButton]]:
    needed = [AskHelp("help").button(_.plain("🆘 I need help"))]
    if window is None or window.slot is not Slot.MORNING:
        return [needed]
    return [[CheckinHere(window.on).button(_.plain("✅ I am here"))], needed]


def _for_staff(_: Locale, calls: int, *, told: bool) -> list[str]:
    lines: list[str] = []
    if told:
        lines.append(_("Taps of that time may not have reached me: some of the missing may have answered. /missing"))
    if calls:
        lines.append(
            _.plural(
                "🆘 Nobody has taken {n} call for help yet. If you did, please press the button again.",
                "🆘 Nobody has taken {n} calls for help yet. If you did, please press the button again.",
                calls,
            )
        )
    return ["", *lines] if lines else []


def _away(_: Locale, seminar: Seminar, began: datetime, ended: datetime) -> Html:
    since, until = _.time(began, seminar.zone), _.time(ended, seminar.zone)
    first, last = seminar.today(began), seminar.today(ended)
    if first == last:
        return _("😴 I was away on {day} from {since} to {until}. Sorry!", day=_.day(first), since=since, until=until)
    return _(
        "😴 I was away from {first}, {since} to {last}, {until}. Sorry!",
        first=_.day(first),
        since=since,
        last=_.day(last),
        until=until,
    )

"""What came and went while the bot was away: one card instead of a backlog."""

from datetime import datetime

from bot.buttons import AgendaDays, LessonList
from bot.i18n import Html, Words
from bot.programme.model import Seminar
from bot.screen import Screen


def missed(
    _: Words,
    seminar: Seminar,
    began: datetime,
    ended: datetime,
    *,
    agendas: int,
    lessons: int,
    checkins: int,
    still_open: bool,
) -> Screen:
    """How many agendas, lessons and check-ins passed between two aware moments.

    `still_open`: one of the check-ins can be answered now. It makes no sound: nothing in it is urgent.
    """
    lines: list[str] = [_away(_, seminar, began, ended), "", _("What you missed:")]
    rows = []
    if agendas:
        lines.append(_.plural("📅 {n} day's agenda", "📅 {n} days' agendas", agendas))
        rows.append([AgendaDays().button(_.plain("📅 All days"))])
    if lessons:
        lines.append(_.plural("📚 {n} lesson: it waits for you", "📚 {n} lessons: they wait for you", lessons))
        rows.append([LessonList().button(_.plain("📚 All lessons"))])
    if checkins:
        lines.append(
            _.plural("✅ {n} check-in: no answer is needed", "✅ {n} check-ins: no answer is needed", checkins)
        )
    if still_open:
        lines.append(_("You can still answer the last one: /checkin"))
    return Screen("\n".join(lines), rows, silent=True)


def _away(_: Words, seminar: Seminar, began: datetime, ended: datetime) -> Html:
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

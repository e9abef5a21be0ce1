"""The numbers of a day, in lines that read well on a phone in every script (a monospaced table would not)."""

from collections.abc import Iterable, Sequence
from html import escape

from telegram import InlineKeyboardButton

from bot.buttons.relay import WriteTo
from bot.buttons.stats import StatsOf, StatsPage, StatsToday, StatsWords
from bot.i18n import Html, Locale
from bot.people_filter import PeopleFilter
from bot.programme.checkin import Slot, window
from bot.programme.model import Seminar
from bot.scope_lines import you_see
from bot.screen import Screen, in_rows
from bot.stats_words import StatsTopic
from bot.store.stats import DayWords, Numbers, Said, Stats
from bot.text import pieces, units

_FACES = ("😞", "🙁", "😐", "🙂", "😄")
_BAR = 10
_GROUPS = 20  # groups that are listed; a seminar has a few
_UNITS = 3_500  # UTF-16 units of people's words and names on one page
_LABEL = 18
_EVERYBODY = PeopleFilter()


def stats(
    _: Locale, seminar: Seminar, day: int, numbers: Stats, at: str, *, said: int = 0, scope: PeopleFilter = _EVERYBODY
) -> Screen:
    """Day number `day` as it is at the hour `at` (HH:MM where the seminar is).

    `said`: how many people's words about the day the reader may see; `scope`: whom the reader is told of.
    """
    everyone = numbers.everyone
    on = seminar.date_of(day)
    lines: list[str] = [_heading(_, seminar, day), *you_see(_, seminar, scope)]
    if not everyone.registered:
        lines.append(_("No teacher has joined yet."))
        return Screen("\n".join(lines), _rows(_, seminar, day))
    asked = [slot for slot in Slot if window(seminar, day, slot) or everyone.slot(slot).answered]
    lines += ["", *_people(_, everyone, numbers), "", *_answers(_, everyone, asked)]
    if Slot.EVENING in asked:
        lines += ["", *_moods(_, everyone)]
    if seminar.lessons:
        lines += ["", *_lessons(_, seminar, day, numbers)]
    if groups := _groups(_, seminar, numbers, asked):
        lines += ["", _("<b>By group</b>"), *groups]
    lines += ["", _("<i>As of {time}</i>", time=at)]
    label = _.plain("💬 What they wrote ({n})", n=said)
    wrote = [[StatsWords(on, 0).button(label)]] if said else []
    return Screen("\n".join(lines), [*wrote, *_rows(_, seminar, day)])


def _heading(_: Locale, seminar: Seminar, day: int) -> Html:
    on = _.day(seminar.date_of(day))
    if seminar.days_count == 1:
        return _("📊 <b>{day}</b>", day=on)
    return _("📊 <b>{day}</b> · day {n} of {of}", day=on, n=day, of=seminar.days_count)


def not_started(_: Locale, seminar: Seminar, everyone: Numbers, scope: PeopleFilter = _EVERYBODY) -> Screen:
    """Before the first day."""
    begins = _("📊 The seminar begins on {day}.", day=_.day(seminar.first))
    people = _registered(_, everyone) if everyone.registered else _("No teacher has joined yet.")
    return Screen(
        "\n".join([begins, *you_see(_, seminar, scope), people]), [[StatsToday().button(_.plain("🔄 Refresh"))]]
    )


def words(_: Locale, seminar: Seminar, day: int, said: DayWords) -> Screen:
    """What teachers wrote about day number `day`, as much of it as fits, with a way to the rest and back."""
    on = seminar.date_of(day)
    lines: list[str] = [_("💬 <b>What teachers wrote</b> · {day}", day=_.day(on))]
    shown = _fitting(said.older)
    lines += [_said(_, one) for one in shown]
    lines.append(_("Only organizers see this.") if shown else _("Nobody has written anything about this day."))
    write = [WriteTo(one.person_id).button(_.plain("✉️ {name}", name=_cut(one.name))) for one in shown]
    turn = []
    if said.first:
        back = said.first - len(_fitting(said.newer[::-1]))
        turn.append(StatsWords(on, back).button(_.plain("‹ Newer")))
    if said.first + len(shown) < said.total:
        turn.append(StatsWords(on, said.first + len(shown)).button(_.plain("Older ›")))
    rows = in_rows(write, 2)
    rows += [turn] if turn else []
    return Screen("\n\n".join(lines), [*rows, [StatsPage(on).button(_.plain("‹ Back"))]])


def _fitting(said: Iterable[Said]) -> list[Said]:
    """As many as fit into one message, the first one always."""
    fitting: list[Said] = []
    left = _UNITS
    for one in said:
        left -= units(one.words) + units(one.name) + 10  # the face, the ends of lines
        if fitting and left < 0:
            break
        fitting.append(one)
    return fitting


def _said(_: Locale, one: Said) -> Html:
    first, *rest = pieces(one.words, _UNITS)
    quote = Html(f"<blockquote>{escape(f'{first} …' if rest else first, quote=False)}</blockquote>")
    head = _("{face} <b>{name}</b>", face=_FACES[one.mood - 1], name=one.name)
    return Html(f"{head}\n{quote}")


def _people(_: Locale, everyone: Numbers, numbers: Stats) -> list[str]:
    agendas = _("🗓 Got the day's agenda: <b>{n}</b>", n=numbers.agendas)
    return [_registered(_, everyone), agendas]


def _registered(_: Locale, everyone: Numbers) -> str:
    lost = everyone.registered - everyone.reachable
    if not lost:
        return _("👥 Teachers: <b>{n}</b>, all can be reached", n=everyone.registered)
    return _("👥 Teachers: <b>{n}</b>, {lost} of them blocked the bot", n=everyone.registered, lost=lost)


def _answers(_: Locale, everyone: Numbers, asked: Iterable[Slot]) -> list[str]:
    lines: list[str] = []
    for slot in asked:
        numbers = everyone.slot(slot)
        values = {"n": numbers.answered, "of": everyone.registered, "bar": _bar(numbers.answered, everyone.registered)}
        lines.append(
            _("☀️ Morning: <b>{n}</b> of {of}\n{bar}", **values)
            if slot is Slot.MORNING
            else _("🌙 Evening: <b>{n}</b> of {of}\n{bar}", **values)
        )
        if numbers.late:
            lines.append(_("of them late: {n}", n=numbers.late))
        if numbers.accounted:
            lines.append(_("not answered, but accounted for: {n}", n=numbers.accounted))
        if numbers.excused:
            lines.append(_("not answered, but excused for the day: {n}", n=numbers.excused))
    return lines or [_("🌿 There are no check-ins on this day.")]


def _moods(_: Locale, everyone: Numbers) -> list[str]:
    if everyone.few_moods:
        return [_("💛 Mood: withheld, it is of fewer than five people or would give theirs away.")]
    if everyone.mood is None:
        return [_("💛 Mood: nobody has answered yet.")]
    most = max(everyone.moods)
    lines: list[str] = [_("💛 Mood: <b>{mood}</b> of 5", mood=_.decimal(everyone.mood))]
    for mood in range(5, 0, -1):
        count = everyone.moods[mood - 1]
        lines.append(f"{_FACES[mood - 1]} {_bar(count, most)} {count}")
    return lines


def _lessons(_: Locale, seminar: Seminar, day: int, numbers: Stats) -> list[str]:
    lines: list[str] = []
    lesson = seminar.lesson_of_day(day)
    if lesson is not None:
        title = lesson.title.get(_.language)
        lines.append(_("📘 Done with the day's lesson, “{title}”: <b>{n}</b>", title=title, n=numbers.lessons_today))
    lines.append(_("📚 Lessons done so far: <b>{n}</b>", n=numbers.everyone.lessons))
    return lines


def _groups(_: Locale, seminar: Seminar, numbers: Stats, asked: Sequence[Slot]) -> list[str]:
    if not seminar.has_groups:
        return []
    titles = {group.key: group.title.get(_.language) for group in seminar.groups}
    keys = [key for key in titles if key in numbers.groups]
    # People without a group, and of groups that the seminar does not have any more.
    rest = Numbers()
    for key, others in numbers.groups.items():
        if key not in titles:
            rest.add(others)
    lines = [_group(_, titles[key], numbers.groups[key], asked) for key in keys[:_GROUPS]]
    if rest.registered:
        lines.append(_group(_, _.plain("no group"), rest, asked))
    return lines


def _group(_: Locale, title: str, numbers: Numbers, asked: Sequence[Slot]) -> str:
    morning, evening = (numbers.slot(slot).answered if slot in asked else "–" for slot in Slot)
    mood = "–" if numbers.mood is None else _.decimal(numbers.mood)
    return _(
        "<b>{title}</b>: {people} · ☀️ {morning} · 🌙 {evening} · 💛 {mood} · 📚 {lessons}",
        title=title,
        people=numbers.registered,
        morning=morning,
        evening=evening,
        mood=mood,
        lessons=numbers.lessons,
    )


def _rows(_: Locale, seminar: Seminar, day: int) -> list[list[InlineKeyboardButton]]:
    row = [StatsPage(seminar.date_of(day)).button(_.plain("🔄 Refresh"))]
    if seminar.day(day - 1):
        before = seminar.date_of(day - 1)
        row.insert(0, StatsPage(before).button(f"‹ {_.short_day(before)}"))
    if seminar.day(day + 1):
        after = seminar.date_of(day + 1)
        row.append(StatsPage(after).button(f"{_.short_day(after)} ›"))
    more = StatsOf(StatsTopic.OVERVIEW.value, 0, 0).button(_.plain("🔎 More numbers"))
    return [row, [more]]


def _bar(part: int, whole: int) -> str:
    filled = min(_BAR, round(_BAR * part / whole)) if whole else 0
    if part and not filled:
        filled = 1
    return "▓" * filled + "░" * (_BAR - filled)


def _cut(name: str) -> str:
    return name if len(name) <= _LABEL else f"{name[: _LABEL - 1]}…"

"""The numbers of a day, in lines that read well on a phone in every script (a monospaced table would not)."""

from telegram import InlineKeyboardButton

from bot.buttons import StatsPage
from bot.i18n import Words
from bot.programme.checkin import Slot
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store.stats import Numbers, Stats

_FACES = ("😞", "🙁", "😐", "🙂", "😄")
_BAR = 10
_GROUPS = 20  # groups that are listed; a seminar has a few


def stats(_: Words, seminar: Seminar, day: int, numbers: Stats, at: str) -> Screen:
    """Day number `day` as it is at the hour `at` (HH:MM where the seminar is)."""
    everyone = numbers.everyone
    on = seminar.date_of(day)
    lines: list[str] = [_("📊 <b>{day}</b> · day {n} of {of}", day=_.day(on), n=day, of=seminar.days_count)]
    if not everyone.registered:
        lines.append(_("No teacher has joined yet."))
        return Screen("\n".join(lines), _rows(_, seminar, day))
    lines += ["", *_people(_, everyone, numbers), "", *_answers(_, everyone), "", *_moods(_, everyone)]
    lines += ["", *_lessons(_, seminar, day, numbers)]
    if groups := _groups(_, seminar, numbers):
        lines += ["", _("<b>By group</b>"), *groups]
    lines += ["", _("<i>As of {time}</i>", time=at)]
    return Screen("\n".join(lines), _rows(_, seminar, day))


def not_begun(_: Words, seminar: Seminar, everyone: Numbers) -> Screen:
    """Before the first day."""
    begins = _("📊 The seminar begins on {day}.", day=_.day(seminar.first))
    people = _registered(_, everyone) if everyone.registered else _("No teacher has joined yet.")
    return Screen(f"{begins}\n{people}", [[StatsPage(0).button(_.plain("🔄 Refresh"))]])


def _people(_: Words, everyone: Numbers, numbers: Stats) -> list[str]:
    agendas = _("🗓 Got the day's agenda: <b>{n}</b>", n=numbers.agendas)
    return [_registered(_, everyone), agendas]


def _registered(_: Words, everyone: Numbers) -> str:
    lost = everyone.registered - everyone.reachable
    if not lost:
        return _("👥 Teachers: <b>{n}</b>, all can be reached", n=everyone.registered)
    return _("👥 Teachers: <b>{n}</b>, {lost} of them blocked the bot", n=everyone.registered, lost=lost)


def _answers(_: Words, everyone: Numbers) -> list[str]:
    lines: list[str] = []
    for slot in Slot:
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
    return lines


def _moods(_: Words, everyone: Numbers) -> list[str]:
    if everyone.mood is None:
        return [_("💛 Mood: nobody has answered yet.")]
    most = max(everyone.moods)
    lines: list[str] = [_("💛 Mood: <b>{mood}</b> of 5", mood=f"{everyone.mood:.1f}")]
    for mood in range(5, 0, -1):
        count = everyone.moods[mood - 1]
        lines.append(f"{_FACES[mood - 1]} {_bar(count, most)} {count}")
    return lines


def _lessons(_: Words, seminar: Seminar, day: int, numbers: Stats) -> list[str]:
    lines: list[str] = []
    lesson = seminar.lesson_of_day(day)
    if lesson is not None:
        title = lesson.title.get(_.language)
        lines.append(_("📘 Done with the day's lesson, “{title}”: <b>{n}</b>", title=title, n=numbers.lessons_today))
    lines.append(_("📚 Lessons done so far: <b>{n}</b>", n=numbers.everyone.lessons))
    return lines


def _groups(_: Words, seminar: Seminar, numbers: Stats) -> list[str]:
    titles = {group.key: group.title.get(_.language) for group in seminar.groups}
    keys = [key for key in titles if key in numbers.groups]
    # People without a group, and of groups that the seminar does not have any more.
    rest = Numbers()
    for key, others in numbers.groups.items():
        if key not in titles:
            rest.add(others)
    lines = [_group(_, titles[key], numbers.groups[key]) for key in keys[:_GROUPS]]
    if rest.registered and lines:
        lines.append(_group(_, _.plain("no group"), rest))
    return lines


def _group(_: Words, title: str, numbers: Numbers) -> str:
    morning, evening = numbers.slot(Slot.MORNING).answered, numbers.slot(Slot.EVENING).answered
    mood = "–" if numbers.mood is None else f"{numbers.mood:.1f}"
    return _(
        "<b>{title}</b>: {people} · ☀️ {morning} · 🌙 {evening} · 💛 {mood} · 📚 {lessons}",
        title=title,
        people=numbers.registered,
        morning=morning,
        evening=evening,
        mood=mood,
        lessons=numbers.lessons,
    )


def _rows(_: Words, seminar: Seminar, day: int) -> list[list[InlineKeyboardButton]]:
    row = [StatsPage(day).button(_.plain("🔄 Refresh"))]
    if seminar.day(day - 1):
        row.insert(0, StatsPage(day - 1).button(f"‹ {_.short_day(seminar.date_of(day - 1))}"))
    if seminar.day(day + 1):
        row.append(StatsPage(day + 1).button(f"{_.short_day(seminar.date_of(day + 1))} ›"))
    return [row]


def _bar(part: int, whole: int) -> str:
    filled = min(_BAR, round(_BAR * part / whole)) if whole else 0
    if part and not filled:
        filled = 1
    return "▓" * filled + "░" * (_BAR - filled)

"""One person as organizers see them: the card, and what is asked before something about them is changed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from html import escape
from typing import Final

from telegram import InlineKeyboardButton

from bot.access import Role
from bot.audit_lines import role_word
from bot.buttons.audit import AuditShow
from bot.buttons.care import CareOf
from bot.buttons.people import (
    PeopleShow,
    PersonDo,
    PersonNotes,
    PersonShow,
    RemoveNote,
)
from bot.buttons.relay import WriteTo
from bot.buttons.role import ChooseRole, TakeRoleBack
from bot.buttons.roster import RosterMatch
from bot.buttons.scope import ScopeOpen
from bot.i18n import Locale
from bot.languages import Language
from bot.mark_lines import excuse_reason
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.scope_lines import people_words
from bot.screen import Screen, in_rows, page_row
from bot.store.mark import MarkState
from bot.store.person import Person
from bot.store.person_card import PersonCard
from bot.store.person_note import PAGE, PersonNote
from bot.store.roster import RosterEntry

_NAME: Final = 64
_FACT: Final = 60
_NOTE: Final = 160  # of a note on the card
_DAYS: Final = 31  # whose check-ins one line shows

Row = list[InlineKeyboardButton]


def card(_: Locale, seminar: Seminar, shown: PersonCard, back: PeopleShow, today: date, *, fixed: bool) -> Screen:
    """All that is known of somebody, and what can be done. `fixed`: an owner, whom nobody removes or moves."""
    someone = shown.person
    lines = [*_who(_, seminar, shown), *_reach(_, seminar, shown)]
    if someone.active and someone.role is Role.TEACHER:
        lines += ["", *_done(_, seminar, shown, today)]
    if someone.active and someone.role is Role.COORDINATOR and not fixed:
        lines.append(_("👁 Sees the numbers of: {people}", people=people_words(_, seminar, shown.scope)))
    if shown.roster is not None:
        lines += _facts(_, shown.roster)
    if shown.notes:
        lines += ["", _("🗒 <b>Notes</b>: {n}", n=shown.notes_count)]
        lines += [_note(_, seminar, one) for one in shown.notes]
    rows = _actions(_, seminar, shown, back, fixed=fixed) if someone.active else []
    rows.append([back.button(_.plain("‹ Back to the list"))])
    return Screen("\n".join(lines), [row for row in rows if row])


def not_here(_: Locale) -> str:
    """A toast: they have left."""
    return _.plain("This person is not in the seminar any more.")


def unchanged(_: Locale) -> str:
    """A toast: it is so already."""
    return _.plain("That is so already.")


def done(_: Locale) -> str:
    """A toast: it is so now."""
    return _.plain("✓ Done.")


def notes(
    _: Locale, seminar: Seminar, someone: Person, found: Sequence[PersonNote], shown: PersonNotes, *, total: int
) -> Screen:
    """A page of the notes, each with a button that forgets it."""
    numbered = list(enumerate(found, shown.notes * PAGE + 1))
    lines: list[str] = [_("🗒 <b>{name}</b>, notes: {n}", name=_name(someone), n=total)]
    for number, one in numbered:
        lines += ["", f"{number}. {_note(_, seminar, one, whole=True)}"]
    pages = max(1, -(-total // PAGE))
    back = PeopleShow(shown.listed, shown.page)
    removes = [RemoveNote(one.id, shown.listed, shown.page).button(f"🗑 {number}") for number, one in numbered]

    def turned(page: int) -> PersonNotes:
        return PersonNotes(shown.person, shown.listed, shown.page, page)

    rows = [*in_rows(removes, 5), page_row(_, shown.notes, pages, turned), _to_card(_, someone, back)]
    return Screen("\n".join(lines), [row for row in rows if row])


def _who(_: Locale, seminar: Seminar, shown: PersonCard) -> list[str]:
    someone, group = shown.person, seminar.group(shown.person.group)
    name = escape(_name(someone), quote=False)
    username = f" · @{escape(someone.username, quote=False)}" if someone.username else ""
    parts = [role_word(_, Role.OWNER if someone.owner else someone.role)]
    parts += [group.title.get(_.language)] if group is not None else []
    parts += [Language(someone.language).own_name]
    lines = [f'👤 <b><a href="tg://user?id={someone.telegram_id}">{name}</a></b>{username}']
    return [*lines, escape(" · ".join(parts), quote=False)]


def _reach(_: Locale, seminar: Seminar, shown: PersonCard) -> list[str]:
    if not shown.person.active:
        return [_("🚧 Began to join, and has not finished.")]
    lines: list[str] = []
    if not shown.person.reachable:
        lines.append(_("🚫 Cannot be reached by the bot."))
    if shown.paused_at is not None:
        lines.append(_("⏸ Messages are paused since {when}.", when=_when(_, seminar, shown.paused_at)))
    if shown.heard_at is not None:
        lines.append(_("💬 Last heard from: {when}", when=_when(_, seminar, shown.heard_at)))
    else:
        lines.append(_("💬 Nothing was heard from them yet."))
    return lines


def _done(_: Locale, seminar: Seminar, shown: PersonCard, today: date) -> list[str]:
    days = [
        seminar.first + timedelta(days=n) for n in range(max(0, (min(today, seminar.last) - seminar.first).days + 1))
    ]
    lines: list[str] = []
    if days:
        days = days[-_DAYS:]
        lines.append(_("<b>Check-ins</b> from {day} on:", day=_.short_day(days[0])))
        lines += [f"☀️ {_ticks(shown, days, 0)}", f"🌙 {_ticks(shown, days, 1)}"]
    if shown.taken or shown.sessions:
        here, late, excused = (
            shown.sessions.get(one, 0) for one in (MarkState.PRESENT, MarkState.LATE, MarkState.EXCUSED)
        )
        lines.append(
            _(
                "<b>Attendance</b>: {here} of {all}, late {late}, excused {excused}",
                here=here + late,
                all=max(shown.taken, sum(shown.sessions.values())),
                late=late,
                excused=excused,
            )
        )
    if seminar.lessons:
        lines.append(_("<b>Lessons</b>: {n} of {all}", n=shown.lessons, all=len(seminar.lessons)))
    if shown.excuse is not None:
        lines.append(_("📝 Excused today: {reason}", reason=excuse_reason(_, shown.excuse.reason)))
    return lines


def _ticks(shown: PersonCard, days: Sequence[date], slot: int) -> str:
    answered = [shown.checkins.get(one, (False, False))[slot] for one in days]
    return "".join(
        "✓" if said else ("e" if one in shown.excused else "·") for one, said in zip(days, answered, strict=True)
    )


def _facts(_: Locale, entry: RosterEntry) -> list[str]:
    facts = {
        "🏫": " · ".join(filter(None, (entry.school, entry.district))),
        "🛏": entry.room,
        "📞": entry.phone,
    }
    lines = [f"{sign} {escape(shortened(fact, _FACT * 2), quote=False)}" for sign, fact in facts.items() if fact]
    if entry.latin_name:
        lines.insert(0, f"🪪 {escape(shortened(entry.latin_name, _FACT), quote=False)}")
    return ["", *lines] if lines else []


def _note(_: Locale, seminar: Seminar, one: PersonNote, *, whole: bool = False) -> str:
    words = one.words if whole else shortened(one.words, _NOTE)
    by = shortened(one.by, _NAME) if one.by else _.plain("an organizer")
    said = f"{words}\n{by}, {_when(_, seminar, one.at)}" if whole else f"• {words} – {by}"
    return escape(said, quote=False)


def _actions(_: Locale, seminar: Seminar, shown: PersonCard, back: PeopleShow, *, fixed: bool) -> list[Row]:
    someone = shown.person
    is_teacher = someone.role is Role.TEACHER

    def do(what: str, label: str) -> InlineKeyboardButton:
        return PersonDo(someone.id, back.listed, back.page, what).button(label)

    write: Row = [WriteTo(someone.id).button(_.plain("✉️ Write"))] if someone.reachable else []
    excuse: Row = [do("excuse", _.plain("📝 Excuse"))] if is_teacher else []
    notes_button = PersonNotes(someone.id, back.listed, back.page, 0).button(
        _.plain("🗒 Notes: {n}", n=shown.notes_count)
    )
    add_note: Row = [do("note", _.plain("🗒 Add a note")), *([notes_button] if shown.notes_count else [])]
    rename: Row = [do("rename", _.plain("✏️ Name"))]
    group: Row = [do("move", _.plain("👥 Group"))] if is_teacher and seminar.has_groups else []
    pause: Row = []
    if is_teacher:
        pause = [do("resume", _.plain("▶️ Resume")) if someone.paused else do("pause", _.plain("⏸ Pause"))]
    history = AuditShow(0, someone.id, "", "", 0).button(_.plain("🧾 What was done"))
    care = CareOf(someone.id).button(_.plain("🩺 Care sheet"))
    rows = [[*write, *excuse], add_note, [*rename, *group], [*pause, history], [care]]
    if is_teacher:
        label = _.plain("🧩 Find on the roster") if shown.roster is None else _.plain("🧩 On the roster")
        rows.append([RosterMatch(someone.id).button(label)])
    if fixed:
        return rows
    role = ChooseRole(someone.id, "").button(_.plain("🎖 Role"))
    if shown.grant is not None:
        role = TakeRoleBack(shown.grant).button(_.plain("↩️ Take the role back"))
    rows.append([role])
    if someone.role is Role.COORDINATOR:
        rows.append([ScopeOpen(someone.id).button(_.plain("👁 Whose numbers"))])
    transfer = do("transfer", _.plain("📱 New phone"))
    rows.append([transfer, *([do("remove", _.plain("🚪 Remove"))] if is_teacher else [])])
    return rows


def _to_card(_: Locale, someone: Person, back: PeopleShow) -> Row:
    return [PersonShow(someone.id, back.listed, back.page).button(_.plain("‹ Back"))]


def _name(someone: Person) -> str:
    return shortened(someone.name, _NAME) or (f"@{someone.username}" if someone.username else "…")


def _when(_: Locale, seminar: Seminar, moment: datetime) -> str:
    return f"{_.short_day(moment.astimezone(seminar.zone).date())} {_.time(moment, seminar.zone)}"

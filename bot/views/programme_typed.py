"""What is typed about the programme: the questions for a time, a speaker, a note and a new session."""

from datetime import date

from telegram import InlineKeyboardButton

from bot.buttons.programme import ProgrammeAdd, ProgrammeClear, ProgrammeDay, ProgrammeSession
from bot.i18n import Locale
from bot.programme.markup import shortened
from bot.programme.model import Seminar, Session
from bot.screen import Screen

_LABEL = 40

Row = list[InlineKeyboardButton]


def ask_time(_: Locale, one: Session) -> Screen:
    """What is typed next is when it begins."""
    text = _(
        "⌨️ When does “{title}” begin? Write <code>09:30</code>, and it lasts as long as before; or "
        "<code>09:30–11:00</code>.",
        title=_title(_, one),
    )
    return Screen(text, [[ProgrammeSession(one.key).button(_.plain("‹ Back"))]])


def ask_speaker(_: Locale, seminar: Seminar, one: Session) -> Screen:
    """What is typed next is who speaks."""
    ask = _("👤 Who speaks in “{title}”?", title=_title(_, one))
    rows: list[Row] = []
    if one.speaker is not None:
        rows.append([ProgrammeClear(one.key, "speaker").button(_.plain("Nobody in particular"))])
    return Screen(f"{ask}\n{_languages(_, seminar)}", [*rows, [ProgrammeSession(one.key).button(_.plain("‹ Back"))]])


def ask_note(_: Locale, seminar: Seminar, one: Session) -> Screen:
    """What is typed next is the note."""
    ask = _("📝 What should people know about “{title}”?", title=_title(_, one))
    rows: list[Row] = []
    if one.note is not None:
        rows.append([ProgrammeClear(one.key, "note").button(_.plain("No note"))])
    return Screen(f"{ask}\n{_languages(_, seminar)}", [*rows, [ProgrammeSession(one.key).button(_.plain("‹ Back"))]])


def ask_title(_: Locale, seminar: Seminar, on: date) -> Screen:
    """What is typed next is the title of one more session."""
    ask = _("➕ What is the new session on {day} called?", day=_.day(on))
    return Screen(f"{ask}\n{_languages(_, seminar)}", [[ProgrammeDay(on).button(_.plain("‹ Back"))]])


def ask_new_time(_: Locale, title: str, on: date) -> Screen:
    """What is typed next is when the new session is."""
    text = _(
        "🕘 From when to when is “{title}”? Write <code>14:00–15:30</code>, or <code>14:00</code> for one hour.",
        title=shortened(title, _LABEL),
    )
    return Screen(text, [[ProgrammeDay(on).button(_.plain("‹ Back"))]])


def no_time(_: Locale) -> str:
    """What was typed is no time."""
    return _("That is no time. Write it like <code>09:30</code> or <code>09:30–11:00</code>.")


def too_long(_: Locale, length: int, limit: int) -> str:
    """What was typed is too long."""
    return _("That is {length} characters; at most {limit} fit. Please write it shorter.", length=length, limit=limit)


def no_text(_: Locale) -> str:
    """What was typed has no words."""
    return _("Please write it in words.")


def lapsed(_: Locale, one: Session) -> Screen:
    """Words that came too late for what was asked about a session."""
    opens = ProgrammeSession(one.key).button(_.plain("🛠 Open it"))
    return Screen(_("Was that about “{title}”? Open it, and write it again.", title=_title(_, one)), [[opens]])


def new_lapsed(_: Locale, on: date) -> Screen:
    """Words that came too late for what was asked about a new session."""
    text = _("Was that about a new session? It is not in the draft yet. Press, and write it again.")
    return Screen(text, [[ProgrammeAdd(on).button(_.plain("➕ One more session"))]])


def _languages(_: Locale, seminar: Seminar) -> str:
    if len(seminar.languages) == 1:
        return ""
    codes = "\n".join(f"{code.value}: …" for code in seminar.languages)
    return _(
        "Everybody reads it as you write it. Or write a line for each language:\n<code>{lines}</code>", lines=codes
    )


def _title(_: Locale, one: Session) -> str:
    return shortened(one.title.get(_.language), _LABEL * 2)

"""Attendance as teachers see it: one question with one button, and what became of a tap or a code."""

from html import escape
from typing import Final

from bot.buttons.attendance import AttendanceHere
from bot.i18n import Locale
from bot.mark_lines import excuse_reason, mark_states, session_hours, session_title
from bot.programme.attendance import LATE_AFTER, AttendanceOutcome, Taken
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store.mark import MarkState, PresenceMark

_NAME: Final = 64
_LATE: Final = LATE_AFTER.seconds // 60


def question(_: Locale, taken: Taken) -> Screen:
    """Are you there? Without a sound: people sit in the room and listen."""
    session = taken.session
    text = _(
        "📋 <b>{hours} · {title}</b>\nAre you there? Press the button, or write the four digits on the screen. "
        "Whoever comes over {n} minutes late is marked as late.",
        hours=session_hours(session),
        title=session_title(_, session),
        n=_LATE,
    )
    return Screen(text, [[AttendanceHere(taken.on.date, session.key).button(_.plain("🙋 I am here"))]], silent=True)


def marked(_: Locale, seminar: Seminar, taken: Taken, mark: PresenceMark) -> Screen:
    """What is known of the reader now."""
    title = session_title(_, taken.session)
    at = _.time(mark.at, seminar.zone)
    if mark.state is MarkState.PRESENT:
        text = _("✅ <b>{title}</b>\nYou are marked as present: {time}.", title=title, time=at)
    elif mark.state is MarkState.LATE:
        text = _("🕘 <b>{title}</b>\nYou are marked as late: {time}.", title=title, time=at)
    else:
        state = excuse_reason(_, mark.reason) if mark.reason else mark_states(_)[mark.state]
        text = _("📋 <b>{title}</b>\nYou are marked: {state}.", title=title, state=state)
    return Screen(text)


def over(_: Locale, taken: Taken) -> Screen:
    """A tap or a code after the end."""
    return Screen(
        _(
            "🌿 “{title}” is over; nothing can be marked here any more. If you were there, please tell an organizer.",
            title=session_title(_, taken.session),
        )
    )


def not_yet(_: Locale, seminar: Seminar, taken: Taken) -> str:
    """The toast before a session opens: it was moved to later."""
    opens, starts = _.time(taken.opens, seminar.zone), _.time(taken.starts, seminar.zone)
    return _.plain("It begins at {starts}. You can press this from {opens} on.", starts=starts, opens=opens)


def gone(_: Locale) -> str:
    """The toast where a session was cancelled, moved to another day, or takes no attendance any more."""
    return _.plain("🌿 This session is not there any more, or was moved: there is nothing for you to do.")


def of_others(_: Locale) -> str:
    """A session that is for another group than the reader's, or a reader who is no teacher."""
    return _.plain("🌿 This session is for others than you: there is nothing for you to do.")


def corrected(_: Locale, mark: PresenceMark) -> str:
    """The toast where an organizer has said that the reader is not there."""
    name = shortened(mark.by, _NAME) or _.plain("an organizer")
    return _.plain("{name} has marked you as absent. If you are there, write the code on the screen.", name=name)


def of_code(_: Locale, seminar: Seminar, outcome: AttendanceOutcome, taken: Taken, mark: PresenceMark | None) -> Screen:
    """What became of a code; `mark` is the reader's newest, where there is one."""
    if mark is not None:
        return marked(_, seminar, taken, mark)
    match outcome:
        case AttendanceOutcome.OVER:
            return over(_, taken)
        case AttendanceOutcome.OLD:
            return Screen(_old_code(_))
        case AttendanceOutcome.TOO_MANY:
            return Screen(_too_many_codes(_))
        case AttendanceOutcome.NOT_THEIRS:
            return Screen(escape(of_others(_), quote=False))
        case _:
            return Screen(_wrong_code(_))


def for_members(_: Locale) -> str:
    """Someone who is no member has scanned the code on the screen."""
    return _(
        "📋 This code marks attendance of the people of a seminar, and you have not joined it in this bot. "
        "If you take part, please ask an organizer for an invitation."
    )


def _old_code(_: Locale) -> str:
    """The code was that of another moment."""
    return _("⌛ This code is already old; please look at the screen again, and write the one that is there now.")


def _wrong_code(_: Locale) -> str:
    """It was never a code of that session."""
    return _("🔢 That is not the code. Please look at the screen again, and write the four digits that are there now.")


def _too_many_codes(_: Locale) -> str:
    """Several that were none: no more are looked at for a while."""
    return _("🔢 Those were several codes that were not right. Please ask an organizer to mark you.")

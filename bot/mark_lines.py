"""How marks are written: their states and reasons, and the session that they are about."""

from html import escape
from typing import Final

from bot.i18n import Html, Locale
from bot.programme.markup import shortened
from bot.programme.model import Session
from bot.store.excuse import ExcuseReason
from bot.store.mark import MarkState

MARK_SIGNS: Final = {MarkState.PRESENT: "✅", MarkState.LATE: "🕘", MarkState.EXCUSED: "📝", MarkState.ABSENT: "❌"}
_TITLE: Final = 80


def mark_states(_: Locale) -> dict[MarkState, str]:
    """Each state in words."""
    return {
        MarkState.PRESENT: _.plain("present"),
        MarkState.LATE: _.plain("late"),
        MarkState.EXCUSED: _.plain("excused"),
        MarkState.ABSENT: _.plain("absent"),
    }


def excuse_reason(_: Locale, reason: ExcuseReason) -> str:
    """Why somebody is excused, in words."""
    return {
        ExcuseReason.ILL: _.plain("ill"),
        ExcuseReason.FAMILY: _.plain("with family"),
        ExcuseReason.TRAVELLING: _.plain("travelling"),
    }[reason]


def session_hours(session: Session) -> str:
    """From when to when a session is, where the seminar is."""
    return f"{session.start:%H:%M}–{session.end:%H:%M}"


def session_title(_: Locale, session: Session) -> Html:
    """What a session is called, as HTML."""
    return Html(escape(shortened(session.title.get(_.language), _TITLE), quote=False))

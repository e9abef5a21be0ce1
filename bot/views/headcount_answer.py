"""A headcount as teachers see it: one question with one button, and what a buddy can say for another."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from telegram import InlineKeyboardButton

from bot.buttons.headcount import HeadcountBuddies, HeadcountDeny, HeadcountHere, HeadcountVouch
from bot.i18n import Locale
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store.headcount import Headcount
from bot.store.mark import MarkMethod, PresenceMark
from bot.store.mark_list import MarkedPerson

_NAME: Final = 64
_LABEL: Final = 32  # a name that has a whole row for itself


def question(_: Locale, seminar: Seminar, headcount: Headcount, *, reminder: bool, now: datetime) -> Screen:
    """Are you there? It says its time, so that no two of them read alike."""
    at = _.time(now, seminar.zone)
    lines: list[str] = [
        _("🔔 <b>You are not counted yet</b> · {time}", time=at)
        if reminder
        else _("🔢 <b>Headcount</b> · {time}", time=at)
    ]
    session = seminar.session(headcount.before.session) if headcount.before else None
    if session is not None and not session.cancelled:
        title = session.title.get(_.language)
        lines.append(_("🚌 {time} · {title}", time=session.start.strftime("%H:%M"), title=title))
    lines.append(_("Are you on the bus, or where your group is? One tap is enough."))
    return Screen("\n".join(lines), [[_here(_, headcount.id)]])


def counted(_: Locale, seminar: Seminar, headcount: Headcount, mark: PresenceMark) -> Screen:
    """The same message after the tap, or after somebody else's word."""
    at, by = _.time(mark.at, seminar.zone), shortened(mark.by, _NAME)
    if mark.how is MarkMethod.TAP or not by:
        text = _("✅ You are counted: {time}.", time=at)
    else:
        text = _("✅ You are counted: {time}, {name} said so.", time=at, name=by)
    buddies = HeadcountBuddies(headcount.id, 0).button(_.plain("👥 Someone is with me"))
    return Screen(text, [[buddies]])


def over(_: Locale) -> Screen:
    """After it was closed."""
    return Screen(_("🌿 This headcount is over already, thank you; if you are not with your group, send /help."))


def of_others(_: Locale) -> str:
    """The toast when it counts a group in which the reader is not any more."""
    return _.plain("🌿 This headcount is of another group than yours now: there is nothing for you to do.")


def buddies(_: Locale, headcount_id: int, people: Sequence[MarkedPerson], page: int, *, more: bool) -> Screen:
    """Who is with you? Those of the reader's group who are missing."""
    text = _("👥 <b>Who is with you?</b>\nPress the name of whoever is beside you and cannot tap. They will read it.")
    rows = [[HeadcountVouch(headcount_id, one.id).button(f"👤 {shortened(one.name, _LABEL)}")] for one in people]
    turns = []
    if page > 0:
        turns.append(HeadcountBuddies(headcount_id, page - 1).button(_.plain("‹ Back")))
    if more:
        turns.append(HeadcountBuddies(headcount_id, page + 1).button(_.plain("More ›")))
    done = HeadcountHere(headcount_id).button(_.plain("✖️ Nobody else"))
    return Screen(text, [*rows, *([turns] if turns else []), [done]])


def nobody_to_name(_: Locale) -> str:
    """The toast when nobody of the group is missing, but who has said that it is not so."""
    return _.plain("Nobody of your group is left to name.")


def vouched_for(_: Locale, name: str) -> str:
    """The toast after the reader has said that somebody is with them."""
    return _.plain("✅ {name} is counted. Thank you!", name=shortened(name, _NAME))


def counted_already(_: Locale, name: str) -> str:
    """The toast when that was known already."""
    return _.plain("✅ {name} is counted already.", name=shortened(name, _NAME))


def asks_themselves(_: Locale, name: str) -> str:
    """The toast when the person has said that it is not so, or is of another group now."""
    return _.plain("Only {name} or an organizer can say that now.", name=shortened(name, _NAME))


def not_counted_yet(_: Locale) -> str:
    """The toast for someone who would speak for others first."""
    return _.plain("Please say first that you are here yourself.")


def told_of(_: Locale, seminar: Seminar, headcount: Headcount, mark: PresenceMark) -> Screen:
    """To whom it is about: a buddy has said that they are together."""
    at, name = _.time(mark.at, seminar.zone), shortened(mark.by, _NAME)
    text = _("👥 {time} · <b>{name}</b> says that you are together, so you are counted.", time=at, name=name)
    return Screen(text, [[HeadcountDeny(headcount.id).button(_.plain("✋ That is not so"))]])


def denied(_: Locale, headcount_id: int) -> Screen:
    """After "That is not so"."""
    text = _("✋ Thank you. You are not counted, and organizers can see that. Once you are there, press the button.")
    return Screen(text, [[_here(_, headcount_id)]])


def nothing_said(_: Locale) -> str:
    """The toast when no buddy's word is left to take back."""
    return _.plain("There is nothing to take back.")


def _here(_: Locale, headcount_id: int) -> InlineKeyboardButton:
    return HeadcountHere(headcount_id).button(_.plain("🙋 I am here"))

"""What people read when an organizer has changed something about them, and what the other organizers read of it."""

from bot.buttons.me import ChangeMe
from bot.buttons.people import ResumeMe
from bot.i18n import Locale
from bot.programme.model import Seminar
from bot.screen import Screen


def renamed(_: Locale, name: str) -> Screen:
    """An organizer has changed the name."""
    text = _("✏️ An organizer has changed your name here: you are <b>{name}</b> now.", name=name)
    return Screen(text, [[ChangeMe("name").button(_.plain("✍️ Change my name"))]])


def moved(_: Locale, seminar: Seminar, group: str | None) -> Screen | None:
    """An organizer has put them into another group; None where the seminar does not have it any more."""
    found = seminar.group(group)
    if found is None:
        return None
    text = _("👥 An organizer has put you into the group <b>{group}</b>.", group=found.title.get(_.language))
    more = _("/today shows your day.")
    return Screen(f"{text} {more}")


def paused(_: Locale) -> Screen:
    """Nothing comes until somebody ends it."""
    text = _(
        "⏸ An organizer has paused my messages for you: no agenda, no reminders, no check-ins. "
        "Answers to what you write still come, and /help works as always."
    )
    return Screen(text, [[ResumeMe().button(_.plain("▶️ Send them again"))]])


def resumed(_: Locale) -> Screen:
    """Messages come again."""
    return Screen(_("▶️ My messages come to you again. /today shows your day."))


def removed(_: Locale, name: str, by: str) -> Screen:
    """To organizers: somebody was removed."""
    return Screen(_("🚪 <b>{by}</b> has removed <b>{name}</b> from the bot.", name=name or "…", by=by or "…"))


def transferred(_: Locale, name: str, by: str) -> Screen:
    """To organizers: somebody goes on with another account."""
    text = _(
        "📱 <b>{name}</b> has a new phone: by a link of <b>{by}</b> another account is theirs now. "
        "If that surprises you, call them.",
        name=name or "…",
        by=by or "…",
    )
    return Screen(text)


def signed_off(_: Locale) -> Screen:
    """To the account that was theirs."""
    text = _(
        "📱 This account is signed off: somebody has gone on with another account by a link of the organizers. "
        "If that was not you, please tell them at once."
    )
    return Screen(text)

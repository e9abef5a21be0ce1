"""What is asked before something about a person is changed, and what is said then."""

from datetime import date, timedelta
from typing import Final

from telegram import InlineKeyboardButton

from bot.buttons.people import (
    OfferTransfer,
    PausePerson,
    PeopleShow,
    PersonExcuse,
    PersonMove,
    PersonShow,
    RemovePerson,
)
from bot.i18n import Locale
from bot.mark_lines import excuse_reason
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.screen import Screen, in_rows
from bot.store.excuse import ExcuseReason
from bot.store.person import Person
from bot.store.retention import PUT_OUT

_NAME: Final = 64
_LABEL: Final = 18
_GROUPS: Final = 30


def ask_excuse(_: Locale, seminar: Seminar, someone: Person, back: PeopleShow, today: date, *, excused: bool) -> Screen:
    """For today or tomorrow, and why; or not excused any more."""
    text = _(
        "📝 Excuse <b>{name}</b> for a day? Who is excused is not reminded and not listed as missing.",
        name=_name(someone),
    )
    days = [one for one in (today, today + timedelta(days=1)) if seminar.day_number_on(one) is not None] or [today]
    rows = [
        [
            PersonExcuse(someone.id, back.listed, back.page, on, reason).button(
                f"{_.short_day(on)}: {excuse_reason(_, reason)}"
            )
        ]
        for on in days
        for reason in ExcuseReason
    ]
    if excused:
        end = PersonExcuse(someone.id, back.listed, back.page, today, "no")
        rows.append([end.button(_.plain("↩️ Not excused today"))])
    return Screen(text, [*rows, _to_card(_, someone, back)])


def ask_group(_: Locale, seminar: Seminar, someone: Person, back: PeopleShow) -> Screen:
    """Into which group?"""
    text = _("👥 Into which group should <b>{name}</b> go? They will be told.", name=_name(someone))
    buttons = [
        PersonMove(someone.id, back.listed, back.page, one.key).button(
            f"{'✓ ' if one.key == someone.group else ''}{shortened(one.title.get(_.language), _LABEL)}"
        )
        for one in seminar.groups[:_GROUPS]
    ]
    return Screen(text, [*in_rows(buttons, 2), _to_card(_, someone, back)])


def ask_name(_: Locale, someone: Person, back: PeopleShow) -> Screen:
    """Waits for another name."""
    text = _("✏️ Type the new name of <b>{name}</b>. They will be told.", name=_name(someone))
    return Screen(text, [_to_card(_, someone, back)])


def ask_note(_: Locale, someone: Person, back: PeopleShow) -> Screen:
    """Waits for a note."""
    text = _(
        "🗒 Write what the organizers should know of <b>{name}</b>. Only organizers see it here; "
        "who asks for a copy of their data with /me gets it, too.",
        name=_name(someone),
    )
    return Screen(text, [_to_card(_, someone, back)])


def note_too_long(_: Locale, limit: int) -> Screen:
    """A note with too many letters; it is still waited for."""
    return Screen(_("That is too long for a note: {limit} letters at most. Please write it shorter.", limit=limit))


def unanswered(_: Locale, someone: Person) -> Screen:
    """What was asked for did not come: nothing has changed."""
    text = _("✏️ Nothing has changed about <b>{name}</b>.", name=_name(someone))
    return Screen(text, [[PersonShow(someone.id, 0, 0).button(_.plain("👤 Their card"))]])


def confirm_pause(_: Locale, someone: Person, back: PeopleShow) -> Screen:
    """What a pause means."""
    text = _(
        "⏸ Pause the messages for <b>{name}</b>? No agenda, reminder, check-in, notice or broadcast is sent to them "
        "until one of you ends it, or they do. What you write to them yourselves, and answers to their calls, "
        "still come. "
        "They will be told.",
        name=_name(someone),
    )
    yes = PausePerson(someone.id, back.listed, back.page).button(_.plain("⏸ Yes, pause"))
    return Screen(text, [[yes], _to_card(_, someone, back)])


def confirm_removal(_: Locale, someone: Person, back: PeopleShow) -> Screen:
    """What a removal means."""
    text = _(
        "🚪 Remove <b>{name}</b> from the bot? They get nothing any more and see nothing; their calls for help are "
        "closed; their invitation does not let them in again, unless one of you does. They and all organizers will "
        "be told.",
        name=_name(someone),
    )
    kept = _.plural(
        "After {n} day everything about them is erased.",
        "After {n} days everything about them is erased.",
        PUT_OUT.days,
    )
    yes = RemovePerson(someone.id, back.listed, back.page).button(_.plain("🚪 Yes, remove"))
    return Screen(f"{text} {kept}", [[yes], _to_card(_, someone, back)])


def removed(_: Locale, name: str, back: PeopleShow) -> Screen:
    """It is done."""
    text = _("🚪 <b>{name}</b> is not in the bot any more.", name=shortened(name, _NAME))
    return Screen(text, [[back.button(_.plain("‹ Back to the list"))]])


def not_removable(_: Locale) -> str:
    """A toast: of the staff, or an owner."""
    return _.plain("Only teachers are removed here. Take the role back first; owners stay.")


def confirm_transfer(_: Locale, someone: Person, back: PeopleShow) -> Screen:
    """What a link for a new phone means."""
    text = _(
        "📱 Make a link for the new phone of <b>{name}</b>? Whoever opens it first goes on as them: with their "
        "check-ins, lessons, group and role. The old account is signed off. The link works once, for one day: give "
        "it to nobody but them.",
        name=_name(someone),
    )
    yes = OfferTransfer(someone.id, back.listed, back.page).button(_.plain("📱 Yes, make the link"))
    return Screen(text, [[yes], _to_card(_, someone, back)])


def transfer_link(_: Locale, someone: Person, link: str, back: PeopleShow) -> Screen:
    """The link, to be given to the person."""
    text = _(
        "📱 For <b>{name}</b> alone, once, until this time tomorrow:\n{link}\nA new link ends this one.",
        name=_name(someone),
        link=link,
    )
    return Screen(text, [_to_card(_, someone, back)])


def not_transferable(_: Locale) -> str:
    """A toast: an owner."""
    return _.plain("This is an owner of the bot. Only whoever looks after the bot's computer can change that.")


def _to_card(_: Locale, someone: Person, back: PeopleShow) -> list[InlineKeyboardButton]:
    return [PersonShow(someone.id, back.listed, back.page).button(_.plain("‹ Back"))]


def _name(someone: Person) -> str:
    return shortened(someone.name, _NAME) or (f"@{someone.username}" if someone.username else "…")

"""What someone reads of the way of their call, their words or their request: never more than is so."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from telegram import InlineKeyboardButton

from bot import phones
from bot.buttons.agenda import ShowDriver, ShowPlace
from bot.buttons.sos import WithdrawCall
from bot.i18n import Html, Locale
from bot.programme.markup import shortened
from bot.programme.model import Contact, Place, Seminar, Session
from bot.programme.whereabouts import expected_session
from bot.screen import Screen, in_rows
from bot.store.help import HelpCall, HelpKind
from bot.store.receipt import DeliveryStage, DeliveryStatus
from bot.store.retention import UNANSWERED

_LABEL: Final = 30


def call(_: Locale, help_call: HelpCall, stage: DeliveryStage, seminar: Seminar, now: datetime) -> Screen:
    """A call for help at one tap, that there is time for words now, and other ways to help oneself."""
    contacts = seminar.contacts
    match stage:
        case DeliveryStage.CLOSED if help_call.settler_id == help_call.person_id:
            return Screen(_("🙂 You have said that it was a false alarm."))
        case DeliveryStage.CLOSED:
            return Screen(_settled(_))
        case DeliveryStage.TAKEN:
            text = Html("\n".join([_on_it(_, help_call), _("Everything you write now goes to them.")]))
        case DeliveryStage.ARRIVED:
            text = _know(_, help_call.kind)
        case DeliveryStage.WAITING:
            text = _telling(_, help_call.kind)
        case DeliveryStage.HELD | DeliveryStage.REFUSED:
            text = _nobody(_, contacts)
    session = expected_session(seminar, help_call.group, now) if help_call.kind is HelpKind.LOST else None
    place = seminar.places[session.place] if session is not None and session.place else None
    rows = in_rows(phones.copy_buttons(contacts), 3)
    if session is not None and place is not None:
        text = Html(f"{text}\n\n{_expected(_, session, place)}")
        rows += [_way_to(_, seminar, place)]
    rows += [[WithdrawCall(help_call.id).button(_.plain("🙂 False alarm"))]]
    return Screen(phones.under(_, text, contacts), rows)


def written(_: Locale, status: DeliveryStatus, stage: DeliveryStage, contacts: Sequence[Contact]) -> Screen:
    """Words to all organizers, or to one person."""
    if status.reader:
        mine = status.message is not None and status.message.author_id == status.message.person_id
        return _to_one(_, status.reader, stage, contacts if mine else ())
    match stage:
        case DeliveryStage.CLOSED:
            return Screen(_settled(_))
        case DeliveryStage.TAKEN if status.call is not None:
            passed = _("✓ Passed on to the organizers. Their answer will come here.")
            return Screen("\n".join([passed, _on_it(_, status.call)]))
        case DeliveryStage.WAITING:
            return Screen(_("⏳ On its way to the organizers. You will see here when they have it."))
        case DeliveryStage.HELD:
            text = _(
                "⚠️ <b>No organizer can be reached here right now.</b> Your words are kept and go to them as soon as "
                "that changes."
            )
            return Screen(phones.if_it_cannot_wait(_, text, contacts))
    return Screen(_("✓ Passed on to the organizers. Their answer will come here."))


def gathered(_: Locale) -> Screen:
    """An answer to a broadcast waits until its author opens it, and that cannot be said by a reaction."""
    return Screen(_("✓ Your answer is kept for whoever wrote the broadcast."))


def refused(_: Locale) -> Screen:
    """Telegram has refused what was to be passed on; a message of its own says what to do."""
    return Screen(_("✖️ This did not get through: please see below."))


def dead(_: Locale, contacts: Sequence[Contact]) -> Screen:
    """Telegram has refused the words that were to be passed on."""
    text = (
        _(
            "⚠️ <b>This could not be passed on:</b> Telegram has refused it. "
            "Please call, or write it again in other words."
        )
        if phones.can_call(contacts)
        else _("⚠️ <b>This could not be passed on:</b> Telegram has refused it. Please write it again in other words.")
    )
    return Screen(phones.under(_, text, contacts))


def held_too(_: Locale) -> Screen:
    """More words while nobody can be reached: the message above says whom to call."""
    return Screen(
        _(
            "⏳ Kept: this goes on as soon as somebody can be reached here. If it cannot wait: the "
            "message above says whom to turn to."
        )
    )


def request(_: Locale, stage: DeliveryStage, contacts: Sequence[Contact]) -> Screen:
    """Someone without an invitation asks to be let in, and reads how long that is kept."""
    kept = _.plural(
        "They see your name, but not what you write here. Without an answer I will forget your request after {n} day.",
        "They see your name, but not what you write here. Without an answer I will forget your request after {n} days.",
        UNANSWERED.days,
    )
    match stage:
        case DeliveryStage.WAITING:
            asking = _("⏳ I am asking the organizers. You will see here when they have your request.")
            return Screen(f"{asking} {kept}")
        case DeliveryStage.HELD:
            text = _(
                "⚠️ <b>No organizer can be reached here right now.</b> Your request is kept and goes to them as soon as "
                "that changes."
            )
            return Screen(phones.if_it_cannot_wait(_, f"{text} {kept}", contacts))
    asked = _("✓ I have asked the organizers. Their answer will come here.")
    return Screen(f"{asked} {kept}")


def _nobody(_: Locale, contacts: Sequence[Contact]) -> Html:
    if phones.can_call(contacts):
        return _(
            "⚠️ <b>No organizer can be reached here right now: please call.</b> What you write here waits for them."
        )
    return _("⚠️ <b>No organizer can be reached here right now.</b> What you write here waits for them.")


def _to_one(_: Locale, name: str, stage: DeliveryStage, contacts: Sequence[Contact]) -> Screen:
    match stage:
        case DeliveryStage.WAITING:
            return Screen(_("⏳ On its way to <b>{name}</b>. You will see here when it has arrived.", name=name))
        case DeliveryStage.HELD:
            text = _(
                "⚠️ <b>{name}</b> cannot be reached here right now. Your words are kept and arrive as soon as that "
                "changes.",
                name=name,
            )
            return Screen(phones.if_it_cannot_wait(_, text, contacts))
    return Screen(_("✓ Passed on to <b>{name}</b>.", name=name))


def _know(_: Locale, kind: HelpKind) -> Html:
    if kind is HelpKind.LOST:
        return _(
            "🧭 <b>The organizers know that you are lost.</b> Stay where you are. "
            "Send a photo of what you see, your location, or a few words: "
            "everything you write now goes to them."
        )
    if kind is HelpKind.UNWELL:
        return _(
            "🤒 <b>The organizers know that you feel unwell.</b> "
            "What is it, and where are you? Everything you write now goes to them."
        )
    return _(
        "🆘 <b>The organizers know that you need help.</b> "
        "What is it, and where are you? Everything you write now goes to them."
    )


def _telling(_: Locale, kind: HelpKind) -> Html:
    if kind is HelpKind.LOST:
        return _(
            "⏳ <b>I am telling the organizers that you are lost.</b> You will see here when they know. "
            "Stay where you are. Send a photo of what you see, your location, or a few words: "
            "everything you write now goes to them."
        )
    if kind is HelpKind.UNWELL:
        return _(
            "⏳ <b>I am telling the organizers that you feel unwell.</b> You will see here when they know. "
            "What is it, and where are you? Everything you write now goes to them."
        )
    return _(
        "⏳ <b>I am telling the organizers that you need help.</b> You will see here when they know. "
        "What is it, and where are you? Everything you write now goes to them."
    )


def _expected(_: Locale, session: Session, place: Place) -> Html:
    return _(
        "🗓 In the programme: {time} · {title}\n📍 {place}",
        time=f"{session.start:%H:%M}–{session.end:%H:%M}",
        title=session.title.get(_.language),
        place=place.title.get(_.language),
    )


def _way_to(_: Locale, seminar: Seminar, place: Place) -> list[InlineKeyboardButton]:
    """One button to what a driver reads, or to the map where no driver needs to read anything."""
    if place.local_address is not None and seminar.driver is not None:
        return [ShowDriver(place.key).button(_.plain("🚕 Show to a driver"))]
    return [ShowPlace(place.key).button(shortened(f"📍 {place.title.get(_.language)}", _LABEL))]


def _on_it(_: Locale, help_call: HelpCall) -> Html:
    return _("🙋 {name} is on it.", name=help_call.taken_by)


def _settled(_: Locale) -> Html:
    return _("✅ The organizers have marked this as settled. If something is still open, press /help again.")

"""Alerts as organizers see them: what it is about, who has it, and what can be done; and the list of what is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Final

from telegram import InlineKeyboardButton

from bot import phones
from bot.alert_lines import alert_kind
from bot.buttons.absence import AbsenceShow
from bot.buttons.alert import (
    HandOverAlert,
    HandOverWhom,
    ReleaseAlert,
    ReopenAlert,
    SettleAlert,
    ShowAlert,
    ShowOpenAlerts,
    TakeAlert,
)
from bot.buttons.relay import WriteTo
from bot.escalation import AlertKind
from bot.i18n import Html, Locale
from bot.programme.checkin import CheckinKey, Slot
from bot.programme.markup import shortened
from bot.programme.model import Contact
from bot.screen import Screen, in_rows, page_row
from bot.store.alert import Alert, AlertState
from bot.store.alert_list import PAGE, OpenAlerts

Buttons = list[list[InlineKeyboardButton]]

COLLEAGUES: Final = 8  # on a page of those to whom an alert can go
_NAME: Final = 40
_LABEL: Final = 24
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_LONG: Final = 120  # minutes that are told in hours
_IN_ROW: Final = 4
# Of these nobody can be written to, or what they are about has a button for that of its own.
_NO_LETTER: Final = frozenset({AlertKind.UNREACHABLE, AlertKind.MOOD})


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to whom an alert can go."""

    id: int
    name: str
    on_duty: bool


# --- the card -------------------------------------------------------------------------------------------------------


def card(_: Locale, alert: Alert, about: Screen, phone: str = "") -> Screen:
    """The one card of an alert: what it is `about`, in text and buttons of its own, whose `phone`, how far it is."""
    number = [f"📞 {escape(phone, quote=False)}"] if phone else []
    lines = [about.text, *number, *_state(_, alert)]
    return Screen("\n".join(lines), [*_buttons(_, alert), *about.rows])


def hand_over(_: Locale, alert: Alert, about: Screen, colleagues: Sequence[Colleague], page: int) -> Screen:
    """To whom shall it go? Who is on duty comes first."""
    others = [one for one in colleagues if one.id != alert.taker_id]
    pages = max(1, -(-len(others) // COLLEAGUES))
    page = min(max(page, 0), pages - 1)
    shown = others[page * COLLEAGUES : (page + 1) * COLLEAGUES]
    ask = _("🤝 To whom? Who is on duty has a bell.") if others else _("🤝 There is no other organizer here.")
    rows = [[HandOverAlert(alert.id, one.id).button(_colleague(one))] for one in shown]
    turn = page_row(_, page, pages, lambda to: HandOverWhom(alert.id, to))
    back = [ShowAlert(alert.id).button(_.plain("‹ Back"))]
    return Screen("\n".join([about.text, *_state(_, alert), ask]), [*rows, *([turn] if turn else []), back])


def again(_: Locale, shown: Screen, contacts: Sequence[Contact], minutes: int, *, reopened: bool) -> Screen:
    """The card once more, for nobody has taken it for so many minutes; 0: it was taken, or settled, before."""
    if minutes >= _LONG:
        head = _.plural(
            "⏰ <b>Nobody has taken this for {n} hour.</b>",
            "⏰ <b>Nobody has taken this for {n} hours.</b>",
            minutes // 60,
        )
    elif minutes:
        head = _.plural(
            "⏰ <b>Nobody has taken this for {n} minute.</b>",
            "⏰ <b>Nobody has taken this for {n} minutes.</b>",
            minutes,
        )
    elif reopened:
        head = _("↩️ <b>This is not settled after all.</b>")
    else:
        head = _("🔓 <b>Nobody has this any more: please take it.</b>")
    return Screen(phones.under(_, f"{head}\n{shown.text}", contacts), shown.rows)


def handed(_: Locale, by: str, shown: Screen) -> Screen:
    """To who gets it: somebody gives it to them. `by` is "" where they are gone."""
    head = _("🤝 <b>{name} hands this over to you.</b>", name=by) if by else _("🤝 <b>This is handed over to you.</b>")
    return Screen(f"{head}\n{shown.text}", shown.rows)


def unanswered(_: Locale, kind: AlertKind, contacts: Sequence[Contact], *, told: bool) -> Screen:
    """To who called: nobody has taken it so far, and whom to call. `told`: there is somebody to tell again."""
    if told:
        text = _("⏳ <b>Nobody has answered you yet.</b> I have just told the organizers again, louder.")
    else:
        text = _("⏳ <b>Nobody has answered you yet.</b> No organizer can be reached here right now.")
    if kind.urgent and phones.can_call(contacts):
        please_call = _("Please do not wait: call.")
        return Screen(phones.under(_, f"{text} {please_call}", contacts))
    return Screen(phones.if_it_cannot_wait(_, text, contacts))


def _state(_: Locale, alert: Alert) -> list[Html]:
    if alert.state is AlertState.TAKEN:
        return [_("🙋 {name} is on it.", name=alert.taker or "–")]
    if alert.state is AlertState.SETTLED and alert.settler and alert.settler_id == alert.person_id:
        return [_("🙂 A false alarm, says {name}.", name=alert.settler)]
    if alert.state is AlertState.SETTLED and alert.settler:
        return [_("✅ Settled by {name}.", name=alert.settler)]
    return [_("✅ Settled.")] if alert.state is AlertState.SETTLED else []


def _buttons(_: Locale, alert: Alert) -> Buttons:
    can_write = alert.person_id is not None and alert.kind not in _NO_LETTER
    write = [WriteTo(alert.person_id).button(_.plain("✍️ Write back"))] if can_write and alert.person_id else []
    settled = SettleAlert(alert.id).button(_.plain("✅ Settled"))
    match alert.state:
        case AlertState.OPEN:
            return [[TakeAlert(alert.id).button(_.plain("🙋 I'll take it"))], [*write, settled]]
        case AlertState.TAKEN:
            hand_over = HandOverWhom(alert.id, 0).button(_.plain("🤝 Hand over"))
            release = ReleaseAlert(alert.id).button(_.plain("🔓 Release"))
            return [[*write, settled], [hand_over, release]]
    return [*([write] if write else []), [ReopenAlert(alert.id).button(_.plain("↩️ Reopen"))]]


def _colleague(one: Colleague) -> str:
    return f"🔔 {shortened(one.name, _LABEL)}" if one.on_duty else shortened(one.name, _LABEL)


# --- what alerts of no other feature are about ------------------------------------------------------------------------


def absent(_: Locale, key: CheckinKey, missing: int) -> Screen:
    """People have not answered a check-in."""
    head = (
        _("☀️ <b>Morning check-in</b> · {day}", day=_.day(key.on))
        if key.slot is Slot.MORNING
        else _("🌙 <b>Evening check-in</b> · {day}", day=_.day(key.on))
    )
    number = _.plural("{n} person has not answered.", "{n} people have not answered.", missing)
    show = AbsenceShow(key.on, key.slot, "missing", 0).button(_.plain("📋 Who is missing"))
    return Screen(f"{head}\n{number}", [[show]])


def unreachable(_: Locale, telegram_id: int, name: str) -> Screen:
    """Somebody has blocked the bot, or their account is gone."""
    link = Html(f'<b><a href="tg://user?id={telegram_id}">{escape(name, quote=False)}</a></b>')
    return Screen(
        _("📵 The bot cannot reach {name} any more: it is blocked, or the account is gone. Please ask them.", name=link)
    )


def backup(_: Locale, error: str) -> Screen:
    """A safety copy could not be made; `error` is the system's own word for why."""
    head = _("💾 <b>The safety copy could not be made.</b> Please tell whoever runs the bot.")
    reason = f"\n<i>{escape(error, quote=False)}</i>" if error else ""
    return Screen(f"{head}{reason}")


# --- toasts -----------------------------------------------------------------------------------------------------------


def gone(_: Locale) -> str:
    """What the button is about is not kept any more."""
    return _.plain("That is no longer here.")


def too_late(_: Locale, alert: Alert) -> str:
    """Another organizer was quicker, or the bot."""
    if alert.state is AlertState.SETTLED:
        if not alert.settler:
            return _.plain("It is settled already.")
        return _.plain("{name} has settled it already.", name=shortened(alert.settler, _NAME))
    if alert.state is AlertState.TAKEN:
        return _.plain("{name} is on it already.", name=shortened(alert.taker or "–", _NAME))
    return _.plain("It is open already: nobody has it.")


def is_own(_: Locale) -> str:
    """Who calls cannot take their own call."""
    return _.plain("This call is yours: a colleague has to take it.")


def no_colleague(_: Locale) -> str:
    """The person cannot get it: no organizer any more, or the bot cannot reach them."""
    return _.plain("This organizer cannot be reached here any more.")


# --- the list ---------------------------------------------------------------------------------------------------------


def open_alerts(_: Locale, found: OpenAlerts, now: datetime) -> Screen:
    """What is open, the oldest first, with who has it."""
    if not found.total:
        return Screen(_("✅ Nothing is open."))
    head = _.plural("🔔 <b>{n} open</b>", "🔔 <b>{n} open</b>", found.total)
    free = _.plural("{n} that nobody has", "{n} that nobody has", found.total - found.taken)
    numbered = list(enumerate(found.alerts, found.page * PAGE + 1))
    lines = [f"{head} · {free}", *(_line(_, number, one, now) for number, one in numbered)]
    opens = [ShowAlert(one.id).button(str(number)) for number, one in numbered]
    turn = page_row(_, found.page, found.pages, ShowOpenAlerts)
    return Screen("\n".join(lines), [*in_rows(opens, _IN_ROW), *([turn] if turn else [])])


def _line(_: Locale, number: int, alert: Alert, now: datetime) -> str:
    parts = [escape(alert_kind(_, alert.kind), quote=False)]
    if alert.name:
        parts.append(f"<b>{escape(shortened(alert.name, _NAME), quote=False)}</b>")
    parts.append(_age(_, now - alert.opened_at))
    if alert.taker:
        parts.append(f"🙋 {escape(shortened(alert.taker, _NAME), quote=False)}")
    return f"{number}. {' · '.join(parts)}"


def _age(_: Locale, age: timedelta) -> str:
    if age < _HOUR:
        return _.plural("{n} min", "{n} min", max(0, int(age.total_seconds() // 60)))
    if age < _DAY:
        return _.plural("{n} h", "{n} h", int(age.total_seconds() // 3_600))
    return _.plural("{n} day", "{n} days", age.days)

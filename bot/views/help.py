"""Calling for help, and the messages that people and organizers write to each other."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape

from telegram import InlineKeyboardButton

from bot import phones
from bot.buttons.absence import ExcuseUnwell
from bot.buttons.help import AnswerStaff, AskHelp, CloseHelp, NeverMind, PassOn, TakeHelp, WriteTo
from bot.i18n import Html, Locale
from bot.programme.model import Contact, Seminar
from bot.quoted import before, in_pieces, is_continuation, quote
from bot.screen import Screen
from bot.store.help import HelpCall, HelpKind
from bot.store.help_message import HelpMessage

Buttons = list[list[InlineKeyboardButton]]

# What is older when it is read, or read again, says of when it is: it may have waited for a reader for hours.
_FRESH = timedelta(minutes=10)


# --- who needs help -------------------------------------------------------------------------------------------------


def menu(_: Locale, contacts: Sequence[Contact]) -> Screen:
    """What is the matter? One tap on the first two tells the organizers at once."""
    rows = [
        [
            AskHelp(HelpKind.UNWELL).button(_.plain("🤒 I feel unwell")),
            AskHelp(HelpKind.LOST).button(_.plain("🧭 I am lost")),
        ],
        [AskHelp(HelpKind.QUESTION).button(_.plain("❓ I have a question"))],
        [AskHelp(HelpKind.OTHER).button(_.plain("✍️ Something else"))],
    ]
    return Screen(phones.under(_, _("🆘 <b>How can we help?</b> The organizers answer you here."), contacts), rows)


def ask(_: Locale, kind: HelpKind) -> Screen:
    """Waits for the words that make the call."""
    if kind is HelpKind.QUESTION:
        return Screen(_("❓ Write your question, in any language. It goes to the organizers."), _cancel(_))
    return Screen(_("✍️ Write what is on your mind, in any language. It goes to the organizers."), _cancel(_))


def never_mind(_: Locale) -> Screen:
    """Nothing is waited for any more."""
    return Screen(_("All right, nothing was sent."))


def offer(_: Locale, message_id: int, *, instead: Screen | None = None) -> Screen:
    """Nobody asked for these words: shall the organizers read them, or are they for what `instead` says?"""
    yes, no = _.plain("Yes, pass it on"), _.plain("No")
    text = _("Shall I pass this on to the organizers?")
    rows = [[PassOn(message_id, 1).button(yes), PassOn(message_id, 0).button(no)]]
    if instead is None:
        return Screen(text, rows)
    return Screen(f"{instead.text}\n{text}", [*instead.rows, *rows])


def not_passed(_: Locale) -> Screen:
    """The words stay between the person and the bot, which forgot them."""
    return Screen(_("All right, I have not passed it on. For help at any time: /help"))


def forgotten(_: Locale) -> Screen:
    """The words are not kept any more."""
    return Screen(_("I no longer have that message. Please write it again."))


def taken(_: Locale, name: str) -> Screen:
    """To who called: someone is on it."""
    return Screen(_("🙋 <b>{name}</b> is taking care of it.", name=name))


def closed(_: Locale) -> Screen:
    """To who called: settled."""
    return Screen(_("✅ The organizers have marked this as settled. If something is still open, press /help again."))


# --- organizers -----------------------------------------------------------------------------------------------------


def alert(_: Locale, call: HelpCall, seminar: Seminar, first: HelpMessage | None, now: datetime) -> Screen:
    """A call for help as organizers see it, also after someone took or settled it."""
    who = _who(_, call, seminar)
    match call.kind:
        case HelpKind.HELP:
            lines = [_("🆘 {who} needs help.", who=who)]
        case HelpKind.UNWELL:
            lines = [_("🆘 {who} feels unwell.", who=who)]
        case HelpKind.LOST:
            lines = [_("🆘 {who} is lost.", who=who)]
        case HelpKind.QUESTION:
            lines = [_("❓ {who} asks:", who=who)]
        case HelpKind.OTHER:
            lines = [_("✉️ {who} writes:", who=who)]
    if first is not None and not call.kind.urgent and first.words:
        lines += [*before(first), quote(in_pieces(first)[0])]
    lines += _when(_, seminar, call.asked_at, now)
    write = WriteTo(call.person_id).button(_.plain("✍️ Write back"))
    settled = CloseHelp(call.id).button(_.plain("✅ Settled"))
    rows: Buttons = [[write]]
    if call.state == "open":
        rows = [[TakeHelp(call.id).button(_.plain("🙋 I'll take it"))], [write, settled]]
    elif call.state == "taken":
        lines.append(_("🙋 {name} is on it.", name=call.taken_by))
        rows = [[write, settled], *_excuse(_, call, seminar, now)]
    else:
        lines.append(_("✅ Settled by {name}.", name=call.closed_by))
    return Screen("\n".join(lines), rows)


def _excuse(_: Locale, call: HelpCall, seminar: Seminar, now: datetime) -> Buttons:
    today = seminar.today(now)
    if call.kind is not HelpKind.UNWELL or seminar.day_number_on(today) is None:
        return []
    return [[ExcuseUnwell(today, call.person_id).button(_.plain("🤒 Excuse for today"))]]


def from_person(_: Locale, seminar: Seminar, message: HelpMessage, part: int, now: datetime) -> Screen:
    """What a person wrote, as organizers read it, in parts when it is long."""
    text = _("✉️ <b>{name}</b> writes:", name=message.author)
    write = WriteTo(message.person_id).button(_.plain("✍️ Write back"))
    lines = [text, *(before(message) if part == 0 else []), quote(in_pieces(message)[part])]
    lines += _when(_, seminar, message.written_at, now) if part == 0 else []
    return Screen("\n".join(lines), [[write]], silent=is_continuation(message, part))


def from_staff(_: Locale, seminar: Seminar, message: HelpMessage, part: int, now: datetime) -> Screen:
    """What an organizer wrote, as the person reads it."""
    text = _("✉️ <b>{name}</b>, organizer, writes to you:", name=message.author)
    answer = AnswerStaff(message.id).button(_.plain("✍️ Answer"))
    lines = [text, *(before(message) if part == 0 else []), quote(in_pieces(message)[part])]
    lines += _when(_, seminar, message.written_at, now) if part == 0 else []
    return Screen("\n".join(lines), [[answer]], silent=is_continuation(message, part))


def copy(message: HelpMessage) -> Screen:
    """A photo, a voice, a place: as it was sent. Whose it is was said before it, with a sound."""
    return Screen("", copy_of=(message.chat_id, message.message_id), silent=True)


def cannot_pass(_: Locale, contacts: Sequence[Contact]) -> Screen:
    """To who wrote it: Telegram copies no such message, so nobody has got it."""
    text = _(
        "⚠️ <b>This was not passed on:</b> Telegram does not let me copy such a message. "
        "Please write it in words, or send a photo of it."
    )
    return Screen(phones.under(_, text, contacts))


def did_not_pass(_: Locale, contacts: Sequence[Contact]) -> Screen:
    """To who wrote it: it was to be passed on, and then Telegram refused it."""
    text = _(
        "⚠️ <b>What you sent did not get through:</b> Telegram has refused it. "
        "Please write it in words, or send an ordinary photo."
    )
    return Screen(phones.under(_, text, contacts))


def no_voice(_: Locale, name: str, contacts: Sequence[Contact]) -> Screen:
    """To who spoke: the reader's settings refuse voice and video messages."""
    text = _("⚠️ <b>{name} accepts no voice or video messages</b>, so yours did not arrive. Please write it.", name=name)
    return Screen(phones.under(_, text, contacts))


def write_to(_: Locale, name: str) -> Screen:
    """Waits for an organizer's words to a person."""
    text = _("✍️ Write to <b>{name}</b>: your next message goes to them, signed with your name.", name=name)
    return Screen(text, _cancel(_))


def answer_to(_: Locale, name: str) -> Screen:
    """Waits for a person's answer to an organizer."""
    return Screen(_("✍️ Write your answer to <b>{name}</b>: your next message goes to them.", name=name), _cancel(_))


def unreachable(_: Locale, name: str) -> Screen:
    """The bot cannot write to this person; `name` is "" when they have erased everything."""
    if not name:
        return Screen(_("This person has left and erased everything, so nothing was sent."))
    return Screen(_("{name} has blocked the bot or left, so nothing was sent. Please call them.", name=name))


def gone(_: Locale) -> str:
    """A toast: what the button is about is not kept any more."""
    return _.plain("That is no longer here.")


def too_late(_: Locale, call: HelpCall) -> str:
    """A toast: another organizer was quicker."""
    if call.state == "closed":
        return _.plain("{name} has settled it already.", name=call.closed_by or "–")
    return _.plain("{name} is on it already.", name=call.taken_by or "–")


def _cancel(_: Locale) -> Buttons:
    return [[NeverMind().button(_.plain("✖️ Cancel"))]]


def _when(_: Locale, seminar: Seminar, moment: datetime | None, now: datetime) -> list[Html]:
    if moment is None or now - moment < _FRESH:
        return []
    day, time = moment.astimezone(seminar.zone).date(), _.time(moment, seminar.zone)
    if day == now.astimezone(seminar.zone).date():
        return [Html(f"🕓 {time}")]
    when = _("{day}, {time}", day=_.short_day(day), time=time)
    return [Html(f"🕓 {when}")]


def _who(_: Locale, call: HelpCall, seminar: Seminar) -> Html:
    link = f'<a href="tg://user?id={call.telegram_id}">{escape(call.name, quote=False)}</a>'
    group = seminar.group(call.group)
    return Html(f"<b>{link}</b> ({escape(group.title.get(_.language), quote=False)})" if group else f"<b>{link}</b>")

"""What people and organizers write to each other, as the other side reads it, and what its writer hears."""

from collections.abc import Sequence
from datetime import datetime

from telegram import InlineKeyboardButton

from bot import phones
from bot.buttons.relay import AnswerStaff, NeverMind, PassOn, WriteTo
from bot.i18n import Locale
from bot.programme.model import Contact, Seminar
from bot.quoted import before, in_pieces, is_continuation, quote, written_when
from bot.screen import Screen
from bot.store.help_message import HelpMessage

Buttons = list[list[InlineKeyboardButton]]


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


def from_person(_: Locale, seminar: Seminar, message: HelpMessage, part: int, now: datetime) -> Screen:
    """What a person wrote, as organizers read it, in parts when it is long."""
    text = _("✉️ <b>{name}</b> writes:", name=message.author)
    write = WriteTo(message.person_id).button(_.plain("✍️ Write back"))
    lines = [text, *(before(message) if part == 0 else []), quote(in_pieces(message)[part])]
    lines += written_when(_, seminar, message.written_at, now) if part == 0 else []
    return Screen("\n".join(lines), [[write]], silent=is_continuation(message, part))


def from_staff(_: Locale, seminar: Seminar, message: HelpMessage, part: int, now: datetime) -> Screen:
    """What an organizer wrote, as the person reads it."""
    text = _("✉️ <b>{name}</b>, organizer, writes to you:", name=message.author)
    answer = AnswerStaff(message.id).button(_.plain("✍️ Answer"))
    lines = [text, *(before(message) if part == 0 else []), quote(in_pieces(message)[part])]
    lines += written_when(_, seminar, message.written_at, now) if part == 0 else []
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


def _cancel(_: Locale) -> Buttons:
    return [[NeverMind().button(_.plain("✖️ Cancel"))]]
